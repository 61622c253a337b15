package import Exchange
import Foundation

extension StoredTransaction {
    static let insertRevisionStatement = """
        INSERT INTO posting_revision (posting_id, number, content, written_by, written_at_ms) VALUES (?, ?, ?, ?, ?)
        """

    package func insert(_ revision: PostingRevision) throws {
        try sql.execute(
            Self.insertRevisionStatement,
            [
                SQLValue(revision.posting), SQLValue(revision.number), .text(StoredContent.write(revision.content)),
                .text(revision.by.text), SQLValue(revision.at),
            ])
    }

    package func revisions(of posting: Identifier<Posting>) throws -> [PostingRevision] {
        try sql.query(
            """
            SELECT posting_id, number, content, written_by, written_at_ms FROM posting_revision
            WHERE posting_id = ? ORDER BY number DESC
            """, [SQLValue(posting)]
        ) { row in
            PostingRevision(
                posting: try row.identifier(0), number: try row.int(1),
                content: try StoredContent.read(try row.text(2)), by: ActorReference(stored: try row.text(3)),
                at: try row.instant(4))
        }
    }
}

/// A revision's content: one JSON object, because it is written often, read seldom and never searched.
struct StoredContent: Decodable {
    var title: String
    var summary: String
    var detail: String
    var purpose: String?
    var means: String?
    var fields: [String]
    var keywords: [String]
    var stage: Int?
    var ipr: String?
    var cooperation: [String]
    var regionWishes: [String]
    var language: String
    var visibility: String
    var expiresAtMs: Int64?
    var externalId: String?
    var origin: String?

    /// Written by hand: this is on the path of every edit and import, where an encoder would cost more than the insert.
    static func write(_ content: PostingContent) -> String {
        var bytes: [UInt8] = []
        write(content, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the same object as UTF-8.
    static func write(_ content: PostingContent, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        var members = MemberWriter()
        members.add("title", content.title, to: &bytes)
        members.add("summary", content.summary, to: &bytes)
        members.add("detail", content.detail, to: &bytes)
        members.add("purpose", content.purpose, to: &bytes)
        members.add("means", content.means, to: &bytes)
        members.add("fields", content.fields.lazy.map(\.text), to: &bytes)
        members.add("keywords", content.keywords, to: &bytes)
        members.add("stage", content.stage.map(Int64.init), to: &bytes)
        members.add("ipr", content.ipr?.rawValue, to: &bytes)
        members.add("cooperation", content.cooperation.lazy.map(\.rawValue), to: &bytes)
        members.add("region_wishes", content.regionWishes.lazy.map(\.text), to: &bytes)
        members.add("language", content.language.rawValue, to: &bytes)
        members.add("visibility", content.visibility.rawValue, to: &bytes)
        members.add("expires_at_ms", content.expiresAt?.milliseconds, to: &bytes)
        members.add("external_id", content.externalID, to: &bytes)
        members.add("origin", content.origin, to: &bytes)
        bytes.append(UInt8(ascii: "}"))
    }

    static func read(_ text: String) throws -> PostingContent {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let stored = try? decoder.decode(StoredContent.self, from: Data(text.utf8)) else {
            throw StoreFault.undecodable("the content of a revision is not the JSON expected here")
        }
        return PostingContent(
            title: stored.title, summary: stored.summary, detail: stored.detail, purpose: stored.purpose,
            means: stored.means, fields: stored.fields.map { FieldCode($0) }, keywords: stored.keywords,
            stage: stored.stage, ipr: try stored.ipr.map { try choice($0) },
            cooperation: try stored.cooperation.map { try choice($0) },
            regionWishes: stored.regionWishes.map(RegionCode.init(stored:)), language: try choice(stored.language),
            visibility: try choice(stored.visibility), expiresAt: stored.expiresAtMs.map(Instant.init(milliseconds:)),
            externalID: stored.externalId, origin: stored.origin)
    }

    private static func choice<Choice: RawRepresentable>(_ word: String) throws -> Choice
    where Choice.RawValue == String {
        guard let choice = Choice(rawValue: word) else {
            throw StoreFault.undecodable("“\(word)” is no \(Choice.self)")
        }
        return choice
    }
}

/// Members of one JSON object. The bytes are lent from call to call: kept here, they would be copied.
private struct MemberWriter {
    private var isFirst = true

    private mutating func key(_ name: StaticString, to bytes: inout [UInt8]) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    mutating func add(_ name: StaticString, _ value: String?, to bytes: inout [UInt8]) {
        guard let value else { return }
        key(name, to: &bytes)
        JSONText.append(value, to: &bytes)
    }

    mutating func add(_ name: StaticString, _ values: some Sequence<String>, to bytes: inout [UInt8]) {
        key(name, to: &bytes)
        JSONText.append(list: values, to: &bytes)
    }

    mutating func add(_ name: StaticString, _ number: Int64?, to bytes: inout [UInt8]) {
        guard let number else { return }
        key(name, to: &bytes)
        bytes.append(contentsOf: String(number).utf8)
    }
}
