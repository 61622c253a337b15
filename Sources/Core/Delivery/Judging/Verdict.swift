/// Why a verdict was given: a stable code for the store and metrics, and one sentence for people.
package struct JudgedReason: Sendable, Equatable {
    /// Lower-case words joined by dots, such as `http.429`, `slack.no_service` or `net.nameNotFound`.
    package let code: String
    /// One plain English sentence, without secrets.
    package let sentence: String

    /// Pairs a code with its sentence.
    package init(_ code: String, _ sentence: String) {
        self.code = code
        self.sentence = sentence
    }
}

/// What to do about a delivery whose request may or may not have been acted on.
package enum AmbiguityPolicy: String, Sendable, Equatable {
    /// Receivers recognise a repeated identifier (Standard Webhooks): send again like any failure.
    case resendSameIdentifier
    /// Receivers do not: send once more, marked as a possible repeat with the reference; after that a person decides.
    case resendOnceMarked
}

/// What an outcome means for a delivery and its channel.
package enum Verdict: Sendable, Equatable {
    /// The receiver has it.
    case delivered(JudgedReason)
    /// Try again; not before `notBefore` milliseconds from now when the receiver said so. `throttled`: the whole
    /// channel
    /// must wait that long, not only this delivery.
    case retry(notBefore: Int64?, throttled: Bool, JudgedReason)
    /// Nobody knows whether the receiver has it.
    case ambiguous(AmbiguityPolicy, JudgedReason)
    /// This delivery can never succeed; others on the channel may.
    case dead(JudgedReason)
    /// The channel cannot be used until its owner mends it; its deliveries are kept.
    case channelStops(JudgedReason)

    /// Why the verdict was given.
    package var reason: JudgedReason {
        switch self {
        case .delivered(let reason), .retry(_, _, let reason), .ambiguous(_, let reason), .dead(let reason),
            .channelStops(let reason):
            reason
        }
    }

    /// One word for the store: delivered, retry, ambiguous, dead or channelStops.
    package var word: String {
        switch self {
        case .delivered: "delivered"
        case .retry: "retry"
        case .ambiguous: "ambiguous"
        case .dead: "dead"
        case .channelStops: "channelStops"
        }
    }
}
