/// Discord's webhooks: one embed; nobody is ever called, and the answer is waited for, since without that a message
/// that is not kept reports no error.
enum DiscordPlatform: PlatformForm {
    /// The most characters of an embed's description; title, description and footer together stay below 6,000.
    static let description = 4096
    /// The most characters of a title.
    static let title = 256

    /// Discord forbids fixed numbers and says more in every answer; this is only where it begins.
    static var rate: SendingRate { SendingRate(everyMilliseconds: 1000, burst: 2) }

    static func hints(for url: WebhookURL) -> [WebhookURLHint] {
        if url.scope == .privateAllowed { return [] }
        let parts = url.steps
        guard let place = parts.firstIndex(of: "webhooks"), parts.count >= place + 3 else { return [.notDiscordPath] }
        return []
    }

    static func call(_ url: WebhookURL, id: String, body: [UInt8]) -> PlatformCall {
        PlatformCall(method: .post, url: url.text(adding: "wait", "true"), headers: [], body: body)
    }

    static func message(for content: NoticeContent) -> PlatformMessage {
        let content = content.inert
        let words = NoticeWords(content.language)
        let (text, shown) = Markup.text(for: content, within: description, leavingOut: [.headline, .footer])
        var embed: [JSONMember] = [
            JSONMember("title", .string(Markup.headlineText(of: content, words, within: title)))
        ]
        if !text.isEmpty { embed.append(JSONMember("description", .string(text))) }
        if let first = content.actions.first { embed.append(JSONMember("url", .string(first.link.text))) }
        let source = Clip.text(content.source, within: 120, Markup.unit)
        let reference = Clip.text(content.reference, within: 60, Markup.unit)
        let footer = [source, "\(words.reference) \(reference)"].filter { !$0.isEmpty }.joined(separator: " · ")
        // A footer knows no Markdown, where a backslash would be shown; marks are parted instead.
        let parted = footer.replacing("@", with: "@\u{200b}").replacing("](", with: "]\u{200b}(")
        embed += [
            JSONMember("footer", ["text": .string(parted)]), JSONMember("color", 0x1f_7a5c),
            JSONMember("timestamp", .string(Timestamp.text(milliseconds: content.happenedAt))),
        ]
        let document: JSONValue = ["embeds": [.object(embed)], "allowed_mentions": ["parse": []]]
        return PlatformMessage(bytes: document.bytes, shownItems: shown)
    }

    /// Discord's Markdown, in which a backslash makes any mark harmless.
    enum Markup: TextMarkup {
        static let unit = TextUnit.utf16
        private static let marks = BrokenMarks(
            instead: Dictionary(
                uniqueKeysWithValues: "\\*_~`|>#-+[]()<:@!{}^".unicodeScalars.map { scalar in
                    // A mention of everybody is also broken up, since the text may be quoted elsewhere.
                    (scalar, scalar == "@" ? "@\u{200b}" : "\\" + String(Character(scalar)))
                }),
            lineStarts: [], beforeWords: [":"])

        static func pieces(of text: Substring) -> [String] {
            var pieces = marks.pieces(of: text)
            var atLineStart = true
            var inNumber = false
            // "1." at the start of a line would begin a list.
            for (index, character) in text.enumerated() {
                let isDigit = character.isASCII && character.isNumber
                if character == ".", inNumber { pieces[index] = "\\." }
                inNumber = isDigit && (atLineStart || inNumber)
                atLineStart = character == "\n"
            }
            return pieces
        }

        static func headline(_ text: String) -> String { strong(text) }
        static func strong(_ text: String) -> String { text.isEmpty ? "" : "**\(text)**" }
        static func quote(_ text: String) -> String { "> \(text)" }
        static func bullet(_ text: String) -> String { "- \(text)" }
        static func link(_ label: String, to link: NoticeLink) -> String { "[\(label)](\(link.text))" }
    }
}

extension DiscordPlatform {
    private static let meanings: [Int: AnswerMeaning] = [
        10015: AnswerMeaning(.stop, "This Discord webhook was deleted; make a new one."),
        10003: AnswerMeaning(.stop, "The Discord channel was deleted."),
        50027: AnswerMeaning(.stop, "The token in this Discord address is not valid; copy the address again."),
        50013: AnswerMeaning(.stop, "Discord does not let this webhook write to its channel."),
        50001: AnswerMeaning(.stop, "Discord does not let this webhook write to its channel."),
        220001: AnswerMeaning(
            .stop, "This Discord webhook writes to a forum; add thread_id=... of a thread to its address."),
        50006: AnswerMeaning(.dead, "Discord found this message empty."),
        50035: AnswerMeaning(.dead, "Discord found this message invalid."),
        240000: AnswerMeaning(.dead, "Discord's filter refused this message."),
        200000: AnswerMeaning(.dead, "Discord's filter refused this message."),
        40062: AnswerMeaning(.slower, "Discord asked to slow down."),
        20016: AnswerMeaning(.slower, "Discord asked to slow down."),
    ]

    static func verdict(on answer: WireAnswer) -> Verdict? {
        guard answer.status >= 400, let number = JSONReading.value(of: answer.body)?["code"]?.number,
            let code = Int(exactly: number)
        else { return nil }
        return meanings[code]?.verdict("discord", String(code))
    }
}
