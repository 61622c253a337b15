/// Rocket.Chat's incoming webhooks: text in its Markdown, within its default limit of 5,000 characters.
enum RocketChatPlatform: PlatformForm {
    /// The most characters of a message; administrators can change it, this is what is shipped.
    static let total = 5000

    /// Ten a minute and endpoint is what its limiter ships with.
    static var rate: SendingRate { SendingRate(everyMilliseconds: 6000, burst: 10) }

    static func hints(for url: WebhookURL) -> [WebhookURLHint] {
        let parts = url.steps
        guard let place = parts.firstIndex(of: "hooks"), parts.count >= place + 3 else { return [.notRocketChatPath] }
        return []
    }

    static func message(for content: NoticeContent) -> PlatformMessage {
        let (text, shown) = Markup.text(for: content.inert, within: total)
        let document: JSONValue = ["text": .string(text), "parseUrls": false]
        return PlatformMessage(bytes: document.bytes, shownItems: shown)
    }

    /// Its Markdown escapes only some marks, so all are broken up or exchanged.
    enum Markup: TextMarkup {
        static let unit = TextUnit.utf16
        private static let marks = BrokenMarks(
            instead: [
                "*": "\u{2217}", "_": "\u{ff3f}", "~": "\u{223c}", "`": "\u{02cb}", "@": "@\u{200b}",
                "#": "#\u{200b}", "[": "\u{ff3b}", "]": "\u{ff3d}", "<": "\u{ff1c}", ">": "\u{ff1e}", "|": "\u{ff5c}",
                "\\": "\u{ff3c}", "$": "$\u{200b}", ":": ":\u{200b}", "!": "!\u{200b}", "&": "&\u{200b}",
            ], lineStarts: ["-", "+", "="], beforeWords: [":"], outsideWords: ["_"])

        static func pieces(of text: Substring) -> [String] { marks.pieces(of: text) }
        static func headline(_ text: String) -> String { strong(text) }
        static func strong(_ text: String) -> String { text.isEmpty ? "" : "*\(text)*" }
        static func quote(_ text: String) -> String { "> \(text)" }
        static func bullet(_ text: String) -> String { "- \(text)" }
        static func link(_ label: String, to link: NoticeLink) -> String { "[\(label)](\(link.text))" }
    }
}

extension RocketChatPlatform {
    /// Parts of its error texts, looked for in this order.
    private static let meanings: [(String, AnswerMeaning)] = [
        (
            "Invalid integration id or token",
            AnswerMeaning(.stop, "This Rocket.Chat webhook was removed; make a new one.")
        ),
        ("integration disabled", AnswerMeaning(.stop, "This Rocket.Chat webhook is switched off; switch it on again.")),
        ("error-invalid-room", AnswerMeaning(.stop, "The Rocket.Chat room of this webhook does not exist.")),
        ("invalid-channel", AnswerMeaning(.stop, "The Rocket.Chat room of this webhook does not exist.")),
        ("error-not-allowed", AnswerMeaning(.stop, "Rocket.Chat does not let this webhook write to its room.")),
        ("room_is_read_only", AnswerMeaning(.stop, "The Rocket.Chat room of this webhook is read-only.")),
        ("room_is_archived", AnswerMeaning(.stop, "The Rocket.Chat room of this webhook was archived.")),
        ("error-message-size-exceeded", AnswerMeaning(.dead, "Rocket.Chat found this message too long.")),
        ("error-too-many-requests", AnswerMeaning(.slower, "Rocket.Chat asked to slow down.")),
    ]

    static func verdict(on answer: WireAnswer) -> Verdict? {
        guard let body = JSONReading.value(of: answer.body), case .bool(false) = body["success"] else { return nil }
        let error = body["error"]?.text ?? body["errorType"]?.text ?? ""
        let known = meanings.first { error.lowercased().contains($0.0.lowercased()) }
        if let known { return known.1.verdict("rocket_chat", known.0.replacing(" ", with: "_")) }
        // Its 200 with "success": false is a refusal all the same.
        guard answer.status < 300 else { return nil }
        return AnswerMeaning(.dead, "Rocket.Chat refused this message.").verdict("rocket_chat", "unsuccessful")
    }
}
