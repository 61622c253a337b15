import Exchange
import Matching

extension Matchmaker {
    /// Adds postings and the reason to each pick, and drops picks that are no longer live.
    ///
    /// Both sides read the reason and the score, and a side may revise its posting as often as it likes. So where a
    /// posting keeps words from others, the two are worked out anew from what anybody may read; that the pair was found
    /// may rest on all of it. A pair that shows nothing in common is not proposed: nobody could be told why.
    nonisolated func explained(_ picks: [RoundPick], in work: RoundWork) async throws -> [ExplainedPair] {
        let ids = Set(picks.flatMap { [$0.need, $0.seed] }).sorted()
        let (known, regions) = try await office.store.read { tx in
            let known = try tx.postings(inPortions: ids)
            return (known, try tx.regions(of: Array(known.values)))
        }
        let now = office.ambient.now()
        var documents: [Identifier<Posting>: MatchDocument] = [:]
        var pairs: [ExplainedPair] = []
        for pick in picks {
            guard let need = known[Identifier(stored: pick.need)], let seed = known[Identifier(stored: pick.seed)],
                need.isLive(at: now), seed.isLive(at: now)
            else { continue }
            for posting in [need, seed] where documents[posting.id] == nil {
                documents[posting.id] = told(posting, regions[posting.organization])
            }
            guard let needDocument = documents[need.id], let seedDocument = documents[seed.id] else { continue }
            let score = work.score(of: pick, in: .reader()) ?? pick.score
            guard score.relevance > 0 else { continue }
            let reason = work.index.reason(need: needDocument, seed: seedDocument, score: score, kind: pick.kind)
            let estimate = work.scope.estimate(pick.need, .need, pick.seed, score)
            var parts = score.parts.merging(estimate.parts) { first, _ in first }
            parts[ExplainedPair.wholePart] = work.score(of: pick, in: .everything)?.value
            pairs.append(
                ExplainedPair(
                    need: need, seed: seed, value: estimate.mutual, parts: parts, kind: pick.kind, reason: reason))
        }
        return pairs
    }

    /// A posting as its match tells of it, to people who may not know the owner.
    private nonisolated func told(_ posting: Posting, _ region: RegionCode?) -> MatchDocument {
        var told = posting
        let isHidden = posting.content.visibility != .named
        if isHidden {
            told.content.detail = ""
            told.content.ipr = nil
        }
        return reading.document(told, region: isHidden ? nil : region)
    }
}

extension RoundWork {
    /// The score of a pick anew, where a posting keeps words from others; nil where both are open, and in a view in
    /// which one of them is not: who does not read of a posting does not read of its matches.
    fileprivate func score(of pick: RoundPick, in view: MatchView) -> MatchScore? {
        guard index.isVeiled(pick.need) || index.isVeiled(pick.seed) else { return nil }
        return index.score(of: pick.need, pick.seed, in: view)
    }
}

/// A need and a seed with everything that is written of their match.
struct ExplainedPair: Sendable {
    let need: Posting
    let seed: Posting
    /// The estimate that both sides say yes, 0...1.
    let value: Double
    /// What the score and the estimate are made of.
    let parts: [String: Double]
    let kind: MatchKind
    let reason: MatchReason

    /// The part that tells coordinators how well the whole texts fit, hidden words with them.
    static let wholePart = "wholeText"
}
