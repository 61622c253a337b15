import Delivery
package import Exchange

/// Which deliveries of a channel are to be sent once more.
package struct ReplayRange: Hashable, Sendable {
    /// The words of states that can be replayed; others are on their way.
    package static let states = ["delivered", "ambiguous", "dead"]

    package var channel: Identifier<Channel>
    /// Only those made from this moment on.
    package var since: Instant?
    /// Only those made before this moment.
    package var until: Instant?
    /// Those that were given up or are in doubt, unless others are named.
    package var states = ["ambiguous", "dead"]

    /// Everything of the channel that was given up or is in doubt.
    package init(channel: Identifier<Channel>) {
        self.channel = channel
    }
}

/// What came of a replay.
package struct ReplayReport: Hashable, Sendable {
    /// So many will be sent, in their old order.
    package var replayed = 0
    /// So many cannot be: their texts were deleted after the retention time.
    package var withoutText = 0
}

extension Office {
    /// Sends a range of deliveries once more. Every one of them is sent again, also those that had arrived if their
    /// state is asked for.
    package func replay(_ range: ReplayRange, by actor: Actor) async throws -> ReplayReport {
        try actor.require(.take)
        let strange = range.states.filter { !ReplayRange.states.contains($0) }
        guard strange.isEmpty, !range.states.isEmpty else {
            throw Refusal.invalid(
                "states", .notAllowed, "Name some of \(ReplayRange.states.joined(separator: ", ")).")
        }
        var report = ReplayReport()
        var after: String?
        repeat {
            let request = PageRequest(limit: PageRequest.largest, after: after)
            let (page, next) = try await writeAndSend { tx in try replay(range, request, by: actor, in: tx) }
            report.replayed += page.replayed
            report.withoutText += page.withoutText
            after = next
        } while after != nil
        return report
    }

    private func replay(
        _ range: ReplayRange, _ request: PageRequest, by actor: Actor, in tx: Store.Transaction
    ) throws -> (ReplayReport, next: String?) {
        _ = try tx.requireChannel(range.channel, by: actor)
        var filter = DeliveryFilter()
        filter.channel = range.channel
        filter.states = range.states
        filter.since = range.since
        filter.until = range.until
        let page = try tx.deliveries(filter, request)
        let texts = try tx.notices(Set(page.items.map(\.notice)))
        var report = ReplayReport()
        for var delivery in page.items {
            guard texts[delivery.notice]?.body.isEmpty == false else {
                report.withoutText += 1
                continue
            }
            delivery.progress = try delivery.progress.replayed(now: tx.now.milliseconds)
            if try tx.update(delivery, ifHeldBy: nil) { report.replayed += 1 }
        }
        if report.replayed > 0 {
            try tx.append([
                Happening(
                    .deliveryReplayed, subject: range.channel.text, by: actor.reference, at: tx.now,
                    details: ["count": "\(report.replayed)"])
            ])
        }
        return (report, page.next)
    }
}
