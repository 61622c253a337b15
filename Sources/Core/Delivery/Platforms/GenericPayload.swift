/// The body of a signed generic webhook: Standard Webhooks' `{type, timestamp, data}`.
///
/// Programs read it, so texts are made inert but not marked up. Long texts are cut to keep the body below the 20 KB
/// that
/// the Standard Webhooks specification recommends.
package enum GenericPayload {
    /// The most bytes of a body.
    package static let total = 20_000

    private static let unit = TextUnit.utf8

    /// The JSON body for `content`: always valid, whatever its texts hold.
    package static func bytes(for content: NoticeContent) -> [UInt8] { message(for: content).bytes }

    /// The same with how many of the list items it shows.
    static func message(for content: NoticeContent) -> PlatformMessage {
        let content = content.inert
        return Clip.fitting(total) { share in
            let (document, shown) = document(for: content, share: share)
            let message = PlatformMessage(bytes: document.bytes, shownItems: shown)
            return (message, message.bytes.count)
        }
    }

    private static func document(for content: NoticeContent, share: Double) -> (JSONValue, Int) {
        func room(_ full: Int) -> Int { max(Int(Double(full) * share), 24) }
        func text(_ text: String, _ limit: Int) -> JSONValue { .string(Clip.text(text, within: limit, unit)) }
        var data: [JSONMember] = [
            JSONMember("reference", text(content.reference, 120)),
            JSONMember("source", text(content.source, 240)),
            JSONMember("language", .string(content.language.rawValue)),
            JSONMember("title", text(content.title, 600)),
        ]
        if let bridge = content.bridge { data.append(JSONMember("fields", fields(bridge))) }
        if let closeness = content.closeness { data.append(JSONMember("class", .string(closeness.rawValue))) }
        let body = content.sentences.filter { !$0.isEmpty }.joined(separator: "\n")
        if !body.isEmpty { data.append(JSONMember("text", text(body, room(6000)))) }
        if let reason = content.reason { data.append(JSONMember("reason", text(reason, room(2000)))) }
        if let request = content.request { data.append(JSONMember("request", text(request, room(1000)))) }
        let (list, shown) = items(content.items, room: room(8000))
        data += list
        if !content.actions.isEmpty {
            let actions: [JSONValue] = content.actions.map { action in
                ["label": text(action.label, 240), "url": .string(action.link.text)]
            }
            data.append(JSONMember("actions", .array(actions)))
        }
        if content.occasion == .possiblyRepeated { data.append(JSONMember("possibly_repeated", true)) }
        let document: JSONValue = [
            "type": .string(content.kind.rawValue),
            "timestamp": .string(Timestamp.text(milliseconds: content.happenedAt)),
            "data": .object(data),
        ]
        return (document, shown)
    }

    private static func items(_ items: [NoticeItem], room: Int) -> ([JSONMember], Int) {
        if items.isEmpty { return ([], 0) }
        var written: [JSONValue] = []
        var used = 0
        for item in items.prefix(NoticeContent.mostItems) {
            var members = [JSONMember("title", .string(Clip.text(item.title, within: 400, unit)))]
            if let bridge = item.bridge { members.append(JSONMember("fields", fields(bridge))) }
            if let detail = item.detail {
                members.append(JSONMember("detail", .string(Clip.text(detail, within: 600, unit))))
            }
            if let link = item.link { members.append(JSONMember("url", .string(link.text))) }
            let value = JSONValue.object(members)
            used += value.bytes.count + 1
            if used > room { break }
            written.append(value)
        }
        let left = items.count - written.count
        let members =
            [JSONMember("items", .array(written))]
            + (left > 0 ? [JSONMember("items_left_out", .integer(Int64(left)))] : [])
        return (members, written.count)
    }

    private static func fields(_ bridge: NoticeBridge) -> JSONValue {
        [
            "from": .string(Clip.text(bridge.from, within: 240, unit)),
            "to": .string(Clip.text(bridge.to, within: 240, unit)),
        ]
    }
}
