import Exchange

/// Which of the rows' external identities the store has already.
struct KnownIdentities {
    private var byOrganization: [Identifier<Organization>: [String: Identifier<Posting>]] = [:]

    /// Postings that the rows will change.
    var count: Int { byOrganization.values.reduce(0) { $0 + $1.count } }

    init(of rows: [PostingRow], in tx: some ExchangeTransaction) throws {
        var asked: [Identifier<Organization>: [String]] = [:]
        for row in rows {
            if let external = row.content.externalID { asked[row.owner.organization, default: []].append(external) }
        }
        for (organization, identities) in asked {
            let known = try tx.postings(externalIDs: identities, of: organization)
            if !known.isEmpty { byOrganization[organization] = known }
        }
    }

    subscript(row: PostingRow) -> Identifier<Posting>? {
        row.content.externalID.flatMap { byOrganization[row.owner.organization]?[$0] }
    }
}

/// Writes rows that were checked, and counts.
struct PostingWriter {
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

    /// Writes all rows: first those that change what is there, then the new ones in one go, as is quickest.
    mutating func write(_ rows: [PostingRow], _ tx: some ExchangeTransaction) throws {
        let known = try KnownIdentities(of: rows, in: tx)
        var fresh = rows
        if known.count > 0 {
            fresh = []
            for row in rows {
                guard let id = known[row] else {
                    fresh.append(row)
                    continue
                }
                try update(try tx.require(id), row, tx)
            }
        }
        let (now, by, publishes, expiry) = (tx.now, actor.reference, publishes, settings.expiry(from: tx.now))
        let identifiers = ambient.identifiers(at: now)
        try tx.insert(fresh.count) { [fresh] place in
            let row = fresh[place]
            var content = row.content
            if publishes, content.expiresAt == nil { content.expiresAt = expiry }
            let drafted = Posting.draft(
                content, kind: row.kind, owner: row.owner,
                id: identifiers.identifier(place, prefix: row.kind.rawValue), by: by, at: now)
            guard publishes else { return FreshPosting(posting: drafted.value, by: by, happenings: drafted.happenings) }
            let published = try drafted.value.publish(by: by, at: now)
            return FreshPosting(
                posting: published.value, by: by, happenings: drafted.happenings + published.happenings)
        }
        counts.created += fresh.count
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
