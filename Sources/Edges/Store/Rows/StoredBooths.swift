package import Exchange
package import Operations

extension StoredTransaction {
    package func boothSheet(of event: Identifier<Event>) throws -> BoothSheet {
        let found = try sql.first(
            "SELECT document, layout, version, updated_at_ms FROM booth_sheet WHERE event_id = ?", [SQLValue(event)]
        ) { row in
            BoothSheet(
                event: event, content: try row.document(0), layout: row.isNull(1) ? nil : try row.document(1),
                version: try row.int(2), updatedAt: try row.instant(3))
        }
        return found ?? BoothSheet(event: event, updatedAt: now)
    }

    package func save(_ sheet: BoothSheet, expecting version: Int) throws {
        let layout = try sheet.layout.map { try SQLValue(document: $0) } ?? .null
        let values = [
            try SQLValue(document: sheet.content), layout, SQLValue(sheet.version), SQLValue(sheet.updatedAt),
            SQLValue(sheet.event),
        ]
        let changed =
            version == 0
            ? try sql.execute(
                """
                INSERT INTO booth_sheet (document, layout, version, updated_at_ms, event_id) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """, values)
            : try sql.execute(
                """
                UPDATE booth_sheet SET document = ?, layout = ?, version = ?, updated_at_ms = ?
                WHERE event_id = ? AND version = ?
                """, values + [SQLValue(version)])
        guard changed == 1 else {
            throw Refusal.stale(subject: "booth sheet", current: try boothSheet(of: sheet.event).version)
        }
    }

    package func matches(
        between organizations: Set<Identifier<Organization>>, limit: Int
    ) throws -> [OrganizationMatch] {
        guard organizations.count > 1 else { return [] }
        let names = organizations.map(\.text).sorted()
        var conditions = Conditions()
        conditions.add("need_organization_id", in: names)
        conditions.add("seed_organization_id", in: names)
        conditions.add("need_organization_id <> seed_organization_id")
        conditions.add("state IN ('proposed', 'taken')")
        return try sql.query(
            """
            SELECT id, need_id, seed_id, score, parts, kind, reason, state, round, version, created_at_ms,
                updated_at_ms, need_organization_id, seed_organization_id
            FROM match\(conditions.whereClause) ORDER BY score DESC, id DESC LIMIT ?
            """, conditions.values + [SQLValue(limit)]
        ) { row in
            OrganizationMatch(
                match: Match(
                    id: try row.identifier(0), need: try row.identifier(1), seed: try row.identifier(2),
                    score: try row.double(3), parts: try JSONText.numbers(from: try row.text(4)),
                    kind: try row.choice(5), reason: try row.text(6), state: try row.choice(7),
                    round: try row.textOrNil(8), version: try row.int(9), createdAt: try row.instant(10),
                    updatedAt: try row.instant(11)),
                needSide: try row.identifier(12), seedSide: try row.identifier(13))
        }
    }

    package func setCalendarKey(_ hash: String, of participant: Identifier<Participant>) throws {
        try sql.execute(
            """
            INSERT INTO calendar_key (participant_id, hash, created_at_ms) VALUES (?, ?, ?)
            ON CONFLICT (participant_id) DO UPDATE SET hash = excluded.hash, created_at_ms = excluded.created_at_ms
            """, [SQLValue(participant), .text(hash), SQLValue(now)])
    }

    package func removeCalendarKey(of participant: Identifier<Participant>) throws {
        try sql.execute("DELETE FROM calendar_key WHERE participant_id = ?", [SQLValue(participant)])
    }

    package func participant(calendarKey hash: String) throws -> Identifier<Participant>? {
        try identity("SELECT participant_id FROM calendar_key WHERE hash = ?", .text(hash)).map {
            Identifier(stored: $0)
        }
    }
}
