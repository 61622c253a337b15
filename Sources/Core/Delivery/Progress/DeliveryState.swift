/// The right to send a delivery for a while, so that of several processes only one does.
package struct DeliveryLease: Sendable, Equatable {
    /// The worker that holds it.
    package let holder: String
    /// When it ends by itself, in milliseconds UTC.
    package let until: Int64

    /// A lease of a worker until a moment.
    package init(holder: String, until: Int64) {
        self.holder = holder
        self.until = until
    }
}

/// Where a delivery stands. Times are milliseconds UTC.
package enum DeliveryState: Sendable, Equatable {
    /// Never tried, or replayed: may be claimed from this moment on.
    case due(at: Int64)
    /// A worker is sending it. After a crash the lease runs out and `DeliveryProgress.lapse` decides.
    case claimed(DeliveryLease)
    /// Tried without success; may be claimed again from `until` on.
    case waiting(until: Int64, JudgedReason)
    /// It may have arrived; a person decides whether to replay it.
    case ambiguous(since: Int64, JudgedReason)
    /// Its channel was stopped; it goes on when the channel is resumed.
    case held(since: Int64, JudgedReason)
    /// The receiver has it.
    case delivered(at: Int64)
    /// Given up; a person may replay it.
    case dead(at: Int64, JudgedReason)

    /// One word for the store: due, claimed, waiting, ambiguous, held, delivered or dead.
    package var word: String {
        switch self {
        case .due: "due"
        case .claimed: "claimed"
        case .waiting: "waiting"
        case .ambiguous: "ambiguous"
        case .held: "held"
        case .delivered: "delivered"
        case .dead: "dead"
        }
    }

    /// When a worker has to look at it again: its due moment, or the end of its lease; nil when it rests.
    package var nextLook: Int64? {
        switch self {
        case .due(let at): at
        case .claimed(let lease): lease.until
        case .waiting(let until, _): until
        case .ambiguous, .held, .delivered, .dead: nil
        }
    }

    /// Why it is where it is; nil where that needs no reason.
    package var reason: JudgedReason? {
        switch self {
        case .waiting(_, let reason), .ambiguous(_, let reason), .held(_, let reason), .dead(_, let reason): reason
        case .due, .claimed, .delivered: nil
        }
    }
}

/// A state as a store's columns.
package struct StoredDeliveryState: Sendable, Equatable {
    /// The state's word, as `DeliveryState.word` gives it.
    package let word: String
    /// The moment of the state, in milliseconds UTC: due, lease end, waiting until, since, or at.
    package let moment: Int64
    /// The lease's holder, for claimed only.
    package let holder: String?
    /// The reason's code, for states that have one.
    package let reasonCode: String?
    /// The reason's sentence, for states that have one.
    package let reasonSentence: String?

    /// The columns as read.
    package init(word: String, moment: Int64, holder: String?, reasonCode: String?, reasonSentence: String?) {
        self.word = word
        self.moment = moment
        self.holder = holder
        self.reasonCode = reasonCode
        self.reasonSentence = reasonSentence
    }
}

extension DeliveryState {
    /// The columns of this state.
    package var stored: StoredDeliveryState {
        let (moment, holder): (Int64, String?) =
            switch self {
            case .due(let at): (at, nil)
            case .claimed(let lease): (lease.until, lease.holder)
            case .waiting(let until, _): (until, nil)
            case .ambiguous(let since, _), .held(let since, _): (since, nil)
            case .delivered(let at), .dead(let at, _): (at, nil)
            }
        return StoredDeliveryState(
            word: word, moment: moment, holder: holder, reasonCode: reason?.code, reasonSentence: reason?.sentence)
    }

    /// From a store's columns; nil when they do not belong together.
    package init?(_ stored: StoredDeliveryState) {
        let reason = stored.reasonCode.map { JudgedReason($0, stored.reasonSentence ?? "") }
        switch (stored.word, reason, stored.holder) {
        case ("due", nil, nil): self = .due(at: stored.moment)
        case ("claimed", nil, let holder?): self = .claimed(DeliveryLease(holder: holder, until: stored.moment))
        case ("waiting", let reason?, nil): self = .waiting(until: stored.moment, reason)
        case ("ambiguous", let reason?, nil): self = .ambiguous(since: stored.moment, reason)
        case ("held", let reason?, nil): self = .held(since: stored.moment, reason)
        case ("delivered", nil, nil): self = .delivered(at: stored.moment)
        case ("dead", let reason?, nil): self = .dead(at: stored.moment, reason)
        default: return nil
        }
    }
}
