/// Microsoft Teams, through the workflow "post when a webhook request is received": one Adaptive Card 1.4.
///
/// Free text stands in text runs, where Microsoft knows no Markdown; list lines are Markdown for their links' sake,
/// with its marks exchanged for look-alikes. A message may have 28 KB; whether UTF-8 or UTF-16 counts is not
/// documented, so the greater of both does.
enum TeamsPlatform: PlatformForm {
    /// The most bytes of a message, below Microsoft's 28 KB.
    static let total = 27_000

    private static let unit = TextUnit.utf16

    /// Four a second, then Microsoft throttles; kept well below, since a flow's owner pays for each run.
    static var rate: SendingRate { SendingRate(everyMilliseconds: 500, burst: 2) }

    static func hints(for url: WebhookURL) -> [WebhookURLHint] {
        url.host == "webhook.office.com" || url.host.hasSuffix(".webhook.office.com") ? [.oldTeamsConnector] : []
    }

    static func message(for content: NoticeContent) -> PlatformMessage {
        let content = content.inert
        return Clip.fitting(total) { share in
            let (card, shown) = card(for: content, share: share)
            let document: JSONValue = [
                "type": "message",
                "attachments": [
                    [
                        "contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": .null, "content": card,
                    ]
                ],
            ]
            let message = PlatformMessage(bytes: document.bytes, shownItems: shown)
            let size = max(message.bytes.count, 2 * String(decoding: message.bytes, as: UTF8.self).utf16.count)
            return (message, size)
        }
    }

    private static func card(for content: NoticeContent, share: Double) -> (JSONValue, Int) {
        let words = NoticeWords(content.language)
        func room(_ full: Int) -> Int { max(Int(Double(full) * share), 24) }
        let headline =
            content.title.isEmpty ? words.kind(content.kind) : "\(words.kind(content.kind)): \(content.title)"
        var body: [JSONValue] = [block([run(headline, 300, ["size": "Large", "weight": "Bolder"])])]
        if let line = bridgeLine(of: content, words) { body.append(line) }
        let lines = clip(content.sentences.filter { !$0.isEmpty }.joined(separator: "\n"), room(5000))
        for line in lines.split(separator: "\n") { body.append(block([run(String(line), 6000)], "Small")) }
        if let reason = content.reason, !reason.isEmpty {
            body.append(block([run(words.why + "  ", 40, ["weight": "Bolder"]), run(reason, room(1200))]))
        }
        let (list, shown) = list(of: content.items, room: room(6000), words)
        body += list
        if let request = content.request, !request.isEmpty {
            body.append(block([run(words.asked + "  ", 40, ["weight": "Bolder"]), run(request, room(800))]))
        }
        body.append(footer(of: content, words))
        var members: [JSONMember] = [
            JSONMember("$schema", "http://adaptivecards.io/schemas/adaptive-card.json"),
            JSONMember("type", "AdaptiveCard"), JSONMember("version", "1.4"),
            JSONMember("lang", .string(content.language.rawValue)),
            JSONMember("fallbackText", .string(clip(headline, 300))), JSONMember("body", .array(body)),
        ]
        if !content.actions.isEmpty { members.append(JSONMember("actions", .array(content.actions.map(button)))) }
        return (.object(members), shown)
    }

    private static func bridgeLine(of content: NoticeContent, _ words: NoticeWords) -> JSONValue? {
        var runs: [JSONValue] = []
        if let bridge = content.bridge {
            runs.append(run("\(clip(bridge.from, 100)) ⇄ \(clip(bridge.to, 100))", 240, ["weight": "Bolder"]))
        }
        if let closeness = content.closeness {
            let text = (runs.isEmpty ? "" : "  ·  ") + words.closeness(closeness)
            runs.append(run(text, 100, ["isSubtle": true]))
        }
        return runs.isEmpty ? nil : block(runs)
    }

    private static func list(of items: [NoticeItem], room: Int, _ words: NoticeWords) -> ([JSONValue], Int) {
        var blocks: [JSONValue] = []
        var used = 0
        for item in items.prefix(NoticeContent.mostItems) {
            let line = line(for: item)
            used += unit.count(line) + 60  // what stands around a line in the card
            if used > room { break }
            blocks.append(textBlock(line))
        }
        let shown = blocks.count
        if shown < items.count { blocks.append(textBlock(words.more(items.count - shown))) }
        return (blocks, shown)
    }

    private static func line(for item: NoticeItem) -> String {
        let title = marked(item.title, 160)
        let shown = title.isEmpty ? "…" : title
        var line = "• " + (item.link.map { "[\(shown)](\($0.text))" } ?? shown)
        if let bridge = item.bridge { line += " (\(marked("\(bridge.from) ⇄ \(bridge.to)", 120)))" }
        if let detail = item.detail, !detail.isEmpty { line += " – \(marked(detail, 220))" }
        return line
    }

    private static func button(_ action: NoticeAction) -> JSONValue {
        let label = clip(action.label, 75)
        var members: [JSONMember] = [
            JSONMember("type", "Action.OpenUrl"), JSONMember("title", .string(label.isEmpty ? "…" : label)),
            JSONMember("url", .string(action.link.text)),
        ]
        if action.weight == .primary { members.append(JSONMember("style", "positive")) }
        return .object(members)
    }

    private static func footer(of content: NoticeContent, _ words: NoticeWords) -> JSONValue {
        let source = clip(content.source, 120)
        let reference = clip(content.reference, 60)
        let line = [source, "\(words.reference) \(reference)"].filter { !$0.isEmpty }.joined(separator: "  ·  ")
        let small: [JSONMember] = [JSONMember("size", "Small"), JSONMember("isSubtle", true)]
        var runs = [run(line, 240, .object(small))]
        if content.occasion == .possiblyRepeated {
            runs.append(run("  ·  " + words.repeated, 240, .object(small)))
        }
        return block(runs)
    }

    private static func run(_ text: String, _ limit: Int, _ look: JSONValue = [:]) -> JSONValue {
        var members = [JSONMember("type", "TextRun"), JSONMember("text", .string(clip(text, limit)))]
        if case .object(let more) = look { members += more }
        return .object(members)
    }

    private static func block(_ runs: [JSONValue], _ spacing: String = "Medium") -> JSONValue {
        ["type": "RichTextBlock", "spacing": .string(spacing), "inlines": .array(runs)]
    }

    private static func textBlock(_ text: String) -> JSONValue {
        ["type": "TextBlock", "text": .string(text), "wrap": true, "spacing": "Small"]
    }

    private static let plain = BrokenMarks(instead: ["{": "{\u{200b}", "$": "$\u{200b}"], lineStarts: [])
    private static let markdown = BrokenMarks(
        instead: [
            "{": "{\u{200b}", "$": "$\u{200b}", "*": "\u{2217}", "_": "\u{ff3f}", "~": "\u{223c}", "`": "\u{02cb}",
            "[": "\u{ff3b}",
            "]": "\u{ff3d}", "<": "\u{ff1c}", ">": "\u{ff1e}", "\\": "\u{ff3c}", "#": "\u{ff03}", "|": "\u{ff5c}",
            "!": "\u{ff01}", "&": "\u{ff06}",
        ], lineStarts: [])

    /// Text for runs: `{{DATE(...)}}` and `${...}` are broken up, nothing else has a meaning there.
    private static func clip(_ text: String, _ limit: Int) -> String {
        Clip.joining(plain.pieces(of: text.prefix(limit + 1)), within: limit, unit)
    }

    /// Text for Markdown.
    private static func marked(_ text: String, _ limit: Int) -> String {
        Clip.joining(markdown.pieces(of: text.prefix(limit + 1)), within: limit, unit)
    }
}

extension TeamsPlatform {
    private static let meanings: [String: AnswerMeaning] = [
        "WorkflowTriggerIsNotEnabled": AnswerMeaning(.stop, "The Teams workflow is switched off; switch it on again."),
        "WorkflowNotFound": AnswerMeaning(.stop, "The Teams workflow was deleted; make a new one."),
        "DirectApiAuthorizationRequired": AnswerMeaning(
            .stop, "The address of the Teams workflow is not complete or not valid any more; copy it again."),
        "DirectApiInvalidAuthorizationScheme": AnswerMeaning(
            .stop, "The Teams workflow lets only members of the organisation start it; let anyone start it."),
        "AuthorizationFailed": AnswerMeaning(.stop, "The Teams workflow does not accept this address any more."),
        "TriggerInputSchemaMismatch": AnswerMeaning(.dead, "The Teams workflow could not read this message."),
        "InvalidRequestContent": AnswerMeaning(.dead, "The Teams workflow could not read this message."),
        "RequestEntityTooLarge": AnswerMeaning(.dead, "Teams found this message too large."),
        "WorkflowRunActionsThrottled": AnswerMeaning(.slower, "Teams asked to slow down."),
        "TooManyRequests": AnswerMeaning(.slower, "Teams asked to slow down."),
    ]

    /// 202 says only that the flow was started. Connectors of the old kind answered 200 with an error in the text.
    static func verdict(on answer: WireAnswer) -> Verdict? {
        let text = String(decoding: answer.body.prefix(4096), as: UTF8.self)
        if let status = AnswerWord.status(in: text, after: "returned HTTP error") {
            let word = "http.\(status)"
            switch status {
            case 429: return AnswerMeaning(.slower, "Teams asked to slow down.").verdict("teams", word)
            case 401, 403, 404, 410:
                return AnswerMeaning(.stop, "Teams does not accept messages at this address any more.").verdict(
                    "teams", word)
            case 400..<500:
                return AnswerMeaning(.dead, "Teams refused this message (\(status)).").verdict("teams", word)
            default: return AnswerMeaning(.retry, "Teams answered \(status).").verdict("teams", word)
            }
        }
        if answer.status >= 400, let code = JSONReading.value(of: answer.body)?["error"]?["code"]?.text {
            return meanings[code]?.verdict("teams", code)
        }
        guard answer.status == 202 else { return nil }
        return .delivered(
            JudgedReason(
                "teams.accepted",
                "Teams accepted the message (202); whether the workflow has posted it, it does not say."))
    }
}
