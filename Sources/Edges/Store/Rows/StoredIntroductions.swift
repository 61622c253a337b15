package import Exchange
package import Operations

extension StoredTransaction {
    private static let columns = """
        id, match_id, need_id, need_owner_id, need_organization_id, need_answer, need_reason, need_words,
        need_answered_by, need_answered_at_ms, seed_id, seed_owner_id, seed_organization_id, seed_answer, seed_reason,
        seed_words, seed_answered_by, seed_answered_at_ms, state, state_by, state_at_ms, outcome, outcome_note, version,
        created_at_ms, updated_at_ms
        """

    private static func decode(_ row: borrowing SQLRow) throws -> Introduction {
        Introduction(
            id: try row.identifier(0), match: try row.identifierOrNil(1), needSide: try party(row, at: 2),
            seedSide: try party(row, at: 10), state: try state(row), version: try row.int(23),
            createdAt: try row.instant(24), updatedAt: try row.instant(25))
    }

    private static func party(_ row: borrowing SQLRow, at first: Int) throws -> Introduction.Party {
        var answer: Introduction.Answer?
        switch try row.textOrNil(first + 3) {
        case "interested":
            answer = .interested(
                message: try row.textOrNil(first + 5), by: ActorReference(stored: try row.text(first + 6)),
                at: try row.instant(first + 7))
        case "refused":
            answer = .refused(
                try row.choice(first + 4), note: try row.textOrNil(first + 5),
                by: ActorReference(stored: try row.text(first + 6)), at: try row.instant(first + 7))
        case nil: break
        case let other?: throw StoreFault.undecodable("“\(other)” is no answer")
        }
        return Introduction.Party(
            posting: try row.identifier(first), owner: try row.identifier(first + 1),
            organization: try row.identifier(first + 2), answer: answer)
    }

    private static func state(_ row: borrowing SQLRow) throws -> Introduction.State {
        switch try row.text(18) {
        case "interested": return .interested
        case "refused": return .refused
        case "mutual": return .mutual
        case "introduced":
            return .introduced(by: ActorReference(stored: try row.text(19)), at: try row.instant(20))
        case "met": return .met(at: try row.instant(20))
        case "concluded":
            return .concluded(
                Introduction.Conclusion(
                    outcome: try row.choice(21), note: try row.textOrNil(22), at: try row.instant(20)))
        case let other: throw StoreFault.undecodable("“\(other)” is no state of an introduction")
        }
    }

    private static func values(_ answer: Introduction.Answer?) -> [SQLValue] {
        switch answer {
        case .interested(let message, let actor, let moment):
            return ["interested", .null, SQLValue(message), .text(actor.text), SQLValue(moment)]
        case .refused(let reason, let note, let actor, let moment):
            return ["refused", SQLValue(reason), SQLValue(note), .text(actor.text), SQLValue(moment)]
        case nil: return [.null, .null, .null, .null, .null]
        }
    }

    private static func values(_ state: Introduction.State) -> [SQLValue] {
        let word = SQLValue.text(state.word)
        switch state {
        case .interested, .refused, .mutual: return [word, .null, .null, .null, .null]
        case .introduced(let actor, let moment): return [word, .text(actor.text), SQLValue(moment), .null, .null]
        case .met(let moment): return [word, .null, SQLValue(moment), .null, .null]
        case .concluded(let end):
            return [word, .null, SQLValue(end.at), SQLValue(end.outcome), SQLValue(end.note)]
        }
    }

    private static func changingValues(_ introduction: Introduction) -> [SQLValue] {
        values(introduction.needSide.answer) + values(introduction.seedSide.answer) + values(introduction.state) + [
            SQLValue(introduction.version), SQLValue(introduction.updatedAt),
        ]
    }

    package func insert(_ introduction: Introduction) throws {
        let changed = try sql.execute(
            """
            INSERT INTO introduction (need_answer, need_reason, need_words, need_answered_by, need_answered_at_ms,
                seed_answer, seed_reason, seed_words, seed_answered_by, seed_answered_at_ms, state, state_by,
                state_at_ms, outcome, outcome_note, version, updated_at_ms, id, match_id, need_id, need_owner_id,
                need_organization_id, seed_id, seed_owner_id, seed_organization_id, created_at_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (need_id, seed_id) DO NOTHING
            """,
            Self.changingValues(introduction) + [
                SQLValue(introduction.id), SQLValue(introduction.match), SQLValue(introduction.needSide.posting),
                SQLValue(introduction.needSide.owner), SQLValue(introduction.needSide.organization),
                SQLValue(introduction.seedSide.posting), SQLValue(introduction.seedSide.owner),
                SQLValue(introduction.seedSide.organization), SQLValue(introduction.createdAt),
            ])
        guard changed == 1 else {
            let other = try identity(
                "SELECT id FROM introduction WHERE need_id = ? AND seed_id = ?",
                SQLValue(introduction.needSide.posting), SQLValue(introduction.seedSide.posting))
            throw Self.duplicate("An introduction of this pair", other ?? introduction.id.text)
        }
    }

    package func update(_ introduction: Introduction, expecting version: Int) throws {
        let changed = try sql.execute(
            """
            UPDATE introduction SET need_answer = ?, need_reason = ?, need_words = ?, need_answered_by = ?,
                need_answered_at_ms = ?, seed_answer = ?, seed_reason = ?, seed_words = ?, seed_answered_by = ?,
                seed_answered_at_ms = ?, state = ?, state_by = ?, state_at_ms = ?, outcome = ?, outcome_note = ?,
                version = ?, updated_at_ms = ?
            WHERE id = ? AND version = ?
            """, Self.changingValues(introduction) + [SQLValue(introduction.id), SQLValue(version)])
        guard changed == 1 else { try refuseStale("introduction", "introduction", introduction.id.text) }
    }

    package func introduction(_ id: Identifier<Introduction>) throws -> Introduction? {
        try sql.first("SELECT \(Self.columns) FROM introduction WHERE id = ?", [SQLValue(id)], Self.decode)
    }

    package func introduction(_ pair: PostingPair) throws -> Introduction? {
        try sql.first(
            "SELECT \(Self.columns) FROM introduction WHERE need_id = ? AND seed_id = ?",
            [SQLValue(pair.need), SQLValue(pair.seed)], Self.decode)
    }

    package func remove(_ introduction: Identifier<Introduction>) throws {
        try sql.execute("DELETE FROM introduction WHERE id = ? AND state = 'refused'", [SQLValue(introduction)])
    }

    package func introductions(_ filter: IntroductionFilter, _ page: PageRequest) throws -> Page<Introduction> {
        var conditions = Conditions()
        if let organization = filter.organization {
            conditions.add(
                """
                id IN (SELECT id FROM introduction WHERE need_organization_id = ?
                    UNION SELECT id FROM introduction WHERE seed_organization_id = ?)
                """, SQLValue(organization), SQLValue(organization))
        }
        if let posting = filter.posting {
            conditions.add(
                """
                id IN (SELECT id FROM introduction WHERE need_id = ?
                    UNION SELECT id FROM introduction WHERE seed_id = ?)
                """, SQLValue(posting), SQLValue(posting))
        }
        conditions.add("state", in: filter.states)
        if let after = page.after { conditions.add("id < ?", .text(after)) }
        let rows = try sql.query(
            "SELECT \(Self.columns) FROM introduction\(conditions.whereClause) ORDER BY id DESC LIMIT ?",
            conditions.values + [SQLValue(page.limit + 1)], Self.decode)
        return self.page(rows, page) { $0.id.text }
    }

    package func introductionCounts() throws -> [String: Int] {
        let counts = try sql.query("SELECT state, count(*) FROM introduction GROUP BY state ORDER BY state") {
            (try $0.text(0), try $0.int(1))
        }
        return Dictionary(uniqueKeysWithValues: counts)
    }

    package func isIntroduced(_ organization: Identifier<Organization>, to posting: Identifier<Posting>) throws -> Bool
    {
        try sql.exists(
            """
            SELECT 1 FROM introduction WHERE need_id = ?2 AND seed_organization_id = ?1
                AND state IN ('introduced', 'met', 'concluded')
            UNION ALL SELECT 1 FROM introduction WHERE seed_id = ?2 AND need_organization_id = ?1
                AND state IN ('introduced', 'met', 'concluded')
            """, [SQLValue(organization), SQLValue(posting)])
    }

    package func introducedPostings(to organization: Identifier<Organization>) throws -> Set<Identifier<Posting>> {
        Set(
            try sql.query(
                """
                SELECT need_id FROM introduction WHERE seed_organization_id = ?1
                    AND state IN ('introduced', 'met', 'concluded')
                UNION SELECT seed_id FROM introduction WHERE need_organization_id = ?1
                    AND state IN ('introduced', 'met', 'concluded')
                ORDER BY 1
                """, [SQLValue(organization)]
            ) { try $0.identifier(0) })
    }
}
