/// A Matrix room: `PUT .../rooms/ROOM/send/m.room.message/TRANSACTION`. The transaction is the delivery's identifier,
/// so a repetition is the same event: nothing is ever doubled.
enum MatrixPlatform: PlatformForm {
    /// The most bytes of an event's content; a whole event may have 65,536.
    static let total = 40_000

    /// Homeservers set their own limits and say so exactly; this is a courtesy.
    static var rate: SendingRate { SendingRate(everyMilliseconds: 100, burst: 20) }

    static var ambiguityPolicy: AmbiguityPolicy { .resendSameIdentifier }

    static var credentialWords: String? {
        "the access token of the Matrix account that writes (in Element: Settings, Help & About, Advanced)"
    }

    static func header(for credential: String) throws(CredentialRefusal) -> WireHeader {
        guard (8...2048).contains(credential.utf8.count), credential.utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
            let header = try? WireHeader("Authorization", "Bearer \(credential)")
        else { throw .malformed(credentialWords ?? "") }
        return header
    }

    static func flaw(in url: WebhookURL) -> String? {
        let parts = url.steps
        guard let place = parts.lastIndex(of: "rooms"), parts.count > place + 1, parts.contains("_matrix"),
            parts[place + 1].hasPrefix("!") || parts[place + 1].hasPrefix("%21")
        else {
            return "A Matrix address looks like https://HOST/_matrix/client/v3/rooms/!ROOM:SERVER (the room's internal "
                + "identifier, not its alias)."
        }
        return nil
    }

    static func call(_ url: WebhookURL, id: String, body: [UInt8]) -> PlatformCall {
        let parts = url.steps
        let place = parts.lastIndex(of: "rooms") ?? 0
        let room = parts.prefix(place + 2).joined(separator: "/")
        let transaction = String(decoding: FormEncoding.bytes(id), as: UTF8.self)
        return PlatformCall(
            method: .put, url: "\(url.origin)/\(room)/send/m.room.message/\(transaction)", headers: [], body: body)
    }

    static func message(for content: NoticeContent) -> PlatformMessage {
        let content = content.inert
        return Clip.fitting(total) { share in
            let room = max(Int(24_000 * share), 4000)
            let (html, shown) = Markup.text(for: content, within: room)
            let (plain, _) = PlainMarkup.text(for: content, within: max(Int(12_000 * share), 2000))
            let document: JSONValue = [
                "msgtype": "m.text", "body": .string(plain), "format": "org.matrix.custom.html",
                "formatted_body": .string(html), "m.mentions": [:],
            ]
            let message = PlatformMessage(bytes: document.bytes, shownItems: shown)
            return (message, message.bytes.count)
        }
    }

    /// The little HTML that rooms show.
    enum Markup: TextMarkup {
        static let unit = TextUnit.utf8
        static func pieces(of text: Substring) -> [String] { HTMLText.pieces(of: text) }
        static func headline(_ text: String) -> String { "<h4>\(text)</h4>" }
        static func strong(_ text: String) -> String { "<strong>\(text)</strong>" }
        static func quote(_ text: String) -> String { "<blockquote>\(text)</blockquote>" }
        static func bullet(_ text: String) -> String { "• \(text)" }
        static func link(_ label: String, to link: NoticeLink) -> String {
            "<a href=\"\(link.text.replacing("&", with: "&amp;"))\">\(label)</a>"
        }
        static func paragraph(_ text: String) -> String { "<p>\(text)</p>" }
        static let lineBreak = "<br>"
        static let paragraphBreak = ""
    }

    /// What is shown where HTML is not, and in notifications; with `m.mentions` empty nobody is called by it.
    enum PlainMarkup: TextMarkup {
        static let unit = TextUnit.utf8
        private static let marks = BrokenMarks(instead: ["@": "@\u{200b}"], lineStarts: [])
        static func pieces(of text: Substring) -> [String] { marks.pieces(of: text) }
        static func headline(_ text: String) -> String { text }
        static func link(_ label: String, to link: NoticeLink) -> String { "\(label): \(link.text)" }
        static let linkSeparator = "\n"
    }
}

extension MatrixPlatform {
    private static let meanings: [String: AnswerMeaning] = [
        "M_LIMIT_EXCEEDED": AnswerMeaning(.slower, "The Matrix server asked to slow down."),
        "M_FORBIDDEN": AnswerMeaning(
            .stop, "The Matrix account may not write in this room; invite it, or give it the right."),
        "M_UNKNOWN_TOKEN": AnswerMeaning(.stop, "The Matrix access token is not valid any more; enter a new one."),
        "M_MISSING_TOKEN": AnswerMeaning(.stop, "The Matrix access token is missing; enter it."),
        "M_USER_DEACTIVATED": AnswerMeaning(.stop, "The Matrix account was closed."),
        "M_USER_SUSPENDED": AnswerMeaning(.stop, "The Matrix account was suspended."),
        "M_USER_LOCKED": AnswerMeaning(.stop, "The Matrix account was locked."),
        "M_GUEST_ACCESS_FORBIDDEN": AnswerMeaning(.stop, "The Matrix account is a guest and may not write here."),
        "M_CONSENT_NOT_GIVEN": AnswerMeaning(.stop, "The Matrix account must first agree to its server's terms."),
        "M_NOT_FOUND": AnswerMeaning(.stop, "The Matrix server does not know this room."),
        "M_UNRECOGNIZED": AnswerMeaning(.stop, "This is not the address of a Matrix server's interface."),
        "M_TOO_LARGE": AnswerMeaning(.dead, "The Matrix server found this message too large."),
        "M_BAD_JSON": AnswerMeaning(.dead, "The Matrix server found this message invalid."),
        "M_NOT_JSON": AnswerMeaning(.dead, "The Matrix server found this message invalid."),
        "M_INVALID_PARAM": AnswerMeaning(.dead, "The Matrix server found this message invalid."),
        "M_RESOURCE_LIMIT_EXCEEDED": AnswerMeaning(.retry, "The Matrix server is over its limits for the moment."),
    ]

    static func verdict(on answer: WireAnswer) -> Verdict? {
        guard answer.status >= 400, let code = JSONReading.value(of: answer.body)?["errcode"]?.text else { return nil }
        return meanings[code]?.verdict("matrix", code)
    }
}
