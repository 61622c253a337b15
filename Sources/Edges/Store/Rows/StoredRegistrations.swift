package import Exchange
package import Operations

extension StoredTransaction {
    private static let columns = """
        r.id, r.event_id, r.participant_id, r.guest, r.wishes, r.state, r.state_since_ms, r.state_reason, r.source,
        r.code, r.arrived_at_ms, r.arrived_by, r.version, r.created_at_ms, r.updated_at_ms
        """

    private static func decode(_ row: borrowing SQLRow) throws -> Registration {
        let attendee: Registration.Attendee =
            if let person: Identifier<Participant> = try row.identifierOrNil(2) { .participant(person) } else {
                .guest(try row.document(3))
            }
        let arrival = try row.instantOrNil(10).map { moment in
            Registration.Arrival(at: moment, by: ActorReference(stored: try row.text(11)))
        }
        return Registration(
            id: try row.identifier(0), event: try row.identifier(1), attendee: attendee, wishes: try row.document(4),
            state: try row.choice(5), stateSince: try row.instant(6), stateReason: try row.textOrNil(7),
            source: try row.choice(8), code: try row.text(9), arrival: arrival, version: try row.int(12),
            createdAt: try row.instant(13), updatedAt: try row.instant(14))
    }

    /// The values of the columns that can change, in the order of both statements below.
    private static func values(_ registration: Registration) throws -> [SQLValue] {
        let guest = registration.guest
        return [
            guest == nil ? .null : try SQLValue(document: guest), SQLValue(guest?.email?.text),
            SQLValue(guest.map { searchKey($0.name, $0.nameKana, $0.organization, $0.email?.text) }),
            try SQLValue(document: registration.wishes), SQLValue(registration.wishes.attendance),
            SQLValue(registration.seats), SQLValue(registration.state), SQLValue(registration.stateSince),
            SQLValue(registration.stateReason), SQLValue(registration.arrival?.at),
            SQLValue(registration.arrival?.by.text), SQLValue(registration.version), SQLValue(registration.updatedAt),
        ]
    }

    package func insert(_ registration: Registration) throws {
        let changed = try sql.execute(
            """
            INSERT INTO registration (guest, guest_email, guest_key, wishes, attendance, seats, state, state_since_ms,
                state_reason, arrived_at_ms, arrived_by, version, updated_at_ms, id, event_id, participant_id, source,
                code, created_at_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """,
            Self.values(registration) + [
                SQLValue(registration.id), SQLValue(registration.event), SQLValue(registration.participant),
                SQLValue(registration.source), .text(registration.code), SQLValue(registration.createdAt),
            ])
        guard changed == 1 else {
            let other = try registration.participant.flatMap { try self.registration(of: $0, at: registration.event) }
            let guest = try registration.guest?.email.flatMap {
                try self.registration(guest: $0, at: registration.event)
            }
            throw Self.duplicate("This person", (other ?? guest)?.id.text ?? registration.id.text)
        }
    }

    package func update(_ registration: Registration, expecting version: Int) throws {
        let changed = try sql.execute(
            """
            UPDATE registration SET guest = ?, guest_email = ?, guest_key = ?, wishes = ?, attendance = ?, seats = ?,
                state = ?, state_since_ms = ?, state_reason = ?, arrived_at_ms = ?, arrived_by = ?, version = ?,
                updated_at_ms = ?
            WHERE id = ? AND version = ?
            """, Self.values(registration) + [SQLValue(registration.id), SQLValue(version)])
        guard changed == 1 else { try refuseStale("registration", "registration", registration.id.text) }
    }

    package func registration(_ id: Identifier<Registration>) throws -> Registration? {
        try sql.first("SELECT \(Self.columns) FROM registration r WHERE r.id = ?", [SQLValue(id)], Self.decode)
    }

    package func registration(
        of participant: Identifier<Participant>, at event: Identifier<Event>
    ) throws -> Registration? {
        try sql.first(
            "SELECT \(Self.columns) FROM registration r WHERE r.participant_id = ? AND r.event_id = ?",
            [SQLValue(participant), SQLValue(event)], Self.decode)
    }

    package func registration(guest email: EmailAddress, at event: Identifier<Event>) throws -> Registration? {
        try sql.first(
            "SELECT \(Self.columns) FROM registration r WHERE r.event_id = ? AND r.guest_email = ?",
            [SQLValue(event), .text(email.text)], Self.decode)
    }

    package func registration(code: String) throws -> Registration? {
        try sql.first("SELECT \(Self.columns) FROM registration r WHERE r.code = ?", [.text(code)], Self.decode)
    }

    package func registrations(_ filter: RegistrationFilter, _ page: PageRequest) throws -> Page<Registration> {
        var conditions = Conditions()
        if let event = filter.event { conditions.add("r.event_id = ?", SQLValue(event)) }
        if let participant = filter.participant { conditions.add("r.participant_id = ?", SQLValue(participant)) }
        conditions.add("r.state", in: filter.states.map(\.rawValue))
        if let attendance = filter.attendance { conditions.add("r.attendance = ?", SQLValue(attendance)) }
        switch filter.presence {
        case .arrived?: conditions.add("r.arrived_at_ms IS NOT NULL")
        case .absent?: conditions.add("r.arrived_at_ms IS NULL")
        case nil: break
        }
        if let pattern = Self.pattern(filter.text) {
            conditions.add(
                """
                r.guest_key LIKE ? OR r.participant_id IN (
                    SELECT p.id FROM participant p JOIN organization o ON o.id = p.organization_id
                    WHERE p.search_key LIKE ? OR o.search_key LIKE ?)
                """, pattern, pattern, pattern)
        }
        if let after = page.after { conditions.add("r.id < ?", .text(after)) }
        let rows = try sql.query(
            "SELECT \(Self.columns) FROM registration r\(conditions.whereClause) ORDER BY r.id DESC LIMIT ?",
            conditions.values + [SQLValue(page.limit + 1)], Self.decode)
        return self.page(rows, page) { $0.id.text }
    }

    package func confirmedRegistrations(at event: Identifier<Event>) throws -> [Registration] {
        try sql.query(
            "SELECT \(Self.columns) FROM registration r WHERE r.event_id = ? AND r.state = 'confirmed' ORDER BY r.id",
            [SQLValue(event)], Self.decode)
    }

    package func waitingList(
        of event: Identifier<Event>, _ attendance: Registration.Attendance, limit: Int
    ) throws -> [Registration] {
        try sql.query(
            """
            SELECT \(Self.columns) FROM registration r
            WHERE r.event_id = ? AND r.state = 'waiting' AND r.attendance = ? ORDER BY r.state_since_ms, r.id LIMIT ?
            """, [SQLValue(event), SQLValue(attendance), SQLValue(limit)], Self.decode)
    }

    package func registrationCounts(of event: Identifier<Event>) throws -> [RegistrationCount] {
        try sql.query(
            """
            SELECT state, attendance, count(*), CAST(sum(seats) AS BIGINT), count(arrived_at_ms),
                CAST(sum(CASE WHEN arrived_at_ms IS NULL THEN 0 ELSE seats END) AS BIGINT)
            FROM registration WHERE event_id = ? GROUP BY state, attendance ORDER BY state, attendance
            """, [SQLValue(event)]
        ) {
            RegistrationCount(
                state: try $0.choice(0), attendance: try $0.choice(1), registrations: try $0.int(2),
                seats: try $0.int(3), arrived: try $0.int(4), arrivedSeats: try $0.int(5))
        }
    }

    package func openRegistrations(of participant: Identifier<Participant>) throws -> [Registration] {
        try sql.query(
            """
            SELECT \(Self.columns) FROM registration r JOIN event e ON e.id = r.event_id
            WHERE r.participant_id = ? AND r.state IN ('requested', 'waiting', 'confirmed')
                AND e.state IN ('planned', 'announced', 'open', 'postponed')
            ORDER BY r.id
            """, [SQLValue(participant)], Self.decode)
    }
}
