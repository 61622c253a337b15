/// Zulip's own interface: a form with the content; stream and topic stand in the channel's address
/// (`.../api/v1/messages?to=STREAM&topic=TOPIC`), the bot's mail address and key are its credential.
///
/// (Zulip's `slack_incoming` address takes Slack's form: that is the platform slack.)
enum ZulipPlatform: PlatformForm {
    /// The most characters of a message; Zulip counts code points.
    static let total = 10_000

    static var contentType: String { "application/x-www-form-urlencoded" }

    /// 200 a minute and user.
    static var rate: SendingRate { SendingRate(everyMilliseconds: 400, burst: 5) }

    static var credentialWords: String? {
        "the bot's mail address and API key, written EMAIL:KEY (in Zulip: Settings, Bots)"
    }

    static func header(for credential: String) throws(CredentialRefusal) -> WireHeader {
        let parts = credential.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].contains("@"), parts[0].utf8.count <= 254,
            (16...128).contains(parts[1].utf8.count),
            parts[1].utf8.allSatisfy({
                (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0)
            }),
            let header = try? WireHeader("Authorization", "Basic " + Base64.text(of: Array(credential.utf8)))
        else { throw .malformed(credentialWords ?? "") }
        return header
    }

    static func flaw(in url: WebhookURL) -> String? {
        guard url.path.hasSuffix("/api/v1/messages") else {
            return "A Zulip address looks like https://NAME.zulipchat.com/api/v1/messages?to=STREAM&topic=TOPIC."
        }
        let names = Set(url.query.filter { !$0.value.isEmpty }.map(\.name))
        guard names.contains("to") else {
            return "Say where to write: put ?to=STREAM&topic=TOPIC behind the Zulip address."
        }
        let isDirect = url.query.contains { $0.name == "type" && ($0.value == "direct" || $0.value == "private") }
        guard isDirect || names.contains("topic") else {
            return "Say under which topic to write: put &topic=TOPIC behind the Zulip address."
        }
        return nil
    }

    /// Stream and topic move from the address into the form: they are part of the message.
    static func call(_ url: WebhookURL, id: String, body: [UInt8]) -> PlatformCall {
        var form = body
        if !url.query.contains(where: { $0.name == "type" }) { form += "&type=stream".utf8 }
        for (name, value) in url.query { form += "&\(name)=\(value)".utf8 }
        return PlatformCall(method: .post, url: url.origin + url.path, headers: [], body: form)
    }

    static func message(for content: NoticeContent) -> PlatformMessage {
        let (text, shown) = Markup.text(for: content.inert, within: total)
        return PlatformMessage(bytes: FormEncoding.body([("content", text)]), shownItems: shown)
    }

    /// Zulip's Markdown has no backslash escape, so its marks are broken up or exchanged.
    enum Markup: TextMarkup {
        static let unit = TextUnit.scalars
        private static let marks = BrokenMarks(
            instead: [
                "*": "\u{2217}", "~": "\u{223c}", "`": "\u{02cb}", "@": "@\u{200b}", "#": "#\u{200b}", "$": "$\u{200b}",
                "[": "\u{ff3b}", "]": "\u{ff3d}", "<": "<\u{200b}", "&": "&\u{200b}", "|": "|\u{200b}",
                ":": ":\u{200b}", "!": "!\u{200b}",
            ], lineStarts: [">", "-", "+", "=", "_", "/"], beforeWords: [":"])

        static func pieces(of text: Substring) -> [String] { marks.pieces(of: text) }
        static func headline(_ text: String) -> String { "#### \(text)" }
        static func strong(_ text: String) -> String { text.isEmpty ? "" : "**\(text)**" }
        static func quote(_ text: String) -> String { "> \(text)" }
        static func bullet(_ text: String) -> String { "- \(text)" }
        static func link(_ label: String, to link: NoticeLink) -> String { "[\(label)](\(link.text))" }
    }
}

extension ZulipPlatform {
    private static let meanings: [String: AnswerMeaning] = [
        "INVALID_API_KEY": AnswerMeaning(
            .stop, "Zulip does not accept the bot's key; enter its mail address and key again."),
        "UNAUTHORIZED": AnswerMeaning(
            .stop, "Zulip does not accept the bot's key; enter its mail address and key again."),
        "UNAUTHENTICATED_USER": AnswerMeaning(
            .stop, "Zulip does not accept the bot's key; enter its mail address and key again."),
        "USER_DEACTIVATED": AnswerMeaning(.stop, "The Zulip bot was switched off."),
        "REALM_DEACTIVATED": AnswerMeaning(.stop, "The Zulip organisation was closed."),
        "STREAM_DOES_NOT_EXIST": AnswerMeaning(.stop, "The Zulip stream in this channel's address does not exist."),
        "TOPIC_WILDCARD_MENTION_NOT_ALLOWED": AnswerMeaning(.dead, "Zulip refused this message."),
        "RATE_LIMIT_HIT": AnswerMeaning(.slower, "Zulip asked to slow down."),
    ]

    static func verdict(on answer: WireAnswer) -> Verdict? {
        guard let body = JSONReading.value(of: answer.body), body["result"]?.text == "error" else { return nil }
        let code = body["code"]?.text ?? "BAD_REQUEST"
        if let known = meanings[code] { return known.verdict("zulip", code) }
        let words = body["msg"]?.text ?? ""
        if words.hasPrefix("Not authorized to send") {
            return AnswerMeaning(.stop, "Zulip does not let the bot write to this stream; subscribe it.").verdict(
                "zulip", "not_authorized")
        }
        guard answer.status < 500, ![401, 403, 404, 408, 410, 425, 429].contains(answer.status) else { return nil }
        return AnswerMeaning(.dead, "Zulip refused this message.").verdict("zulip", code)
    }
}
