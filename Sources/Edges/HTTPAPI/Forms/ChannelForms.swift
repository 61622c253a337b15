import Delivery
import Exchange
import Operations
import WebCommon

/// Channels on the wire. The address of a webhook is a secret and never shown whole.
enum ChannelForm {
    static func schema(_ fields: Schema) -> Schema {
        .named(
            "Channel",
            .object([
                .required("id", .id(Channel.self)), .required("name", .stored),
                .required("platform", .choice(Channel.Platform.self)),
                .required("address", .stored, "Shortened: the whole address is a secret."),
                .required("signed", .boolean, "Whether a signing key is kept."),
                .required(
                    "old_key_until", Schema.time.orNull,
                    "The signing key before the present one signs as well till then."),
                .required("credential", .boolean, "Whether a token or key besides the address is kept."),
                .required("language", .choice(Language.self)), .required("rules", rules(fields)),
                .required("state", .oneOf(["active", "muted", "stopped"])),
                .required("muted_until", Schema.time.orNull),
                .required("stop_reason", Schema.stored.orNull), .required("owner", Schema.id(Participant.self).orNull),
                .required("version", .version), .required("created_at", .time), .required("updated_at", .time),
            ]))
    }

    private static func rules(_ fields: Schema) -> Schema {
        .named(
            "ChannelRules",
            .object([
                .required("topics", .array(.choice(Channel.Topic.self))), .required("fields", .array(fields)),
                .required("regions", .array(.string(.region))), .required("languages", .array(.choice(Language.self))),
                .required("classes", .array(.choice(Match.Class.self))), .required("minimum_score", .number(0...1)),
                .required("anonymity", .choice(Channel.Anonymity.self)), .required("follow", .array(.string(.key))),
                .required("mute", .array(.string(.key))), .required("cadence", .string(.cadence)),
                .required("quiet_hours", quietHours.orNull), .required("backlog", .choice(Channel.Backlog.self)),
            ]))
    }

    private static let quietHours = Schema.named(
        "QuietHours",
        .object([
            .required("from", Schema.string(.clockTime).orNull, "On the exchange's clocks."),
            .required("until", Schema.string(.clockTime).orNull, "The next day if it is the earlier time."),
            .required("days", .array(.choice(Weekday.self), 0...6, .unique), "Quiet from midnight to midnight."),
        ]))

    /// The rules that a body names.
    static func ruleInput(_ fields: Schema) -> Schema {
        .object([
            .optional(
                "topics",
                .array(.oneOf(Channel.Topic.choices.map(\.rawValue)), 0...Channel.Topic.choices.count, .unique),
                "All that concern the channel when empty."),
            .optional("fields", .array(fields, 0...200, .unique)),
            .optional(
                "regions", .array(.string(.region), 0...200, .unique),
                "Where the organizations are; anonymous postings are in none."),
            .optional("languages", .array(.choice(Language.self), 0...4, .unique)),
            .optional("classes", .array(.choice(Match.Class.self), 0...4, .unique)),
            .optional("minimum_score", .number(0...1)), .optional("anonymity", .choice(Channel.Anonymity.self)),
            .optional(
                "follow", .array(.string(.key), 0...200, .unique),
                "Postings and organizations by identifier, fields by code: heard of whatever the other rules say."),
            .optional("mute", .array(.string(.key), 0...200, .unique), "The same, never heard of."),
            .optional("cadence", .string(.cadence), "Times are those of the exchange's clocks."),
            .optional("quiet_hours", quietHours.orNull),
            .optional(
                "backlog", .choice(Channel.Backlog.self),
                "Whether notices that pile up are said in one message; each for itself by generic webhooks."),
        ])
    }

    static func json(_ channel: Channel) -> WebCommon.JSONValue {
        var mutedUntil: Instant?
        var stopReason: String?
        switch channel.state {
        case .active: break
        case .muted(let until): mutedUntil = until
        case .stopped(let reason, _): stopReason = reason
        }
        return [
            "id": .string(channel.id.text), "name": .string(channel.name),
            "platform": .string(channel.platform.rawValue), "address": .string(channel.shownAddress),
            "signed": .bool(channel.sealedSigningKey != nil), "old_key_until": .time(channel.retiringKey?.until),
            "credential": .bool(channel.sealedCredential != nil), "language": .string(channel.language.rawValue),
            "rules": json(channel.rules),
            "state": .string(channel.state.word), "muted_until": .time(mutedUntil),
            "stop_reason": .optional(stopReason),
            "owner": .id(channel.owner), "version": .integer(channel.version), "created_at": .time(channel.createdAt),
            "updated_at": .time(channel.updatedAt),
        ]
    }

    private static func json(_ rules: Channel.Rules) -> WebCommon.JSONValue {
        [
            "topics": .list(rules.topics.map(\.rawValue)), "fields": .list(rules.fields.map(\.text)),
            "regions": .list(rules.regions.map(\.text)), "languages": .list(rules.languages.map(\.rawValue)),
            "classes": .list(rules.classes.map(\.rawValue)), "minimum_score": .number(rules.minimumScore),
            "anonymity": .string(rules.anonymity.rawValue), "follow": .list(rules.follow.map(\.text)),
            "mute": .list(rules.mute.map(\.text)), "cadence": .string(rules.cadence.text),
            "quiet_hours": rules.quietHours.map { hours in
                [
                    "from": .optional(hours.hours?.from.text), "until": .optional(hours.hours?.until.text),
                    "days": .list(Weekday.allCases.filter(hours.days.contains).map(\.rawValue)),
                ]
            } ?? .null,
            "backlog": .string(rules.backlog.rawValue),
        ]
    }

    /// Changes what the body names; refuses quiet hours that are none.
    static func apply(_ body: WebCommon.JSONValue, to rules: inout Channel.Rules) throws(Refusal) {
        if let topics = body.choices("topics", Channel.Topic.self) { rules.topics = topics }
        if let fields = body.texts("fields") { rules.fields = fields.map(FieldCode.init) }
        if let regions = body.texts("regions") { rules.regions = regions.map { RegionCode(stored: $0) } }
        if let languages = body.choices("languages", Language.self) { rules.languages = languages }
        if let classes = body.choices("classes", Match.Class.self) { rules.classes = classes }
        if let score = body["minimum_score"]?.double { rules.minimumScore = score }
        if let anonymity = body.choice("anonymity", Channel.Anonymity.self) { rules.anonymity = anonymity }
        if let follow = body.texts("follow") { rules.follow = follow.map { Channel.Subject($0) } }
        if let mute = body.texts("mute") { rules.mute = mute.map { Channel.Subject($0) } }
        if let cadence = body.text("cadence").flatMap({ Channel.Cadence($0) }) { rules.cadence = cadence }
        if let backlog = body.choice("backlog", Channel.Backlog.self) { rules.backlog = backlog }
        switch body["quiet_hours"] {
        case nil: break
        case .null?: rules.quietHours = nil
        case let hours?:
            let read = Channel.QuietHours(
                from: hours.text("from").flatMap { LocalTime($0) },
                until: hours.text("until").flatMap { LocalTime($0) },
                days: Set(hours.choices("days", Weekday.self) ?? []))
            guard let read else {
                throw .invalid(
                    "rules.quiet_hours", .outOfRange,
                    "Give two different times, or days of the week, but not all seven; null for no quiet hours.")
            }
            rules.quietHours = read
        }
    }
}

/// What would have come to a channel, on the wire.
enum PreviewForm {
    static let schema = Schema.named(
        "ChannelPreview",
        .object([
            .required("days", .integer(1...366)),
            .required("total", .integer(0...Int.max), "Notices that would have come."),
            .required("messages", .integer(0...Int.max), "In how many messages."),
            .required("considered", .integer(0...Int.max), "Notices there were for anybody."),
            .required(
                "notices",
                .array(
                    .object([
                        .required("topic", .choice(Channel.Topic.self)), .required("at", .time),
                        .required("sent_at", .time, "When these rules would have sent it."),
                        .required("subject", .stored), .required("title", .stored),
                    ]), 0...ChannelPreview.longest), "The newest of them, newest first."),
            .required("waiting", Schema.integer(0...Int.max).orNull, "Notices that wait for the channel's hour now."),
            .required("next_at", Schema.time.orNull, "When the next of them are sent."),
        ]))

    static func json(_ preview: ChannelPreview) -> WebCommon.JSONValue {
        let notices = preview.notices.map { notice -> WebCommon.JSONValue in
            [
                "topic": .string(notice.topic.rawValue), "at": .time(notice.at), "sent_at": .time(notice.sentAt),
                "subject": .string(notice.subject), "title": .string(notice.title),
            ]
        }
        return [
            "days": .integer(preview.days), "total": .integer(preview.total), "messages": .integer(preview.messages),
            "considered": .integer(preview.considered), "notices": .array(notices),
            "waiting": .optional(preview.waiting?.count), "next_at": .time(preview.waiting?.next),
        ]
    }
}
