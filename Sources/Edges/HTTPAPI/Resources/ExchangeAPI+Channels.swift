import Exchange
import HTTPTypes
import Operations
import WebCommon

extension ExchangeAPI {
    private var channelForm: Schema { ChannelForm.schema(fieldCode) }

    var channelRoutes: [Route] {
        let path = "/api/v1/channels"
        let change: [Property] = [
            .optional("name", .name(TextLimits.name)),
            .optional(
                "address", Self.address, "The new webhook."),
            .optional("credential", Self.credential, "The new token or key that the platform needs besides."),
            .optional("language", .choice(Language.self)), .optional("rules", ChannelForm.ruleInput(fieldCode)),
        ]
        return [
            .get(
                path, "listChannels", Tag.channels, "Channels by name", needs: .read,
                gives: .ok(.object([.required("items", .array(channelForm))]), "The channels.")
            ) { request in
                let found = try await office.channels(by: request.actor())
                return .ok(["items": .array(found.map(ChannelForm.json))])
            }.noting("All of them for coordinators, their own for others."),
            addingChannel,
            .get(
                path + "/{channel}", "getChannel", Tag.channels, "One channel", needs: .read,
                gives: .ok(channelForm, "It.")
            ) {
                let found = try await office.channel($0.id("channel"), by: $0.actor())
                return .ok(ChannelForm.json(found), version: found.version)
            }.taking(.id("channel", Channel.self)).tagged(),
            .patch(
                path + "/{channel}", "changeChannel", Tag.channels, "Changes name, address, language or rules",
                needs: .take, gives: .ok(channelForm, "As it is now.")
            ) { request in
                let body = request.body
                let changed = try await office.reviseChannel(
                    request.id("channel"), address: body.text("address"), credential: body.text("credential"),
                    expecting: request.expectedVersion(),
                    { channel in
                        body.change("name", &channel.name)
                        body.change("language", &channel.language)
                        if let rules = body["rules"] { try ChannelForm.apply(rules, to: &channel.rules) }
                    }, by: request.actor())
                return .ok(ChannelForm.json(changed), version: changed.version)
            }.taking(.id("channel", Channel.self)).checksVersion().refusing(.conflict).body(
                .object(change, minimum: 1)),
            .delete(
                path + "/{channel}", "removeChannel", Tag.channels, "Removes a channel with its notices", needs: .take,
                gives: .nothing("Removed.")
            ) { request in
                try await office.removeChannel(request.id("channel"), by: request.actor())
                return .nothing
            }.taking(.id("channel", Channel.self)),
        ]
    }

    private static var address: Schema {
        Schema.string(.channelAddress, length: 3...2000).about(
            "The webhook, whose address is a secret; for the platform mail a mail address.",
            example: "https://hooks.example.jp/services/secret")
    }

    private static var credential: Schema {
        Schema.string(.filledLine, length: 1...2048).about("A secret: it is kept encrypted and never shown.")
    }

    private var addingChannel: Route {
        let added = Schema.object([
            .required("channel", channelForm),
            .required("signing_key", Schema.stored.orNull, "Of a generic webhook; shown this once."),
            .required("hints", .array(.stored), "What looks odd about the address."),
        ])
        return .post(
            "/api/v1/channels", "addChannel", Tag.channels, "Adds a channel", needs: .take,
            gives: .created(added, "Added.")
        ) { request in
            let body = request.body
            let platform = body.choice("platform", Channel.Platform.self) ?? .generic
            var rules = Channel.Rules(backlog: platform.usualBacklog)
            try ChannelForm.apply(body["rules"] ?? .null, to: &rules)
            let draft = ChannelDraft(
                name: body.text("name") ?? "", platform: platform, address: body.text("address") ?? "",
                signingKey: body.text("signing_key"), credential: body.text("credential"),
                language: body.choice("language") ?? .ja, rules: rules, owner: try body.id("owner"))
            let made = try await office.addChannel(draft, by: request.actor())
            let json: JSONValue = [
                "channel": ChannelForm.json(made.channel), "signing_key": .optional(made.signingKey),
                "hints": .list(made.hints),
            ]
            return .created(json, at: "/api/v1/channels/\(made.channel.id)", version: made.channel.version)
        }.noting(
            "Members name themselves as the owner. Private networks are refused unless the operator allows them."
        )
        .refusing(.conflict, .notFound).body(
            .named(
                "ChannelInput",
                .object([
                    .required("name", .name(TextLimits.name, example: "alerts")),
                    .required("platform", .choice(Channel.Platform.self)),
                    .required("address", Self.address),
                    .optional(
                        "signing_key", Schema.text(1...200).orNull,
                        "whsec_... of a generic webhook; made when not given."),
                    .optional(
                        "credential", Self.credential.orNull,
                        "What zulip (EMAIL:KEY of a bot), matrix (an access token) and chatwork (an API token) need."),
                    .required("language", .choice(Language.self)),
                    .optional("rules", ChannelForm.ruleInput(fieldCode)),
                    .optional("owner", Schema.id(Participant.self).orNull, "Null for a channel of the whole exchange."),
                ])))
    }

    /// Muting, resuming and testing.
    var channelStateRoutes: [Route] {
        let path = "/api/v1/channels/{channel}"
        return [
            .post(
                path + "/mute", "muteChannel", Tag.channels, "Keeps notices back until the time", needs: .take,
                gives: .ok(channelForm, "As it is now.")
            ) {
                let changed = try await office.muteChannel(
                    $0.id("channel"), until: $0.body.time("until") ?? office.ambient.now(), by: $0.actor())
                return .ok(ChannelForm.json(changed), version: changed.version)
            }.taking(.id("channel", Channel.self)).refusing(.conflict).body(.object([.required("until", .time)])),
            .post(
                path + "/resumption", "resumeChannel", Tag.channels, "Opens it again and sends what was kept",
                needs: .take,
                gives: .ok(channelForm, "As it is now.")
            ) {
                let changed = try await office.resumeChannel($0.id("channel"), by: $0.actor())
                return .ok(ChannelForm.json(changed), version: changed.version)
            }.taking(.id("channel", Channel.self)).refusing(.conflict),
            .post(
                path + "/test", "testChannel", Tag.channels, "Sends a test message", needs: .take,
                gives: .created(
                    DeliveryForm.schema, "It waits behind what waits there; its delivery tells how it went.")
            ) {
                let delivery = try await office.testChannel($0.id("channel"), by: $0.actor())
                return .created(DeliveryForm.json(delivery, .ja), at: "/api/v1/deliveries/\(delivery.id)")
            }.taking(.id("channel", Channel.self)).refusing(.conflict),
        ]
    }
}
