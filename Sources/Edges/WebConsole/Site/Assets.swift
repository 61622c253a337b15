import Charts
import HTTPTypes
import Hummingbird
import Operations

/// The style sheet, the script and the icon, under addresses that change with their content.
struct Assets: Sendable {
    private let files: [String: (bytes: [UInt8], mediaType: String)]
    private let paths: [String: String]

    init() {
        var files: [String: (bytes: [UInt8], mediaType: String)] = [:]
        var paths: [String: String] = [:]
        for (name, file) in ConsoleFiles.all where name.hasPrefix("assets/") {
            let plain = String(name.dropFirst("assets/".count))
            // The looks of charts come first, so that the console's own colours count.
            let bytes = plain.hasSuffix(".css") ? Array(ChartStyle.css.utf8) + file : file
            let mark = Secret.hash(String(decoding: bytes, as: UTF8.self)).prefix(12)
            files["\(mark)-\(plain)"] = (bytes, Self.mediaType(plain))
            paths[plain] = "/assets/\(mark)-\(plain)"
        }
        self.files = files
        self.paths = paths
    }

    /// The address of a file; it may be kept for ever.
    func path(of name: String) -> String {
        guard let path = paths[name] else { preconditionFailure("there is no asset \(name)") }
        return path
    }

    /// The file at an address, or nothing.
    func answer(_ name: String) -> Response? {
        guard let file = files[name] else { return nil }
        return Response(
            status: .ok,
            headers: [.contentType: file.mediaType, .cacheControl: "public, max-age=31536000, immutable"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }

    private static func mediaType(_ name: String) -> String {
        if name.hasSuffix(".css") { return "text/css; charset=utf-8" }
        if name.hasSuffix(".js") { return "text/javascript; charset=utf-8" }
        return "image/svg+xml"
    }
}
