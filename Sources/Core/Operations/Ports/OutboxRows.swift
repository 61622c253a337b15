package import Exchange

/// Channels in the store.
package protocol ChannelRows {
    /// Throws `Refusal.conflict(.duplicate)` when the name is taken.
    func insert(_ channel: Channel) throws
    func update(_ channel: Channel, expecting version: Int) throws
    /// Removes the channel and its notices, deliveries and attempts.
    func remove(_ channel: Identifier<Channel>) throws
    func channel(_ id: Identifier<Channel>) throws -> Channel?
    func channel(name: String) throws -> Channel?
    /// All of them, by name.
    func channels() throws -> [Channel]
}

/// What is to be said to a channel, ready for its platform.
package struct Notice: Hashable, Sendable, Identified {
    package static let identifierPrefixes = ["notice"]

    package let id: Identifier<Notice>
    package let channel: Identifier<Channel>
    package let topic: Channel.Topic
    /// The identifier of what it is about.
    package let subject: String
    /// The request's body as the platform wants it.
    package let body: String
    package let createdAt: Instant

    /// Takes every value.
    package init(
        id: Identifier<Notice>, channel: Identifier<Channel>, topic: Channel.Topic, subject: String, body: String,
        createdAt: Instant
    ) {
        self.id = id
        self.channel = channel
        self.topic = topic
        self.subject = subject
        self.body = body
        self.createdAt = createdAt
    }
}

/// A notice's way to its channel, as the store keeps it.
package struct OutboxDelivery: Hashable, Sendable, Identified {
    package static let identifierPrefixes = ["delivery"]

    /// Where it stands.
    package enum State: String, Sendable, CaseIterable {
        /// To be sent when `dueAt` has come and everything before it in the channel is settled.
        case due
        /// A sender works on it until its lease ends.
        case claimed
        case delivered
        /// Nobody knows whether it arrived, and the platform cannot tell: a person decides.
        case ambiguous
        /// Given up, with the reason.
        case dead
    }

    package let id: Identifier<OutboxDelivery>
    package let notice: Identifier<Notice>
    package let channel: Identifier<Channel>
    /// The place in the channel's order.
    package let sequence: Int64
    package var state: State
    package var dueAt: Instant
    /// How many attempts were begun.
    package var attempts: Int
    /// The last reason in plain words; never a secret.
    package var reason: String?
    package let createdAt: Instant
    package var settledAt: Instant?

    /// Takes every value.
    package init(
        id: Identifier<OutboxDelivery>, notice: Identifier<Notice>, channel: Identifier<Channel>, sequence: Int64,
        state: State, dueAt: Instant, attempts: Int, reason: String?, createdAt: Instant, settledAt: Instant?
    ) {
        self.id = id
        self.notice = notice
        self.channel = channel
        self.sequence = sequence
        self.state = state
        self.dueAt = dueAt
        self.attempts = attempts
        self.reason = reason
        self.createdAt = createdAt
        self.settledAt = settledAt
    }
}

/// One try on the wire. The row is written before the first byte leaves and completed when the outcome is known.
package struct DeliveryAttempt: Hashable, Sendable {
    package let delivery: Identifier<OutboxDelivery>
    /// From 1.
    package let number: Int
    package let startedAt: Instant
    package var endedAt: Instant?
    /// The HTTP status, if one came.
    package var status: Int?
    /// `delivered`, `retry`, `ambiguous`, `dead`, `channel_stops`, or nothing while it runs (or when the sender died).
    package var verdict: String?
    /// In plain words; never a secret.
    package var reason: String?

    /// Takes every value.
    package init(
        delivery: Identifier<OutboxDelivery>, number: Int, startedAt: Instant, endedAt: Instant?, status: Int?,
        verdict: String?, reason: String?
    ) {
        self.delivery = delivery
        self.number = number
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.status = status
        self.verdict = verdict
        self.reason = reason
    }
}

/// A delivery that a sender has claimed, with what it needs to send it.
package struct ClaimedDelivery: Hashable, Sendable {
    package let delivery: OutboxDelivery
    package let body: String

    /// Takes both.
    package init(delivery: OutboxDelivery, body: String) {
        self.delivery = delivery
        self.body = body
    }
}

/// What to list of deliveries.
package struct DeliveryFilter: Hashable, Sendable {
    package var channel: Identifier<Channel>?
    package var states: [OutboxDelivery.State] = []

    /// No restriction.
    package init() {}
}

/// Notices and their deliveries in the store: the outbox.
package protocol OutboxRows {
    /// Writes the notice and its delivery, due at once and last in its channel's order.
    func enqueue(_ notice: Notice, delivery: Identifier<OutboxDelivery>) throws
    /// Claims, for each channel that is open and has nothing claimed under a living lease, up to `perChannel` deliveries in
    /// order, beginning with the first unsettled one and ending before the first that is not due; `limit` in all.
    func claimDue(at now: Instant, by worker: String, until lease: Instant, perChannel: Int, limit: Int) throws
        -> [ClaimedDelivery]
    /// Notes that an attempt begins; the delivery must still be claimed by the worker, else returns false.
    func begin(_ attempt: DeliveryAttempt, by worker: String) throws -> Bool
    /// Completes the attempt and writes the delivery's new state; false if the worker has lost the claim.
    func settle(_ delivery: OutboxDelivery, _ attempt: DeliveryAttempt, by worker: String) throws -> Bool
    /// Gives claimed deliveries back as due, untouched.
    func release(_ ids: [Identifier<OutboxDelivery>], by worker: String) throws
    /// Makes every delivery of the channel that waits due at the instant: after a stop or mute has ended.
    func hasten(_ channel: Identifier<Channel>, dueAt: Instant) throws
    /// Puts a settled delivery back at its place with a fresh count of attempts.
    func replay(_ id: Identifier<OutboxDelivery>, dueAt: Instant) throws -> Bool
    /// When the next delivery falls due or a lease ends, if any waits.
    func nextDue() throws -> Instant?
    func delivery(_ id: Identifier<OutboxDelivery>) throws -> OutboxDelivery?
    func notice(_ id: Identifier<Notice>) throws -> Notice?
    func deliveries(_ filter: DeliveryFilter, _ page: PageRequest) throws -> Page<OutboxDelivery>
    func attempts(of delivery: Identifier<OutboxDelivery>) throws -> [DeliveryAttempt]
    /// How many deliveries there are by state word.
    func deliveryCounts() throws -> [String: Int]
    /// Deletes the texts of notices settled before the instant; the facts of their attempts stay.
    func purgeBodies(settledBefore: Instant, limit: Int) throws -> Int
}
