/// What does not fit between a need and a seed, from what the two say of themselves.
struct Misfits {
    let need: MatchDocument
    let seed: MatchDocument

    /// Technology readiness up to this level is laboratory work.
    private static let earlyStage = 4
    /// From here on it has been proven where it is to be used.
    private static let proven = 7

    /// The most serious first.
    var found: [MatchReason.Misfit] {
        [
            stage, scale, cooperation, wish(of: need, against: seed), wish(of: seed, against: need), rights, country,
            language,
        ]
        .compactMap { $0 }
    }

    private var stage: MatchReason.Misfit? {
        guard let level = seed.stage else { return nil }
        let sought = need.conditions.cooperation
        let wantsReady =
            (need.stage ?? 0) >= Self.proven
            || (sought.contains(where: \.wantsFinished) && !sought.contains(where: \.allowsUnfinished))
        if wantsReady, level < Self.proven - 1 { return .unready(level: level) }
        // Who seeks research does not mind that there is some left to do.
        if level <= Self.earlyStage, !sought.contains(where: \.allowsUnfinished) { return .earlyStage(level: level) }
        return nil
    }

    private var scale: MatchReason.Misfit? {
        guard let (one, other) = Amount.apart(need.text, seed.text) else { return nil }
        return .scale(need: one, seed: other)
    }

    private var cooperation: MatchReason.Misfit? {
        let one = need.conditions.cooperation.subtracting([.other])
        let other = seed.conditions.cooperation.subtracting([.other])
        guard !one.isEmpty, !other.isEmpty, !one.contains(where: { kind in other.contains { kind.goesWith($0) } })
        else { return nil }
        func sorted(_ kinds: Set<MatchConditions.Cooperation>) -> [MatchConditions.Cooperation] {
            MatchConditions.Cooperation.allCases.filter(kinds.contains)
        }
        return .cooperation(need: sorted(one), seed: sorted(other))
    }

    private func wish(of one: MatchDocument, against other: MatchDocument) -> MatchReason.Misfit? {
        guard !one.regionWishes.isEmpty, !other.region.isEmpty,
            !one.regionWishes.contains(where: { Self.covers($0, other.region) })
        else { return nil }
        return .regionWish(by: one.side, wished: one.regionWishes.sorted(), actual: other.region)
    }

    /// A pending patent matters to who wants to use the rights, a secret to everybody.
    private var rights: MatchReason.Misfit? {
        guard let rights = seed.conditions.rights else { return nil }
        if rights == .patentPending, need.conditions.cooperation.isDisjoint(with: [.licence, .jointDevelopment]) {
            return nil
        }
        return .rights(rights)
    }

    private var country: MatchReason.Misfit? {
        guard !need.region.isEmpty, !seed.region.isEmpty, need.region.prefix(2) != seed.region.prefix(2) else {
            return nil
        }
        return .otherRegion(need: need.region, seed: seed.region)
    }

    private var language: MatchReason.Misfit? {
        need.text.language == seed.text.language
            ? nil : .otherLanguage(need: need.text.language, seed: seed.text.language)
    }

    /// A country covers its regions.
    private static func covers(_ wish: String, _ region: String) -> Bool {
        wish == region || (wish.utf8.count == 2 && region.hasPrefix(wish))
    }
}
