/// What a person is answered in a chat: only they see it.
package struct ChatReply: Sendable, Equatable {
    /// The most items shown.
    package static let mostItems = 8
    /// The most scalars of one paragraph; what is longer is cut.
    static let paragraph = 2000

    /// One thing with what can be answered to it.
    package struct Item: Sendable, Equatable {
        package let title: String
        package let lines: [String]
        package let controls: [(label: String, control: AnswerControl)]

        /// Takes every value; the controls carry their labels.
        package init(_ title: String, lines: [String] = [], controls: [(label: String, control: AnswerControl)] = []) {
            self.title = title
            self.lines = lines
            self.controls = controls
        }

        package static func == (left: Item, right: Item) -> Bool {
            left.title == right.title && left.lines == right.lines
                && left.controls.map(\.label) == right.controls.map(\.label)
                && left.controls.map(\.control) == right.controls.map(\.control)
        }
    }

    package let paragraphs: [String]
    package let items: [Item]

    /// Takes paragraphs and items, which follow them.
    package init(_ paragraphs: [String], items: [Item] = []) {
        self.paragraphs = paragraphs
        self.items = items
    }

    /// One paragraph.
    package init(_ text: String) { self.init([text]) }

    /// The paragraphs as one plain text.
    package var text: String { paragraphs.joined(separator: "\n") }
}

extension ChatReply {
    /// The body for Slack's `response_url`: everything stands in `plain_text`, so nothing in it can be markup.
    package var slack: JSONValue {
        var blocks: [JSONValue] = paragraphs.filter { !$0.isEmpty }.prefix(10).map { Self.section(inert($0)) }
        for (place, item) in items.prefix(Self.mostItems).enumerated() {
            let body = ([inert(item.title)] + item.lines.map(inert)).filter { !$0.isEmpty }.joined(separator: "\n")
            blocks.append(Self.section(Clip.text(body, within: Self.paragraph, .utf16)))
            guard !item.controls.isEmpty else { continue }
            let elements = item.controls.map { $0.control.slack(labelled: $0.label) }
            blocks.append([
                "type": "actions", "block_id": .string("answers_\(place + 1)"), "elements": .array(elements),
            ])
        }
        return [
            "response_type": "ephemeral", "replace_original": false,
            "text": .string(Self.escaped(inert(paragraphs.first ?? ""))), "blocks": .array(blocks),
        ]
    }

    private static func plain(_ text: String) -> JSONValue {
        ["type": "plain_text", "text": .string(text), "emoji": false]
    }

    private static func section(_ text: String) -> JSONValue { ["type": "section", "text": plain(text)] }

    /// The `text` beside blocks is mrkdwn to Slack.
    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    private func inert(_ text: String) -> String {
        Clip.text(InertText.paragraphs(text), within: Self.paragraph, .utf16)
    }

    /// The body for Mattermost's `response_url`, and for the answer to a command itself.
    package var mattermost: JSONValue {
        let attachments = items.prefix(Self.mostItems).map { item -> JSONValue in
            let actions = item.controls.compactMap { $0.control.mattermost(labelled: $0.label) }
            return [
                "fallback": .string(marked(item.title)), "title": .string(marked(item.title)),
                "text": .string(item.lines.map(marked).joined(separator: "\n\n")), "actions": .array(actions),
            ]
        }
        return [
            "response_type": "ephemeral", "text": .string(paragraphs.map(marked).joined(separator: "\n\n")),
            "attachments": .array(attachments),
        ]
    }

    /// Everything as one Markdown text, for answers that take nothing else.
    package var spoken: String {
        (paragraphs + items.flatMap { [$0.title] + $0.lines }).map(marked).joined(separator: "\n\n")
    }

    private func marked(_ text: String) -> String {
        Clip.joining(
            MattermostMarkdown.pieces(of: InertText.paragraphs(text).prefix(Self.paragraph)), within: Self.paragraph,
            .scalars)
    }
}
