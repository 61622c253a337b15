import Delivery
package import Exchange
import Matching

/// A proposed group with its postings, as coordinators see it.
package struct ShownGroup: Sendable {
    package let group: GroupProposal
    package let need: DisclosedPosting
    package let seeds: [DisclosedPosting]
    /// Why these three, in sentences of the language asked for.
    package let words: [String]
}

extension Office {
    /// Writes what was found, and tells the channels.
    func record(_ found: [GroupCandidate], by actor: Actor) async throws -> [GroupProposal] {
        let composer = NoticeComposer(settings: settings, taxonomy: taxonomy)
        let (ambient, taxonomy) = (ambient, taxonomy)
        defer { nudge(.outbox) }
        return try await write { tx in
            var fresh: [GroupProposal] = []
            for candidate in found {
                let group = GroupProposal(candidate, id: ambient.identifier(at: tx.now), at: tx.now)
                let postings = try tx.postings(Set(group.members))
                guard group.members.allSatisfy({ postings[$0]?.isLive(at: tx.now) ?? false }), try tx.insert(group)
                else { continue }
                fresh.append(group)
                try tx.append([group.proposed(by: actor.reference)])
                let members = group.members.compactMap { postings[$0] }
                guard members.allSatisfy(\.isToldInChannels) else { continue }
                let occasion = try tx.occasion(.groups, about: members)
                let now = tx.now
                try tx.notify(occasion, subject: group.id.text, in: taxonomy, ambient) { channel in
                    composer.proposed(group, members, for: channel, at: now)
                }
            }
            return fresh
        }
    }

    /// Proposed groups, newest first: for coordinators.
    package func groups(
        _ states: [GroupProposal.State], _ page: PageRequest, in language: Language, by actor: Actor
    ) async throws -> Page<ShownGroup> {
        try actor.require(.coordinate)
        return try await store.read { tx in
            let found = try tx.groups(states, page)
            return Page(items: try found.items.compactMap { try shown($0, language, actor, tx) }, next: found.next)
        }
    }

    /// One proposed group.
    package func group(
        _ id: Identifier<GroupProposal>, in language: Language, by actor: Actor
    ) async throws -> ShownGroup {
        try actor.require(.coordinate)
        return try await store.read { tx in
            guard let group = try tx.group(id), let shown = try shown(group, language, actor, tx) else {
                throw Refusal.notFound(subject: "group", id: id.text)
            }
            return shown
        }
    }

    /// Takes a proposal up, or declines it.
    package func decide(
        _ id: Identifier<GroupProposal>, _ state: GroupProposal.State, note: String?, by actor: Actor
    ) async throws -> GroupProposal {
        try actor.require(.coordinate)
        var rules = TextRules()
        let words = rules.optionalText(note, "note", limit: TextLimits.note, multiline: true)
        try rules.finish()
        return try await write { tx in
            guard let old = try tx.group(id) else { throw Refusal.notFound(subject: "group", id: id.text) }
            let change = try old.decided(state, note: words, by: actor.reference, at: tx.now)
            try tx.update(change.value, expecting: old.version)
            try tx.append(change.happenings)
            return change.value
        }
    }

    private func shown(
        _ group: GroupProposal, _ language: Language, _ actor: Actor, _ tx: Store.Transaction
    ) throws -> ShownGroup? {
        let postings = try tx.postings(Set(group.members))
        let shown = Dictionary(
            uniqueKeysWithValues: try tx.disclosed(Array(postings.values), to: actor).map { ($0.posting.id, $0) })
        guard let need = shown[group.need] else { return nil }
        let seeds = group.seeds.compactMap { shown[$0] }
        return ShownGroup(
            group: group, need: need, seeds: seeds,
            words: NoticeTexts(language).group(group, need: need.posting, seeds: seeds.map(\.posting), taxonomy))
    }
}

extension GroupProposal {
    fileprivate init(_ found: GroupCandidate, id: Identifier<GroupProposal>, at now: Instant) {
        let shares = found.shares.map { (Identifier<Posting>(stored: $0.key), $0.value) }
        self.init(
            id: id, need: Identifier(stored: found.need), seeds: found.seeds.map { Identifier(stored: $0) },
            coverage: found.coverage, weakest: found.weakest, brings: Dictionary(uniqueKeysWithValues: shares),
            createdAt: now, updatedAt: now)
    }
}

extension NoticeComposer {
    /// Three postings that could make a study group: titles and what each brings, never who.
    func proposed(
        _ group: GroupProposal, _ members: [Posting], for channel: Channel, at now: Instant
    ) -> NoticeContent {
        let texts = NoticeTexts(channel.language)
        let need = members.first { $0.id == group.need }
        let seeds = members.filter { $0.id != group.need }
        let titles =
            [need.map { texts.needLine($0.content.title) }].compactMap { $0 }
            + seeds.map { texts.seedLine($0.content.title) }
        return NoticeContent(
            kind: .groupProposed, language: texts.notice, title: texts.groupTitle,
            brief: members.map(\.content.title).joined(separator: " ＋ "), sentences: titles,
            reason: need.flatMap { texts.group(group, need: $0, seeds: seeds, taxonomy).first },
            request: texts.groupRequest, reference: String(group.id.text.suffix(8)), source: settings.name,
            happenedAt: now.milliseconds)
    }
}

extension NoticeTexts {
    var groupTitle: String {
        say("異分野3者の研究会の提案", "A study group of three fields could be formed", "서로 다른 세 분야의 연구회 제안", "跨三个领域的研究会提案")
    }

    var groupRequest: String {
        say(
            "コーディネーターの方は、採用するかどうかをご判断ください。", "Coordinators: please take it up or decline it.",
            "코디네이터께서는 채택 여부를 결정해 주세요.", "请协调员决定是否采纳。")
    }

    /// Why these three: the fields, how much of the need is covered, what each brings.
    func group(_ group: GroupProposal, need: Posting, seeds: [Posting], _ taxonomy: FieldTaxonomy) -> [String] {
        let language = Language(rawValue: notice.rawValue) ?? .ja
        let fields = ([need] + seeds).compactMap(\.content.fields.first).map { taxonomy.label($0, in: language) }
        let share = Int((group.coverage * 100).rounded())
        let named = fields.joined(separator: say("・", ", ", ", ", "、"))
        var sentences = [
            say(
                "\(named)の3分野から、「\(need.content.title)」が求めることの\(share)%を合わせて満たせそうです。",
                "From three fields (\(named)), these could together cover \(share) % of what “\(need.content.title)” asks for.",
                "세 분야(\(named))가 모여 '\(need.content.title)'이(가) 바라는 것의 \(share)%를 채울 수 있을 것 같습니다.",
                "来自三个领域(\(named)),合起来有望满足“\(need.content.title)”所求的\(share)%。")
        ]
        for seed in seeds {
            guard let words = group.brings[seed.id], !words.isEmpty else { continue }
            let list = words.joined(separator: say("・", ", ", ", ", "、"))
            sentences.append(
                say(
                    "「\(seed.content.title)」は\(list)の面を担えます。", "“\(seed.content.title)” brings: \(list).",
                    "'\(seed.content.title)'은(는) \(list) 측면을 맡을 수 있습니다.", "“\(seed.content.title)”可承担:\(list)。"))
        }
        return sentences
    }
}
