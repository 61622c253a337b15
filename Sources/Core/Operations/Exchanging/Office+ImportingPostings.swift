package import Exchange
import Tabular

/// One row of a postings file, checked by itself.
private struct PostingRow: Sendable {
    let kind: Posting.Kind
    let owner: Participant
    let content: PostingContent
    /// Nothing when the cell is empty: then what is there already stays.
    let visibility: PostingContent.Visibility?
    let language: Language?
}

/// The owners named in a file, with what is needed to find give-aways in their postings.
private struct KnownOwners: Sendable {
    /// By the address as it stands in the file.
    var people: [String: Participant] = [:]
    var scanners: [Identifier<Organization>: GiveAwayScanner] = [:]
}

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
        let owners = try await knownOwners(in: table)
        let reading = postings(in: table, owners: owners, options)
        var report = try ImportReport(reading, options)
        let rows = reading.accepted.map(\.value)
        if options.isTrial || (options.isAllOrNothing && !reading.rejected.isEmpty) {
            let known = try await store.read { tx in
                try rows.filter { row in
                    try row.content.externalID.flatMap {
                        try tx.posting(externalID: $0, of: row.owner.organization)
                    } != nil
                }.count
            }
            report.updated = known
            report.created = rows.count - known
            return report
        }
        let publishes = options.publishes
        let settings = settings
        let counts = try await write { tx in
            var writer = PostingWriter(actor: actor, ambient: ambient, publishes: publishes, settings: settings)
            for row in rows { try writer.write(row, tx) }
            try writer.finish(rejected: reading.rejected.count, tx)
            return writer.counts
        }
        report.take(counts)
        return report
    }

    private func knownOwners(in table: Table) async throws -> KnownOwners {
        var emails: Set<String> = []
        table.scan { row in
            if let text = row.mail("owner_email") { emails.insert(text) }
        }
        let wanted = emails
        return try await store.read { tx in
            var known = KnownOwners()
            for text in wanted {
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

    private func postings(in table: Table, owners: KnownOwners, _ options: ImportOptions) -> TableReading<PostingRow> {
        let names = Set(ImportColumns.postings.map(\.key.name))
        let fields = ImportLabels.fields(taxonomy)
        var externalIDs = UniqueValues()
        return table.read { row in
            let kind = row.label("kind", in: ImportLabels.postingKinds)
            let owner = owner(&row, owners, names)
            let visibility = row.label("visibility", in: ImportLabels.visibility)
            let language = row.label("language", in: ImportLabels.languages)
            var content = content(&row, owner, fields, names)
            content?.visibility = visibility ?? .named
            content?.language = language ?? owner?.profile.language ?? settings.defaultLanguage
            guard let kind, let owner, let content else { return nil }
            let identity = content.externalID.map { owner.organization.text + " " + $0 }
            row.unique("external_id", identity, in: &externalIDs)
            let unread: Set<String> = row.problems.isEmpty || !content.fields.isEmpty ? [] : ["fields"]
            let checked = row.checked(known: names, unread: unread) { () throws(Refusal) in
                try content.checked(against: taxonomy, forReview: options.publishes)
            }
            guard let checked else { return nil }
            if options.publishes { refuseUnpublishable(&row, checked, owner, owners, names) }
            return PostingRow(
                kind: kind, owner: owner, content: checked, visibility: visibility, language: language)
        }
    }

    private func owner(_ row: inout RowReader, _ owners: KnownOwners, _ names: Set<String>) -> Participant? {
        guard let text = row.mail("owner_email") else { return nil }
        guard let person = owners.people[text] else {
            row.refuse(
                [
                    FieldProblem(
                        "owner_email", .unknown,
                        "Nobody with this mail address takes part. Import the participants first, or correct it.")
                ], known: names)
            return nil
        }
        if person.status == .left {
            row.refuse(
                [FieldProblem("owner_email", .notAllowed, "\(person.profile.name) has left the exchange.")],
                known: names)
        }
        return person
    }

    private func content(
        _ row: inout RowReader, _ owner: Participant?, _ fields: LabelTable<FieldCode>, _ names: Set<String>
    ) -> PostingContent? {
        var wishes: [RegionCode] = []
        for name in row.list("region_wishes") {
            if let code = RegionNames.code(of: name) {
                wishes.append(code)
            } else {
                row.refuse(
                    [FieldProblem("region_wishes", .unknown, "\"\(name)\" is not a region that is known.")],
                    known: names)
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
        _ row: inout RowReader, _ content: PostingContent, _ owner: Participant, _ owners: KnownOwners,
        _ names: Set<String>
    ) {
        if let end = content.expiresAt, end <= ambient.now() {
            row.refuse(
                [FieldProblem("expires", .outOfRange, "This day has passed. Write a later one, or leave it empty.")],
                known: names)
        }
        guard content.visibility != .named, let scanner = owners.scanners[owner.organization] else { return }
        row.refuse(
            scanner.scan(content).map { FieldProblem($0.field, .giveAway, $0.words) }, known: names)
    }
}

/// Writes rows that were checked, and counts.
private struct PostingWriter {
    let actor: Actor
    let ambient: Ambient
    let publishes: Bool
    let settings: ExchangeSettings
    var counts = ImportCounts()

    init(actor: Actor, ambient: Ambient, publishes: Bool, settings: ExchangeSettings) {
        self.actor = actor
        self.ambient = ambient
        self.publishes = publishes
        self.settings = settings
    }

    mutating func write(_ row: PostingRow, _ tx: some ExchangeTransaction) throws {
        if let external = row.content.externalID,
            let old = try tx.posting(externalID: external, of: row.owner.organization)
        {
            try update(old, row, tx)
            return
        }
        var content = row.content
        if publishes, content.expiresAt == nil { content.expiresAt = settings.expiry(from: tx.now) }
        let drafted = Posting.draft(
            content, kind: row.kind, owner: row.owner, id: ambient.identifier(prefix: row.kind.rawValue, at: tx.now),
            by: actor.reference, at: tx.now)
        let change = publishes ? try drafted.value.publish(by: actor.reference, at: tx.now) : nil
        try tx.insert(change?.value ?? drafted.value)
        try tx.insert(
            PostingRevision(
                posting: drafted.value.id, number: 1, content: content, by: actor.reference, at: tx.now))
        try tx.append(drafted.happenings + (change?.happenings ?? []))
        counts.created += 1
    }

    /// Notes the whole import in the log.
    func finish(rejected: Int, _ tx: some ExchangeTransaction) throws {
        try tx.append([
            Happening(
                .importCompleted, subject: "postings", by: actor.reference, at: tx.now,
                details: counts.details(rejected: rejected))
        ])
    }

    private mutating func update(_ old: Posting, _ row: PostingRow, _ tx: some ExchangeTransaction) throws {
        if case .closed = old.state {
            counts.unchanged += 1
            return
        }
        var next = old
        next.content = row.content.filled(from: old.content)
        next.content.visibility = row.visibility ?? old.content.visibility
        next.content.language = row.language ?? old.content.language
        let isClean = try tx.givesNothingNewAway(next, over: old)
        var change = try old.revise(next.content, keepsPublished: isClean, by: actor.reference, at: tx.now)
        if publishes, isClean, change.value.state == .draft {
            let published = try change.value.publish(by: actor.reference, at: tx.now)
            change = Change(published.value, change.happenings + published.happenings)
        }
        if change.value == old {
            counts.unchanged += 1
        } else {
            try tx.save(change, over: old, by: actor.reference)
            counts.updated += 1
        }
    }
}

extension PostingContent {
    /// The same, an empty cell taking nothing away from what is there.
    fileprivate func filled(from old: PostingContent) -> PostingContent {
        var content = self
        if content.summary.isEmpty { content.summary = old.summary }
        if content.detail.isEmpty { content.detail = old.detail }
        content.purpose = content.purpose ?? old.purpose
        content.means = content.means ?? old.means
        content.stage = content.stage ?? old.stage
        content.ipr = content.ipr ?? old.ipr
        content.expiresAt = content.expiresAt ?? old.expiresAt
        content.origin = old.origin
        if content.fields.isEmpty { content.fields = old.fields }
        if content.keywords.isEmpty { content.keywords = old.keywords }
        if content.cooperation.isEmpty { content.cooperation = old.cooperation }
        if content.regionWishes.isEmpty { content.regionWishes = old.regionWishes }
        return content
    }
}
