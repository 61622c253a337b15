import Exchange
import Matching
import Synchronization

/// The index behind a lock: read by requests, written by the matchmaker alone.
package final class Catalogue: Sendable {
    struct State {
        var index: MatchIndex
        var owned: [Identifier<Participant>: Set<String>] = [:]
        var owners: [String: Identifier<Participant>] = [:]
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

    func add(_ document: MatchDocument, owner: Identifier<Participant>) {
        state.withLock { state in
            state.index.add(document)
            state.owned[owner, default: []].insert(document.id)
            state.owners[document.id] = owner
        }
    }

    func remove(_ id: String) {
        state.withLock { state in
            state.index.remove(id)
            state.meaning.forget(id)
            if let owner = state.owners.removeValue(forKey: id) { state.owned[owner]?.remove(id) }
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

    /// Whether a person began or ceased to take part.
    var concernsTakingPart: Bool {
        switch self {
        case .participantPaused, .participantResumed, .participantLeft, .participantJoined: true
        default: false
        }
    }
}
