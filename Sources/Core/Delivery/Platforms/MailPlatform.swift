/// A mailbox: the notice as a letter, which becomes a mail when it is sent.
enum MailPlatform: PlatformForm {
    static func message(for content: NoticeContent) -> PlatformMessage {
        let letter = Letter(content)
        return PlatformMessage(bytes: letter.stored, shownItems: letter.items.count)
    }

    static var contentType: String { "message/rfc822" }

    static var rate: SendingRate { SendingRate(everyMilliseconds: 1000, burst: 5) }

    /// A mail that arrives twice has one Message-ID.
    static var ambiguityPolicy: AmbiguityPolicy { .resendSameIdentifier }

    static func verdict(on answer: WireAnswer) -> Verdict? { MailAnswers.verdict(on: answer) }
}
