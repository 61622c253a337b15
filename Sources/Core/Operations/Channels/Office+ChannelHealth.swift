package import Delivery
package import Exchange

/// How a channel does and what waits for it.
package struct ChannelStanding: Sendable {
    /// So many waiting deliveries are counted at most.
    package static let mostCounted = 1_000

    package let channel: Channel
    package let course: ChannelCourse
    /// Open deliveries, counted up to `mostCounted`.
    package let waiting: Int
    /// When the first of them was made.
    package let oldest: Instant?

    /// stopped, muted, resting, broken, slow, healthy or unused.
    package func word(at now: Instant) -> String {
        if channel.isOpen(at: now) { return course.health.word }
        return channel.state.word
    }

    /// The words that `word` can give.
    package static let words = ["stopped", "muted", "resting", "broken", "slow", "healthy", "unused"]
}

extension Office {
    /// How channels do: all for coordinators, one's own for others; by name.
    package func channelStandings(by actor: Actor) async throws -> [ChannelStanding] {
        try actor.require(.read)
        return try await store.read { tx in
            let seen = try tx.channels().filter {
                actor.coordinates || ($0.owner != nil && $0.owner == actor.participant)
            }
            let courses = try tx.courses(Set(seen.map(\.id)))
            return try seen.map { channel in
                let open = try tx.openDeliveries(of: channel.id, limit: ChannelStanding.mostCounted)
                return ChannelStanding(
                    channel: channel, course: courses[channel.id] ?? ChannelCourse(), waiting: open.count,
                    oldest: open.first?.createdAt)
            }
        }
    }

    /// How the outbox stands, for the doctor and the metrics: what should have been done `late` milliseconds ago is
    /// counted.
    package func outboxPulse(late: Int64) async throws -> OutboxPulse {
        try await store.read { tx in try tx.outboxPulse(by: tx.now.advanced(byMilliseconds: -late)) }
    }

    /// The names of channels by identifier, those that carry letters included: for the doctor.
    package func channelNames(_ ids: Set<Identifier<Channel>>, by actor: Actor) async throws -> [String] {
        try actor.require(.coordinate)
        return try await store.read { tx in try tx.channels(ids).values.map(\.name).sorted() }
    }
}
