/// What a reader can say to a suggestion where it was read.
package enum AnswerVerb: String, Sendable, CaseIterable {
    case interested, refused
    /// Asks a coordinator before answering.
    case asked
}

/// What a pressed button, or a chosen reason, says: the text that a platform carries to the reader and back.
///
/// Written `verb.match`, or with a reason `refused.reason.match`; at most 75 bytes, Slack's limit for the value of an
/// option. It proves nothing by itself: Slack signs the request that brings it back, and on Mattermost an
/// `AnswerToken` goes with it.
package struct AnswerPress: Hashable, Sendable {
    /// What is said.
    package let verb: AnswerVerb
    /// Why a match is refused: a word such as `too_early`.
    package let reason: String?
    /// The identifier of the match.
    package let match: String

    /// Takes every value; a reason goes only with `refused`.
    package init(_ verb: AnswerVerb, match: String, reason: String? = nil) {
        self.verb = verb
        self.match = match
        self.reason = verb == .refused ? reason : nil
    }

    /// Reads what `text` wrote; nothing for anything else.
    package init?(_ text: String) {
        guard text.utf8.count <= 75 else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard (2...3).contains(parts.count), let verb = AnswerVerb(rawValue: parts[0]), let match = parts.last,
            !match.isEmpty, parts.count == 2 || (verb == .refused && !parts[1].isEmpty)
        else { return nil }
        self.init(verb, match: match, reason: parts.count == 3 ? parts[1] : nil)
    }

    /// The value of a button or of an option.
    package var text: String { [verb.rawValue, reason, match].compactMap(\.self).joined(separator: ".") }

    /// Slack's `action_id` of the element: one of each verb in a message's block.
    package var actionID: String { "answer_" + verb.rawValue }

    /// Whether an `action_id` belongs to one of these elements.
    package static func isActionID(_ text: String) -> Bool {
        text.hasPrefix("answer_") && AnswerVerb(rawValue: String(text.dropFirst(7))) != nil
    }
}

/// What stands behind an action that can be answered in place: a button, or for a refusal a menu of reasons.
///
/// A platform with buttons of its own draws this; one without draws the action's link.
/// - Slack: a `button` with `action_id` = `press.actionID` and `value` = `press.text`; with reasons a `static_select`
///   with the same `action_id`, the action's label as placeholder, and an option for each reason, `value` its `value`.
/// - Mattermost: an attachment action with `integration.url` = `callback.url` and
///   `integration.context` = `{"token": callback.token, "press": press.text}`; with reasons of type `select`, whose
///   options carry the reason's `value`. Its `id` holds letters and digits only.
package struct AnswerControl: Hashable, Sendable {
    /// A reason to choose.
    package struct Reason: Hashable, Sendable {
        /// In the channel's language.
        package let label: String
        /// What comes back when it is chosen.
        package let value: String

        /// Takes both.
        package init(_ label: String, value: String) {
            self.label = label
            self.value = value
        }
    }

    /// Where Mattermost sends what was pressed.
    package struct Callback: Hashable, Sendable {
        /// An address of this service.
        package let url: NoticeLink
        /// An `AnswerToken` for buttons: the request carries no other proof.
        package let token: String

        /// Takes both.
        package init(url: NoticeLink, token: String) {
            self.url = url
            self.token = token
        }
    }

    /// What pressing it says.
    package let press: AnswerPress
    /// The reasons of which the reader takes one; empty for a plain button.
    package let reasons: [Reason]
    /// For Mattermost; nothing elsewhere.
    package let callback: Callback?

    /// Takes every value.
    package init(_ press: AnswerPress, reasons: [Reason] = [], callback: Callback? = nil) {
        self.press = press
        self.reasons = reasons
        self.callback = callback
    }
}
