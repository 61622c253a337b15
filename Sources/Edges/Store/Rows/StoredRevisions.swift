package import Exchange
import Foundation

extension StoredTransaction {
    package func insert(_ revision: PostingRevision) throws {
        try sql.execute(
            """
            INSERT INTO posting_revision (posting_id, number, content, written_by, written_at_ms)
            VALUES (?, ?, ?, ?, ?)
            """,
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
        var text = "{"
        func key(_ name: StaticString) {
            if text.utf8.count > 1 { text += "," }
            text += "\"\(name)\":"
        }
        func add(_ name: StaticString, _ value: String?) {
            guard let value else { return }
            key(name)
            JSONText.append(value, to: &text)
        }
        func add(_ name: StaticString, _ values: [String]) {
            key(name)
            text += JSONText.list(values)
        }
        add("title", content.title)
        add("summary", content.summary)
        add("detail", content.detail)
        add("purpose", content.purpose)
        add("means", content.means)
        add("fields", content.fields.map(\.text))
        add("keywords", content.keywords)
        if let stage = content.stage {
            key("stage")
            text += "\(stage)"
        }
        add("ipr", content.ipr?.rawValue)
        add("cooperation", content.cooperation.map(\.rawValue))
        add("region_wishes", content.regionWishes.map(\.text))
        add("language", content.language.rawValue)
        add("visibility", content.visibility.rawValue)
        if let end = content.expiresAt {
            key("expires_at_ms")
            text += "\(end.milliseconds)"
        }
        add("external_id", content.externalID)
        add("origin", content.origin)
        return text + "}"
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
