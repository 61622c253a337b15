package import Exchange
import Matching

/// A posting that would match an unsaved text.
package struct DraftSuggestion: Hashable, Sendable {
    /// As the writer may see it.
    package let posting: DisclosedPosting
    /// 0...1.
    package let score: Double
    /// What kind of encounter it would be.
    package let kind: Match.Class
}

/// A posting of the same kind that says nearly the same as an unsaved text.
package struct DraftDuplicate: Hashable, Sendable {
    /// As the writer may see it.
    package let posting: DisclosedPosting
    /// 0...1, 1 for the same words, of what the writer may see of it.
    package let similarity: Double
    /// Whether it belongs to the writer's organization.
    package let isOwn: Bool
}

/// What is told to somebody who is still writing.
package struct DraftFindings: Hashable, Sendable {
    /// What would match, best first.
    package let matches: [DraftSuggestion]
    /// What says nearly the same, most alike first.
    package let duplicates: [DraftDuplicate]
}

extension Matchmaker {
    /// Candidates of the same kind whose texts are compared with a draft.
    private static var duplicateCandidates: Int { 20 }
    /// Unpublished postings of the writer's organization that are compared with a draft: they are not in the index.
    private static var ownUnpublished: Int { 20 }
    /// Texts less alike than this are no doubles.
    private static var leastSimilarity: Double { 0.5 }
    /// Most doubles told.
    private static var mostDuplicates: Int { 5 }

    /// What would match a text that is not saved yet, and what says nearly the same: for people who are typing. Never
    /// an organization that is kept apart from the actor's. Both are told from what the actor may see, down to the last
    /// digit and to how rare a word is: nobody can find out by trial which words stand in the hidden part of an
    /// anonymous posting, or whether they stand in any.
    ///
    /// - Parameter revising: The posting that the draft is to replace, which is no double of itself.
    package nonisolated func findings(
        for draft: PostingContent, kind: Posting.Kind, limit: Int, revising: Identifier<Posting>? = nil,
        by actor: Actor
    ) async throws -> DraftFindings {
        let own = actor.organization
        let document = reading.document(id: "draft", kind, draft, owner: own?.text ?? "", region: "")
        // Seen from the other side, the index gives postings of the draft's own side; its organization's as well.
        var mirrored = document
        mirrored.side = document.side.partner
        mirrored.owner = ""
        mirrored.fields = []
        mirrored.regionWishes = []
        let twin = mirrored
        let view = try await office.store.read { tx in try tx.view(of: actor) }
        let (ranked, alike) = catalogue.query { index in
            (
                index.matches(for: document, limit: limit, filter: MatchFilter(view: view)),
                index.matches(for: twin, limit: Self.duplicateCandidates, filter: MatchFilter(view: view))
            )
        }
        let wanted = Set((ranked + alike).map { Identifier<Posting>(stored: $0.id) })
        let (shown, unpublished) = try await office.store.read { tx in
            let apart = Set(try own.map { try tx.vetoed(by: $0) } ?? [])
            let known = try tx.postings(wanted)
            let visible = try tx.disclosed(known.values.sorted { $0.id < $1.id }, to: actor).filter { posting in
                // Only what is shown by name may be left out: that an anonymous posting is missing would tell whose
                // it is.
                posting.degree == .anonymous || !apart.contains(posting.posting.organization)
            }
            return (visible, try own.map { try tx.unpublished(kind, of: $0, to: actor, Self.ownUnpublished) } ?? [])
        }
        let byID = Dictionary(shown.map { ($0.posting.id.text, $0) }, uniquingKeysWith: { first, _ in first })
        let matches = ranked.compactMap { hit -> DraftSuggestion? in
            guard let posting = byID[hit.id] else { return nil }
            return DraftSuggestion(
                posting: posting, score: hit.score.value, kind: Match.Class(rawValue: hit.kind.rawValue) ?? .wildcard)
        }
        let candidates = alike.compactMap { byID[$0.id] } + unpublished
        return DraftFindings(
            matches: matches, duplicates: Self.duplicates(of: draft, candidates, revising: revising, own: own))
    }

    private nonisolated static func duplicates(
        of draft: PostingContent, _ candidates: [DisclosedPosting], revising: Identifier<Posting>?,
        own: Identifier<Organization>?
    ) -> [DraftDuplicate] {
        let text = Likeness(draft)
        let found = candidates.compactMap { candidate -> DraftDuplicate? in
            guard candidate.posting.id != revising else { return nil }
            let similarity = text.similarity(to: Likeness(candidate.posting.content))
            guard similarity >= leastSimilarity else { return nil }
            return DraftDuplicate(
                posting: candidate, similarity: similarity, isOwn: own != nil && candidate.organization == own)
        }
        let sorted = found.sorted {
            ($1.similarity, $0.posting.posting.id) < ($0.similarity, $1.posting.posting.id)
        }
        return Array(sorted.prefix(mostDuplicates))
    }
}

extension Likeness {
    /// A posting's words as far as the content holds them.
    init(_ content: PostingContent) {
        let parts = [content.summary, content.purpose ?? "", content.means ?? "", content.detail]
        self.init(title: content.title, body: parts.joined(separator: "\n"))
    }
}

extension ExchangeTransaction {
    /// The newest postings of an organization that are open but not published, as the actor may see them.
    fileprivate func unpublished(
        _ kind: Posting.Kind, of organization: Identifier<Organization>, to actor: Actor, _ limit: Int
    ) throws -> [DisclosedPosting] {
        var filter = PostingFilter()
        filter.kind = kind
        filter.organization = organization
        filter.states = ["draft", "in_review", "paused", "expired"]
        return try disclosed(try postings(filter, PageRequest(limit: limit)).items, to: actor)
    }
}
