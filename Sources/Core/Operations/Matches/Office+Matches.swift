package import Exchange
import Matching

/// A match as one reader may see it.
package struct DisclosedMatch: Sendable {
    package let match: Match
    package let need: DisclosedPosting
    package let seed: DisclosedPosting
    /// The reason in the language asked for, at most three sentences.
    package let words: [String]
    /// What stands behind them; nothing where the reason was written by an earlier version and cannot be read.
    package let numbers: MatchNumbers?
}

extension Office {
    /// One match with both postings as the actor may see them.
    package func match(
        _ id: Identifier<Match>, in language: Language, reading: PostingReading, by actor: Actor
    ) async throws -> DisclosedMatch {
        try actor.require(.read)
        return try await store.read { tx in
            let found = try tx.requireVisible(id, by: actor)
            guard let shown = try tx.disclosed([found], to: actor, in: language, taxonomy, reading).first else {
                throw Refusal.notFound(subject: "match", id: id.text)
            }
            return shown
        }
    }

    /// The match whose identifier ends with a reference of at least eight characters, as notices show it.
    package func match(reference: String, by actor: Actor) async throws -> Identifier<Match> {
        try actor.require(.read)
        let text = reference.trimmed.narrowedASCII.lowercased()
        guard (8...26).contains(text.utf8.count) else { return try Identifier<Match>(text) }
        return try await store.read { tx in
            let found = try tx.matches(endingWith: text).filter { (try? tx.requireVisible($0.id, by: actor)) != nil }
            guard found.count == 1 else { throw Refusal.notFound(subject: "match", id: text) }
            return found[0].id
        }
    }

    /// Matches: all for coordinators, for others those of their organization's postings. Best first within one posting,
    /// newest first otherwise.
    package func matches(
        _ filter: MatchListFilter, _ page: PageRequest, in language: Language, reading: PostingReading, by actor: Actor
    ) async throws -> Page<DisclosedMatch> {
        try actor.require(.read)
        var asked = filter
        if !actor.coordinates {
            guard let own = actor.organization else { return Page(items: [], next: nil) }
            asked.organization = own
            if asked.states.isEmpty { asked.states = [.proposed, .taken] }
            asked.states.removeAll { $0 == .held }
            if asked.states.isEmpty { return Page(items: [], next: nil) }
        }
        let restricted = asked
        return try await store.read { tx in
            let found = try tx.matches(restricted, page)
            return Page(
                items: try tx.disclosed(found.items, to: actor, in: language, taxonomy, reading), next: found.next)
        }
    }

    /// Keeps a match back.
    package func hold(_ id: Identifier<Match>, by actor: Actor) async throws -> Match {
        try await change(id, by: actor) { old, now in try old.hold(by: actor.reference, at: now) }
    }

    /// Shows a held or dismissed match again.
    package func release(_ id: Identifier<Match>, by actor: Actor) async throws -> Match {
        try await change(id, by: actor) { old, now in try old.release(by: actor.reference, at: now) }
    }

    /// Puts a match aside.
    package func dismiss(_ id: Identifier<Match>, because reason: String?, by actor: Actor) async throws -> Match {
        var rules = TextRules()
        let words = rules.optionalText(reason, "reason", limit: TextLimits.message, multiline: true)
        try rules.finish()
        return try await change(id, by: actor) { old, now in
            try old.dismiss(because: words, by: actor.reference, at: now)
        }
    }

    private func change(
        _ id: Identifier<Match>, by actor: Actor, _ verb: @escaping @Sendable (Match, Instant) throws -> Change<Match>
    ) async throws -> Match {
        try actor.require(.coordinate)
        return try await write { tx in
            let old = try tx.require(id)
            let change = try verb(old, tx.now)
            try tx.update(change.value, expecting: old.version)
            try tx.append(change.happenings)
            return change.value
        }
    }
}

extension ExchangeTransaction {
    /// Those of the matches of which the actor may see both postings.
    func disclosed(
        _ matches: [Match], to actor: Actor, in language: Language, _ taxonomy: FieldTaxonomy,
        _ reading: PostingReading
    ) throws -> [DisclosedMatch] {
        let postings = try postings(Set(matches.flatMap { [$0.need, $0.seed] }))
        let shown = Dictionary(
            uniqueKeysWithValues: try disclosed(Array(postings.values), to: actor).map { ($0.posting.id, $0) })
        return matches.compactMap { match in
            guard let need = shown[match.need], let seed = shown[match.seed] else { return nil }
            let reason = try? MatchReason(json: match.reason)
            let spoken = MatchLanguage(rawValue: language.rawValue) ?? .ja
            // How people have answered so far is nothing for the other side, nor what hidden words add.
            let told =
                actor.coordinates
                ? match : match.keeping { !MutualEstimate.isAboutPeople($0) && $0 != ExplainedPair.wholePart }
            return DisclosedMatch(
                match: told, need: need, seed: seed,
                words: reason?.words(in: spoken, taxonomy: taxonomy, reading: reading) ?? [],
                numbers: reason.map { MatchNumbers($0, in: language, taxonomy, reading) })
        }
    }
}
