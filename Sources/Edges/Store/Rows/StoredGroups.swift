package import Exchange
package import Operations

extension StoredTransaction {
    private static let columns = """
        id, need_id, seeds, brings, coverage, weakest, state, note, version, created_at_ms, updated_at_ms
        """

    private static func decode(_ row: borrowing SQLRow) throws -> GroupProposal {
        let seeds = try row.list(2).map { Identifier<Posting>(stored: $0) }
        let brings = try row.list(3).map { try JSONText.list(from: $0) }
        return GroupProposal(
            id: try row.identifier(0), need: try row.identifier(1), seeds: seeds, coverage: try row.double(4),
            weakest: try row.double(5), brings: Dictionary(zip(seeds, brings)) { first, _ in first },
            state: try row.choice(6), note: try row.textOrNil(7), version: try row.int(8),
            createdAt: try row.instant(9), updatedAt: try row.instant(10))
    }

    package func insert(_ group: GroupProposal) throws -> Bool {
        let brings = group.seeds.map { JSONText.list(group.brings[$0] ?? []) }
        let changed = try sql.execute(
            """
            INSERT INTO group_proposal (\(Self.columns), members_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (members_key) DO NOTHING
            """,
            [
                SQLValue(group.id), SQLValue(group.need), SQLValue(list: group.seeds.map(\.text)),
                SQLValue(list: brings), .real(group.coverage), .real(group.weakest), SQLValue(group.state),
                SQLValue(group.note), SQLValue(group.version), SQLValue(group.createdAt), SQLValue(group.updatedAt),
                .text(group.members.map(\.text).sorted().joined(separator: " ")),
            ])
        guard changed == 1 else { return false }
        _ = try sql.executeMany(
            "INSERT INTO group_member (group_id, posting_id) VALUES (?, ?)",
            group.members.map { [SQLValue(group.id), SQLValue($0)] })
        return true
    }

    package func update(_ group: GroupProposal, expecting version: Int) throws {
        let changed = try sql.execute(
            """
            UPDATE group_proposal SET state = ?, note = ?, version = ?, updated_at_ms = ? WHERE id = ? AND version = ?
            """,
            [
                SQLValue(group.state), SQLValue(group.note), SQLValue(group.version), SQLValue(group.updatedAt),
                SQLValue(group.id), SQLValue(version),
            ])
        guard changed == 1 else { try refuseStale("group_proposal", "group", group.id.text) }
    }

    package func group(_ id: Identifier<GroupProposal>) throws -> GroupProposal? {
        try sql.first("SELECT \(Self.columns) FROM group_proposal WHERE id = ?", [SQLValue(id)], Self.decode)
    }

    package func groups(_ states: [GroupProposal.State], _ page: PageRequest) throws -> Page<GroupProposal> {
        var conditions = Conditions()
        conditions.add("state", in: states.map(\.rawValue))
        if let after = page.after { conditions.add("id < ?", .text(after)) }
        let rows = try sql.query(
            "SELECT \(Self.columns) FROM group_proposal\(conditions.whereClause) ORDER BY id DESC LIMIT ?",
            conditions.values + [SQLValue(page.limit + 1)], Self.decode)
        return self.page(rows, page) { $0.id.text }
    }

    package func groupedPostings() throws -> Set<Identifier<Posting>> {
        Set(
            try sql.query(
                """
                SELECT DISTINCT m.posting_id FROM group_proposal g JOIN group_member m ON m.group_id = g.id
                WHERE g.state IN ('proposed', 'accepted') ORDER BY 1
                """
            ) { try $0.identifier(0) })
    }
}
