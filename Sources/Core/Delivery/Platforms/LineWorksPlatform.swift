/// LINE WORKS' incoming webhook: a title, a plain text and one button; further answers stand in the text as links.
///
/// Its page of limits could not be read here; these are safe values.
enum LineWorksPlatform: PlatformForm {
    /// The most characters of the text.
    static let total = 2000
    /// The most characters of the title.
    static let title = 200
    /// The most characters on the button.
    static let button = 20

    /// Sixty a minute.
    static var rate: SendingRate { SendingRate(everyMilliseconds: 1000, burst: 1) }

    static func message(for content: NoticeContent) -> PlatformMessage {
        let content = content.inert
        let words = NoticeWords(content.language)
        var rest = content.actions
        let first = rest.isEmpty ? nil : rest.removeFirst()
        let (text, shown) = Markup.text(for: content.with(actions: rest), within: total, leavingOut: [.headline])
        var members = [
            JSONMember("title", .string(Markup.headlineText(of: content, words, within: title))),
            JSONMember("body", ["text": .string(text)]),
        ]
        if let first {
            let label = Clip.text(first.label, within: button, Markup.unit)
            members.append(
                JSONMember(
                    "button", ["label": .string(label.isEmpty ? "…" : label), "url": .string(first.link.text)]))
        }
        return PlatformMessage(bytes: JSONValue.object(members).bytes, shownItems: shown)
    }

    /// Plain text; only what looks like a call to somebody is broken up.
    enum Markup: TextMarkup {
        static let unit = TextUnit.utf16
        private static let marks = BrokenMarks(instead: ["@": "@\u{200b}"], lineStarts: [])
        static func pieces(of text: Substring) -> [String] { marks.pieces(of: text) }
        static func headline(_ text: String) -> String { text }
        static func strong(_ text: String) -> String { text.isEmpty ? "" : "【\(text)】" }
        static func strongLink(_ text: String) -> String { text }
        static func link(_ label: String, to link: NoticeLink) -> String { "\(label)\n\(link.text)" }
        static let linkSeparator = "\n"
    }

    /// Errors come as `{"code", "description"}`, some with status 200.
    static func verdict(on answer: WireAnswer) -> Verdict? {
        guard let code = JSONReading.value(of: answer.body)?["code"]?.text else { return nil }
        switch code {
        case "TOO_MANY_REQUESTS", "RATE_LIMIT_EXCEEDED":
            return AnswerMeaning(.slower, "LINE WORKS asked to slow down.").verdict("line_works", code)
        case "UNAUTHORIZED", "FORBIDDEN", "NOT_FOUND":
            return AnswerMeaning(.stop, "LINE WORKS does not accept this webhook any more; make a new one.").verdict(
                "line_works", code)
        case "INVALID_PARAMETER", "BAD_REQUEST":
            return AnswerMeaning(.dead, "LINE WORKS found this message invalid.").verdict("line_works", code)
        case "SERVICE_UNAVAILABLE", "INTERNAL_SERVER_ERROR":
            return AnswerMeaning(.retry, "LINE WORKS is not available.").verdict("line_works", code)
        default:
            return nil
        }
    }
}
