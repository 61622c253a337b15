import Delivery
package import Exchange
package import Matching

/// Puts facts into the words of a notice, in the channel's language. What a notice says is what every member may see:
/// never an owner.
struct NoticeComposer: Sendable {
    let settings: ExchangeSettings
    let taxonomy: FieldTaxonomy
    let reading: PostingReading?
    let ways: AnswerWays?

    /// The most matches listed in one notice.
    static let longestList = 10

    init(
        settings: ExchangeSettings, taxonomy: FieldTaxonomy, reading: PostingReading? = nil, ways: AnswerWays? = nil
    ) {
        self.settings = settings
        self.taxonomy = taxonomy
        self.reading = reading
        self.ways = ways
    }

    /// The same, with answers that readers can give in place.
    func answered(by ways: AnswerWays) -> NoticeComposer {
        NoticeComposer(settings: settings, taxonomy: taxonomy, reading: reading, ways: ways)
    }

    /// One match.
    func found(_ match: Match, _ pair: ExplainedPair, for channel: Channel, at now: Instant) -> NoticeContent {
        let texts = NoticeTexts(channel.language)
        return NoticeContent(
            kind: .matchFound, language: texts.notice, title: texts.matchTitle,
            brief: Self.pair(pair.need, pair.seed),
            sentences: [texts.needLine(pair.need.content.title), texts.seedLine(pair.seed.content.title)],
            reason: words(pair, channel.language), bridge: bridge(pair, channel.language),
            closeness: NoticeCloseness(rawValue: match.kind.rawValue), request: texts.matchRequest,
            actions: answers(on: match.id, for: channel, at: now), reference: short(match.id.text),
            source: settings.name, happenedAt: now.milliseconds)
    }

    /// Several matches: unlike fields first, then the best.
    func foundTogether(
        _ matches: [(Match, ExplainedPair)], for channel: Channel, at now: Instant
    ) -> NoticeContent {
        let texts = NoticeTexts(channel.language)
        let order: [Match.Class] = [.bridge, .wildcard, .adjacent, .kindred]
        let sorted = matches.sorted { left, right in
            let first = order.firstIndex(of: left.0.kind) ?? 9
            let second = order.firstIndex(of: right.0.kind) ?? 9
            return (first, -left.0.score, left.0.id) < (second, -right.0.score, right.0.id)
        }
        let items = sorted.prefix(Self.longestList).map { match, pair in
            NoticeItem(
                Self.pair(pair.need, pair.seed), detail: words(pair, channel.language),
                bridge: bridge(pair, channel.language), link: link("matches/\(match.id)"))
        }
        let bridges = matches.filter { $0.0.kind == .bridge }.count
        return NoticeContent(
            kind: .digest, language: texts.notice, title: texts.digestTitle(matches.count),
            sentences: [texts.digestLine(bridges: bridges, shown: items.count, of: matches.count)],
            request: texts.matchRequest, items: items, reference: short(sorted[0].0.id.text), source: settings.name,
            happenedAt: now.milliseconds)
    }

    /// One side has said yes, or both have.
    func answered(
        _ introduction: Introduction, need: Posting, seed: Posting, for channel: Channel, at now: Instant
    ) -> NoticeContent {
        let texts = NoticeTexts(channel.language)
        let isMutual = introduction.state == .mutual
        let asked: Posting = introduction.needSide.answer == nil ? need : seed
        return NoticeContent(
            kind: isMutual ? .introductionMutual : .introductionInterest, language: texts.notice,
            title: isMutual ? texts.mutualTitle : texts.interestTitle, brief: Self.pair(need, seed),
            sentences: [texts.needLine(need.content.title), texts.seedLine(seed.content.title)],
            bridge: bridge(need, seed, channel.language),
            request: isMutual ? texts.mutualRequest : texts.interestRequest(asked.content.title),
            actions: introduction.match.map {
                isMutual
                    ? actions([(texts.see, "matches/\($0)", .primary)]) : answers(on: $0, for: channel, at: now)
            } ?? [], reference: short(introduction.id.text), source: settings.name, happenedAt: now.milliseconds)
    }

    /// Somebody asks the coordinators about a match: who and what stands in the log only.
    func asked(_ match: Match, need: Posting, seed: Posting, for channel: Channel, at now: Instant) -> NoticeContent {
        let texts = NoticeTexts(channel.language)
        return NoticeContent(
            kind: .coordinatorAsked, language: texts.notice, title: texts.askedTitle,
            sentences: [texts.needLine(need.content.title), texts.seedLine(seed.content.title)],
            bridge: bridge(need, seed, channel.language), request: texts.askedRequest,
            actions: actions([(texts.see, "matches/\(match.id)", .primary)]), reference: short(match.id.text),
            source: settings.name, happenedAt: now.milliseconds)
    }

    /// A posting that was published.
    func published(_ posting: Posting, for channel: Channel, at now: Instant) -> NoticeContent {
        let texts = NoticeTexts(channel.language)
        return NoticeContent(
            kind: .postingPublished, language: texts.notice, title: texts.publishedTitle(posting.kind),
            brief: posting.content.title,
            sentences: [posting.content.title, posting.content.summary].filter { !$0.isEmpty },
            request: texts.publishedRequest, reference: short(posting.id.text), source: settings.name,
            happenedAt: now.milliseconds)
    }

    /// A trial message.
    func test(_ channel: Channel, at now: Instant) -> NoticeContent {
        let texts = NoticeTexts(channel.language)
        return NoticeContent(
            kind: .test, language: texts.notice, title: texts.testTitle, sentences: [texts.testLine(channel.name)],
            reference: short(channel.id.text), source: settings.name, happenedAt: now.milliseconds)
    }

    private func words(_ pair: ExplainedPair, _ language: Language) -> String? {
        guard let reading, let spoken = MatchLanguage(rawValue: language.rawValue) else { return nil }
        return pair.reason.words(in: spoken, taxonomy: taxonomy, reading: reading).first
    }

    private func bridge(_ pair: ExplainedPair, _ language: Language) -> NoticeBridge? {
        bridge(pair.need, pair.seed, language)
    }

    private func bridge(_ need: Posting, _ seed: Posting, _ language: Language) -> NoticeBridge? {
        guard let from = need.content.fields.first, let to = seed.content.fields.first else { return nil }
        return NoticeBridge(from: taxonomy.label(from, in: language), to: taxonomy.label(to, in: language))
    }

    /// What the reader can answer, and the page with the details.
    private func answers(on match: Identifier<Match>, for channel: Channel, at now: Instant) -> [NoticeAction] {
        let see = (NoticeTexts(channel.language).see, "matches/\(match)", NoticeAction.Weight.plain)
        return (ways?.actions(on: match, for: channel, at: now) ?? []) + actions([see])
    }

    private static func pair(_ need: Posting, _ seed: Posting) -> String {
        "\(need.content.title) ⇄ \(seed.content.title)"
    }

    func link(_ path: String) -> NoticeLink? {
        try? NoticeLink(settings.publicAddress + "/" + path)
    }

    private func actions(_ wanted: [(String, String, NoticeAction.Weight)]) -> [NoticeAction] {
        wanted.compactMap { label, path, weight in link(path).map { NoticeAction(label, $0, weight) } }
    }

    /// The last eight characters of an identifier: enough to find it, short enough to say on the phone.
    func short(_ id: String) -> String { String(id.suffix(8)) }
}

extension MatchReason {
    /// The reason in a language, at most three sentences.
    package func words(
        in language: MatchLanguage, taxonomy: FieldTaxonomy, reading: PostingReading
    ) -> [String] {
        words(
            in: language,
            names: ReasonNames(in: Language(rawValue: language.rawValue) ?? .ja, taxonomy, reading))
    }
}
