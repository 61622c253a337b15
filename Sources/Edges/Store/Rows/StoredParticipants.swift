package import Exchange
package import Operations

extension StoredTransaction {
    private static let columns = """
        id, organization_id, name, name_kana, email, phone, language, external_id, note, role, status, paused_until_ms,
        listed_at_ms, contacted_at_ms, version, created_at_ms, updated_at_ms, joined_at_ms
        """

    private static func decode(_ row: borrowing SQLRow) throws -> Participant {
        let status: Participant.Status =
            switch try row.text(10) {
            case "invited": .invited
            case "active": .active
            case "paused": .paused(until: try row.instant(11))
            case "left": .left
            case let other: throw StoreFault.undecodable("“\(other)” is no status of a participant")
            }
        return Participant(
            id: try row.identifier(0), organization: try row.identifier(1),
            profile: Participant.Profile(
                name: try row.text(2), nameKana: try row.textOrNil(3), email: EmailAddress(stored: try row.text(4)),
                phone: try row.textOrNil(5), language: try row.choice(6), externalID: try row.textOrNil(7),
                note: try row.textOrNil(8)),
            role: try row.choice(9), status: status,
            consent: Participant.Consent(listedAt: try row.instantOrNil(12), contactedAt: try row.instantOrNil(13)),
            version: try row.int(14), createdAt: try row.instant(15), updatedAt: try row.instant(16),
            joinedAt: try row.instantOrNil(17))
    }

    private static func values(_ person: Participant) -> [SQLValue] {
        let profile = person.profile
        var pausedUntil: Instant?
        if case .paused(let until) = person.status { pausedUntil = until }
        return [
            SQLValue(person.organization), .text(profile.name), SQLValue(profile.nameKana),
            .text(searchKey(profile.name, profile.nameKana, profile.email.text)), .text(profile.email.text),
            SQLValue(profile.phone), SQLValue(profile.language), SQLValue(profile.externalID), SQLValue(profile.note),
            SQLValue(person.role), .text(person.status.word), SQLValue(pausedUntil),
            SQLValue(person.consent.listedAt), SQLValue(person.consent.contactedAt), SQLValue(person.version),
            SQLValue(person.updatedAt), SQLValue(person.joinedAt),
        ]
    }

    package func insert(_ participant: Participant) throws {
        let changed = try sql.execute(
            """
            INSERT INTO participant (organization_id, name, name_kana, search_key, email, phone, language, external_id,
                note, role, status, paused_until_ms, listed_at_ms, contacted_at_ms, version, updated_at_ms,
                joined_at_ms, id, created_at_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """, Self.values(participant) + [SQLValue(participant.id), SQLValue(participant.createdAt)])
        guard changed == 1 else {
            try refuseTaken(by: participant)
            throw Self.duplicate("The participant", participant.id.text)
        }
    }

    package func update(_ participant: Participant, expecting version: Int) throws {
        try refuseTaken(by: participant)
        let changed = try sql.execute(
            """
            UPDATE participant SET organization_id = ?, name = ?, name_kana = ?, search_key = ?, email = ?, phone = ?,
                language = ?, external_id = ?, note = ?, role = ?, status = ?, paused_until_ms = ?, listed_at_ms = ?,
                contacted_at_ms = ?, version = ?, updated_at_ms = ?, joined_at_ms = ?
            WHERE id = ? AND version = ?
            """, Self.values(participant) + [SQLValue(participant.id), SQLValue(version)])
        guard changed == 1 else { try refuseStale("participant", "participant", participant.id.text) }
    }

    private func refuseTaken(by person: Participant) throws {
        if let other = try identity(
            "SELECT id FROM participant WHERE email = ? AND id <> ?", .text(person.profile.email.text),
            SQLValue(person.id))
        {
            throw Self.duplicate("The mail address \(person.profile.email.text)", other)
        }
        if let external = person.profile.externalID,
            let other = try identity(
                "SELECT id FROM participant WHERE external_id = ? AND id <> ?", .text(external), SQLValue(person.id))
        {
            throw Self.duplicate("The external_id \(external)", other)
        }
    }

    package func participant(_ id: Identifier<Participant>) throws -> Participant? {
        try sql.first("SELECT \(Self.columns) FROM participant WHERE id = ?", [SQLValue(id)], Self.decode)
    }

    package func participants(
        _ ids: Set<Identifier<Participant>>
    ) throws -> [Identifier<Participant>: Participant] {
        var found: [Identifier<Participant>: Participant] = [:]
        try Portions.each(of: ids.map(\.text)) { placeholders, values in
            try sql.each("SELECT \(Self.columns) FROM participant WHERE id IN (\(placeholders)) ORDER BY id", values) {
                let person = try Self.decode($0)
                found[person.id] = person
            }
        }
        return found
    }

    package func participant(email: EmailAddress) throws -> Participant? {
        try sql.first("SELECT \(Self.columns) FROM participant WHERE email = ?", [.text(email.text)], Self.decode)
    }

    package func participant(externalID: String) throws -> Participant? {
        try sql.first("SELECT \(Self.columns) FROM participant WHERE external_id = ?", [.text(externalID)], Self.decode)
    }

    package func participants(of organization: Identifier<Organization>) throws -> [Participant] {
        try sql.query(
            "SELECT \(Self.columns) FROM participant WHERE organization_id = ? ORDER BY id", [SQLValue(organization)],
            Self.decode)
    }

    package func participants(_ filter: ParticipantFilter, _ page: PageRequest) throws -> Page<Participant> {
        var conditions = Conditions()
        if let pattern = Self.pattern(filter.text) {
            conditions.add("search_key LIKE ?", pattern)
            // The mail address is the key's last line: for other members only those who agreed to be contacted are
            // found by it.
            if filter.listedOnly, case .text(let text) = pattern {
                conditions.add("contacted_at_ms IS NOT NULL OR search_key LIKE ?", .text(text + "\n%"))
            }
        }
        if let organization = filter.organization { conditions.add("organization_id = ?", SQLValue(organization)) }
        if let role = filter.role { conditions.add("role = ?", SQLValue(role)) }
        switch filter.status {
        case "paused": conditions.add("status = 'paused' AND paused_until_ms > ?", SQLValue(now))
        // A pause whose end has passed is over.
        case "active":
            conditions.add("status = 'active' OR (status = 'paused' AND paused_until_ms <= ?)", SQLValue(now))
        case let word?: conditions.add("status = ?", .text(word))
        case nil: break
        }
        if filter.listedOnly { conditions.add("listed_at_ms IS NOT NULL") }
        if let after = page.after { conditions.add("id < ?", .text(after)) }
        let rows = try sql.query(
            "SELECT \(Self.columns) FROM participant\(conditions.whereClause) ORDER BY id DESC LIMIT ?",
            conditions.values + [SQLValue(page.limit + 1)], Self.decode)
        return self.page(rows, page) { $0.id.text }
    }

    package func participantCounts() throws -> [String: Int] {
        let counts = try sql.query(
            """
            SELECT CASE WHEN status = 'paused' AND paused_until_ms <= ? THEN 'active' ELSE status END AS word, count(*)
            FROM participant GROUP BY 1 ORDER BY 1
            """, [SQLValue(now)]
        ) { (try $0.text(0), try $0.int(1)) }
        return Dictionary(uniqueKeysWithValues: counts)
    }

    // MARK: Invitations

    package func insert(invitation hash: String, for participant: Identifier<Participant>, expiresAt: Instant) throws {
        try removeInvitations(of: participant)
        try sql.execute(
            "INSERT INTO invitation (secret_hash, participant_id, expires_at_ms) VALUES (?, ?, ?)",
            [.text(hash), SQLValue(participant), SQLValue(expiresAt)])
    }

    package func invited(by hash: String) throws -> Identifier<Participant>? {
        try sql.first(
            "SELECT participant_id FROM invitation WHERE secret_hash = ? AND expires_at_ms > ?",
            [.text(hash), SQLValue(now)]
        ) { try $0.identifier(0) }
    }

    package func removeInvitations(of participant: Identifier<Participant>) throws {
        try sql.execute("DELETE FROM invitation WHERE participant_id = ?", [SQLValue(participant)])
    }
}
