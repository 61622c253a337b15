/// One try on the wire, kept for people: what happened and why, never what was said or any secret.
///
/// The row is written before the request may leave, and completed afterwards, so that no send is without its row.
package struct DeliveryAttempt: Sendable, Equatable {
    /// From 1, in order over the delivery's life.
    package let number: Int
    /// In milliseconds UTC.
    package let started: Int64
    /// How it ended; nil while it runs, or when the service was lost in it.
    package let ending: DeliveryAttemptEnding?

    /// A try that begins.
    package init(number: Int, started: Int64) {
        self.init(number: number, started: started, ending: nil)
    }

    /// As read from the store.
    package init(number: Int, started: Int64, ending: DeliveryAttemptEnding?) {
        self.number = number
        self.started = started
        self.ending = ending
    }

    /// The same try with its end.
    package func ended(_ outcome: WireOutcome, judged verdict: Verdict, at moment: Int64) -> DeliveryAttempt {
        let status: Int? = if case .answered(let answer) = outcome.result { answer.status } else { nil }
        let ending = DeliveryAttemptEnding(
            ended: moment, status: status, outcome: outcome.result.word, verdict: verdict.word, reason: verdict.reason,
            requestBytes: outcome.measure.requestBytes)
        return DeliveryAttempt(number: number, started: started, ending: ending)
    }
}

/// How a try ended.
package struct DeliveryAttemptEnding: Sendable, Equatable {
    /// In milliseconds UTC.
    package let ended: Int64
    /// The receiver's status, when it answered.
    package let status: Int?
    /// What happened: answered, notSent, ambiguous or refused.
    package let outcome: String
    /// What it meant: delivered, retry, ambiguous, dead or channelStops.
    package let verdict: String
    /// Why, as a code and in words.
    package let reason: JudgedReason
    /// Bytes of the request that were handed to the connection.
    package let requestBytes: Int

    /// As read from the store.
    package init(
        ended: Int64, status: Int?, outcome: String, verdict: String, reason: JudgedReason, requestBytes: Int
    ) {
        self.ended = ended
        self.status = status
        self.outcome = outcome
        self.verdict = verdict
        self.reason = reason
        self.requestBytes = requestBytes
    }
}

extension WireResult {
    /// One word for the store: answered, notSent, ambiguous or refused.
    package var word: String {
        switch self {
        case .answered: "answered"
        case .notSent: "notSent"
        case .ambiguous: "ambiguous"
        case .refused: "refused"
        }
    }
}
