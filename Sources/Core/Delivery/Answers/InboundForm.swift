extension JSONValue {
    /// The document in `bytes`; nothing when it is broken, cut or nested deeper than 32.
    package init?(parsing bytes: [UInt8]) {
        guard let value = JSONReading.value(of: bytes) else { return nil }
        self = value
    }
}

/// The fields of a form as browsers and chat platforms send it (`application/x-www-form-urlencoded`). Of a name that
/// comes twice the first counts.
package struct FormFields: Sendable, Equatable {
    private var values: [String: String] = [:]

    /// Reads the bytes; nothing for a broken escape, text that is not UTF-8, or more than 200 fields.
    package init?(_ bytes: [UInt8]) {
        let parts = bytes.split(separator: UInt8(ascii: "&"))
        guard parts.count <= 200 else { return nil }
        for part in parts {
            let pair = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(pair[0]), let value = Self.decoded(pair.count > 1 ? pair[1] : []) else {
                return nil
            }
            if values[name] == nil { values[name] = value }
        }
    }

    /// The value of a field.
    package subscript(_ name: String) -> String? { values[name] }

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
        var plain: [UInt8] = []
        var rest = bytes.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "+"): plain.append(0x20)
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit) else { return nil }
                plain.append(high << 4 | low)
            default: plain.append(byte)
            }
        }
        return String(validating: plain, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}

/// What a request of a chat platform says, in one form for all platforms.
package struct InboundContent: Sendable, Equatable {
    /// What is asked.
    package enum Ask: Sendable, Equatable {
        /// The text behind a slash command or a trigger word.
        case words(String)
        case press(AnswerPress)
    }

    package let ask: Ask
    /// The team that the request comes from, if the platform says so.
    package let team: String?
    /// The team that the user belongs to; on Slack another one in shared channels.
    package let userTeam: String?
    package let user: String
    /// The name that the platform shows for the user.
    package let label: String
    /// Where the answer goes: an address that is itself a secret for half an hour.
    package let answerURL: String?
    /// What the platform gives to one request only.
    package let unique: String?
    /// A Mattermost request's proof.
    package let token: String?

    /// Takes every value.
    package init(
        ask: Ask, team: String?, userTeam: String?, user: String, label: String, answerURL: String?, unique: String?,
        token: String?
    ) {
        self.ask = ask
        self.team = team
        self.userTeam = userTeam
        self.user = user
        self.label = label
        self.answerURL = answerURL
        self.unique = unique
        self.token = token
    }
}

/// What a platform's request turned out to be.
package enum InboundReading: Sendable, Equatable {
    case content(InboundContent, isPost: Bool)
    /// Nothing for us, such as the press of a button that only opens a link: to be acknowledged and forgotten.
    case nothing
    /// Not of the platform's form.
    case malformed
}

extension InboundReading {
    /// A slash command or `block_actions` of Slack.
    package static func slack(_ body: [UInt8]) -> InboundReading {
        guard let form = FormFields(body) else { return .malformed }
        if let payload = form["payload"] { return slackPayload(Array(payload.utf8)) }
        if form["ssl_check"] == "1" { return .nothing }
        guard form["command"] != nil, let user = form["user_id"], let team = form["team_id"] else { return .malformed }
        return .content(
            InboundContent(
                ask: .words(plain(form["text"] ?? "")), team: team, userTeam: nil, user: user,
                label: form["user_name"] ?? user, answerURL: form["response_url"], unique: form["trigger_id"],
                token: nil), isPost: false)
    }

    private static func slackPayload(_ bytes: [UInt8]) -> InboundReading {
        guard let payload = JSONValue(parsing: bytes), let type = payload["type"]?.text else { return .malformed }
        guard type == "block_actions", case .array(let actions)? = payload["actions"] else { return .nothing }
        let ours = actions.first { AnswerPress.isActionID($0["action_id"]?.text ?? "") }
        guard let ours else { return .nothing }
        let value = ours["selected_option"]?["value"]?.text ?? ours["value"]?.text
        guard let press = value.flatMap({ AnswerPress($0) }), let user = payload["user"], let id = user["id"]?.text
        else { return .malformed }
        return .content(
            InboundContent(
                ask: .press(press), team: payload["team"]?["id"]?.text, userTeam: user["team_id"]?.text, user: id,
                label: user["username"]?.text ?? user["name"]?.text ?? id,
                answerURL: payload["response_url"]?.text, unique: payload["trigger_id"]?.text, token: nil),
            isPost: false)
    }

    /// Slack writes `&`, `<` and `>` of a command as entities, and nothing else.
    private static func plain(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    }

    /// A slash command or an outgoing webhook of Mattermost, as a form or as JSON.
    package static func mattermost(_ body: [UInt8], isJSON: Bool) -> InboundReading {
        let field: (String) -> String?
        if isJSON {
            guard let document = JSONValue(parsing: body), case .object = document else { return .malformed }
            field = { document[$0]?.text }
        } else {
            guard let form = FormFields(body) else { return .malformed }
            field = { form[$0] }
        }
        guard let user = field("user_id"), let text = field("text") else { return .malformed }
        let isPost = field("command") == nil
        var words = text
        if isPost {
            guard let trigger = field("trigger_word"), text.hasPrefix(trigger) else { return .malformed }
            words = String(text.dropFirst(trigger.count))
        }
        let unique = isPost ? field("post_id") : field("trigger_id")
        return .content(
            InboundContent(
                ask: .words(words), team: field("team_id"), userTeam: nil, user: user,
                label: field("user_name") ?? user, answerURL: isPost ? nil : field("response_url"), unique: unique,
                token: field("token")), isPost: isPost)
    }

    /// A pressed button or a choice of Mattermost.
    package static func mattermostPress(_ body: [UInt8]) -> InboundReading {
        guard let document = JSONValue(parsing: body), let user = document["user_id"]?.text,
            let context = document["context"], let token = context["token"]?.text
        else { return .malformed }
        let value = context["selected_option"]?.text ?? context["press"]?.text
        guard let press = value.flatMap({ AnswerPress($0) }) else { return .malformed }
        return .content(
            InboundContent(
                ask: .press(press), team: document["team_id"]?.text, userTeam: nil, user: user,
                label: document["user_name"]?.text ?? user, answerURL: nil, unique: document["trigger_id"]?.text,
                token: token), isPost: false)
    }
}

extension InboundContent {
    /// The content as the store keeps it, before it is encrypted.
    package var text: String {
        var members = [JSONMember("user", .string(user)), JSONMember("label", .string(label))]
        switch ask {
        case .words(let words): members.append(JSONMember("words", .string(words)))
        case .press(let press): members.append(JSONMember("press", .string(press.text)))
        }
        let optional: [(String, String?)] = [
            ("team", team), ("user_team", userTeam), ("answer_url", answerURL), ("token", token),
        ]
        for (name, value) in optional {
            if let value { members.append(JSONMember(name, .string(value))) }
        }
        return String(decoding: JSONValue.object(members).bytes, as: UTF8.self)
    }

    /// Reads what `text` wrote.
    package init?(stored text: String) {
        guard let document = JSONValue(parsing: Array(text.utf8)), let user = document["user"]?.text else { return nil }
        let press = document["press"]?.text.flatMap { AnswerPress($0) }
        guard let ask = press.map(Ask.press) ?? document["words"]?.text.map(Ask.words) else { return nil }
        self.init(
            ask: ask, team: document["team"]?.text, userTeam: document["user_team"]?.text, user: user,
            label: document["label"]?.text ?? user, answerURL: document["answer_url"]?.text, unique: nil,
            token: document["token"]?.text)
    }
}
