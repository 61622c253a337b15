package import Exchange
package import Operations

extension StoredTransaction {
    private static let columns = """
        id, kind, owner_id, organization_id, title, summary, detail, purpose, means, fields, keywords, stage, ipr,
        cooperation, region_wishes, language, visibility, expires_at_ms, external_id, origin, state, state_since_ms,
        closed_outcome, closed_note, closed_by, version, revision, created_at_ms, updated_at_ms
        """

    private static func decode(_ row: borrowing SQLRow) throws -> Posting {
        Posting(
            id: try row.identifier(0), kind: try row.choice(1), owner: try row.identifier(2),
            organization: try row.identifier(3),
            content: PostingContent(
                title: try row.text(4), summary: try row.text(5), detail: try row.text(6),
                purpose: try row.textOrNil(7),
                means: try row.textOrNil(8), fields: try row.list(9).map { FieldCode($0) }, keywords: try row.list(10),
                stage: try row.intOrNil(11), ipr: try row.choiceOrNil(12), cooperation: try row.choices(13),
                regionWishes: try row.list(14).map(RegionCode.init(stored:)), language: try row.choice(15),
                visibility: try row.choice(16), expiresAt: try row.instantOrNil(17),
                externalID: try row.textOrNil(18), origin: try row.textOrNil(19)),
            state: try state(row), version: try row.int(25), revision: try row.int(26), createdAt: try row.instant(27),
            updatedAt: try row.instant(28))
    }

    private static func state(_ row: borrowing SQLRow) throws -> Posting.State {
        switch try row.text(20) {
        case "draft": return .draft
        case "in_review": return .inReview(since: try row.instant(21))
        case "published": return .published(since: try row.instant(21))
        case "paused": return .paused(since: try row.instant(21))
        case "expired": return .expired(since: try row.instant(21))
        case "closed":
            return .closed(
                Posting.Closure(
                    outcome: try row.choice(22), note: try row.textOrNil(23),
                    by: ActorReference(stored: try row.text(24)), at: try row.instant(21)))
        case let other: throw StoreFault.undecodable("“\(other)” is no state of a posting")
        }
    }

    /// Columns that can change: the first values of a row to insert, and those to update.
    private static let changingColumns = 24

    private static func values(_ posting: Posting) -> [SQLValue] {
        var row = SQLBatch(arity: insertArity, rows: 1)
        append(posting, to: &row)
        return Array(row.values(row: 0).prefix(changingColumns))
    }

    /// Where a posting stands among seeds and needs together: its identifier without the prefix, which differs by kind.
    static func place(_ id: String) -> String {
        let bytes = id.utf8
        return bytes.lastIndex(of: UInt8(ascii: "_")).map { String(id[bytes.index(after: $0)...]) } ?? id
    }

    static let insertStatement = """
        INSERT INTO posting (title, summary, detail, purpose, means, fields, keywords, stage, ipr, cooperation,
            region_wishes, language, visibility, expires_at_ms, external_id, origin, state, state_since_ms,
            closed_outcome, closed_note, closed_by, version, revision, updated_at_ms, id, place, kind, owner_id,
            organization_id, created_at_ms)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """

    static let insertFieldStatement =
        "INSERT INTO posting_field (field, place, posting_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"

    /// Values of the statement above.
    static let insertArity = 30

    /// Appends them, in the order of the statement: first the columns that can change, in the order of the update too.
    static func append(_ posting: Posting, to rows: inout SQLBatch) {
        let content = posting.content
        var closure: Posting.Closure?
        if case .closed(let how) = posting.state { closure = how }
        rows.append(content.title)
        rows.append(content.summary)
        rows.append(content.detail)
        rows.append(content.purpose)
        rows.append(content.means)
        rows.append { JSONText.append(list: content.fields.lazy.map(\.text), to: &$0) }
        rows.append { JSONText.append(list: content.keywords, to: &$0) }
        rows.append(content.stage)
        rows.append(content.ipr?.rawValue)
        rows.append { JSONText.append(list: content.cooperation.lazy.map(\.rawValue), to: &$0) }
        rows.append { JSONText.append(list: content.regionWishes.lazy.map(\.text), to: &$0) }
        rows.append(content.language.rawValue)
        rows.append(content.visibility.rawValue)
        rows.append(content.expiresAt?.milliseconds)
        rows.append(content.externalID)
        rows.append(content.origin)
        rows.append(posting.state.word)
        rows.append(posting.state.since?.milliseconds)
        rows.append(closure?.outcome.rawValue)
        rows.append(closure?.note)
        rows.append(closure?.by.text)
        rows.append(posting.version)
        rows.append(posting.revision)
        rows.append(posting.updatedAt.milliseconds)
        rows.append(posting.id.text)
        rows.append(place(posting.id.text))
        rows.append(posting.kind.rawValue)
        rows.append(posting.owner.text)
        rows.append(posting.organization.text)
        rows.append(posting.createdAt.milliseconds)
    }

    package func insert(_ posting: Posting) throws {
        var row = SQLBatch(arity: Self.insertArity, rows: 1)
        Self.append(posting, to: &row)
        guard try sql.executeMany(Self.insertStatement, row) == 1 else {
            try refuseDouble(of: posting)
            throw Self.duplicate("The posting", posting.id.text)
        }
        try insertFields(of: posting)
    }

    package func update(_ posting: Posting, expecting version: Int) throws {
        try refuseDouble(of: posting)
        let before = try sql.first("SELECT fields FROM posting WHERE id = ?", [SQLValue(posting.id)]) { try $0.text(0) }
        let changed = try sql.execute(
            """
            UPDATE posting SET title = ?, summary = ?, detail = ?, purpose = ?, means = ?, fields = ?, keywords = ?,
                stage = ?, ipr = ?, cooperation = ?, region_wishes = ?, language = ?, visibility = ?, expires_at_ms = ?,
                external_id = ?, origin = ?, state = ?, state_since_ms = ?, closed_outcome = ?, closed_note = ?,
                closed_by = ?, version = ?, revision = ?, updated_at_ms = ?
            WHERE id = ? AND version = ?
            """, Self.values(posting) + [SQLValue(posting.id), SQLValue(version)])
        guard changed == 1 else { try refuseStale("posting", "posting", posting.id.text) }
        guard before != JSONText.list(posting.content.fields.map(\.text)) else { return }
        try sql.execute("DELETE FROM posting_field WHERE posting_id = ?", [SQLValue(posting.id)])
        try insertFields(of: posting)
    }

    func refuseDouble(of posting: Posting) throws {
        guard let external = posting.content.externalID else { return }
        let other = try identity(
            "SELECT id FROM posting WHERE organization_id = ? AND external_id = ? AND id <> ?",
            SQLValue(posting.organization), .text(external), SQLValue(posting.id))
        if let other { throw Self.duplicate("The external_id \(external)", other) }
    }

    private func insertFields(of posting: Posting) throws {
        guard !posting.content.fields.isEmpty else { return }
        let place = SQLValue.text(Self.place(posting.id.text))
        try sql.executeMany(
            Self.insertFieldStatement,
            posting.content.fields.map { [.text($0.text), place, SQLValue(posting.id)] })
    }

    package func posting(_ id: Identifier<Posting>) throws -> Posting? {
        try sql.first("SELECT \(Self.columns) FROM posting WHERE id = ?", [SQLValue(id)], Self.decode)
    }

    package func postings(_ ids: Set<Identifier<Posting>>) throws -> [Identifier<Posting>: Posting] {
        var found: [Identifier<Posting>: Posting] = [:]
        try Portions.each(of: ids.map(\.text)) { placeholders, values in
            try sql.each("SELECT \(Self.columns) FROM posting WHERE id IN (\(placeholders)) ORDER BY id", values) {
                let posting = try Self.decode($0)
                found[posting.id] = posting
            }
        }
        return found
    }

    package func posting(externalID: String, of organization: Identifier<Organization>) throws -> Posting? {
        try sql.first(
            "SELECT \(Self.columns) FROM posting WHERE organization_id = ? AND external_id = ?",
            [SQLValue(organization), .text(externalID)], Self.decode)
    }

    package func postings(
        externalIDs: [String], of organization: Identifier<Organization>
    ) throws -> [String: Identifier<Posting>] {
        // Most files come to an exchange that knows none of their identities: one look instead of thousands.
        let hasAny = try sql.exists(
            "SELECT 1 FROM posting WHERE organization_id = ? AND external_id IS NOT NULL LIMIT 1",
            [SQLValue(organization)])
        guard hasAny else { return [:] }
        var found: [String: Identifier<Posting>] = [:]
        try Portions.each(of: externalIDs) { placeholders, values in
            try sql.each(
                """
                SELECT external_id, id FROM posting WHERE organization_id = ? AND external_id IN (\(placeholders))
                ORDER BY external_id
                """, [SQLValue(organization)] + values
            ) { found[try $0.text(0)] = try $0.identifier(1) }
        }
        return found
    }

    package func postings(_ filter: PostingFilter, _ page: PageRequest) throws -> Page<Posting> {
        var conditions = Conditions()
        if let field = filter.field {
            conditions.add("place IN (SELECT place FROM posting_field WHERE field = ?)", .text(field.text))
        }
        if let kind = filter.kind { conditions.add("kind = ?", SQLValue(kind)) }
        if let language = filter.language { conditions.add("language = ?", SQLValue(language)) }
        conditions.add("state", in: filter.states)
        if let owner = filter.owner { conditions.add("owner_id = ?", SQLValue(owner)) }
        if let organization = filter.organization { conditions.add("organization_id = ?", SQLValue(organization)) }
        if filter.namedOnly { conditions.add("visibility = 'named'") }
        if let since = filter.updatedSince { conditions.add("updated_at_ms >= ?", SQLValue(since)) }
        if let reader = filter.reader { add(reader, to: &conditions) }
        if let after = page.after { conditions.add("place < ?", .text(Self.place(after))) }
        let rows = try sql.query(
            "SELECT \(Self.columns) FROM posting\(conditions.whereClause) ORDER BY place DESC LIMIT ?",
            conditions.values + [SQLValue(page.limit + 1)], Self.decode)
        return self.page(rows, page) { $0.id.text }
    }

    /// What `Posting.disclosed` would show to somebody who is not a coordinator and was not introduced.
    private func add(_ reader: PostingReader, to conditions: inout Conditions) {
        conditions.add(
            """
            (state = 'published' AND visibility <> 'coordinators' AND (expires_at_ms IS NULL OR expires_at_ms > ?))
            OR owner_id = ? OR (organization_id = ? AND state <> 'draft')
            """, SQLValue(now), SQLValue(reader.participant), SQLValue(reader.organization))
    }

    package func openPostings(of owner: Identifier<Participant>) throws -> [Posting] {
        try sql.query(
            "SELECT \(Self.columns) FROM posting WHERE owner_id = ? AND state <> 'closed' ORDER BY place",
            [SQLValue(owner)], Self.decode)
    }

    package func publishedPostings(after: Identifier<Posting>?, limit: Int) throws -> [Posting] {
        try sql.query(
            "SELECT \(Self.columns) FROM posting WHERE state = 'published' AND id > ? ORDER BY id LIMIT ?",
            [.text(after?.text ?? ""), SQLValue(limit)], Self.decode)
    }

    package func overduePostings(at now: Instant, limit: Int) throws -> [Posting] {
        try sql.query(
            """
            SELECT \(Self.columns) FROM posting
            WHERE state IN ('published', 'paused', 'in_review') AND expires_at_ms IS NOT NULL AND expires_at_ms <= ?
            ORDER BY expires_at_ms, id LIMIT ?
            """, [SQLValue(now), SQLValue(limit)], Self.decode)
    }

    package func postingCounts() throws -> [PostingCount] {
        try sql.query("SELECT kind, state, count(*) FROM posting GROUP BY kind, state ORDER BY kind, state") { row in
            PostingCount(kind: try row.choice(0), state: try row.text(1), count: try row.int(2))
        }
    }
}
