import Delivery
import Exchange

extension NoticeComposer {
    /// The most list items tried in one message.
    private static let longestMerged = 60

    /// Notices that waited for one channel, said together: as many messages as its platform needs to show every one of
    /// them.
    func merged(_ gathered: [GatheredNotice], for channel: Channel, at now: Instant) -> [NoticeContent] {
        let platform = channel.platform.delivery
        var rest = gathered[...]
        var messages: [NoticeContent] = []
        while !rest.isEmpty {
            var take = min(rest.count, Self.longestMerged)
            var content = together(rest.prefix(take), for: channel, at: now)
            // Some platforms hold few lines: cut until all that is named is shown, but never to nothing.
            while take > 1, platform.itemsShown(of: content) < content.items.count {
                take = max(1, min(take - 1, take * platform.itemsShown(of: content) / max(content.items.count, 1)))
                content = together(rest.prefix(take), for: channel, at: now)
            }
            messages.append(take == 1 ? rest[rest.startIndex].content : content)
            rest = rest.dropFirst(take)
        }
        return messages
    }

    private func together(
        _ gathered: ArraySlice<GatheredNotice>, for channel: Channel, at now: Instant
    ) -> NoticeContent {
        let texts = NoticeTexts(channel.language)
        let words = NoticeWords(texts.notice)
        let contents = gathered.map(\.content)
        let items = contents.flatMap { content in
            content.items.isEmpty
                ? [
                    NoticeItem(
                        "\(words.kind(content.kind)): \(content.brief ?? content.title)", detail: content.reason,
                        bridge: content.bridge, link: content.actions.last?.link)
                ] : content.items
        }
        let kinds = NoticeKind.allCases.compactMap { kind -> String? in
            let count = contents.filter { $0.kind == kind }.count
            return count == 0 ? nil : "\(words.kind(kind)) \(count)"
        }
        let see = link("").map { [NoticeAction(texts.seeAll, $0, .primary)] } ?? []
        return NoticeContent(
            kind: .digest, language: texts.notice, title: texts.gatheredTitle(items.count),
            sentences: [kinds.joined(separator: texts.say("、", ", ", ", ", "、"))], items: items, actions: see,
            reference: short(gathered.first?.subject ?? channel.id.text), source: settings.name,
            happenedAt: now.milliseconds)
    }
}

extension NoticeTexts {
    func gatheredTitle(_ count: Int) -> String {
        say("お知らせ \(count)件", "\(count) notices", "알림 \(count)건", "\(count) 条通知")
    }

    var seeAll: String { say("一覧を開く", "Open the list", "목록 열기", "打开列表") }
}
