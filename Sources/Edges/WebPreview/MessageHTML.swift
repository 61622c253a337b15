import WebCommon

/// Shows one message as a chat channel would show it.
enum MessageHTML {
    /// Parts shown of one message.
    static let mostParts = 60

    static func bubble(_ message: ReceivedMessage) -> String {
        let mark = message.signature == .valid ? "<span class=\"signed\">signature valid</span>" : ""
        let time = message.receivedAt.prefix(19).replacing("T", with: " ")
        return """
            <article id="m\(message.number)"><header><b>\(message.hook.htmlEscaped)</b>
            <time datetime="\(message.receivedAt.htmlEscaped)">\(String(time).htmlEscaped) UTC</time> \(mark)
            <a class="number" href="#m\(message.number)">#\(message.number)</a></header>\(content(message))
            <details><summary>As it was sent</summary><pre>\(raw(message))</pre></details></article>
            """
    }

    private static func raw(_ message: ReceivedMessage) -> String {
        let text = message.form == .unknown ? message.body : message.json.indentedText
        return String(text.prefix(ChatMarkup.longest)).htmlEscaped
    }

    private static func content(_ message: ReceivedMessage) -> String {
        let json = message.json
        switch message.form {
        case .chat: return chat(json)
        case .event: return event(json)
        case .unknown: return "<p>\(ChatMarkup.plain(message.body))</p>"
        }
    }

    private static func chat(_ json: JSONValue) -> String {
        var html = ""
        if let blocks = json["blocks"]?.array {
            for block in blocks.prefix(mostParts) { html += self.block(block) }
        } else if let text = json["text"]?.string, !text.isEmpty {
            html += "<p>\(ChatMarkup.markdown(text))</p>"
        }
        for attachment in (json["attachments"]?.array ?? []).prefix(mostParts) { html += self.attachment(attachment) }
        return html
    }

    private static func block(_ block: JSONValue) -> String {
        switch block["type"]?.string {
        case "header": return "<h2>\(text(block["text"]))</h2>"
        case "divider": return "<hr>"
        case "section":
            let fields = (block["fields"]?.array ?? []).prefix(mostParts).map { "<span>\(text($0))</span>" }
            let main = block["text"].map { "<p>\(withBridge($0))</p>" } ?? ""
            return main + (fields.isEmpty ? "" : "<p class=\"fields\">\(fields.joined())</p>")
        case "context":
            let parts = (block["elements"]?.array ?? []).prefix(mostParts).map { text($0) }
            return "<p class=\"context\">\(parts.joined(separator: " "))</p>"
        case "actions":
            let buttons = (block["elements"]?.array ?? []).prefix(mostParts).map(button)
            return "<p class=\"actions\">\(buttons.joined(separator: " "))</p>"
        case let other: return "<p class=\"context\">[\((other ?? "block").htmlEscaped)]</p>"
        }
    }

    /// A section whose text names two fields with the arrow between them is shown as the bridge it is.
    private static func withBridge(_ value: JSONValue) -> String {
        let html = text(value)
        return html.contains(" ⇄ ") ? "<span class=\"bridge\">\(html)</span>" : html
    }

    private static func text(_ value: JSONValue?) -> String {
        guard let value, let content = value["text"]?.string else { return "" }
        return value["type"]?.string == "mrkdwn" ? ChatMarkup.mrkdwn(content) : ChatMarkup.plain(content)
    }

    private static func button(_ element: JSONValue) -> String {
        let label = text(element["text"])
        let style = element["style"]?.string == "primary" ? "button primary" : "button"
        guard let address = element["url"]?.string, ChatMarkup.isWeb(address) else {
            return "<span class=\"\(style)\">\(label)</span>"
        }
        return "<a class=\"\(style)\" rel=\"noreferrer noopener nofollow\" href=\"\(address.htmlEscaped)\">\(label)</a>"
    }

    private static func attachment(_ value: JSONValue) -> String {
        var html = "<blockquote>"
        if let title = value["title"]?.string {
            html += "<h2>\(ChatMarkup.link(value["title_link"]?.string ?? "", label: title))</h2>"
        }
        for name in ["pretext", "text"] {
            if let text = value[name]?.string { html += "<p>\(ChatMarkup.markdown(text))</p>" }
        }
        for field in (value["fields"]?.array ?? []).prefix(mostParts) {
            let title = ChatMarkup.plain(field["title"]?.string ?? "")
            html += "<p><b>\(title)</b> \(ChatMarkup.markdown(field["value"]?.string ?? ""))</p>"
        }
        return html + "</blockquote>"
    }

    /// A signed event of the generic form: its title, bridge and texts in words, and its actions as links.
    private static func event(_ json: JSONValue) -> String {
        let data = json["data"] ?? json
        var html = "<p class=\"context\">\(ChatMarkup.plain(json["type"]?.string ?? "event"))</p>"
        if let title = data["title"]?.string { html += "<h2>\(ChatMarkup.plain(title))</h2>" }
        if let from = data["fields"]?["from"]?.string, let to = data["fields"]?["to"]?.string {
            let bridge = "\(ChatMarkup.plain(from)) ⇄ \(ChatMarkup.plain(to))"
            html +=
                "<p><span class=\"bridge\"><strong>\(bridge)</strong></span></p>"
        }
        for name in ["text", "reason", "request"] {
            if let text = data[name]?.string { html += "<p>\(ChatMarkup.plain(text))</p>" }
        }
        for item in (data["items"]?.array ?? []).prefix(mostParts) {
            let title = item["title"]?.string ?? "…"
            let detail = ChatMarkup.plain(item["detail"]?.string ?? "")
            html += "<p>• \(ChatMarkup.link(item["url"]?.string ?? "", label: title)) \(detail)</p>"
        }
        let actions = (data["actions"]?.array ?? []).prefix(mostParts).map { action in
            button(["text": ["text": .optional(action["label"]?.string)], "url": .optional(action["url"]?.string)])
        }
        return html + (actions.isEmpty ? "" : "<p class=\"actions\">\(actions.joined(separator: " "))</p>")
    }
}
