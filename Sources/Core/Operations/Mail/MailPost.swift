package import Delivery
package import Exchange

/// How letters leave.
package struct MailPost: Sendable {
    package let server: MailServer
    /// Whom letters are from; failures are reported there as well.
    package let from: MailBox
    /// Makes the link that ends notices; without it, letters say nothing of it.
    package let links: (any LetterLinking)?

    /// Takes every value.
    package init(server: MailServer, from: MailBox, links: (any LetterLinking)? = nil) {
        self.server = server
        self.from = from
        self.links = links
    }
}

/// Makes the links that stand in letters to a channel.
package protocol LetterLinking: Sendable {
    /// A link that shows a page on GET and, on POST without any question, ends in `Office.unsubscribe` (RFC 8058);
    /// nothing if there is none.
    func unsubscribing(from channel: Identifier<Channel>) -> NoticeLink?
}
