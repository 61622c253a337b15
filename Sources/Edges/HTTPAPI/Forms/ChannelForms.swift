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
                .required("languages", .array(.choice(Language.self))),
                .required("classes", .array(.choice(Match.Class.self))), .required("minimum_score", .number(0...1)),
            ]))
    }

    /// The rules that a body names.
    static func ruleInput(_ fields: Schema) -> Schema {
        .object([
            .optional(
                "topics", .array(.choice(Channel.Topic.self), 0...Channel.Topic.allCases.count, .unique),
                "All that concern the channel when empty."),
            .optional("fields", .array(fields, 0...200, .unique)),
            .optional("languages", .array(.choice(Language.self), 0...4, .unique)),
            .optional("classes", .array(.choice(Match.Class.self), 0...4, .unique)),
            .optional("minimum_score", .number(0...1)),
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
            "signed": .bool(channel.sealedSigningKey != nil), "language": .string(channel.language.rawValue),
            "rules": [
                "topics": .list(channel.rules.topics.map(\.rawValue)),
                "fields": .list(channel.rules.fields.map(\.text)),
                "languages": .list(channel.rules.languages.map(\.rawValue)),
                "classes": .list(channel.rules.classes.map(\.rawValue)),
                "minimum_score": .number(channel.rules.minimumScore),
            ],
            "state": .string(channel.state.word), "muted_until": .time(mutedUntil),
            "stop_reason": .optional(stopReason),
            "owner": .id(channel.owner), "version": .integer(channel.version), "created_at": .time(channel.createdAt),
            "updated_at": .time(channel.updatedAt),
        ]
    }

    /// Changes what the body names.
    static func apply(_ body: WebCommon.JSONValue, to rules: inout Channel.Rules) {
        if let topics = body.choices("topics", Channel.Topic.self) { rules.topics = topics }
        if let fields = body.texts("fields") { rules.fields = fields.map(FieldCode.init) }
        if let languages = body.choices("languages", Language.self) { rules.languages = languages }
        if let classes = body.choices("classes", Match.Class.self) { rules.classes = classes }
        if let score = body["minimum_score"]?.double { rules.minimumScore = score }
    }
}
