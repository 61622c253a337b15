package import Exchange
package import Operations

extension StoredTransaction {
    private static let columns = "id, first_id, second_id, placed_by, reason, placed_at_ms"

    private static func decode(_ row: borrowing SQLRow) throws -> Veto {
        try Veto(
            id: try row.identifier(0), between: try row.identifier(1), and: try row.identifier(2),
            placedBy: try row.identifierOrNil(3), reason: try row.textOrNil(4), at: try row.instant(5))
    }

    package func insert(_ veto: Veto) throws {
        let changed = try sql.execute(
            """
            INSERT INTO veto (id, first_id, second_id, placed_by, reason, placed_at_ms) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
            [
                SQLValue(veto.id), SQLValue(veto.first), SQLValue(veto.second), SQLValue(veto.placedBy),
                SQLValue(veto.reason), SQLValue(veto.at),
            ])
        guard changed == 1 else {
            let other = try identity(
                "SELECT id FROM veto WHERE first_id = ? AND second_id = ? AND coalesce(placed_by, '') = ?",
                SQLValue(veto.first), SQLValue(veto.second), .text(veto.placedBy?.text ?? ""))
            throw Self.duplicate("A veto between these organizations", other ?? veto.id.text)
        }
    }

    package func remove(_ veto: Identifier<Veto>) throws {
        let changed = try sql.execute("DELETE FROM veto WHERE id = ?", [SQLValue(veto)])
        guard changed == 1 else { throw Refusal.notFound(subject: "veto", id: veto.text) }
    }

    package func veto(_ id: Identifier<Veto>) throws -> Veto? {
        try sql.first("SELECT \(Self.columns) FROM veto WHERE id = ?", [SQLValue(id)], Self.decode)
    }

    package func vetoes(of organization: Identifier<Organization>?, _ page: PageRequest) throws -> Page<Veto> {
        var conditions = Conditions()
        if let organization {
            conditions.add("first_id = ? OR second_id = ?", SQLValue(organization), SQLValue(organization))
        }
        if let after = page.after { conditions.add("id < ?", .text(after)) }
        let rows = try sql.query(
            "SELECT \(Self.columns) FROM veto\(conditions.whereClause) ORDER BY id DESC LIMIT ?",
            conditions.values + [SQLValue(page.limit + 1)], Self.decode)
        return self.page(rows, page) { $0.id.text }
    }

    package func vetoed(by organization: Identifier<Organization>) throws -> Set<Identifier<Organization>> {
        Set(
            try sql.query(
                """
                SELECT second_id FROM veto WHERE first_id = ?1
                UNION SELECT first_id FROM veto WHERE second_id = ?1 ORDER BY 1
                """, [SQLValue(organization)]
            ) { try $0.identifier(0) })
    }

    package func vetoedPairs() throws -> [Veto] {
        try sql.query("SELECT \(Self.columns) FROM veto ORDER BY id", [], Self.decode)
    }
}
