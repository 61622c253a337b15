import Delivery
import Foundation
import Testing

/// Reads what platforms are sent, written apart from the code that makes it.
enum PlatformReading {
    typealias Object = [String: Any]

    /// Names and values of a form, decoded by Foundation.
    static func form(_ bytes: [UInt8]) throws -> [String: String] {
        var components = URLComponents()
        components.percentEncodedQuery = String(decoding: bytes, as: UTF8.self)
        let items = try #require(components.queryItems)
        return Dictionary(uniqueKeysWithValues: items.map { ($0.name, $0.value ?? "") })
    }

    /// Every text of a JSON document.
    static func texts(_ value: Any) -> [String] {
        if let text = value as? String { return [text] }
        if let object = value as? Object { return object.flatMap { [$0.key] + texts($0.value) } }
        if let list = value as? [Any] { return list.flatMap(texts) }
        return []
    }

    /// All that a message says, whatever its form.
    static func said(_ bytes: [UInt8], on platform: DeliveryPlatform) throws -> String {
        switch platform {
        case .zulip, .chatwork: try form(bytes).values.joined(separator: "\n")
        default: texts(try PayloadInvariants.object(bytes)).sorted().joined(separator: "\n")
        }
    }

    /// The complaints about a payload: its form, its limits, and whether texts are inert in it. None when it is good.
    static func complaints(_ bytes: [UInt8], on platform: DeliveryPlatform) throws -> [String] {
        switch platform {
        case .slack: try PayloadInvariants.slack(bytes)
        case .mattermost: try PayloadInvariants.mattermost(bytes)
        case .generic: try PayloadInvariants.generic(bytes)
        case .teams: try teams(bytes)
        case .discord: try discord(bytes)
        case .googleChat: try googleChat(bytes)
        case .zulip: try zulip(bytes)
        case .rocketChat: try rocketChat(bytes)
        case .matrix: try matrix(bytes)
        case .lineWorks: try lineWorks(bytes)
        case .chatwork: try chatwork(bytes)
        case .mail: []
        }
    }

    /// Links of our own, in the form of the platform, taken out: what is left must hold no mark of markup.
    private static func without(_ pattern: String, _ text: String) -> String {
        text.replacingOccurrences(of: pattern, with: "", options: .regularExpression)
    }

    private static func length(_ name: String, _ text: String, _ limit: ClosedRange<Int>, _ count: Int) -> [String] {
        limit.contains(count) ? [] : ["\(name) has \(count), not \(limit): \(text.prefix(60))"]
    }

    private static func holds(_ marks: String, _ text: String, _ name: String) -> [String] {
        let found = text.unicodeScalars.first { marks.unicodeScalars.contains($0) }
        return found.map { mark in ["\(name): bare \(mark) in \(text.prefix(200))"] } ?? []
    }

    private static func teams(_ bytes: [UInt8]) throws -> [String] {
        let payload = try PayloadInvariants.object(bytes)
        var complaints: [String] = []
        let wide = String(decoding: bytes, as: UTF8.self).utf16.count * 2
        if max(bytes.count, wide) > 28_000 { complaints.append("\(bytes.count) bytes, \(wide) as UTF-16") }
        guard let attachment = (payload["attachments"] as? [Object])?.first,
            let card = attachment["content"] as? Object,
            let body = card["body"] as? [Object]
        else { return ["shape"] }
        for block in body where block["type"] as? String == "TextBlock" {
            let text = block["text"] as? String ?? ""
            let rest = without(#"\[([^\]\[]*)\]\(https://mix\.example\.jp/[^)]*\)"#, text)
            complaints += holds("[]*_~`<>\\#|", rest, "Markdown")
        }
        for text in texts(payload) where text.contains("{{") || text.contains("${") {
            complaints.append("a function in \(text.prefix(80))")
        }
        return complaints
    }

    private static func discord(_ bytes: [UInt8]) throws -> [String] {
        let payload = try PayloadInvariants.object(bytes)
        guard let embeds = payload["embeds"] as? [Object], embeds.count == 1, let title = embeds[0]["title"] as? String,
            let footer = (embeds[0]["footer"] as? Object)?["text"] as? String,
            let mentions = payload["allowed_mentions"] as? Object, (mentions["parse"] as? [Any])?.isEmpty == true
        else { return ["shape"] }
        let description = embeds[0]["description"] as? String ?? ""
        var complaints = length("title", title, 1...256, title.utf16.count)
        complaints += length("description", description, 0...4096, description.utf16.count)
        complaints += length("footer", footer, 1...2048, footer.utf16.count)
        for line in description.split(separator: "\n") {
            let bare = without(#"^(> |- )"#, String(line))
            let plain = without(#"\]\(https://mix\.example\.jp/[^)]*\)"#, bare)
            // What is left after every escaped mark is taken out may hold only our own bold and link brackets.
            let rest = without(#"\\[^0-9A-Za-z\s]"#, plain).replacingOccurrences(of: "**", with: "")
            complaints += holds("_~`|>#<{}^", rest, "Discord")
        }
        return complaints
    }

    private static func googleChat(_ bytes: [UInt8]) throws -> [String] {
        let payload = try PayloadInvariants.object(bytes)
        var complaints: [String] = []
        if bytes.count > 32_000 { complaints.append("\(bytes.count) bytes") }
        guard let card = ((payload["cardsV2"] as? [Object])?.first)?["card"] as? Object,
            let widgets = (card["sections"] as? [Object])?.first?["widgets"] as? [Object],
            (1...100).contains(widgets.count)
        else { return ["shape"] }
        for text in texts(payload) {
            let tags = ##"</?b>|<br>|</a>|</font>|<font color="#6b7680">|<a href="https://mix\.example\.jp/[^"<>]*">"##
            complaints += holds("<>", without(tags, text), "HTML")
        }
        return complaints
    }

    private static func zulip(_ bytes: [UInt8]) throws -> [String] {
        let content = try #require(try form(bytes)["content"])
        var complaints = length("content", content, 1...10_000, content.unicodeScalars.count)
        let rest = without(#"\]\(https://mix\.example\.jp/[^)]*\)"#, content).replacingOccurrences(of: "**", with: "")
        complaints += holds("*~`", rest, "Zulip")
        for mark in ["@*", "@_", "#*", "<time", "$$"] where rest.contains(mark) { complaints.append("Zulip: \(mark)") }
        return complaints
    }

    private static func rocketChat(_ bytes: [UInt8]) throws -> [String] {
        let text = try #require(try PayloadInvariants.object(bytes)["text"] as? String)
        var complaints = length("text", text, 1...5000, text.utf16.count)
        let plain = without(#"\]\(https://mix\.example\.jp/[^)]*\)"#, text)
        for line in plain.split(separator: "\n") {
            let marked = without(#"(?<=[A-Za-z0-9])_(?=[A-Za-z0-9…])"#, String(line))
            complaints += holds("_~`<>|\\", without(#"^> "#, marked), "Rocket.Chat")
        }
        if text.range(of: "@[a-z]", options: .regularExpression) != nil { complaints.append("a mention") }
        return complaints
    }

    private static func matrix(_ bytes: [UInt8]) throws -> [String] {
        let payload = try PayloadInvariants.object(bytes)
        guard let html = payload["formatted_body"] as? String, let body = payload["body"] as? String, !body.isEmpty,
            (payload["m.mentions"] as? Object)?.isEmpty == true, payload["msgtype"] as? String == "m.text"
        else { return ["shape"] }
        var complaints = bytes.count > 60_000 ? ["\(bytes.count) bytes"] : []
        let tags = #"</?(h4|p|strong|blockquote)>|<br>|</a>|<a href="https://mix\.example\.jp/[^"<>]*">"#
        complaints += holds("<>", without(tags, html), "HTML")
        let entities = without("&(amp|lt|gt|quot);", html)
        if entities.contains("&") { complaints.append("torn entity") }
        return complaints
    }

    private static func lineWorks(_ bytes: [UInt8]) throws -> [String] {
        let payload = try PayloadInvariants.object(bytes)
        guard let title = payload["title"] as? String, let text = (payload["body"] as? Object)?["text"] as? String
        else {
            return ["shape"]
        }
        var complaints = length("title", title, 1...200, title.utf16.count)
        complaints += length("text", text, 1...2000, text.utf16.count)
        if let button = payload["button"] as? Object {
            let label = button["label"] as? String ?? ""
            complaints += length("button", label, 1...20, label.utf16.count)
            let url = button["url"] as? String ?? ""
            if !url.hasPrefix("https://mix.example.jp/") || url.count > 1000 { complaints.append("url \(url)") }
        }
        return complaints
    }

    private static func chatwork(_ bytes: [UInt8]) throws -> [String] {
        let body = try #require(try form(bytes)["body"])
        var complaints = length("body", body, 1...10_000, body.utf16.count)
        guard body.hasPrefix("[info][title]"), body.hasSuffix("[/info]") else { return ["shape"] }
        let rest = without(#"^\[info\]\[title\]|\[/title\]|\[/info\]$"#, body)
        complaints += holds("[]`", without(#"https://mix\.example\.jp/\S*"#, rest), "Chatwork")
        return complaints
    }
}
