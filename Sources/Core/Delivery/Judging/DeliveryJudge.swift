/// Judges what became of a request, by platform.
///
/// Status alone does not do: Slack names the cause in the body, and some services answer 200 with an error inside.
/// Unknown
/// codes are judged by class: 4xx other than 408, 425 and 429 are permanent, everything else is tried again.
package enum DeliveryJudge {
    /// The verdict on `outcome`; `now` in milliseconds UTC is needed for dates in Retry-After.
    package static func verdict(on outcome: WireOutcome, from platform: DeliveryPlatform, now: Int64) -> Verdict {
        switch outcome.result {
        case .notSent(let reason):
            return .retry(notBefore: nil, throttled: false, JudgedReason("net.\(reason.rawValue)", reason.sentence))
        case .ambiguous(let reason):
            let judged = JudgedReason("doubt.\(reason.rawValue)", reason.sentence)
            return .ambiguous(platform.ambiguityPolicy, judged)
        case .refused(let refusal):
            let word = if case .badURL = refusal { "badURL" } else { "addressNotPublic" }
            return .channelStops(JudgedReason("refused.\(word)", refusal.sentence))
        case .answered(let answer):
            return verdict(on: answer, from: platform, now: now)
        }
    }

    /// How long the channel had better rest after an answer, in milliseconds: the receiver said that this was the last
    /// message of its window. Nothing when it said no such thing. (A wait after 429 stands in the verdict.)
    package static func rest(after outcome: WireOutcome, now: Int64) -> Int64? {
        guard case .answered(let answer) = outcome.result, answer.status != 429 else { return nil }
        return RetryAfter.windowEnd(in: answer, now: now)
    }

    private static func verdict(on answer: WireAnswer, from platform: DeliveryPlatform, now: Int64) -> Verdict {
        platform.form.verdict(on: answer).map { timed($0, answer, now: now) } ?? byStatus(answer, now: now)
    }

    /// Adds the receiver's wish to a retry that came from the platform's table.
    private static func timed(_ verdict: Verdict, _ answer: WireAnswer, now: Int64) -> Verdict {
        guard case .retry(_, let throttled, let reason) = verdict else { return verdict }
        return .retry(notBefore: RetryAfter.milliseconds(in: answer, now: now), throttled: throttled, reason)
    }

    private static func byStatus(_ answer: WireAnswer, now: Int64) -> Verdict {
        let status = answer.status
        func reason(_ sentence: String) -> JudgedReason { JudgedReason("http.\(status)", sentence) }
        func retry(_ sentence: String, throttled: Bool = false) -> Verdict {
            .retry(notBefore: RetryAfter.milliseconds(in: answer, now: now), throttled: throttled, reason(sentence))
        }
        switch status {
        case 200..<300:
            let broken = answer.bodyState == .broken ? " (its text broke off)" : ""
            return .delivered(reason("The receiver answered \(status)\(broken)."))
        case 300..<400:
            return retry(
                "The receiver answered \(status), a redirect; redirects are not followed. Enter the final address.")
        case 401:
            return .channelStops(reason("The receiver asked for authorisation (401); enter the channel's URL again."))
        case 403:
            return .channelStops(reason("The receiver forbids messages on this address (403)."))
        case 404:
            return .channelStops(
                reason("The receiver does not know this address (404); the webhook was probably deleted."))
        case 408, 425:
            return retry("The receiver asked to try again (\(status)).")
        case 410:
            return .channelStops(reason("The receiver says the address is gone for good (410)."))
        case 413:
            return .dead(reason("The receiver found the message too large (413)."))
        case 429:
            return retry("The receiver asked to slow down (429).", throttled: true)
        case 400..<500:
            return .dead(reason("The receiver refused this message (\(status)); sending it again would not help."))
        case 502, 503, 504:
            return retry("The receiver is not available (\(status)).", throttled: answer.headers["retry-after"] != nil)
        default:
            return retry("The receiver answered \(status).")
        }
    }
}
