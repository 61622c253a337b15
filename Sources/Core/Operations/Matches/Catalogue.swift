import Exchange
import Matching
import Synchronization

/// The index behind a lock: read by requests, written by the matchmaker alone.
package final class Catalogue: Sendable {
    struct State {
        var index: MatchIndex
        var owned: [Identifier<Participant>: Set<String>] = [:]
        var facts: [String: PostingFacts] = [:]
        var meaning = MeaningState()
    }

    let state: Mutex<State>

    init(_ index: MatchIndex, model: String? = nil) {
        var first = State(index: index)
        first.meaning.model = model
        state = Mutex(first)
    }

    /// A snapshot; copying is cheap until the next write.
    var index: MatchIndex { state.withLock { $0.index } }

    /// What the hard rules need to know of every indexed posting, by identifier.
    var facts: [String: PostingFacts] { state.withLock { $0.facts } }

    /// Adds a posting that all may read, or one of which others read only the face.
    func add(_ document: MatchDocument, veiledBy face: MatchDocument?, isVeiled: Bool, _ facts: PostingFacts) {
        state.withLock { state in
            if isVeiled { state.index.add(document, face: face) } else { state.index.add(document) }
            state.owned[facts.owner, default: []].insert(document.id)
            state.facts[document.id] = facts
        }
    }

    func remove(_ id: String) {
        state.withLock { state in
            state.index.remove(id)
            state.meaning.forget(id)
            if let known = state.facts.removeValue(forKey: id) { state.owned[known.owner]?.remove(id) }
        }
    }

    /// Lets the owner's postings be matched again; returns them.
    func setAvailable(of owner: Identifier<Participant>) -> [Identifier<Posting>] {
        state.withLock { state in
            let ids = (state.owned[owner] ?? []).sorted()
            for id in ids { state.index.setAvailable(id, to: true) }
            return ids.map { Identifier(stored: $0) }
        }
    }

    /// The indexed postings for which the entry may mean new matches: its subject, or all of a person who is back.
    func postings(of happening: Happening) -> [Identifier<Posting>] {
        state.withLock { state in
            if happening.kind.concernsPosting {
                return state.index.contains(happening.subject) ? [Identifier(stored: happening.subject)] : []
            }
            return (state.owned[Identifier(stored: happening.subject)] ?? []).sorted().map { Identifier(stored: $0) }
        }
    }

    /// Runs a query under the lock.
    func query<Value: Sendable>(_ work: (borrowing MatchIndex) -> Value) -> Value {
        state.withLock { work($0.index) }
    }
}

extension Happening.Kind {
    /// Whether a posting's words, state or expiry may have changed.
    var concernsPosting: Bool {
        switch self {
        case .postingRevised, .postingSubmitted, .postingReturned, .postingPublished, .postingPaused, .postingResumed,
            .postingRenewed, .postingExpired, .postingClosed:
            true
        default: false
        }
    }

    /// Whether a posting, or those of a person, may want new matches.
    var asksForMatches: Bool {
        switch self {
        case .postingRevised, .postingPublished, .postingResumed, .postingRenewed, .participantResumed,
            .participantJoined:
            true
        default: false
        }
    }

    /// Whether somebody answered, met or began to work together, or the weights were reset.
    var concernsLearning: Bool {
        switch self {
        case .interestExpressed, .interestRefused, .introductionMet, .introductionConcluded, .learningReset: true
        default: false
        }
    }

    /// Whether a person began or ceased to take part.
    var concernsTakingPart: Bool {
        switch self {
        case .participantPaused, .participantResumed, .participantLeft, .participantJoined: true
        default: false
        }
    }
}

/// What the hard rules need to know of a posting, without its texts.
struct PostingFacts: Sendable {
    let owner: Identifier<Participant>
    let organization: Identifier<Organization>
    let region: RegionCode?
    let regionWishes: [RegionCode]
    /// Of a seed, its stage; of a need, the one it asks for.
    let stage: Int?
    /// Of a need, the least stage that it takes.
    let leastStage: Int?
    let revision: Int

    init(_ posting: Posting, region: RegionCode?) {
        owner = posting.owner
        organization = posting.organization
        self.region = region
        regionWishes = posting.content.regionWishes
        stage = posting.content.stage
        leastStage = posting.kind == .need ? posting.content.leastStage : nil
        revision = posting.revision
    }

    /// How the wish for regions fits a partner; nothing if it leaves the partner out.
    func wish(for partner: PostingFacts) -> WishFit? {
        if regionWishes.isEmpty { return WishFit.none }
        guard let region = partner.region else { return .unknown }
        return regionWishes.contains { $0.covers(region) } ? .met : nil
    }

    /// Whether a seed's stage is too low for this need.
    func isTooEarly(_ seed: PostingFacts) -> Bool {
        guard let leastStage, let present = seed.stage else { return false }
        return present < leastStage
    }
}
