import HTTPTypes
import Hummingbird
import WebCommon

/// The values of a query or of a form that was sent, by name. Names may come more than once.
struct FormFields: Sendable {
    /// Most bytes of a form without files.
    static let longest = 400_000
    /// Most values of a form.
    static let most = 1_000

    private(set) var values: [(name: String, value: String)] = []

    init() {}

    /// Reads `a=1&b=2`. What is not percent-encoded UTF-8 is left out. Line breaks become single line feeds.
    init(encoded text: String) {
        for pair in text.split(separator: "&").prefix(Self.most) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(parts[0], plusIsSpace: true),
                let value = PercentEncoding.decode(parts.count > 1 ? parts[1] : "", plusIsSpace: true)
            else { continue }
            values.append((name, value.replacing("\r\n", with: "\n")))
        }
    }

    /// Adds a value.
    mutating func add(_ name: String, _ value: String) { values.append((name, value)) }

    /// The first value of the name; empty without one.
    subscript(name: String) -> String { values.first { $0.name == name }?.value ?? "" }

    /// Whether the name is there at all.
    func has(_ name: String) -> Bool { values.contains { $0.name == name } }

    /// Every value of the name, without empty ones.
    func all(_ name: String) -> [String] { values.filter { $0.name == name && !$0.value.isEmpty }.map(\.value) }

    /// The value without surrounding white space, or nothing.
    func text(_ name: String) -> String? {
        let text = self[name].trimmedASCII
        return text.isEmpty ? nil : text
    }

    /// The value as one of a closed set, or nothing.
    func choice<Choice: RawRepresentable<String>>(_ name: String, _: Choice.Type = Choice.self) -> Choice? {
        Choice(rawValue: self[name])
    }

    /// The value as a whole number, or nothing.
    func number(_ name: String) -> Int? { Int(self[name].trimmedASCII) }

    /// The same values with one replaced or taken away, as a query.
    func query(setting name: String, to value: String?) -> String {
        var kept = values.filter { $0.name != name && !$0.value.isEmpty }
        if let value { kept.append((name, value)) }
        let text = kept.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
        return text.isEmpty ? "" : "?" + text.joined(separator: "&")
    }

    /// The form of a request. Throws `too-large`, and `unsupported-media-type` for anything but a plain form.
    static func read(_ request: Request, patience: Duration = .seconds(30)) async throws -> FormFields {
        let type = (request.headers[.contentType] ?? "").prefix { $0 != ";" }.lowercased()
        guard type == "application/x-www-form-urlencoded" else { throw Problem(.unsupportedMediaType) }
        let bytes = try await BodyReader(limit: longest, patience: patience).read(request)
        return FormFields(encoded: String(decoding: bytes, as: UTF8.self))
    }
}

extension String {
    fileprivate var trimmedASCII: String {
        let isBlank: (Character) -> Bool = { $0.isWhitespace }
        return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
