package import Exchange

/// Where everything is kept. The database is the only lock: operations hold no state of their own.
package protocol ExchangeStore: Sendable {
    associatedtype Transaction: ExchangeTransaction

    /// Runs the work in a transaction that is durable when this returns.
    ///
    /// The work must not have effects outside the transaction: it may be run again after a conflict. What it throws
    /// rolls back only its own changes. Concurrent writes share one commit.
    func write<Value: Sendable>(_ work: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value

    /// Runs the work on one consistent state.
    func read<Value: Sendable>(_ work: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value
}

/// One transaction. It cannot leave the closure it is given to.
package protocol ExchangeTransaction: OrganizationRows, ParticipantRows, PostingRows, MatchRows, IntroductionRows,
    ChannelRows, OutboxRows, HappeningRows, AccessRows, StandingRows, MeaningRows, MemoryRows, RoundRows, LearningRows,
    GroupRows, InboundRows, WorkspaceRows, ChatAccountRows, EventRows, RegistrationRows, ProgrammeRows, ActivityRows,
    GatheredRows, MeetingRows, BoothRows, CalendarKeyRows, SessionRows
{
    /// The moment of the transaction; the same however long it takes.
    var now: Instant { get }
}

/// Which stretch of a list is wanted. Lists run from the newest identifier to the oldest.
package struct PageRequest: Hashable, Sendable {
    /// The most that one page can hold.
    package static let largest = 200

    /// 1...200.
    package let limit: Int
    /// The identifier of the last item of the page before; nothing for the first page.
    package let after: String?

    /// Cuts the limit to 1...200.
    package init(limit: Int = 50, after: String? = nil) {
        self.limit = min(max(limit, 1), Self.largest)
        self.after = after
    }
}

/// A stretch of a list.
package struct Page<Item: Sendable>: Sendable {
    package let items: [Item]
    /// What to pass as `after` for the next page; nothing at the end.
    package let next: String?

    /// Takes the items and where the next page begins.
    package init(items: [Item], next: String?) {
        self.items = items
        self.next = next
    }

    /// The same stretch with other items.
    package func map<Other: Sendable>(_ transform: (Item) throws -> Other) rethrows -> Page<Other> {
        Page<Other>(items: try items.map(transform), next: next)
    }
}
