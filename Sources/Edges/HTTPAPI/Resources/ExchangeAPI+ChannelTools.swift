import Exchange
import Operations
import WebCommon

extension ExchangeAPI {
    /// Exchanging the signing key, and trying rules.
    var channelToolRoutes: [Route] {
        let path = "/api/v1/channels"
        let channel = ChannelForm.schema(fieldCode)
        let rotated = Schema.object([
            .required("channel", channel), .required("signing_key", .stored, "Shown this once."),
        ])
        return [
            .post(
                path + "/{channel}/signing-key", "rotateSigningKey", Tag.channels,
                "Gives a generic webhook a new signing key", needs: .take, gives: .created(rotated, "The new key.")
            ) { request in
                let body = request.body
                let made = try await office.rotateSigningKey(
                    of: request.id("channel"), to: body.text("signing_key"),
                    overlapDays: body["overlap_days"]?.integer ?? 1, expecting: request.expectedVersion(),
                    by: request.actor())
                let json: JSONValue = [
                    "channel": ChannelForm.json(made.channel), "signing_key": .string(made.signingKey),
                ]
                return .created(json, at: "/api/v1/channels/\(made.channel.id)", version: made.channel.version)
            }.noting("Until the overlap is over, the old key signs as well, so that the receiver can change over.")
                .taking(.id("channel", Channel.self)).checksVersion().refusing(.conflict).body(
                    .object([
                        .optional("signing_key", Schema.text(1...200).orNull, "whsec_...; made when not given."),
                        .optional("overlap_days", .integer(0...30), "1 when not given; 0 ends the old key at once."),
                    ])),
            .get(
                path + "/{channel}/preview", "previewChannel", Tag.channels,
                "What its rules would have let through in the last days", needs: .read,
                gives: .ok(PreviewForm.schema, "Computed by the rules that route notices.")
            ) { request in
                .ok(
                    PreviewForm.json(
                        try await office.previewChannel(
                            request.id("channel"), days: request.filters["days"]?.integer ?? 30, by: request.actor())))
            }.taking(.id("channel", Channel.self), .query("days", .integer(1...366), "30 when not given.")),
            .post(
                path + "/preview", "previewRules", Tag.channels,
                "What rules would let through, before they are written", needs: .take,
                gives: .ok(PreviewForm.schema, "Computed by the rules that route notices.")
            ) { request in
                let body = request.body
                let days = body["days"]?.integer ?? 30
                if let id = try body.id("channel", Channel.self) {
                    var rules = try await office.channel(id, by: request.actor()).rules
                    try ChannelForm.apply(body["rules"] ?? .null, to: &rules)
                    return .ok(
                        PreviewForm.json(
                            try await office.previewChannel(id, trying: rules, days: days, by: request.actor())))
                }
                var rules = Channel.Rules()
                try ChannelForm.apply(body["rules"] ?? .null, to: &rules)
                return .ok(
                    PreviewForm.json(
                        try await office.previewChannel(
                            owner: try body.id("owner"), language: body.choice("language") ?? .ja, rules: rules,
                            days: days, by: request.actor())))
            }.noting("Rules that are not named are those of the channel, or those of a new one.")
                .refusing(.notFound).body(
                    .object([
                        .optional("channel", Schema.id(Channel.self).orNull, "Try the rules on this channel."),
                        .optional("rules", ChannelForm.ruleInput(fieldCode)),
                        .optional("owner", Schema.id(Participant.self).orNull, "For a person's own channel."),
                        .optional("language", .choice(Language.self)), .optional("days", .integer(1...366)),
                    ])),
        ]
    }
}
