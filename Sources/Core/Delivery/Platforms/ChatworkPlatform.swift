/// Chatwork: `POST /v2/rooms/ROOM/messages`, a form, with the token of the account that writes.
enum ChatworkPlatform: PlatformForm {
    /// The most characters of a message, far below what is refused (somewhere above 40,000).
    static let total = 10_000

    static var contentType: String { "application/x-www-form-urlencoded" }

    /// Ten in ten seconds and room.
    static var rate: SendingRate { SendingRate(everyMilliseconds: 1000, burst: 5) }

    static var credentialWords: String? {
        "the API token of the Chatwork account that writes (in Chatwork: Service integration, API Token)"
    }

    static func header(for credential: String) throws(CredentialRefusal) -> WireHeader {
        guard (16...128).contains(credential.utf8.count), credential.utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
            let header = try? WireHeader("x-chatworktoken", credential)
        else { throw .malformed(credentialWords ?? "") }
        return header
    }

    static func flaw(in url: WebhookURL) -> String? {
        let parts = url.steps
        guard let place = parts.lastIndex(of: "rooms"), parts.count > place + 1,
            parts[place + 1].utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else {
            return "A Chatwork address looks like https://api.chatwork.com/v2/rooms/ROOM/messages; ROOM is the number "
                + "behind #!rid in the room's own address."
        }
        return nil
    }

    static func call(_ url: WebhookURL, id: String, body: [UInt8]) -> PlatformCall {
        let parts = url.steps
        let place = parts.lastIndex(of: "rooms") ?? 0
        let room = parts.prefix(place + 2).joined(separator: "/")
        return PlatformCall(method: .post, url: "\(url.origin)/\(room)/messages", headers: [], body: body)
    }

    static func message(for content: NoticeContent) -> PlatformMessage {
        let content = content.inert
        let words = NoticeWords(content.language)
        let title = Markup.headlineText(of: content, words, within: 300)
        let (text, shown) = Markup.text(for: content, within: total - 400, leavingOut: [.headline])
        let whole = "[info][title]\(title)[/title]\(text)[/info]"
        return PlatformMessage(bytes: FormEncoding.body([("body", whole)]), shownItems: shown)
    }

    /// Chatwork's tags stand in square brackets and have no escape; its emoticons begin with a bracket or a colon.
    enum Markup: TextMarkup {
        static let unit = TextUnit.utf16
        private static let marks = BrokenMarks(
            instead: ["[": "\u{ff3b}", "]": "\u{ff3d}", "(": "(\u{200b}", "`": "\u{02cb}"], lineStarts: [])
        static func pieces(of text: Substring) -> [String] { marks.pieces(of: text) }
        static func headline(_ text: String) -> String { text }
        static func strong(_ text: String) -> String { text.isEmpty ? "" : "【\(text)】" }
        static func strongLink(_ text: String) -> String { text }
        static func link(_ label: String, to link: NoticeLink) -> String { "\(label): \(link.text)" }
        static let linkSeparator = "\n"
    }

    /// Errors come as `{"errors": ["..."]}`.
    static func verdict(on answer: WireAnswer) -> Verdict? {
        guard answer.status >= 400, case .array(let errors) = JSONReading.value(of: answer.body)?["errors"],
            let first = errors.first?.text
        else { return nil }
        switch answer.status {
        case 401:
            return AnswerMeaning(.stop, "Chatwork does not accept this token; enter a new one.").verdict(
                "chatwork", "unauthorized")
        case 403, 404:
            return AnswerMeaning(.stop, "The account of this token may not write in this Chatwork room, or it is gone.")
                .verdict("chatwork", "room")
        case 429: return AnswerMeaning(.slower, "Chatwork asked to slow down.").verdict("chatwork", "rate_limit")
        case 400 where first.lowercased().contains("token"):
            return AnswerMeaning(.stop, "Chatwork does not accept this token; enter a new one.").verdict(
                "chatwork", "unauthorized")
        case 400:
            return AnswerMeaning(.dead, "Chatwork refused this message.").verdict("chatwork", "bad_request")
        default: return nil
        }
    }
}
