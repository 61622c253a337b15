import FoundationEssentials
import HTTPTypes
package import WebCommon

/// Where a list goes on: opaque to callers, bound to the list and its filters, and refused when it was changed. It
/// holds nothing secret, and what it leads to is decided anew each time, so a checksum is enough.
package struct Cursor: Sendable, Equatable {
    /// The values of the sort key of the last entry shown.
    package let position: [String]

    package init(position: [String]) { self.position = position }

    /// The cursor as text for that list.
    package func text(list: String) -> String {
        let content = JSONValue.array(position.map(JSONValue.string)).bytes
        return Self.encode(Self.checksum(content, list) + content)
    }

    /// Reads a cursor that belongs to that list.
    package init(text: String, list: String) throws(Problem) {
        let refusal = Problem.invalid(
            .query(name: "cursor"), "wrong-cursor",
            "Must be a cursor from an earlier answer of this same list with the same filters.")
        guard let bytes = Self.decode(text), bytes.count > 8 else { throw refusal }
        let content = Array(bytes[8...])
        guard Array(bytes[..<8]) == Self.checksum(content, list), let value = try? JSONParser.parse(content),
            let parts = value.array?.compactMap(\.string)
        else { throw refusal }
        position = parts
    }

    private static func checksum(_ content: [UInt8], _ list: String) -> [UInt8] {
        let hash = Fingerprint.of(Array(list.utf8) + [0] + content)
        return (0..<8).map { UInt8(truncatingIfNeeded: hash >> UInt128($0 * 8)) }
    }

    private static func encode(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private static func decode(_ text: String) -> [UInt8]? {
        guard text.utf8.count <= 1000 else { return nil }
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        return Data(base64Encoded: text.replacing("-", with: "+").replacing("_", with: "/") + padding).map(Array.init)
    }
}

/// The 128-bit FNV-1a hash: tells requests apart that the same caller sent. It is no protection against a caller who
/// wants two of his own requests to look alike, which would harm only himself.
package enum Fingerprint {
    package static func of(_ bytes: [UInt8]) -> UInt128 {
        var hash: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D
        for byte in bytes {
            hash ^= UInt128(byte)
            hash = hash &* 0x0000_0000_0100_0000_0000_0000_0000_013B
        }
        return hash
    }
}

/// The part of a list that a request asks for.
package struct ListPage: Sendable {
    package static let largest = 200
    package static let usual = 50

    package let limit: Int
    package let after: Cursor?
    private let list: String
    private let path: String
    private let filters: [(String, String)]

    /// The parameters of every list.
    package static let parameters: [Parameter] = [
        .query("limit", .integer(1...largest), "How many entries to show at most; \(usual) when not given."),
        .query("cursor", .text(1...1000), "Goes on after an earlier answer: its `next`."),
    ]

    package init(_ request: APIRequest, route: String) throws(Problem) {
        limit = request.query["limit"]?.integer ?? Self.usual
        path = String(request.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)[0])
        filters = request.query.filter { $0.key != "cursor" && $0.key != "limit" }.sorted { $0.key < $1.key }
            .flatMap { name, value in (value.array ?? [value]).map { (name, $0.string ?? $0.text) } }
        list = route + filters.map { "&\($0.0)=\($0.1)" }.joined()
        if let text = request.query["cursor"]?.string {
            after = try Cursor(text: text, list: list)
        } else {
            after = nil
        }
    }

    /// The answer with one page: the entries and where it goes on, in the body and as a Link header.
    package func answer(_ items: [JSONValue], next: Cursor?) -> APIResponse {
        let cursor = next?.text(list: list)
        var response = APIResponse.ok(["items": .array(items), "next": .optional(cursor)])
        if let cursor {
            let query = (filters + [("limit", String(limit)), ("cursor", cursor)])
                .map { "\(PercentEncoding.encode($0.0))=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
            response.headers[.link] = "<\(path)?\(query)>; rel=\"next\""
        }
        return response
    }

    /// The schema of a page of such entries.
    package static func schema(of items: Schema) -> Schema {
        .object([
            .required("items", .array(items, 0...largest)),
            .required("next", Schema.text(1...1000).orNull, "The cursor of the next page; null on the last one."),
        ])
    }
}
