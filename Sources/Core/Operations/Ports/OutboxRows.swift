package import Delivery
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
    /// All that somebody added, by name; not those that carry letters to single addresses.
    func channels() throws -> [Channel]
    /// Those among all channels, whatever their purpose.
    func channels(_ ids: Set<Identifier<Channel>>) throws -> [Identifier<Channel>: Channel]
}

/// What is to be said to a channel, ready for its platform.
package struct Notice: Hashable, Sendable, Identified {
    package static let identifierPrefixes = ["notice"]

    /// How the store keeps the text.
    package enum Custody: String, Sendable, CaseIterable {
        case plain
        /// Encrypted under the notice's identifier: it holds a link that only its reader may use.
        case sealed
    }

    package let id: Identifier<Notice>
    package let channel: Identifier<Channel>
    package let topic: Channel.Topic
    /// The identifier of what it is about.
    package let subject: String
    /// The request's body as the platform wants it; empty once the retention time has passed.
    package let body: String
    /// The same, marked as possibly sent before; nothing where the platform itself recognises a repetition.
    package let markedBody: String?
    package let custody: Custody
    package let createdAt: Instant

    /// Takes every value.
    package init(
        id: Identifier<Notice>, channel: Identifier<Channel>, topic: Channel.Topic, subject: String, body: String,
        markedBody: String?, custody: Custody = .plain, createdAt: Instant
    ) {
        self.id = id
        self.channel = channel
        self.topic = topic
        self.subject = subject
        self.body = body
        self.markedBody = markedBody
        self.custody = custody
        self.createdAt = createdAt
    }
}

/// A notice's way to its channel, as the store keeps it.
package struct OutboxDelivery: Sendable, Equatable, Identified {
    package static let identifierPrefixes = ["delivery"]

    package let id: Identifier<OutboxDelivery>
    package let notice: Identifier<Notice>
    package let channel: Identifier<Channel>
    /// The place in the channel's order; grows with every notice.
    package let sequence: Int64
    package var progress: DeliveryProgress
    package let createdAt: Instant

    /// Takes every value.
    package init(
        id: Identifier<OutboxDelivery>, notice: Identifier<Notice>, channel: Identifier<Channel>, sequence: Int64,
        progress: DeliveryProgress, createdAt: Instant
    ) {
        self.id = id
        self.notice = notice
        self.channel = channel
        self.sequence = sequence
        self.progress = progress
        self.createdAt = createdAt
    }

    /// Who holds the claim, if anybody does.
    package var holder: String? {
        if case .claimed(let lease) = progress.state { return lease.holder }
        return nil
    }
}

/// What to list of deliveries.
package struct DeliveryFilter: Hashable, Sendable {
    package var channel: Identifier<Channel>?
    /// State words such as `dead`; empty means every state.
    package var states: [String] = []
    /// Only those made from this moment on.
    package var since: Instant?
    /// Only those made before this moment.
    package var until: Instant?

    /// No restriction.
    package init() {}
}

/// How the outbox stands: what the service's metrics and the doctor show.
package struct OutboxPulse: Sendable, Equatable {
    /// Deliveries by state word.
    package let counts: [String: Int]
    /// The moment from which the oldest delivery waits that could be sent by now.
    package let oldestDue: Instant?
    /// Deliveries that could have been sent before the moment asked about.
    package let overdue: Int
    /// Claims whose lease ended before the moment asked about.
    package let lapsed: Int
    /// Open deliveries of channels that were stopped, by channel.
    package let behindStopped: [Identifier<Channel>: Int]

    /// Takes every value.
    package init(
        counts: [String: Int], oldestDue: Instant?, overdue: Int, lapsed: Int,
        behindStopped: [Identifier<Channel>: Int]
    ) {
        self.counts = counts
        self.oldestDue = oldestDue
        self.overdue = overdue
        self.lapsed = lapsed
        self.behindStopped = behindStopped
    }
}

/// Notices, deliveries and attempts in the store: the outbox.
///
/// A channel's deliveries are sent in the order of `sequence`. A delivery is *open* while it is due, waiting, claimed
/// or held; delivered, ambiguous and dead ones no longer stand in the way of those behind them.
package protocol OutboxRows {
    /// Writes the notice and its delivery, due now and last in its channel's order.
    func enqueue(_ notice: Notice, delivery: Identifier<OutboxDelivery>) throws
    /// For each channel that is open at the instant (`Channel.isOpen`) and does not rest (`ChannelCourse`), from its
    /// first open delivery onwards in order, up to `perChannel` that are due or waiting with their moment passed,
    /// ending before the first that is not: nothing when the first is claimed, held or not yet due. `limit` in all,
    /// channels whose first has waited longest first. The rows stay locked until the transaction ends, so that two
    /// processes never claim one delivery.
    func claimable(at now: Instant, perChannel: Int, limit: Int) throws -> [OutboxDelivery]
    /// Claimed deliveries whose lease has ended: their sender died.
    func lapsedClaims(at now: Instant, limit: Int) throws -> [OutboxDelivery]
    /// Open deliveries of the channel in order.
    func openDeliveries(of channel: Identifier<Channel>, limit: Int) throws -> [OutboxDelivery]
    /// Writes the progress if the row's claim is still held by `holder` (nothing: unclaimed); says whether it was.
    func update(_ delivery: OutboxDelivery, ifHeldBy holder: String?) throws -> Bool
    /// The earliest moment at which an open delivery of an open channel wants to be looked at, if any; for a channel
    /// that rests, the end of that.
    func nextLook(at now: Instant) throws -> Instant?
    func insert(_ attempt: DeliveryAttempt, of delivery: Identifier<OutboxDelivery>) throws
    /// Completes the attempt with the same number.
    func update(_ attempt: DeliveryAttempt, of delivery: Identifier<OutboxDelivery>) throws
    /// Removes an attempt that was written ahead and never begun.
    func remove(attempt number: Int, of delivery: Identifier<OutboxDelivery>) throws
    /// The number of the last attempt of each that has any.
    func lastAttempts(of deliveries: Set<Identifier<OutboxDelivery>>) throws -> [Identifier<OutboxDelivery>: Int]
    /// In the order of their numbers.
    func attempts(of delivery: Identifier<OutboxDelivery>) throws -> [DeliveryAttempt]
    func delivery(_ id: Identifier<OutboxDelivery>) throws -> OutboxDelivery?
    func notices(_ ids: Set<Identifier<Notice>>) throws -> [Identifier<Notice>: Notice]
    func deliveries(_ filter: DeliveryFilter, _ page: PageRequest) throws -> Page<OutboxDelivery>
    /// How many deliveries there are by state word.
    func deliveryCounts() throws -> [String: Int]
    /// How the outbox stands; what should have been done by `moment` is counted.
    func outboxPulse(by moment: Instant) throws -> OutboxPulse
    /// How channels are doing; those to which nothing was sent have no entry.
    func courses(_ channels: Set<Identifier<Channel>>) throws -> [Identifier<Channel>: ChannelCourse]
    /// Writes how a channel is doing.
    func save(_ course: ChannelCourse, of channel: Identifier<Channel>) throws
    /// Empties the texts of notices that were delivered, given up or left in doubt before the instant; the facts of
    /// their attempts stay.
    func purgeBodies(deliveredBefore: Instant, limit: Int) throws -> Int
}

/// A notice that waits for its hour, or for others to be said with it. It has no delivery yet.
package struct GatheredNotice: Sendable, Equatable {
    package let id: Identifier<Notice>
    package let channel: Identifier<Channel>
    package let topic: Channel.Topic
    /// The identifier of what it is about.
    package let subject: String
    package let content: NoticeContent
    /// It is not sent earlier.
    package let notBefore: Instant
    package let createdAt: Instant

    /// Takes every value.
    package init(
        id: Identifier<Notice>, channel: Identifier<Channel>, topic: Channel.Topic, subject: String,
        content: NoticeContent, notBefore: Instant, createdAt: Instant
    ) {
        self.id = id
        self.channel = channel
        self.topic = topic
        self.subject = subject
        self.content = content
        self.notBefore = notBefore
        self.createdAt = createdAt
    }
}

/// What waits for a channel's hour.
package struct GatheredCount: Sendable, Equatable {
    package let count: Int
    /// The earliest moment at which some of it is sent.
    package let next: Instant?

    /// Takes both values.
    package init(count: Int, next: Instant?) {
        self.count = count
        self.next = next
    }
}

/// Gathered notices in the store: as durable as the outbox that they move to.
package protocol GatheredRows {
    func gather(_ notice: GatheredNotice) throws
    func gatheredCount(of channel: Identifier<Channel>) throws -> GatheredCount
    /// Channels that are open at the instant and have notices whose time has come, the longest waiting first.
    func channelsToRelease(at now: Instant, limit: Int) throws -> [Identifier<Channel>]
    /// Takes the channel's notices whose time has come out of the store, oldest first: of several processes only one
    /// gets each.
    func takeGathered(of channel: Identifier<Channel>, at now: Instant, limit: Int) throws -> [GatheredNotice]
    /// Lets what would wait longer be sent at the instant.
    func hastenGathered(of channel: Identifier<Channel>, to moment: Instant) throws
    /// The next moment after the instant at which something is to be sent.
    func nextRelease(after now: Instant) throws -> Instant?
    /// How many deliveries of the channel are open, counted up to `most`.
    func openDeliveryCount(of channel: Identifier<Channel>, upTo most: Int) throws -> Int
}
