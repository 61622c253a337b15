import Delivery
import Exchange
import Matching

/// How new matches are announced.
enum Announcement: Sendable {
    /// One notice for each posting that was newly published.
    case each
    /// One notice for all of them: after a round or a large import.
    case together
}

extension Office {
    /// Writes matches that are new, what happened, and the notices, in one transaction; returns how many were new.
    func record(
        _ pairs: [ExplainedPair], round: String?, announcing announcement: Announcement?,
        standing: (name: String, value: String)?, reading: PostingReading
    ) async throws -> Int {
        if pairs.isEmpty, standing == nil { return 0 }
        let plain = NoticeComposer(settings: settings, taxonomy: taxonomy, reading: reading)
        let repeatDays = settings.repeatWindowDays
        let written = try await store.write { tx in
            let fresh = try tx.record(pairs, round: round, repeatDays: repeatDays, ambient)
            let shown = fresh.filter { $0.1.isAnnounced }
            let composer = plain.answered(by: try answerWays(tx))
            switch announcement {
            case nil: break
            case .together: try tx.announce(shown, composer, ambient)
            case .each:
                for group in Self.grouped(shown) { try tx.announce(group, composer, ambient) }
            }
            if let standing { try tx.setStanding(standing.name, standing.value) }
            return fresh.count
        }
        if written > 0 { nudge(.outbox) }
        return written
    }

    /// The matches by the need or seed that several share, in the order of their first match.
    private static func grouped(
        _ matches: [(Match, ExplainedPair)]
    ) -> [[(Match, ExplainedPair)]] {
        var counts: [Identifier<Posting>: Int] = [:]
        for (match, _) in matches {
            counts[match.need, default: 0] += 1
            counts[match.seed, default: 0] += 1
        }
        var order: [Identifier<Posting>] = []
        var groups: [Identifier<Posting>: [(Match, ExplainedPair)]] = [:]
        for entry in matches {
            let key = (counts[entry.0.need] ?? 0) >= (counts[entry.0.seed] ?? 0) ? entry.0.need : entry.0.seed
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(entry)
        }
        return order.compactMap { groups[$0] }
    }
}

extension ExplainedPair {
    /// Postings for coordinators only are not spoken of in channels.
    var isAnnounced: Bool { need.isToldInChannels && seed.isToldInChannels }

    func occasion(of match: Match, _ regions: [Identifier<Organization>: RegionCode]) -> Channel.Occasion {
        Channel.Occasion(.matches, about: [need, seed], kind: match.kind, score: match.score, regions: regions)
    }
}

/// The postings of pairs as they are at the moment of writing: what was computed may be out of date.
private struct CurrentPairs {
    private let postings: [Identifier<Posting>: Posting]
    private let apart: Set<[Identifier<Organization>]>
    private let now: Instant

    init(_ tx: some ExchangeTransaction, of pairs: [ExplainedPair]) throws {
        now = tx.now
        postings = try tx.postings(Set(pairs.flatMap { [$0.need.id, $0.seed.id] }))
        apart = pairs.isEmpty ? [] : Set(try tx.vetoedPairs().map { [$0.first, $0.second] })
    }

    /// Whether both postings are still as they were when the pair was found, and nothing forbids it.
    func stand(_ pair: ExplainedPair) -> Bool {
        guard let need = postings[pair.need.id], let seed = postings[pair.seed.id], need.isLive(at: now),
            seed.isLive(at: now), need.revision == pair.need.revision, seed.revision == pair.seed.revision
        else { return false }
        return !apart.contains([min(need.organization, seed.organization), max(need.organization, seed.organization)])
    }
}

extension ExchangeTransaction {
    /// Writes those of the pairs that stand and are new, or may be shown again; remembers each as shown.
    func record(
        _ pairs: [ExplainedPair], round: String?, repeatDays: Int, _ ambient: Ambient
    ) throws -> [(Match, ExplainedPair)] {
        var fresh: [(Match, ExplainedPair)] = []
        let scope = try CurrentPairs(self, of: pairs)
        for pair in pairs where scope.stand(pair) {
            let match = Match(
                id: ambient.identifier(at: now), need: pair.need.id, seed: pair.seed.id, score: pair.value,
                parts: pair.parts, kind: Match.Class(rawValue: pair.kind.rawValue) ?? .wildcard,
                reason: pair.reason.json, state: .proposed, round: round, version: 1, createdAt: now, updatedAt: now)
            if try insert(match) {
                fresh.append((match, pair))
            } else if let renewed = try renewed(match, pair, repeatDays: repeatDays) {
                fresh.append((renewed, pair))
            } else {
                continue
            }
            try remember(
                Encounter(.suggestion, need: pair.need, seed: pair.seed, subject: round ?? match.id.text, at: now))
        }
        try append(fresh.map { $0.0.found(by: .system("matcher")) })
        return fresh
    }

    /// The match that the pair already has, with what was found now, if nothing that is remembered of the pair forbids
    /// it: it was never answered, or refused for a reason that holds no longer.
    private func renewed(_ found: Match, _ pair: ExplainedPair, repeatDays: Int) throws -> Match? {
        let both = PostingPair(need: found.need, seed: found.seed)
        let present = PairRevisions(
            need: pair.need.revision, seed: pair.seed.revision, seedStage: pair.seed.content.stage)
        guard let old = try match(both), old.state == .proposed || old.state == .dismissed,
            try !encounters(of: both).contains(where: { $0.forbids(present, at: now, repeatDays: repeatDays) })
        else { return nil }
        if let refused = try introduction(both) {
            guard refused.state == .refused else { return nil }
            try remove(refused.id)
        } else if old.state == .dismissed {
            // Put aside by hand.
            return nil
        }
        let renewed = Match(
            id: old.id, need: old.need, seed: old.seed, score: found.score, parts: found.parts, kind: found.kind,
            reason: found.reason, state: .proposed, round: found.round, version: old.version + 1,
            createdAt: found.createdAt, updatedAt: found.updatedAt)
        try renew(renewed, expecting: old.version)
        return renewed
    }

    /// Tells every channel, in one notice each, of those among the matches that it wants to hear of.
    func announce(_ matches: [(Match, ExplainedPair)], _ composer: NoticeComposer, _ ambient: Ambient) throws {
        guard !matches.isEmpty else { return }
        let regions = try regions(of: matches.flatMap { [$0.1.need, $0.1.seed] })
        for channel in try listeningChannels() {
            let wanted = matches.filter { channel.wants($0.1.occasion(of: $0.0, regions), in: composer.taxonomy) }
            guard let first = wanted.first else { continue }
            let content =
                wanted.count == 1
                ? composer.found(first.0, first.1, for: channel, at: now)
                : composer.foundTogether(wanted, for: channel, at: now)
            try say(content, to: channel, topic: .matches, subject: first.0.id.text, ambient)
        }
    }
}
