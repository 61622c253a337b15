extension AnswerControl {
    /// The most characters of a label or an option on Slack.
    private static let label = 75

    /// Slack's element: a button, or with reasons a menu.
    func slack(labelled label: String) -> JSONValue {
        let shown = Self.plain(label)
        guard !reasons.isEmpty else {
            var members = [
                JSONMember("type", "button"), JSONMember("text", shown),
                JSONMember("action_id", .string(press.actionID)), JSONMember("value", .string(press.text)),
            ]
            if press.verb == .interested { members.append(JSONMember("style", "primary")) }
            return .object(members)
        }
        let options = reasons.map { reason -> JSONValue in
            ["text": Self.plain(reason.label), "value": .string(reason.value)]
        }
        return [
            "type": "static_select", "placeholder": shown, "action_id": .string(press.actionID),
            "options": .array(options),
        ]
    }

    private static func plain(_ text: String) -> JSONValue {
        [
            "type": "plain_text", "text": .string(Clip.text(InertText.line(text), within: label, .utf16)),
            "emoji": false,
        ]
    }

    /// Mattermost's action of an attachment: a button, or with reasons a menu; nothing without a callback.
    func mattermost(labelled label: String) -> JSONValue? {
        guard let callback else { return nil }
        let members = [
            JSONMember("id", .string("answer" + press.verb.rawValue)),
            JSONMember("name", .string(InertText.line(label))),
            JSONMember(
                "integration",
                [
                    "url": .string(callback.url.text),
                    "context": ["token": .string(callback.token), "press": .string(press.text)],
                ]),
        ]
        guard !reasons.isEmpty else { return .object(members + [JSONMember("type", "button")]) }
        let options = reasons.map { reason -> JSONValue in
            ["text": .string(InertText.line(reason.label)), "value": .string(reason.value)]
        }
        return .object(members + [JSONMember("type", "select"), JSONMember("options", .array(options))])
    }

    /// Mattermost's message with this text: below it the buttons of those actions that can be answered in place.
    static func mattermostMessage(_ text: String, _ actions: [NoticeAction]) -> JSONValue {
        let drawn = actions.compactMap { action in action.control?.mattermost(labelled: action.label) }
        guard !drawn.isEmpty else { return ["text": .string(text)] }
        return [
            "text": .string(text), "attachments": [["fallback": "", "actions": .array(drawn)]],
        ]
    }
}
