/// What kind of notice it is. The raw value is the event type that generic webhooks carry.
package enum NoticeKind: String, Sendable, CaseIterable {
    case matchFound = "match.found"
    case introductionInterest = "introduction.interest"
    case introductionMutual = "introduction.mutual"
    case coordinatorAsked = "match.asked_about"
    case postingPublished = "posting.published"
    case groupProposed = "group.proposed"
    case topic = "topic.published"
    case event = "event.news"
    case meetingChanged = "meeting.changed"
    case digest = "digest"
    case test = "channel.test"
}

/// The language the fixed words of a notice are written in.
package enum NoticeLanguage: String, Sendable, CaseIterable {
    case ja, en, ko, zh
}

/// How near two fields are, as a notice says it.
package enum NoticeCloseness: String, Sendable, CaseIterable {
    case kindred, adjacent, bridge, wildcard
}

/// The two fields a match joins, labelled in the notice's language.
package struct NoticeBridge: Sendable, Equatable {
    /// The need's field.
    package let from: String
    /// The seed's field.
    package let to: String

    /// Labels as people read them, such as "食品加工" and "医療機器".
    package init(from: String, to: String) {
        self.from = from
        self.to = to
    }
}

/// Why a link was not accepted.
package enum NoticeLinkRefusal: Error, Equatable, Sendable {
    case tooLong
    case notHTTP
    /// A character that would break out of a platform's link form, or call somebody.
    case badCharacter
}

/// An absolute http or https address that every platform can carry inside its link form.
package struct NoticeLink: Sendable, Hashable {
    /// The longest link, in bytes. Slack takes 3,000, but all of a message must stay below 13,000.
    package static let longest = 1000

    /// The address as it was given.
    package let text: String

    /// Accepts printable ASCII without the characters that end a link or call somebody on some platform:
    /// percent-encode them
    /// (`@` as `%40`).
    package init(_ text: String) throws(NoticeLinkRefusal) {
        guard text.utf8.count <= Self.longest else { throw .tooLong }
        guard text.hasPrefix("https://") || text.hasPrefix("http://") else { throw .notHTTP }
        guard text.utf8.allSatisfy(Self.isSafe) else { throw .badCharacter }
        self.text = text
    }

    private static func isSafe(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x00...0x20, 0x7f...0xff: false
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"): false
        case UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "*"), UInt8(ascii: "@"): false
        case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "("), UInt8(ascii: ")"): false
        case UInt8(ascii: "["), UInt8(ascii: "]"): false
        default: true
        }
    }
}

/// One thing the reader can do: a button where the platform has them, else a link.
package struct NoticeAction: Sendable, Equatable {
    /// How a button is drawn.
    package enum Weight: Sendable, Equatable {
        case primary, plain
    }

    /// What stands on the button or link.
    package let label: String
    /// Where it leads.
    package let link: NoticeLink
    /// How it is drawn.
    package let weight: Weight
    /// What a button that answers in place carries; nothing where the channel's platform cannot send answers to us.
    package let control: AnswerControl?

    /// A label in the notice's language, where it leads, and what a button in place of the link carries.
    package init(
        _ label: String, _ link: NoticeLink, _ weight: Weight = .plain, control: AnswerControl? = nil
    ) {
        self.label = label
        self.link = link
        self.weight = weight
        self.control = control
    }
}

/// One line of a list, as in a digest.
package struct NoticeItem: Sendable, Equatable {
    /// What it is about, in a few words.
    package let title: String
    /// A remark after the title.
    package let detail: String?
    /// The two fields it joins.
    package let bridge: NoticeBridge?
    /// Where it leads.
    package let link: NoticeLink?

    /// A title with what may follow it.
    package init(_ title: String, detail: String? = nil, bridge: NoticeBridge? = nil, link: NoticeLink? = nil) {
        self.title = title
        self.detail = detail
        self.bridge = bridge
        self.link = link
    }
}

/// Whether this is the first time a receiver may see the notice.
package enum NoticeOccasion: Sendable, Equatable {
    case first
    /// An earlier try ended without an answer, so the reader may see it twice; the reference tells them.
    case possiblyRepeated
}

/// What is to be said, before any platform's form. Texts are already in `language`; they may be any text at all.
package struct NoticeContent: Sendable, Equatable {
    /// The most actions a message carries; more are dropped from the end.
    package static let mostActions = 4

    /// What kind of notice it is.
    package let kind: NoticeKind
    /// The language of its texts and of the fixed words.
    package let language: NoticeLanguage
    /// What it is about, in a few words.
    package let title: String
    /// What it is about as one line of a list, when it is merged with others; the title if left out.
    package let brief: String?
    /// The body, a paragraph each.
    package let sentences: [String]
    /// Why this concerns the reader, in one sentence.
    package let reason: String?
    /// The two fields it joins.
    package let bridge: NoticeBridge?
    /// How near the two fields are.
    package let closeness: NoticeCloseness?
    /// What is asked of the reader, in one sentence.
    package let request: String?
    /// The lines of a list.
    package let items: [NoticeItem]
    /// What the reader can do, most important first.
    package let actions: [NoticeAction]
    /// A short reference people can quote, such as "M-7K2P".
    package let reference: String
    /// The exchange's name.
    package let source: String
    /// When the thing happened, in milliseconds UTC.
    package let happenedAt: Int64
    /// Whether the reader may have seen it already.
    package let occasion: NoticeOccasion

    /// Everything but kind, language, title, reference, source and time may be left out.
    package init(
        kind: NoticeKind, language: NoticeLanguage, title: String, brief: String? = nil, sentences: [String] = [],
        reason: String? = nil, bridge: NoticeBridge? = nil, closeness: NoticeCloseness? = nil,
        request: String? = nil, items: [NoticeItem] = [], actions: [NoticeAction] = [], reference: String,
        source: String, happenedAt: Int64,
        occasion: NoticeOccasion = .first
    ) {
        self.kind = kind
        self.language = language
        self.title = title
        self.brief = brief
        self.sentences = sentences
        self.reason = reason
        self.bridge = bridge
        self.closeness = closeness
        self.request = request
        self.items = items
        self.actions = Array(actions.prefix(Self.mostActions))
        self.reference = reference
        self.source = source
        self.happenedAt = happenedAt
        self.occasion = occasion
    }

    /// The same notice, marked as one the reader may have seen already.
    package func possiblyRepeated() -> NoticeContent { copy(actions: actions, occasion: .possiblyRepeated) }

    /// The same notice with other actions.
    func with(actions: [NoticeAction]) -> NoticeContent { copy(actions: actions, occasion: occasion) }

    private func copy(actions: [NoticeAction], occasion: NoticeOccasion) -> NoticeContent {
        NoticeContent(
            kind: kind, language: language, title: title, brief: brief, sentences: sentences, reason: reason,
            bridge: bridge, closeness: closeness, request: request, items: items, actions: actions,
            reference: reference, source: source, happenedAt: happenedAt, occasion: occasion)
    }

    /// The most list items any platform shows; further ones are only counted.
    static let mostItems = 200

    /// The same notice with every text through `InertText`, once, before a platform's own escaping.
    var inert: NoticeContent {
        func line(_ bridge: NoticeBridge) -> NoticeBridge {
            NoticeBridge(from: InertText.line(bridge.from), to: InertText.line(bridge.to))
        }
        let items = items.enumerated().map { index, item in
            index >= Self.mostItems
                ? item
                : NoticeItem(
                    InertText.line(item.title), detail: item.detail.map(InertText.line), bridge: item.bridge.map(line),
                    link: item.link)
        }
        return NoticeContent(
            kind: kind, language: language, title: InertText.line(title), brief: brief.map(InertText.line),
            sentences: sentences.prefix(50).map(InertText.paragraphs), reason: reason.map(InertText.line),
            bridge: bridge.map(line), closeness: closeness, request: request.map(InertText.line), items: items,
            actions: actions.map { NoticeAction(InertText.line($0.label), $0.link, $0.weight, control: $0.control) },
            reference: InertText.line(reference), source: InertText.line(source), happenedAt: happenedAt,
            occasion: occasion)
    }
}
