import Delivery
package import Exchange

/// A notice of the past that rules would have let through.
package struct PreviewedNotice: Sendable {
    package let topic: Channel.Topic
    /// When it came up.
    package let at: Instant
    /// When these rules would have sent it.
    package let sentAt: Instant
    /// The identifier of what it is about.
    package let subject: String
    /// What it is about in one line, as a digest says it.
    package let title: String
}

/// What would have come to a channel in the last days.
package struct ChannelPreview: Sendable {
    /// The most notices that are listed.
    package static let longest = 100

    package let days: Int
    /// The newest of them, newest first.
    package let notices: [PreviewedNotice]
    /// How many there are.
    package let total: Int
    /// In how many messages they would have come.
    package let messages: Int
    /// How many notices there were for anybody.
    package let considered: Int
    /// What waits for the channel's hour now; nothing for a channel that does not exist yet.
    package let waiting: GatheredCount?
}

/// Something of the past that notices were written about.
private struct PastOccasion {
    let occasion: Channel.Occasion
    let kind: NoticeKind
    let at: Instant
    let subject: String
    let brief: String
    /// What was said in one message has one of these.
    let group: String
}

extension Office {
    /// The longest look back.
    package static var longestPreviewDays: Int { 366 }

    /// What would have come to the channel, by its own rules or by others that are tried.
    package func previewChannel(
        _ id: Identifier<Channel>, trying rules: Channel.Rules? = nil, days: Int, by actor: Actor
    ) async throws -> ChannelPreview {
        try actor.require(.read)
        try check(days: days, rules)
        return try await store.read { tx in
            var channel = try tx.requireChannel(id, by: actor)
            if let rules {
                try tx.check(rules, seenBy: actor)
                channel.rules = rules
            }
            return try preview(of: channel, days: days, waiting: try tx.gatheredCount(of: id), tx)
        }
    }

    /// What would have come to a channel that does not exist yet: of one's own, or as a coordinator of the exchange.
    package func previewChannel(
        owner: Identifier<Participant>?, language: Language, rules: Channel.Rules, days: Int, by actor: Actor
    ) async throws -> ChannelPreview {
        try actor.requireChannelRights(owner: owner)
        try check(days: days, rules)
        return try await store.read { tx in
            if let owner { _ = try tx.require(owner) }
            try tx.check(rules, seenBy: actor)
            let channel = Channel(
                id: ambient.identifier(at: tx.now), name: "preview", platform: .generic, sealedAddress: "",
                shownAddress: "", sealedSigningKey: nil, language: language, rules: rules, state: .active,
                owner: owner, version: 1, createdAt: tx.now, updatedAt: tx.now)
            return try preview(of: channel, days: days, waiting: nil, tx)
        }
    }

    private func check(days: Int, _ channelRules: Channel.Rules?) throws(Refusal) {
        var rules = TextRules()
        if !(1...Self.longestPreviewDays).contains(days) {
            rules.add(FieldProblem("days", .outOfRange, "Look back 1 to \(Self.longestPreviewDays) days."))
        }
        if let channelRules { check(channelRules, &rules) }
        try rules.finish()
    }

    private func preview(
        of channel: Channel, days: Int, waiting: GatheredCount?, _ tx: Store.Transaction
    ) throws -> ChannelPreview {
        let past = try tx.pastOccasions(since: tx.now.advanced(byDays: -days))
        let words = NoticeWords(NoticeTexts(channel.language).notice)
        let wanted = past.filter { channel.wants($0.occasion, in: taxonomy) }
        let notices = wanted.map { entry in
            PreviewedNotice(
                topic: entry.occasion.topic, at: entry.at,
                sentAt: channel.rules.notBefore(entry.at, ambient.clock) ?? entry.at, subject: entry.subject,
                title: "\(words.kind(entry.kind)): \(entry.brief)")
        }
        let messages = Set(
            zip(wanted, notices).map { entry, notice in
                channel.rules.merges && notice.sentAt > notice.at ? "\(notice.sentAt.milliseconds)" : entry.group
            })
        return ChannelPreview(
            days: days, notices: Array(notices.prefix(ChannelPreview.longest)), total: notices.count,
            messages: messages.count, considered: past.count, waiting: waiting)
    }
}

extension ExchangeTransaction {
    /// Everything since the instant that notices were written about, newest first: read from the log, and judged as it
    /// stands now.
    fileprivate func pastOccasions(since start: Instant) throws -> [PastOccasion] {
        var found: [PastOccasion] = []
        try eachHappening(.matchFound, since: start) { happening in
            guard let match = try match(Identifier(stored: happening.subject)) else { return }
            let group = "\(match.round ?? "each") \(happening.at.milliseconds)"
            try add(&found, .matches, .matchFound, [match.need, match.seed], happening, group, match)
        }
        for (kind, notice) in [
            (Happening.Kind.interestMutual, NoticeKind.introductionMutual),
            (.interestExpressed, .introductionInterest),
        ] {
            try eachHappening(kind, since: start) { happening in
                // The second yes is told once, as the agreement that it makes.
                let isTold = found.contains { $0.subject == happening.subject && $0.at == happening.at }
                guard !isTold, let introduction = try introduction(Identifier(stored: happening.subject)),
                    try !isApart(introduction.needSide.organization, introduction.seedSide.organization)
                else { return }
                let pair = [introduction.needSide.posting, introduction.seedSide.posting]
                try add(&found, .introductions, notice, pair, happening, happening.subject + kind.rawValue)
            }
        }
        try eachHappening(.groupProposed, since: start) { happening in
            guard let group = try group(Identifier(stored: happening.subject)) else { return }
            try add(&found, .groups, .groupProposed, group.members, happening, happening.subject)
        }
        try eachHappening(.postingPublished, since: start) { happening in
            let id: Identifier<Posting> = Identifier(stored: happening.subject)
            // An import drafts and publishes at once, and channels are not told of it.
            guard let posting = try posting(id), posting.createdAt < happening.at else { return }
            try add(&found, .postings, .postingPublished, [id], happening, happening.subject)
        }
        return found.sorted { ($0.at, $0.subject) > ($1.at, $1.subject) }
    }

    private func eachHappening(
        _ kind: Happening.Kind, since start: Instant, _ body: (Happening) throws -> Void
    ) throws {
        var filter = HappeningFilter()
        filter.kind = kind
        var after: String?
        repeat {
            let page = try happenings(filter, PageRequest(limit: PageRequest.largest, after: after))
            for entry in page.items {
                if entry.happening.at < start { return }
                try body(entry.happening)
            }
            after = page.next
        } while after != nil
    }

    private func add(
        _ found: inout [PastOccasion], _ topic: Channel.Topic, _ kind: NoticeKind, _ ids: [Identifier<Posting>],
        _ happening: Happening, _ group: String, _ match: Match? = nil
    ) throws {
        let known = try postings(Set(ids))
        let about = ids.compactMap { known[$0] }
        guard about.count == ids.count, about.allSatisfy(\.isToldInChannels) else { return }
        found.append(
            PastOccasion(
                occasion: try occasion(topic, about: about, kind: match?.kind, score: match?.score), kind: kind,
                at: happening.at, subject: happening.subject,
                brief: about.map(\.content.title).joined(separator: topic == .groups ? " ＋ " : " ⇄ "), group: group))
    }
}
