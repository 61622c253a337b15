/// What a letter is for. The raw value stands in the store and in the header `X-Industry-Mix`.
package enum LetterKind: String, Sendable, CaseIterable {
    /// Asks a person to join.
    case invitation
    /// The link by which a person signs in.
    case signIn = "sign_in"
    /// Notices to a mailbox, one or many.
    case digest
    /// Anything else that concerns the reader's own affairs: an exhibition's changes, a meeting's time.
    case notice
    /// One of the reader's channels does not work any more.
    case channelStopped = "channel_stopped"

    /// Whether the reader asked for it or cannot do without it: such letters carry no List-Unsubscribe and are sent to
    /// readers who want no notices.
    package var isNeeded: Bool {
        switch self {
        case .invitation, .signIn, .channelStopped: true
        case .digest, .notice: false
        }
    }
}

/// What a mail says, before it becomes bytes. Texts are already in `language`; they may be any text at all.
package struct Letter: Sendable, Equatable {
    /// The most paragraphs, items and actions that are shown; more are dropped from the end.
    package static let mostParagraphs = 50

    /// What it is for.
    package let kind: LetterKind
    /// The language of its texts and of the fixed words.
    package let language: NoticeLanguage
    /// The subject line, and the heading of the text.
    package let subject: String
    /// The text, a paragraph each.
    package let paragraphs: [String]
    /// The lines of a list, after the paragraphs.
    package let items: [NoticeItem]
    /// What the reader can do, most important first: buttons in HTML, addresses in plain text.
    package let actions: [NoticeAction]
    /// What stands small at the end, a paragraph each: why the reader gets this, how long a link holds.
    package let remarks: [String]
    /// The exchange's name.
    package let source: String
    /// A short reference people can quote.
    package let reference: String

    /// Only kind, language, subject, source and reference must be given.
    package init(
        _ kind: LetterKind, language: NoticeLanguage, subject: String, paragraphs: [String] = [],
        items: [NoticeItem] = [], actions: [NoticeAction] = [], remarks: [String] = [], source: String,
        reference: String
    ) {
        self.kind = kind
        self.language = language
        self.subject = subject
        self.paragraphs = Array(paragraphs.prefix(Self.mostParagraphs))
        self.items = Array(items.prefix(NoticeContent.mostItems))
        self.actions = Array(actions.prefix(NoticeContent.mostActions))
        self.remarks = Array(remarks.prefix(Self.mostParagraphs))
        self.source = source
        self.reference = reference
    }

    /// A notice as a letter.
    package init(_ notice: NoticeContent, as kind: LetterKind = .digest) {
        let words = NoticeWords(notice.language)
        var paragraphs = notice.sentences
        if let bridge = notice.bridge { paragraphs.append("\(bridge.from) ⇄ \(bridge.to)") }
        if let reason = notice.reason { paragraphs.append("\(words.why): \(reason)") }
        if let request = notice.request { paragraphs.append("\(words.asked): \(request)") }
        self.init(
            kind, language: notice.language, subject: notice.title, paragraphs: paragraphs, items: notice.items,
            actions: notice.actions, remarks: notice.occasion == .possiblyRepeated ? [words.repeated] : [],
            source: notice.source, reference: notice.reference)
    }

    /// The same letter with every text made harmless, once, before it is written.
    var inert: Letter {
        func line(_ bridge: NoticeBridge) -> NoticeBridge {
            NoticeBridge(from: InertText.line(bridge.from), to: InertText.line(bridge.to))
        }
        return Letter(
            kind, language: language, subject: InertText.line(subject),
            paragraphs: paragraphs.map(InertText.paragraphs),
            items: items.map {
                NoticeItem(
                    InertText.line($0.title), detail: $0.detail.map(InertText.line), bridge: $0.bridge.map(line),
                    link: $0.link)
            },
            actions: actions.map { NoticeAction(InertText.line($0.label), $0.link, $0.weight) },
            remarks: remarks.map(InertText.paragraphs), source: InertText.line(source),
            reference: InertText.line(reference))
    }
}
