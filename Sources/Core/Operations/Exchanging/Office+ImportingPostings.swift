package import Exchange
import Tabular

/// One row of a postings file, checked by itself. An object, because it goes through many hands before it is written.
final class PostingRow: Sendable {
    let kind: Posting.Kind
    let owner: Participant
    let content: PostingContent
    /// Nothing when the cell is empty: then what is there already stays.
    let visibility: PostingContent.Visibility?
    let language: Language?

    init(
        kind: Posting.Kind, owner: Participant, content: PostingContent, visibility: PostingContent.Visibility?,
        language: Language?
    ) {
        self.kind = kind
        self.owner = owner
        self.content = content
        self.visibility = visibility
        self.language = language
    }
}

/// The owners named in a file, with what is needed to find give-aways in their postings.
private struct KnownOwners: Sendable {
    /// By the address as it stands in the file.
    var people: [String: Participant] = [:]
    var scanners: [Identifier<Organization>: GiveAwayScanner] = [:]
}

/// What a first look at a file finds.
private struct FirstLook: Sendable {
    /// The owners' addresses as they stand in the file.
    var mails: Set<String> = []
    var stretches: [TableStretch] = []
    /// Whether an external identity stands in two rows, perhaps of different organizations.
    var hasDoubles = false
}

/// The fields of the domain that have columns of the same name.
private let columnNames = Set(ImportColumns.postings.map(\.key.name))

/// Rows that are checked in one go: some hundredths of a second, so that a busy service is not held up.
private let rowsOfStretch = 2_048

extension Office {
    /// Reads postings from a file. Every row is checked before any is written; good rows are written in one
    /// transaction. A posting whose external identity its owner's organization already has is updated, not doubled.
    ///
    /// Throws `ImportFault` when the file cannot be read at all.
    package func importPostings(
        _ bytes: consuming [UInt8], _ options: ImportOptions = ImportOptions(), by actor: Actor
    ) async throws -> ImportReport {
        try actor.require(.coordinate)
        let table = try Self.table(bytes, options, ImportColumns.postings)
        let look = firstLook(at: table)
        let reading = await postings(in: table, look, owners: try await knownOwners(look.mails), options)
        var report = try ImportReport(reading, options)
        let rows = reading.accepted.map(\.value)
        if options.isTrial || (options.isAllOrNothing && !reading.rejected.isEmpty) {
            report.updated = try await store.read { tx in try KnownIdentities(of: rows, in: tx).count }
            report.created = rows.count - report.updated
            return report
        }
        let publishes = options.publishes
        let settings = settings
        let rejected = reading.rejected.count
        let counts = try await write { tx in
            var writer = PostingWriter(actor: actor, ambient: ambient, publishes: publishes, settings: settings)
            try writer.write(rows, tx)
            try writer.finish(rejected: rejected, tx)
            return writer.counts
        }
        report.take(counts)
        return report
    }

    private func firstLook(at table: Table) -> FirstLook {
        var look = FirstLook()
        var externalIDs = UniqueValues()
        look.stretches = table.stretches(of: rowsOfStretch) { row in
            if let mail = row.mail("owner_email"), !look.mails.contains(mail) { look.mails.insert(mail) }
            if let identity = row.text("external_id"), externalIDs.insert(identity, line: row.line) != nil {
                look.hasDoubles = true
            }
        }
        return look
    }

    private func knownOwners(_ mails: Set<String>) async throws -> KnownOwners {
        try await store.read { tx in
            var known = KnownOwners()
            for text in mails {
                guard let email = try? EmailAddress(text), let person = try tx.participant(email: email) else {
                    continue
                }
                known.people[text] = person
                guard known.scanners[person.organization] == nil else { continue }
                known.scanners[person.organization] = GiveAwayScanner(
                    organization: try tx.require(person.organization),
                    people: try tx.participants(of: person.organization))
            }
            return known
        }
    }

    /// All rows, stretches of them side by side; one after the other only where rows depend on rows before them.
    private func postings(
        in table: Table, _ look: FirstLook, owners: KnownOwners, _ options: ImportOptions
    ) async -> TableReading<PostingRow> {
        let fields = ImportLabels.fields(taxonomy)
        if look.hasDoubles || look.stretches.count < 2 {
            var externalIDs = UniqueValues()
            return table.read { row in
                posting(&row, owners, fields, options) { row, identity in
                    row.unique("external_id", identity(), in: &externalIDs)
                }
            }
        }
        return await withTaskGroup(of: (Int, TableReading<PostingRow>).self) { group in
            for (place, stretch) in look.stretches.enumerated() {
                group.addTask {
                    (place, table.read(stretch) { posting(&$0, owners, fields, options) { _, _ in } })
                }
            }
            var parts = [TableReading<PostingRow>?](repeating: nil, count: look.stretches.count)
            for await (place, part) in group { parts[place] = part }
            return TableReading(of: table, parts.compactMap(\.self))
        }
    }

    /// - Parameter unique: looks whether an earlier row has the same identity; asked when the row has one.
    private func posting(
        _ row: inout RowReader, _ owners: KnownOwners, _ fields: LabelTable<FieldCode>, _ options: ImportOptions,
        _ unique: (inout RowReader, () -> String) -> Void
    ) -> PostingRow? {
        let kind = row.label("kind", in: ImportLabels.postingKinds)
        let owner = owner(&row, owners)
        let visibility = row.label("visibility", in: ImportLabels.visibility)
        let language = row.label("language", in: ImportLabels.languages)
        var content = content(&row, owner, fields)
        content?.visibility = visibility ?? .named
        content?.language = language ?? owner?.profile.language ?? settings.defaultLanguage
        guard let kind, let owner, let content else { return nil }
        if let external = content.externalID { unique(&row) { owner.organization.text + " " + external } }
        let unread: Set<String> = row.problems.isEmpty || !content.fields.isEmpty ? [] : ["fields"]
        let checked = row.checked(known: columnNames, unread: unread) { () throws(Refusal) in
            try content.checked(against: taxonomy, forReview: options.publishes)
        }
        guard let checked else { return nil }
        if options.publishes { refuseUnpublishable(&row, checked, owner, owners) }
        return PostingRow(kind: kind, owner: owner, content: checked, visibility: visibility, language: language)
    }

    private func owner(_ row: inout RowReader, _ owners: KnownOwners) -> Participant? {
        guard let text = row.mail("owner_email") else { return nil }
        guard let person = owners.people[text] else {
            row.refuse(
                [
                    FieldProblem(
                        "owner_email", .unknown,
                        "Nobody with this mail address takes part. Import the participants first, or correct it.")
                ], known: columnNames)
            return nil
        }
        if person.status == .left {
            row.refuse(
                [FieldProblem("owner_email", .notAllowed, "\(person.profile.name) has left the exchange.")],
                known: columnNames)
        }
        return person
    }

    private func content(
        _ row: inout RowReader, _ owner: Participant?, _ fields: LabelTable<FieldCode>
    ) -> PostingContent? {
        var wishes: [RegionCode] = []
        for name in row.list("region_wishes") {
            if let code = RegionNames.code(of: name) {
                wishes.append(code)
            } else {
                row.refuse(
                    [FieldProblem("region_wishes", .unknown, "\"\(name)\" is not a region that is known.")],
                    known: columnNames)
            }
        }
        let expires = row.date("expires").map { $0.day.end(offsetMinutes: settings.utcOffsetMinutes) }
        let content = PostingContent(
            title: row.text("title") ?? "", summary: row.text("summary") ?? "", detail: row.text("detail") ?? "",
            purpose: row.text("purpose"), means: row.text("means"), fields: row.labels("fields", in: fields),
            keywords: row.list("keywords"), stage: row.integer("stage", in: 1...9),
            ipr: row.label("ipr", in: ImportLabels.ipr),
            cooperation: row.labels("cooperation", in: ImportLabels.cooperation),
            regionWishes: wishes, language: settings.defaultLanguage, expiresAt: expires,
            externalID: row.text("external_id"))
        return content.title.isEmpty ? nil : content
    }

    private func refuseUnpublishable(
        _ row: inout RowReader, _ content: PostingContent, _ owner: Participant, _ owners: KnownOwners
    ) {
        if let end = content.expiresAt, end <= ambient.now() {
            row.refuse(
                [FieldProblem("expires", .outOfRange, "This day has passed. Write a later one, or leave it empty.")],
                known: columnNames)
        }
        guard content.visibility != .named, let scanner = owners.scanners[owner.organization] else { return }
        row.refuse(
            scanner.scan(content).map { FieldProblem($0.field, .giveAway, $0.words) }, known: columnNames)
    }
}
