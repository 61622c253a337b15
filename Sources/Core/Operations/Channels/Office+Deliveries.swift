package import Delivery
package import Exchange

/// A delivery with its notice's facts and every attempt; no secrets.
package struct DeliveryReport: Sendable {
    package let delivery: OutboxDelivery
    package let topic: Channel.Topic?
    package let subject: String?
    package let request: ShownRequest?
    package let attempts: [DeliveryAttempt]
}

extension Office {
    /// Sends a test message to the channel, behind whatever waits there.
    package func testChannel(_ id: Identifier<Channel>, by actor: Actor) async throws -> OutboxDelivery {
        try actor.require(.take)
        let delivery = try await write { tx in
            let channel = try tx.requireChannel(id, by: actor)
            guard channel.isOpen(at: tx.now) else {
                throw Refusal.conflict(.state(subject: "channel", state: channel.state.word, verb: "tested"))
            }
            let id = try tx.post(
                NoticeComposer(settings: settings, taxonomy: taxonomy).test(channel, at: tx.now), to: channel,
                topic: .test, subject: channel.id.text, ambient)
            guard let delivery = try tx.delivery(id) else { throw Refusal.notFound(subject: "delivery", id: id.text) }
            return delivery
        }
        nudge(.outbox)
        return delivery
    }

    /// Deliveries, newest first: all for coordinators, for others those of a channel of their own.
    package func deliveries(
        _ filter: DeliveryFilter, _ page: PageRequest, by actor: Actor
    ) async throws -> Page<OutboxDelivery> {
        try actor.require(.read)
        return try await store.read { tx in
            if let channel = filter.channel {
                _ = try tx.requireChannel(channel, by: actor)
            } else {
                try actor.require(.coordinate)
            }
            return try tx.deliveries(filter, page)
        }
    }

    /// One delivery with its attempts.
    package func delivery(_ id: Identifier<OutboxDelivery>, by actor: Actor) async throws -> DeliveryReport {
        try actor.require(.read)
        return try await store.read { tx in
            guard let found = try tx.delivery(id), let channel = try tx.channel(found.channel),
                actor.coordinates || (channel.owner != nil && channel.owner == actor.participant)
            else { throw Refusal.notFound(subject: "delivery", id: id.text) }
            let notice = try tx.notices([found.notice])[found.notice]
            return DeliveryReport(
                delivery: found, topic: notice?.topic, subject: notice?.subject,
                request: notice.map { ShownRequest($0, to: channel) }, attempts: try tx.attempts(of: id))
        }
    }

    /// Sends a delivery once more, whatever became of it before.
    package func replay(_ id: Identifier<OutboxDelivery>, by actor: Actor) async throws -> OutboxDelivery {
        try actor.require(.take)
        let replayed = try await write { tx in
            guard var found = try tx.delivery(id) else { throw Refusal.notFound(subject: "delivery", id: id.text) }
            _ = try tx.requireChannel(found.channel, by: actor)
            guard let body = try tx.notices([found.notice])[found.notice]?.body, !body.isEmpty else {
                throw Refusal.conflict(.inUse("The text of this notice was deleted after its retention time."))
            }
            do {
                found.progress = try found.progress.replayed(now: tx.now.milliseconds)
            } catch {
                throw Refusal.busy("This delivery is being sent right now.", retryAfterSeconds: 30)
            }
            guard try tx.update(found, ifHeldBy: nil) else {
                throw Refusal.busy("This delivery is being sent right now.", retryAfterSeconds: 30)
            }
            try tx.append([
                Happening(
                    .deliveryReplayed, subject: id.text, related: [found.channel.text], by: actor.reference, at: tx.now)
            ])
            return found
        }
        nudge(.outbox)
        return replayed
    }
}

extension ExchangeTransaction {
    /// Writes a notice for one channel in its platform's form, due now. `say` heeds the channel's hours.
    @discardableResult
    func post(
        _ content: NoticeContent, to channel: Channel, topic: Channel.Topic, subject: String, _ ambient: Ambient
    ) throws -> Identifier<OutboxDelivery> {
        let platform = channel.platform.delivery
        let marked =
            platform.ambiguityPolicy == .resendOnceMarked ? platform.payload(for: content.possiblyRepeated()) : nil
        let notice = Notice(
            id: ambient.identifier(at: now), channel: channel.id, topic: topic, subject: subject,
            body: String(decoding: platform.payload(for: content), as: UTF8.self),
            markedBody: marked.map { String(decoding: $0, as: UTF8.self) }, createdAt: now)
        let delivery: Identifier<OutboxDelivery> = ambient.identifier(at: now)
        try enqueue(notice, delivery: delivery)
        return delivery
    }

    /// All channels but those of people who take no part at the moment.
    func listeningChannels() throws -> [Channel] {
        let all = try channels()
        let owners = try participants(Set(all.compactMap(\.owner)))
        return all.filter { channel in
            channel.owner.map { owners[$0]?.takesPart(at: now) ?? false } ?? true
        }
    }

    /// Writes a notice for every channel that wants to hear of the occasion; says for how many.
    @discardableResult
    func notify(
        _ occasion: Channel.Occasion, subject: String, in taxonomy: FieldTaxonomy, _ ambient: Ambient,
        _ compose: (Channel) throws -> NoticeContent
    ) throws -> Int {
        var count = 0
        for channel in try listeningChannels() where channel.wants(occasion, in: taxonomy) {
            try say(try compose(channel), to: channel, topic: occasion.topic, subject: subject, ambient)
            count += 1
        }
        return count
    }
}
