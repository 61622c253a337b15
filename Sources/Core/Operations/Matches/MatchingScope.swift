import Exchange
import Matching

/// What must not be suggested to whom, and how willing both sides are expected to be: vetoes, what was shown, answered
/// or settled before, wishes for regions and stages, histories, the learnt model.
struct MatchingScope: Sendable {
    let now: Instant
    private let repeatDays: Int
    private let facts: [String: PostingFacts]
    private let judgement: Judgement
    private var excluded: [String: Set<String>] = [:]
    private var vetoed: [Identifier<Organization>: Set<String>] = [:]

    /// What estimates rest on.
    struct Judgement: Sendable {
        var model = AcceptanceModel()
        var history = AnswerHistory()
    }

    /// For a few postings.
    init(
        _ tx: some ExchangeTransaction, for ids: [Identifier<Posting>], _ facts: [String: PostingFacts],
        _ judgement: Judgement, repeatDays: Int
    ) throws {
        self.init(now: tx.now, facts, judgement, repeatDays: repeatDays)
        let since = now.advanced(byDays: -repeatDays)
        for id in ids {
            for pair in try tx.settledPairs(of: id) { exclude(pair.need.text, pair.seed.text) }
            for encounter in try tx.encounters(of: id, since: since) { take(encounter) }
            if let own = facts[id.text]?.organization, vetoed[own] == nil {
                vetoed[own] = Set(try tx.vetoed(by: own).map(\.text))
            }
        }
    }

    /// For a round over everything.
    init(
        everything tx: some ExchangeTransaction, _ facts: [String: PostingFacts], _ judgement: Judgement,
        repeatDays: Int
    ) throws {
        self.init(now: tx.now, facts, judgement, repeatDays: repeatDays)
        for pair in try tx.settledPairs() { exclude(pair.need.text, pair.seed.text) }
        for encounter in try tx.encounters(since: now.advanced(byDays: -repeatDays)) { take(encounter) }
        for veto in try tx.vetoedPairs() {
            vetoed[veto.first, default: []].insert(veto.second.text)
            vetoed[veto.second, default: []].insert(veto.first.text)
        }
    }

    private init(now: Instant, _ facts: [String: PostingFacts], _ judgement: Judgement, repeatDays: Int) {
        self.now = now
        self.facts = facts
        self.judgement = judgement
        self.repeatDays = repeatDays
    }

    private mutating func exclude(_ need: String, _ seed: String) {
        excluded[need, default: []].insert(seed)
        excluded[seed, default: []].insert(need)
    }

    private mutating func take(_ encounter: Encounter) {
        guard let need = facts[encounter.need.text], let seed = facts[encounter.seed.text] else { return }
        let present = PairRevisions(need: need.revision, seed: seed.revision, seedStage: seed.stage)
        if encounter.forbids(present, at: now, repeatDays: repeatDays) {
            exclude(encounter.need.text, encounter.seed.text)
        }
    }

    /// Whose posting it is, if it is published.
    func owner(of id: String) -> Identifier<Participant>? { facts[id]?.owner }

    /// What the people of a posting may read of others.
    func view(of id: String) -> MatchView { .reader(organization: facts[id]?.organization.text ?? "") }

    /// Whether the two organizations are kept apart, as far as this scope has looked.
    func isApart(_ one: String, _ other: String) -> Bool { vetoed[Identifier(stored: one)]?.contains(other) ?? false }

    /// What may not be shown to a posting of either side.
    func filter(for id: String) -> MatchFilter {
        var filter = filterOfRules(for: id)
        filter.excludedIDs = excluded[id] ?? []
        return filter
    }

    /// Whether the pair was shown, answered or settled so that it may not be suggested now.
    func wasShown(_ id: String, with other: String) -> Bool { excluded[id]?.contains(other) ?? false }

    /// What may never be shown to a posting, whatever was shown before: vetoes, and wishes that do not fit.
    func filterOfRules(for id: String) -> MatchFilter {
        guard let own = facts[id] else { return MatchFilter(pool: []) }
        let facts = facts
        return MatchFilter(
            excludedOwners: vetoed[own.organization] ?? [],
            admits: { other in
                guard let other = facts[other] else { return false }
                return own.wish(for: other) != nil && other.wish(for: own) != nil && !own.isTooEarly(other)
                    && !other.isTooEarly(own)
            })
    }

    /// How willing both sides are expected to be; `id` is of the side.
    func estimate(_ id: String, _ side: MatchSide, _ other: String, _ score: MatchScore) -> MutualEstimate {
        let (need, seed) = side == .need ? (id, other) : (other, id)
        return MutualEstimate(score, circumstances(need: need, seed: seed), model: judgement.model)
    }

    private func circumstances(need: String, seed: String) -> PairCircumstances {
        var around = PairCircumstances()
        guard let one = facts[need], let other = facts[seed] else { return around }
        let history = judgement.history
        around.needOwn = history.rate(of: one.owner)
        around.seedOwn = history.rate(of: other.owner)
        around.needPopularity = history.reception(of: Identifier(stored: need), besides: other.owner)
        around.seedPopularity = history.reception(of: Identifier(stored: seed), besides: one.owner)
        around.needRegion = one.wish(for: other) ?? .none
        around.seedRegion = other.wish(for: one) ?? .none
        if let wanted = one.stage, let present = other.stage { around.stageGap = max(0, wanted - present) }
        return around
    }
}

extension ExchangeTransaction {
    /// The regions of the postings' organizations.
    func regions(of postings: [Posting]) throws -> [Identifier<Organization>: RegionCode] {
        try organizations(Set(postings.map(\.organization))).compactMapValues(\.profile.region)
    }

    /// Postings by identifier, in portions.
    func postings(inPortions ids: [String]) throws -> [Identifier<Posting>: Posting] {
        var found: [Identifier<Posting>: Posting] = [:]
        for start in stride(from: 0, to: ids.count, by: 500) {
            let part = ids[start..<min(start + 500, ids.count)].map { Identifier<Posting>(stored: $0) }
            found.merge(try postings(Set(part))) { first, _ in first }
        }
        return found
    }

    /// Until when owners of the postings take no part; people who left count as paused for ever.
    ///
    /// - Parameter alsoEnded: With pauses whose end has passed: somebody has to catch up on what came meanwhile.
    func pauses(of postings: [Posting], alsoEnded: Bool = false) throws -> [Identifier<Participant>: Instant] {
        try participants(Set(postings.map(\.owner))).compactMapValues { person in
            switch alsoEnded ? person.status : person.status(at: now) {
            case .active: nil
            case .paused(let until): until
            case .invited, .left: Instant(milliseconds: .max)
            }
        }
    }
}
