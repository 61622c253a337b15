package import Exchange
import Tabular

/// One row of a participants file, checked by itself.
private struct ParticipantRow: Sendable {
    let organization: Organization.Profile
    let person: Participant.Profile
    let role: Participant.Role
    let joined: Instant?
    let consent: Participant.Consent
    /// Which cells were filled: an empty one takes nothing away from what is known.
    let filled: Filled

    struct Filled: Sendable {
        let language: Bool
        let listed: Bool
        let contacted: Bool
    }
}

/// What the store knows of the rows' identities before any is written.
private struct KnownPeople: Sendable {
    var byEmail: [EmailAddress: Participant] = [:]
    var byExternalID: [String: Participant] = [:]
}

extension Office {
    /// Reads participants and their organizations from a file. Every row is checked before any is written; good rows
    /// are written in one transaction. A person with a known external identity or mail address is updated, not doubled.
    ///
    /// Throws `ImportFault` when the file cannot be read at all.
    package func importParticipants(
        _ bytes: consuming [UInt8], _ options: ImportOptions = ImportOptions(), by actor: Actor
    ) async throws -> ImportReport {
        try actor.require(.coordinate)
        let table = try Self.table(bytes, options, ImportColumns.participants)
        let known = try await knownPeople(in: table)
        let reading = try participants(in: table, known: known, by: actor)
        var report = try ImportReport(reading, options)
        let rows = reading.accepted.map(\.value)
        if options.isTrial || (options.isAllOrNothing && !reading.rejected.isEmpty) {
            for row in rows {
                let old = known.byEmail[row.person.email] ?? row.person.externalID.flatMap { known.byExternalID[$0] }
                if old == nil { report.created += 1 } else { report.updated += 1 }
            }
            return report
        }
        let counts = try await write { tx in
            var writer = ParticipantWriter(actor: actor, ambient: ambient)
            for row in rows { try writer.write(row, tx) }
            try tx.append([
                Happening(
                    .importCompleted, subject: "participants", by: actor.reference, at: tx.now,
                    details: writer.counts.details(rejected: reading.rejected.count))
            ])
            return writer.counts
        }
        report.take(counts)
        return report
    }

    static func table(
        _ bytes: consuming [UInt8], _ options: ImportOptions, _ columns: [Column]
    ) throws -> Table {
        do throws(TabularFault) {
            return try Tabular.read(bytes, encoding: options.encoding, columns: columns)
        } catch {
            throw ImportFault(fault: error)
        }
    }

    private func knownPeople(in table: Table) async throws -> KnownPeople {
        var emails: Set<EmailAddress> = []
        var externalIDs: Set<String> = []
        table.scan { row in
            if let text = row.mail("email"), let email = try? EmailAddress(text) { emails.insert(email) }
            if let external = row.text("external_id") { externalIDs.insert(external) }
        }
        let wanted = emails
        let wantedIDs = externalIDs
        return try await store.read { tx in
            var known = KnownPeople()
            for email in wanted { known.byEmail[email] = try tx.participant(email: email) }
            for external in wantedIDs { known.byExternalID[external] = try tx.participant(externalID: external) }
            return known
        }
    }

    private func participants(
        in table: Table, known: KnownPeople, by actor: Actor
    ) throws -> TableReading<ParticipantRow> {
        let names = Set(ImportColumns.participants.map(\.key.name))
        let fields = ImportLabels.fields(taxonomy)
        var emails = UniqueValues()
        var externalIDs = UniqueValues()
        return table.read { row in
            let externalID = row.text("external_id")
            row.unique("external_id", externalID, in: &externalIDs)
            let mail = row.mail("email")
            row.unique("email", mail, in: &emails)
            let organization = organization(&row, fields, names)
            let person = person(&row, mail, externalID, names)
            let written = row.label("role", in: ImportLabels.roles)
            let role = written ?? .member
            if role == .administrator || role == .coordinator, !actor.may(.administer) {
                row.refuse(
                    [FieldProblem("role", .notAllowed, "Only an administrator may register a \(role.rawValue).")],
                    known: names)
            }
            let joined = row.date("joined").map { $0.day.start(offsetMinutes: settings.utcOffsetMinutes) }
            let agreed = joined ?? ambient.now()
            let listed = row.boolean("listed")
            let contacted = row.boolean("contacted")
            let consent = Participant.Consent(
                listedAt: listed == true ? agreed : nil, contactedAt: contacted == true ? agreed : nil)
            let filled = ParticipantRow.Filled(
                language: row.text("language") != nil, listed: listed != nil, contacted: contacted != nil)
            guard let organization, let person else { return nil }
            let present = known.byEmail[person.email] ?? person.externalID.flatMap { known.byExternalID[$0] }
            if let written, let present, present.role != written {
                row.refuse(
                    [
                        FieldProblem(
                            "role", .notAllowed,
                            "This person is \(present.role.rawValue) already, and an import changes no role. Empty the cell, or "
                                + "use: industrymix participants role.")
                    ], known: names)
            }
            if let external = person.externalID, let one = known.byExternalID[external],
                let other = known.byEmail[person.email], one.id != other.id
            {
                row.refuse(
                    [
                        FieldProblem(
                            "external_id", .duplicate,
                            "\(external) is \(one.profile.name) and \(person.email.text) is \(other.profile.name): "
                                + "two people. Correct one of the cells.")
                    ], known: names)
            }
            return ParticipantRow(
                organization: organization, person: person, role: role, joined: joined, consent: consent,
                filled: filled)
        }
    }

    private func organization(
        _ row: inout RowReader, _ fields: LabelTable<FieldCode>, _ names: Set<String>
    ) -> Organization.Profile? {
        let columns: [String: ColumnKey] = [
            "name": "organization", "name_kana": "organization_kana", "kind": "organization_kind",
        ]
        let name = row.text("organization")
        let kana = row.text("organization_kana")
        let kind = row.label("organization_kind", in: ImportLabels.organizationKinds)
        let number = row.code("corporate_number").flatMap { text in
            row.checked(known: names) { () throws(Refusal) in try CorporateNumber(text) }
        }
        let region = row.text("region").flatMap { text -> RegionCode? in
            if let code = RegionNames.code(of: text) { return code }
            row.refuse(
                [FieldProblem("region", .unknown, "Write a prefecture or province by name, or a code such as JP-31.")],
                known: names)
            return nil
        }
        let municipality = row.text("municipality")
        let named = row.labels("fields", in: fields)
        guard let name else { return nil }
        let profile = Organization.Profile(
            name: name, nameKana: kana, kind: kind ?? .company, corporateNumber: number, region: region,
            municipality: municipality, fields: named)
        return row.checked(columns: columns, known: names) { () throws(Refusal) in
            try profile.checked(against: taxonomy)
        }
    }

    private func person(
        _ row: inout RowReader, _ mail: String?, _ externalID: String?, _ names: Set<String>
    ) -> Participant.Profile? {
        let name = row.text("name")
        let kana = row.text("name_kana").map(Folding.compatible)
        let phone = row.phone("phone")
        let language = row.label("language", in: ImportLabels.languages) ?? settings.defaultLanguage
        let note = row.text("note")
        let email = mail.flatMap { text in
            row.checked(known: names) { () throws(Refusal) in try EmailAddress(text) }
        }
        guard let name, let email else { return nil }
        let profile = Participant.Profile(
            name: name, nameKana: kana, email: email, phone: phone, language: language, externalID: externalID,
            note: note)
        return row.checked(known: names) { () throws(Refusal) in try profile.checked() }
    }
}

/// Writes rows that were checked, and counts.
private struct ParticipantWriter {
    let actor: Actor
    let ambient: Ambient
    var counts = ImportCounts()
    private var homes: [String: Organization] = [:]

    init(actor: Actor, ambient: Ambient) {
        self.actor = actor
        self.ambient = ambient
    }

    mutating func write(_ row: ParticipantRow, _ tx: some ExchangeTransaction) throws {
        let home = try home(row.organization, tx)
        let byExternalID = try row.person.externalID.flatMap { try tx.participant(externalID: $0) }
        guard let old = try byExternalID ?? tx.participant(email: row.person.email) else {
            let change = Participant.invite(
                row.person, of: home.id, as: row.role, consent: row.consent, joinedAt: row.joined,
                id: ambient.identifier(at: tx.now), by: actor.reference, at: tx.now)
            try tx.insert(change.value)
            try tx.append(change.happenings)
            counts.created += 1
            return
        }
        var profile = row.person
        profile.externalID = profile.externalID ?? old.profile.externalID
        profile.nameKana = profile.nameKana ?? old.profile.nameKana
        profile.phone = profile.phone ?? old.profile.phone
        profile.note = profile.note ?? old.profile.note
        if !row.filled.language { profile.language = old.profile.language }
        let given = row.consent
        let consent = Participant.Consent(
            listedAt: row.filled.listed ? given.listedAt.map { old.consent.listedAt ?? $0 } : old.consent.listedAt,
            contactedAt: row.filled.contacted
                ? given.contactedAt.map { old.consent.contactedAt ?? $0 } : old.consent.contactedAt)
        let change = old.revised(
            profile, organization: home.id, consent: consent, by: actor.reference, at: tx.now)
        guard change.value != old else {
            counts.unchanged += 1
            return
        }
        try tx.update(change.value, expecting: old.version)
        try tx.append(change.happenings)
        counts.updated += 1
    }

    /// The organization of the row: known by its number or name, else registered. What the file says is added to what
    /// is known; an empty cell takes nothing away.
    private mutating func home(_ profile: Organization.Profile, _ tx: some ExchangeTransaction) throws -> Organization {
        let core = Organization.nameCore(profile.name)
        let key = profile.corporateNumber?.text ?? core
        if let seen = homes[key], seen.profile.name == profile.name { return seen }
        let numbered = try profile.corporateNumber.flatMap { try tx.organization(corporateNumber: $0) }
        let named = try tx.organizations(nameCore: core).first {
            $0.profile.corporateNumber == nil || profile.corporateNumber == nil
        }
        guard let old = numbered ?? named else {
            let change = Organization.register(
                profile, id: ambient.identifier(at: tx.now), by: actor.reference, at: tx.now)
            try tx.insert(change.value)
            try tx.append(change.happenings)
            homes[key] = change.value
            return change.value
        }
        var merged = old.profile
        merged.nameKana = profile.nameKana ?? merged.nameKana
        merged.corporateNumber = profile.corporateNumber ?? merged.corporateNumber
        merged.region = profile.region ?? merged.region
        merged.municipality = profile.municipality ?? merged.municipality
        if !profile.fields.isEmpty { merged.fields = profile.fields }
        if numbered != nil { merged.name = profile.name }
        let change = old.revised(merged, by: actor.reference, at: tx.now)
        if change.value != old {
            try tx.update(change.value, expecting: old.version)
            try tx.append(change.happenings)
        }
        homes[key] = change.value
        return change.value
    }
}

/// How many rows did what.
struct ImportCounts: Sendable {
    var created = 0
    var updated = 0
    var unchanged = 0

    func details(rejected: Int) -> [String: String] {
        ["created": "\(created)", "updated": "\(updated)", "unchanged": "\(unchanged)", "rejected": "\(rejected)"]
    }
}

extension ImportReport {
    mutating func take(_ counts: ImportCounts) {
        created = counts.created
        updated = counts.updated
        unchanged = counts.unchanged
        isWritten = true
    }
}
