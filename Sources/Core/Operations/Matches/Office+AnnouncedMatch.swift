package import Exchange
import Matching

/// What a notice told a channel about a match: nothing in it identifies an owner.
package struct AnnouncedMatch: Sendable {
    package let id: Identifier<Match>
    package let kind: Match.Class
    package let need: Side
    package let seed: Side
    /// The reason in the language asked for, at most three sentences.
    package let words: [String]

    /// One side as any member may see it without knowing its owner.
    package struct Side: Sendable {
        package let title: String
        package let summary: String
        /// Labels in the language asked for, main field first.
        package let fields: [String]
        package let language: Language
    }
}

extension Office {
    /// The match behind a link in a notice, for whoever holds the link: the same facts that the notice showed. Nothing
    /// if it is not shown to both sides, or a posting is no longer public.
    package func announcedMatch(
        _ id: Identifier<Match>, in language: Language, reading: PostingReading
    ) async throws -> AnnouncedMatch {
        try await store.read { tx in
            let missing = Refusal.notFound(subject: "match", id: id.text)
            guard let match = try tx.match(id), match.state == .proposed || match.state == .taken else { throw missing }
            let postings = try tx.postings([match.need, match.seed])
            guard let need = postings[match.need], let seed = postings[match.seed] else { throw missing }
            for posting in [need, seed] {
                guard posting.isLive(at: tx.now), posting.isToldInChannels else { throw missing }
            }
            let words =
                (try? MatchReason(json: match.reason)).map {
                    $0.words(
                        in: MatchLanguage(rawValue: language.rawValue) ?? .ja, taxonomy: taxonomy, reading: reading)
                } ?? []
            return AnnouncedMatch(
                id: id, kind: match.kind, need: side(need, language), seed: side(seed, language), words: words)
        }
    }

    private func side(_ posting: Posting, _ language: Language) -> AnnouncedMatch.Side {
        AnnouncedMatch.Side(
            title: posting.content.title, summary: posting.content.summary,
            fields: posting.content.fields.map { taxonomy.label($0, in: language) },
            language: posting.content.language)
    }
}
