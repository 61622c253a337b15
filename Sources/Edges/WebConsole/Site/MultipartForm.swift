import HTTPTypes
import Hummingbird
import WebCommon

/// A file that was sent with a form.
struct UploadedFile: Sendable {
    let name: String
    let bytes: [UInt8]
    /// Whether there was more than is taken; then there are no bytes.
    let isTooLarge: Bool
}

/// Reads forms with a file: multipart/form-data (RFC 7578).
enum MultipartForm {
    /// Most bytes of a file.
    static let longestFile = 20 * 1024 * 1024
    /// Beyond the file: its form.
    private static let around = 64 * 1024
    /// What is read of a body that is too large, so that the browser gets an answer that can be read.
    private static let patience = 3 * longestFile
    private static let mostParts = 20

    /// The values and the file. Throws `unsupported-media-type` and `too-large`.
    static func read(_ request: Request) async throws -> (FormFields, UploadedFile?) {
        let type = request.headers[.contentType] ?? ""
        guard type.lowercased().hasPrefix("multipart/form-data") else {
            return (try await FormFields.read(request), nil)
        }
        guard let boundary = boundary(of: type) else { throw Problem(.unsupportedMediaType) }
        var bytes: [UInt8] = []
        var count = 0
        for try await buffer in request.body {
            count += buffer.readableBytes
            if count > patience { throw Problem(.tooLarge) }
            if count <= longestFile + around { bytes.append(contentsOf: buffer.readableBytesView) }
        }
        let isTooLarge = count > longestFile + around
        return split(bytes, Array("--\(boundary)".utf8), isCut: isTooLarge)
    }

    private static func boundary(of type: String) -> String? {
        guard let found = type.firstRange(of: "boundary=") else { return nil }
        let text = type[found.upperBound...].prefix { $0 != ";" }.filter { $0 != "\"" && $0 != " " }
        return (1...70).contains(text.utf8.count) ? String(text) : nil
    }

    /// The parts between the marks. The last part of a body that was cut is a file that is too large.
    static func split(_ bytes: [UInt8], _ mark: [UInt8], isCut: Bool) -> (FormFields, UploadedFile?) {
        var form = FormFields()
        var file: UploadedFile?
        var start = find(mark, in: bytes, from: 0).map { $0 + mark.count }
        for _ in 0..<mostParts {
            guard let from = start, let head = find([13, 10, 13, 10], in: bytes, from: from) else { break }
            let next = find([13, 10] + mark, in: bytes, from: head + 4)
            let headers = String(decoding: bytes[from..<head], as: UTF8.self)
            let end = next ?? bytes.count
            guard let name = parameter("name", of: headers), next != nil || isCut else { break }
            if let fileName = parameter("filename", of: headers) {
                let isTooLarge = next == nil || end - head - 4 > longestFile
                file = UploadedFile(
                    name: fileName, bytes: isTooLarge ? [] : Array(bytes[(head + 4)..<end]), isTooLarge: isTooLarge)
            } else if next != nil {
                form.add(name, String(decoding: bytes[(head + 4)..<end], as: UTF8.self))
            }
            start = next.map { $0 + mark.count + 2 }
        }
        return (form, file)
    }

    private static func parameter(_ name: String, of headers: String) -> String? {
        guard let found = headers.firstRange(of: " \(name)=\"") else { return nil }
        return String(headers[found.upperBound...].prefix { $0 != "\"" })
    }

    private static func find(_ part: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard start <= bytes.count - part.count else { return nil }
        var index = start
        while index <= bytes.count - part.count {
            if bytes[index] == part[0], bytes[index..<(index + part.count)].elementsEqual(part) { return index }
            index += 1
        }
        return nil
    }
}
