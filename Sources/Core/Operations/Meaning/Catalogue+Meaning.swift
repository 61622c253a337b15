import Exchange
import Matching
import Synchronization

/// How far the meaning vectors of published postings are.
package struct MeaningProgress: Hashable, Sendable {
    /// The encoder's name for its model; nothing where matching goes without vectors.
    package var model: String?
    /// Postings in the index that have vectors.
    package var ready = 0
    /// Postings that wait for theirs.
    package var waiting = 0
    /// Postings whose text the encoder could not read.
    package var givenUp = 0
    /// Why there are no new ones at the moment, if so.
    package var fault: MeaningFault?

    /// Without vectors.
    package init() {}
}

/// What the catalogue knows of vectors besides those in the index.
struct MeaningState: Sendable {
    var model: String?
    /// Postings without vectors, with the revision of theirs that the index holds.
    var waiting: [String: Int] = [:]
    var givenUp: [String: Int] = [:]
    /// Postings that have vectors with which they were not matched yet.
    var unmatched: Set<String> = []
    /// Whether somebody makes vectors at the moment: matching anew then waits until all are there.
    var isEncoding = false
    var fault: MeaningFault?

    mutating func forget(_ id: String) {
        waiting[id] = nil
        givenUp[id] = nil
        unmatched.remove(id)
    }
}

/// Vectors of one revision of a posting.
struct MadeMeaning: Sendable {
    let id: Identifier<Posting>
    let revision: Int
    let vectors: MatchVectors
}

extension Catalogue {
    /// Notes what a posting that was just added has.
    func noteMeaning(_ posting: Posting, _ found: CurrentMeaning) {
        state.withLock { state in
            guard state.meaning.model != nil else { return }
            let id = posting.id.text
            state.meaning.unmatched.remove(id)
            if state.index.hasVectors(id) {
                state.meaning.forget(id)
                if !found.isMatched { state.meaning.unmatched.insert(id) }
            } else if state.meaning.givenUp[id] != posting.revision {
                state.meaning.givenUp[id] = nil
                state.meaning.waiting[id] = posting.revision
            }
        }
    }

    /// Up to so many postings without vectors, the newest first: somebody may be waiting for their matches.
    func waitingForMeaning(_ limit: Int) -> [Identifier<Posting>] {
        state.withLock { state in
            guard state.meaning.waiting.count > limit else {
                return state.meaning.waiting.keys.sorted(by: Self.isNewer).map { Identifier(stored: $0) }
            }
            var newest: [String] = []
            for id in state.meaning.waiting.keys {
                newest.append(id)
                if newest.count >= 64 * limit {
                    newest.sort(by: Self.isNewer)
                    newest.removeLast(newest.count - limit)
                }
            }
            return newest.sorted(by: Self.isNewer).prefix(limit).map { Identifier(stored: $0) }
        }
    }

    /// Identifiers grow with time behind their prefix.
    private static func isNewer(_ one: String, _ other: String) -> Bool {
        one.drop { $0 != "_" } > other.drop { $0 != "_" }
    }

    /// Gives postings their vectors, unless they have changed since; returns those whose vectors cannot be used.
    func take(_ made: [MadeMeaning]) -> [Identifier<Posting>] {
        state.withLock { state in
            var refused: [Identifier<Posting>] = []
            for one in made where state.meaning.waiting[one.id.text] == one.revision {
                do throws(VectorRefusal) {
                    try state.index.setVectors(one.id.text, one.vectors)
                    state.meaning.forget(one.id.text)
                    state.meaning.unmatched.insert(one.id.text)
                } catch { refused.append(one.id) }
            }
            return refused
        }
    }

    /// Does not ask for a posting's vectors again until it is revised.
    func giveUpMeaning(of ids: [Identifier<Posting>]) {
        state.withLock { state in
            for id in ids {
                if let revision = state.meaning.waiting.removeValue(forKey: id.text) {
                    state.meaning.givenUp[id.text] = revision
                }
            }
        }
    }

    /// Says whether vectors are being made, and what stands in the way.
    func setEncoding(_ isEncoding: Bool, fault: MeaningFault? = nil) {
        state.withLock { state in
            state.meaning.isEncoding = isEncoding
            state.meaning.fault = fault
        }
    }

    /// The postings to match with their new vectors; none while more vectors are about to come.
    func takeUnmatchedMeaning() -> [Identifier<Posting>] {
        state.withLock { state in
            if state.meaning.isEncoding, !state.meaning.waiting.isEmpty { return [] }
            defer { state.meaning.unmatched = [] }
            return state.meaning.unmatched.sorted().map { Identifier(stored: $0) }
        }
    }

    /// Puts them back when matching failed.
    func putBackUnmatchedMeaning(_ ids: [Identifier<Posting>]) {
        state.withLock { state in
            for id in ids where state.index.hasVectors(id.text) { state.meaning.unmatched.insert(id.text) }
        }
    }

    var meaningProgress: MeaningProgress {
        state.withLock { state in
            var progress = MeaningProgress()
            progress.model = state.meaning.model
            progress.ready = state.index.vectors.count
            progress.waiting = state.meaning.waiting.count
            progress.givenUp = state.meaning.givenUp.count
            progress.fault = state.meaning.fault
            return progress
        }
    }
}

/// The vectors of a posting's present texts by the present model, as far as the store has them.
struct CurrentMeaning: Sendable {
    /// All of them, nothing if one is missing.
    let vectors: MatchVectors?
    let isMatched: Bool
    /// Those that are there, by facet.
    let kept: [PostingMeaning.Facet: PostingMeaning]

    static let none = CurrentMeaning(MeaningTexts(full: ""), [], model: nil)

    init(_ texts: MeaningTexts, _ stored: [PostingMeaning], model: String?) {
        var kept: [PostingMeaning.Facet: PostingMeaning] = [:]
        if let model {
            for meaning in stored where meaning.model == model {
                guard let text = texts[meaning.facet], meaning.textKey == MeaningTexts.key(text) else { continue }
                kept[meaning.facet] = meaning
            }
        }
        self.kept = kept
        isMatched = kept[.full]?.isMatched ?? false
        let isWhole = PostingMeaning.Facet.allCases.allSatisfy { texts[$0] == nil || kept[$0] != nil }
        guard let model, isWhole, let full = kept[.full] else {
            vectors = nil
            return
        }
        vectors = MatchVectors(
            model: model, full: full.vector.values, purpose: kept[.purpose]?.vector.values,
            means: kept[.means]?.vector.values)
    }
}

extension MeaningTexts {
    /// The text of a facet.
    subscript(facet: PostingMeaning.Facet) -> String? {
        switch facet {
        case .full: full
        case .purpose: purpose
        case .means: means
        }
    }
}
