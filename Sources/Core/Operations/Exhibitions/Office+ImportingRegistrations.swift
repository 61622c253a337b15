package import Exchange
package import Tabular

/// One row of a registration list, checked by itself.
private struct RegistrationRow: Sendable {
    let attendee: Registration.Attendee
    let wishes: Registration.Wishes
    /// Which cells were filled: an empty one takes nothing away from what is known.
    let filled: Filled

    struct Filled: Sendable {
        var attendance = false
        var language = false
    }
}

extension Office {
    /// Registers the people of a file for an event: participants by their mail address, everybody else as a guest.
    /// Whoever is registered already is updated with what the file says; empty cells take nothing away. Every row is
    /// checked before any is written.
    ///
    /// Throws `ImportFault` when the file cannot be read at all.
    package func importRegistrations(
        _ bytes: consuming [UInt8], for event: Identifier<Event>, _ options: ImportOptions = ImportOptions(),
        by actor: Actor
    ) async throws -> ImportReport {
        try actor.require(.coordinate)
        let table = try Self.table(bytes, options, RegistrationColumns.all)
        let found = try await store.read { tx in try tx.require(event) }
        try found.requireRegistrable(by: actor, at: ambient.now(), zones: ambient.zones)
        let people = try await registeredPeople(in: table)
        let reading = registrations(in: table, at: found, people)
        var report = try ImportReport(reading, options)
        let rows = reading.accepted.map(\.value)
        let isTrial = options.isTrial || (options.isAllOrNothing && !reading.rejected.isEmpty)
        if isTrial {
            let known = try await store.read { tx in
                try rows.count { try tx.registration(of: $0.attendee, at: event) != nil }
            }
            report.created = rows.count - known
            report.updated = known
            return report
        }
        defer { nudge(.outbox) }
        let rejected = reading.rejected.count
        let counts = try await write { tx in
            var counts = ImportCounts()
            let present = try tx.require(event)
            for row in rows { try self.write(row, at: present, &counts, by: actor, tx) }
            try self.fillPlaces(of: present, tx)
            try tx.append([
                Happening(
                    .importCompleted, subject: "registrations", related: [event.text], by: actor.reference, at: tx.now,
                    details: counts.details(rejected: rejected))
            ])
            return counts
        }
        report.take(counts)
        return report
    }

    private func registeredPeople(in table: Table) async throws -> [EmailAddress: Participant] {
        var emails: Set<EmailAddress> = []
        table.scan { row in
            if let text = row.mail("email"), let email = try? EmailAddress(text) { emails.insert(email) }
        }
        let wanted = emails
        return try await store.read { tx in
            var found: [EmailAddress: Participant] = [:]
            for email in wanted { found[email] = try tx.participant(email: email) }
            return found
        }
    }

    private func registrations(
        in table: Table, at event: Event, _ people: [EmailAddress: Participant]
    ) -> TableReading<RegistrationRow> {
        let names = Set(RegistrationColumns.all.map(\.key.name))
        var emails = UniqueValues()
        return table.read { row in
            let mail = row.mail("email")
            row.unique("email", mail, in: &emails)
            let email = mail.flatMap { text in
                row.checked(known: names) { () throws(Refusal) in try EmailAddress(text) }
            }
            var filled = RegistrationRow.Filled()
            let wishes = wishes(&row, at: event, names, &filled)
            let person = email.flatMap { people[$0] }
            if let person, person.status == .left {
                row.refuse(
                    [FieldProblem("email", .notAllowed, "\(person.profile.name) has left the exchange.")], known: names)
            }
            let language = row.label("language", in: ImportLabels.languages)
            filled.language = language != nil
            var guest = Registration.Guest(
                name: row.text("name") ?? "", nameKana: row.text("name_kana"), email: email,
                organization: row.text("organization"), language: language ?? settings.defaultLanguage)
            if person == nil {
                guard let checked = row.checked(known: names, { () throws(Refusal) in try guest.checked() }) else {
                    return nil
                }
                guest = checked
            }
            guard let wishes else { return nil }
            return RegistrationRow(
                attendee: person.map { .participant($0.id) } ?? .guest(guest), wishes: wishes, filled: filled)
        }
    }

    private func wishes(
        _ row: inout RowReader, at event: Event, _ names: Set<String>, _ filled: inout RegistrationRow.Filled
    ) -> Registration.Wishes? {
        let attendance = row.label("attendance", in: RegistrationColumns.attendances)
        filled.attendance = attendance != nil
        var wishes = Registration.Wishes(
            attendance: attendance ?? (event.content.format == .online ? .remote : .onSite))
        wishes.companions = row.list("companions").map { Registration.Companion(name: $0) }
        wishes.languages = row.labels("languages", in: ImportLabels.languages)
        wishes.interpretation = row.labels("interpretation", in: ImportLabels.languages)
        wishes.accessibility = row.text("accessibility")
        wishes.message = row.text("message")
        let asked = wishes
        return row.checked(known: names) { () throws(Refusal) in try asked.checked(for: event.content) }
    }

    private func write(
        _ row: RegistrationRow, at event: Event, _ counts: inout ImportCounts, by actor: Actor, _ tx: Store.Transaction
    ) throws {
        guard let old = try tx.registration(of: row.attendee, at: event.id), old.state != .cancelled else {
            let made = try enter(row.attendee, row.wishes, at: event, source: .file, by: actor, tx)
            try tell(of: made, at: event, tx)
            counts.created += 1
            return
        }
        guard old.state != .declined else {
            counts.unchanged += 1
            return
        }
        let wishes = old.wishes.updated(by: row.wishes, row.filled)
        let occupancy = event.occupancy(wishes.attendance, try tx.registrationCounts(of: event.id))
        var change = try old.revised(wishes, occupancy, by: actor.reference, at: tx.now)
        if let guest = old.guest, let read = row.attendee.guest {
            let merged = guest.updated(by: read, row.filled)
            if merged != guest { change = try change.value.renamed(merged, by: actor.reference, at: tx.now) }
        }
        guard change.value != old else {
            counts.unchanged += 1
            return
        }
        try tx.update(change.value, expecting: old.version)
        try tx.append(change.happenings)
        counts.updated += 1
    }

    /// The registration list of an event as a CSV file that opens in Excel and imports again.
    package func exportRegistrations(
        of event: Identifier<Event>, in language: WordsLanguage, encoding: TextEncoding = .utf8BOM, by actor: Actor
    ) async throws -> [UInt8] {
        try actor.require(.coordinate)
        var writer = CSVWriter(encoding: encoding)
        writer.write(RegistrationColumns.all.map { $0.label(in: language) })
        let found = try await store.read { tx in try tx.require(event) }
        var filter = RegistrationFilter()
        filter.event = event
        var after: String?
        repeat {
            let page = try await registrations(
                filter, PageRequest(limit: PageRequest.largest, after: after), by: actor)
            for shown in page.items { writer.write(cells(shown, at: found)) }
            after = page.next
        } while after != nil
        return try writer.drain()
    }

    private func cells(_ shown: ShownRegistration, at event: Event) -> [String] {
        let (registration, wishes) = (shown.registration, shown.registration.wishes)
        return [
            shown.name, shown.person?.profile.nameKana ?? registration.guest?.nameKana ?? "", shown.email ?? "",
            shown.organizationName ?? "", shown.language.rawValue, wishes.attendance.rawValue,
            wishes.companions.map(\.name).joined(separator: ";"),
            wishes.languages.map(\.rawValue).joined(separator: ";"),
            wishes.interpretation.map(\.rawValue).joined(separator: ";"), wishes.accessibility ?? "",
            wishes.message ?? "", registration.state.rawValue, "\(registration.seats)", registration.code,
            registration.arrival.map { ambient.zones.text($0.at, in: event.content.zone) } ?? "", registration.id.text,
        ]
    }
}

extension Registration.Attendee {
    fileprivate var guest: Registration.Guest? {
        if case .guest(let guest) = self { return guest }
        return nil
    }
}

extension Registration.Wishes {
    /// What a file says over what is known; an empty cell takes nothing away.
    fileprivate func updated(
        by read: Registration.Wishes, _ filled: RegistrationRow.Filled
    ) -> Registration.Wishes {
        var result = self
        if filled.attendance { result.attendance = read.attendance }
        if !read.companions.isEmpty { result.companions = read.companions }
        if !read.languages.isEmpty { result.languages = read.languages }
        if !read.interpretation.isEmpty { result.interpretation = read.interpretation }
        result.accessibility = read.accessibility ?? accessibility
        result.message = read.message ?? message
        return result
    }
}

extension Registration.Guest {
    fileprivate func updated(
        by read: Registration.Guest, _ filled: RegistrationRow.Filled
    ) -> Registration.Guest {
        var result = read
        result.nameKana = read.nameKana ?? nameKana
        result.organization = read.organization ?? organization
        if !filled.language { result.language = language }
        return result
    }
}
