/// Google Chat's webhooks: one card; notices of one reference stand in one thread.
enum GoogleChatPlatform: PlatformForm {
    /// The most bytes of a message, below Google's 32,000.
    static let total = 30_000

    /// Sixty a minute and space, shared with every other app.
    static var rate: SendingRate { SendingRate(everyMilliseconds: 1000, burst: 1) }

    static func hints(for url: WebhookURL) -> [WebhookURLHint] {
        if url.scope == .privateAllowed { return [] }
        let names = Set(url.query.map(\.name))
        return url.path.hasSuffix("/messages") && names.contains("key") && names.contains("token")
            ? [] : [.notGoogleChatPath]
    }

    static func call(_ url: WebhookURL, id: String, body: [UInt8]) -> PlatformCall {
        PlatformCall(
            method: .post, url: url.text(adding: "messageReplyOption", "REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD"),
            headers: [], body: body)
    }

    static func message(for content: NoticeContent) -> PlatformMessage {
        let content = content.inert
        return Clip.fitting(total) { share in
            let (document, shown) = document(for: content, share: share)
            let message = PlatformMessage(bytes: document.bytes, shownItems: shown)
            return (message, message.bytes.count)
        }
    }

    private static func document(for content: NoticeContent, share: Double) -> (JSONValue, Int) {
        let words = NoticeWords(content.language)
        let title = content.title.isEmpty ? words.kind(content.kind) : content.title
        var header: [JSONMember] = [JSONMember("title", .string(plain(title, 300)))]
        if !content.title.isEmpty { header.append(JSONMember("subtitle", .string(words.kind(content.kind)))) }
        let (widgets, shown) = widgets(for: content, share: share, words)
        var members: [JSONMember] = [
            JSONMember("fallbackText", .string(plain("\(words.kind(content.kind)): \(content.title)", 300))),
            JSONMember(
                "cardsV2",
                [
                    [
                        "cardId": "notice",
                        "card": ["header": .object(header), "sections": [["widgets": .array(widgets)]]],
                    ]
                ]),
        ]
        let key = String(String.UnicodeScalarView(content.reference.unicodeScalars.filter { isKey($0) }.prefix(60)))
        if !key.isEmpty { members.append(JSONMember("thread", ["threadKey": .string("notice-" + key)])) }
        return (.object(members), shown)
    }

    private static func widgets(
        for content: NoticeContent, share: Double, _ words: NoticeWords
    ) -> ([JSONValue], Int) {
        func room(_ full: Int) -> Int { max(Int(Double(full) * share), 24) }
        var widgets: [JSONValue] = []
        if let bridge = content.bridge {
            var members: [JSONMember] = [
                JSONMember("text", .string("<b>\(html(bridge.from, 300)) ⇄ \(html(bridge.to, 300))</b>")),
                JSONMember("wrapText", true),
            ]
            if let closeness = content.closeness {
                members.append(JSONMember("bottomLabel", .string(words.closeness(closeness))))
            }
            widgets.append(["decoratedText": .object(members)])
        } else if let closeness = content.closeness {
            widgets.append(paragraph(words.closeness(closeness)))
        }
        let body = content.sentences.filter { !$0.isEmpty }.joined(separator: "\n")
        if !body.isEmpty { widgets.append(paragraph(html(body, room(10_000)))) }
        if let reason = content.reason, !reason.isEmpty {
            widgets.append(labelled(words.why, html(reason, room(3000))))
        }
        let (list, shown) = list(of: content.items, room: room(12_000), words)
        if let list { widgets.append(paragraph(list)) }
        if let request = content.request, !request.isEmpty {
            widgets.append(labelled(words.asked, html(request, room(2000))))
        }
        if !content.actions.isEmpty {
            widgets.append(["buttonList": ["buttons": .array(content.actions.map(button))]])
        }
        let footer = [html(content.source, 360), "\(words.reference) \(html(content.reference, 180))"]
        var last = footer.filter { !$0.isEmpty }.joined(separator: " · ")
        if content.occasion == .possiblyRepeated { last += "<br>" + words.repeated }
        widgets.append(paragraph("<font color=\"#6b7680\">\(last)</font>"))
        return (widgets, shown)
    }

    private static func list(of items: [NoticeItem], room: Int, _ words: NoticeWords) -> (String?, Int) {
        var lines: [String] = []
        var used = 0
        for item in items.prefix(NoticeContent.mostItems) {
            let title = html(item.title, 480)
            let shown = title.isEmpty ? "…" : title
            var line = "• " + (item.link.map { "<a href=\"\(html($0.text, 6000))\">\(shown)</a>" } ?? shown)
            if let bridge = item.bridge { line += " (\(html("\(bridge.from) ⇄ \(bridge.to)", 360)))" }
            if let detail = item.detail, !detail.isEmpty { line += " – \(html(detail, 660))" }
            used += line.utf8.count + 4
            if used > room { break }
            lines.append(line)
        }
        let shown = lines.count
        if shown < items.count { lines.append("• " + words.more(items.count - shown)) }
        return (lines.isEmpty ? nil : lines.joined(separator: "<br>"), shown)
    }

    private static func button(_ action: NoticeAction) -> JSONValue {
        let label = plain(action.label, 225)
        return [
            "text": .string(label.isEmpty ? "…" : label), "onClick": ["openLink": ["url": .string(action.link.text)]],
        ]
    }

    private static func paragraph(_ html: String) -> JSONValue { ["textParagraph": ["text": .string(html)]] }

    private static func labelled(_ label: String, _ html: String) -> JSONValue {
        ["decoratedText": ["topLabel": .string(label), "text": .string(html), "wrapText": true]]
    }

    private static let plainMarks = BrokenMarks(instead: ["<": "\u{ff1c}", ">": "\u{ff1e}"], lineStarts: [])

    /// Where no HTML is read, angle brackets are exchanged, so that nothing looks like a mention.
    private static func plain(_ text: String, _ limit: Int) -> String {
        Clip.joining(plainMarks.pieces(of: text.prefix(limit + 1)), within: limit, .utf8)
    }

    /// For the widgets that read a little HTML.
    private static func html(_ text: String, _ limit: Int) -> String {
        Clip.joining(HTMLText.pieces(of: text.prefix(limit + 1)), within: limit, .utf8)
    }

    private static func isKey(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "-")
    }
}

/// Plain text as HTML that shows exactly that text.
enum HTMLText {
    static func pieces(of text: Substring) -> [String] {
        text.map { character in
            var piece = ""
            for scalar in character.unicodeScalars {
                switch scalar {
                case "&": piece += "&amp;"
                case "<": piece += "&lt;"
                case ">": piece += "&gt;"
                case "\"": piece += "&quot;"
                case "\n": piece += "<br>"
                default: piece.unicodeScalars.append(scalar)
                }
            }
            return piece
        }
    }
}

extension GoogleChatPlatform {
    private static let meanings: [String: AnswerMeaning] = [
        "NOT_FOUND": AnswerMeaning(.stop, "Google Chat does not know this space or webhook any more; make a new one."),
        "PERMISSION_DENIED": AnswerMeaning(.stop, "Google Chat does not let this webhook write to its space."),
        "UNAUTHENTICATED": AnswerMeaning(.stop, "Google Chat does not accept this webhook any more; make a new one."),
        "INVALID_ARGUMENT": AnswerMeaning(.dead, "Google Chat found this message invalid."),
        "FAILED_PRECONDITION": AnswerMeaning(.dead, "Google Chat refused this message."),
        "RESOURCE_EXHAUSTED": AnswerMeaning(.slower, "Google Chat asked to slow down."),
        "UNAVAILABLE": AnswerMeaning(.retry, "Google Chat is not available."),
        "INTERNAL": AnswerMeaning(.retry, "Google Chat had an internal error."),
        "ABORTED": AnswerMeaning(.retry, "Google Chat broke off and asked to try again."),
    ]

    static func verdict(on answer: WireAnswer) -> Verdict? {
        guard answer.status >= 400, let error = JSONReading.value(of: answer.body)?["error"],
            let status = error["status"]?.text
        else { return nil }
        if status == "INVALID_ARGUMENT", error["message"]?.text?.contains("API key not valid") == true {
            return AnswerMeaning(.stop, "The key in this Google Chat address is not valid; copy the address again.")
                .verdict("google_chat", "API_KEY_INVALID")
        }
        return meanings[status]?.verdict("google_chat", status)
    }
}
