extension NoticeContent {
    /// The notice as a document, for notices that wait for their hour. Buttons are kept as the links that they stand
    /// for: who answers late does so on the page.
    package var json: JSONValue {
        func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
        return [
            "kind": .string(kind.rawValue), "language": .string(language.rawValue), "title": .string(title),
            "brief": text(brief), "sentences": .array(sentences.map { .string($0) }), "reason": text(reason),
            "bridge": bridge?.json ?? .null, "closeness": text(closeness?.rawValue), "request": text(request),
            "items": .array(items.map(\.json)),
            "actions": .array(
                actions.map { action in
                    [
                        "label": .string(action.label), "link": .string(action.link.text),
                        "primary": .bool(action.weight == .primary),
                    ]
                }),
            "reference": .string(reference), "source": .string(source), "happened_at": .integer(happenedAt),
        ]
    }

    /// Reads what `json` wrote; nothing if it is anything else.
    package init?(json bytes: [UInt8]) {
        guard let document = JSONReading.value(of: bytes),
            let kind = document["kind"]?.text.flatMap(NoticeKind.init(rawValue:)),
            let language = document["language"]?.text.flatMap(NoticeLanguage.init(rawValue:)),
            let title = document["title"]?.text, let reference = document["reference"]?.text,
            let source = document["source"]?.text,
            let happenedAt = document["happened_at"]?.number.flatMap({ Int64(exactly: $0) })
        else { return nil }
        self.init(
            kind: kind, language: language, title: title, brief: document["brief"]?.text,
            sentences: document["sentences"]?.elements.compactMap(\.text) ?? [], reason: document["reason"]?.text,
            bridge: document["bridge"].flatMap(NoticeBridge.init(json:)),
            closeness: document["closeness"]?.text.flatMap(NoticeCloseness.init(rawValue:)),
            request: document["request"]?.text,
            items: document["items"]?.elements.compactMap(NoticeItem.init(json:)) ?? [],
            actions: document["actions"]?.elements.compactMap(NoticeAction.init(json:)) ?? [], reference: reference,
            source: source, happenedAt: happenedAt)
    }
}

extension NoticeBridge {
    fileprivate var json: JSONValue { ["from": .string(from), "to": .string(to)] }

    fileprivate init?(json: JSONValue) {
        guard let from = json["from"]?.text, let to = json["to"]?.text else { return nil }
        self.init(from: from, to: to)
    }
}

extension NoticeItem {
    fileprivate var json: JSONValue {
        [
            "title": .string(title), "detail": detail.map { .string($0) } ?? .null, "bridge": bridge?.json ?? .null,
            "link": link.map { .string($0.text) } ?? .null,
        ]
    }

    fileprivate init?(json: JSONValue) {
        guard let title = json["title"]?.text else { return nil }
        self.init(
            title, detail: json["detail"]?.text, bridge: json["bridge"].flatMap(NoticeBridge.init(json:)),
            link: json["link"]?.text.flatMap { try? NoticeLink($0) })
    }
}

extension NoticeAction {
    fileprivate init?(json: JSONValue) {
        guard let label = json["label"]?.text, let link = json["link"]?.text.flatMap({ try? NoticeLink($0) }) else {
            return nil
        }
        let isPrimary = if case .bool(true) = json["primary"] { true } else { false }
        self.init(label, link, isPrimary ? .primary : .plain)
    }
}

extension JSONValue {
    /// The values of a list; none when this is no list.
    fileprivate var elements: [JSONValue] {
        guard case .array(let values) = self else { return [] }
        return values
    }
}

extension DeliveryPlatform {
    /// How many of the notice's list items a message of this platform shows; further ones are only counted.
    package func itemsShown(of content: NoticeContent) -> Int { form.message(for: content).shownItems }
}
