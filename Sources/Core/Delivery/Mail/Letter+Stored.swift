/// A letter as the text that the outbox keeps: JSON, from which the mail is made anew, and equal, at every try.
extension Letter {
    /// The text to keep.
    package var stored: [UInt8] {
        let document: JSONValue = [
            "kind": .string(kind.rawValue), "language": .string(language.rawValue), "subject": .string(subject),
            "paragraphs": .array(paragraphs.map { .string($0) }), "items": .array(items.map(Self.value)),
            "actions": .array(
                actions.map {
                    [
                        "label": .string($0.label), "link": .string($0.link.text),
                        "primary": .bool($0.weight == .primary),
                    ]
                }), "remarks": .array(remarks.map { .string($0) }), "source": .string(source),
            "reference": .string(reference),
        ]
        return document.bytes
    }

    /// Reads what `stored` wrote; nil for anything else.
    package init?(stored bytes: [UInt8]) {
        guard let document = JSONReading.value(of: bytes),
            let kind = document["kind"]?.text.flatMap(LetterKind.init(rawValue:)),
            let language = document["language"]?.text.flatMap(NoticeLanguage.init(rawValue:)),
            let subject = document["subject"]?.text, let source = document["source"]?.text,
            let reference = document["reference"]?.text
        else { return nil }
        self.init(
            kind, language: language, subject: subject, paragraphs: Self.texts(document["paragraphs"]),
            items: Self.values(document["items"]).compactMap(Self.item),
            actions: Self.values(document["actions"]).compactMap(Self.action),
            remarks: Self.texts(document["remarks"]), source: source, reference: reference)
    }

    private static func value(_ item: NoticeItem) -> JSONValue {
        var members = [JSONMember("title", .string(item.title))]
        if let detail = item.detail { members.append(JSONMember("detail", .string(detail))) }
        if let bridge = item.bridge {
            members.append(JSONMember("from", .string(bridge.from)))
            members.append(JSONMember("to", .string(bridge.to)))
        }
        if let link = item.link { members.append(JSONMember("link", .string(link.text))) }
        return .object(members)
    }

    private static func values(_ value: JSONValue?) -> [JSONValue] {
        if case .array(let values) = value { return values }
        return []
    }

    private static func texts(_ value: JSONValue?) -> [String] { values(value).compactMap(\.text) }

    private static func link(_ value: JSONValue?) -> NoticeLink? { value?.text.flatMap { try? NoticeLink($0) } }

    private static func item(_ value: JSONValue) -> NoticeItem? {
        guard let title = value["title"]?.text else { return nil }
        var bridge: NoticeBridge?
        if let from = value["from"]?.text, let to = value["to"]?.text { bridge = NoticeBridge(from: from, to: to) }
        return NoticeItem(title, detail: value["detail"]?.text, bridge: bridge, link: link(value["link"]))
    }

    private static func action(_ value: JSONValue) -> NoticeAction? {
        guard let label = value["label"]?.text, let link = link(value["link"]) else { return nil }
        return NoticeAction(label, link, value["primary"] == .bool(true) ? .primary : .plain)
    }
}
