import Exchange
import HTTPTypes
import Operations
import WebCommon

extension ExchangeAPI {
    var deliveryRoutes: [Route] {
        let path = "/api/v1/deliveries"
        return [
            .get(
                path, "listDeliveries", Tag.deliveries, "Deliveries, newest first", needs: .read,
                gives: .ok(ListPage.schema(of: DeliveryForm.schema), "A page.")
            ) { request in
                let page = try ListPage(request, route: "listDeliveries")
                var filter = DeliveryFilter()
                filter.channel = try request.filters.id("channel")
                filter.states = request.filters.texts("state") ?? []
                filter.since = request.filters.time("since")
                filter.until = request.filters.time("until")
                return page.answer(try await office.deliveries(filter, page.request, by: request.actor())) {
                    DeliveryForm.json($0, request.language)
                }
            }.noting("All of them for coordinators; others name a channel of their own.").refusing(.notFound).paged()
                .taking(
                    .query("channel", .id(Channel.self), "Only those of the channel."),
                    .query(
                        "state", .array(.oneOf(DeliveryForm.states), 0...7, .unique), "Only in one of these states."),
                    .query("since", .time, "Only those made from then on."),
                    .query("until", .time, "Only those made before."), .language
                ),
            .get(
                path + "/{delivery}", "getDelivery", Tag.deliveries, "One delivery with every attempt", needs: .read,
                gives: .ok(DeliveryForm.report, "It.")
            ) {
                .ok(
                    DeliveryForm.json(
                        try await office.delivery($0.id("delivery"), by: $0.actor()), $0.language))
            }.taking(.id("delivery", OutboxDelivery.self), .language),
            .post(
                path + "/{delivery}/replay", "replayDelivery", Tag.deliveries, "Sends it once more", needs: .take,
                gives: .ok(DeliveryForm.schema, "As it is now.")
            ) {
                .ok(DeliveryForm.json(try await office.replay($0.id("delivery"), by: $0.actor()), .ja))
            }.taking(.id("delivery", OutboxDelivery.self)).refusing(.conflict),
            replayingRange, listingHealth,
        ]
    }

    private var replayingRange: Route {
        let answer = Schema.object([
            .required("replayed", .integer(0...Int.max), "So many are sent once more, in their order."),
            .required("without_text", .integer(0...Int.max), "So many are not: their texts were deleted."),
        ])
        return .post(
            "/api/v1/channels/{channel}/replay", "replayDeliveries", Tag.deliveries,
            "Sends a range of a channel's deliveries once more", needs: .take, gives: .ok(answer, "Done.")
        ) { request in
            var range = ReplayRange(channel: try request.id("channel"))
            range.since = request.body.time("since")
            range.until = request.body.time("until")
            if let states = request.body.texts("states") { range.states = states }
            let report = try await office.replay(range, by: request.actor())
            return .ok(["replayed": .integer(report.replayed), "without_text": .integer(report.withoutText)])
        }.noting("Those that were given up or are in doubt, unless `states` names others.")
            .taking(.id("channel", Channel.self)).body(
                .object([
                    .optional("since", .time, "Only those made from then on."),
                    .optional("until", .time, "Only those made before."),
                    .optional("states", .array(.oneOf(ReplayRange.states), 1...3, .unique)),
                ]))
    }

    private var listingHealth: Route {
        .get(
            "/api/v1/channel-health", "listChannelHealth", Tag.deliveries, "How channels do, by name", needs: .read,
            gives: .ok(.object([.required("items", .array(ChannelHealthForm.schema))]), "The channels.")
        ) { request in
            let found = try await office.channelStandings(by: request.actor())
            let now = office.ambient.now()
            return .ok(["items": .array(found.map { ChannelHealthForm.json($0, at: now, request.language) })])
        }.noting("All of them for coordinators, their own for others.").taking(.language)
    }
}
