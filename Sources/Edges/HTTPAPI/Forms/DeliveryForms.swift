import Delivery
import Exchange
import Operations
import WebCommon

/// Deliveries on the wire.
enum DeliveryForm {
    static let states = ["due", "claimed", "waiting", "ambiguous", "held", "delivered", "dead"]

    private static let common: [Property] = [
        .required("id", .id(OutboxDelivery.self)), .required("channel", .id(Channel.self)),
        .required("sequence", .integer(0...Int.max), "Its place in the order of the channel."),
        .required("state", .oneOf(states)), .required("reason", Schema.stored.orNull),
        .required("reason_code", Schema.stored.orNull, "The same as a word for programs, such as http.429."),
        .required("explanation", Schema.stored.orNull, "The reason in plain words, in the language asked for."),
        .required("next_at", Schema.time.orNull, "When it is looked at again."),
        .required("tries", .version), .required("created_at", .time),
    ]

    static let schema = Schema.named("Delivery", .object(common))

    static let report = Schema.named(
        "DeliveryReport",
        .object(
            common + [
                .required("topic", Schema.choice(Channel.Topic.self).orNull),
                .required("subject", Schema.stored.orNull),
                .required("request", request.orNull, "What is sent, without secrets."),
                .required("attempts", .array(attempt)),
            ]))

    private static let request = Schema.named(
        "ShownRequest",
        .object([
            .required("address", .stored, "With its secret part hidden."), .required("content_type", .stored),
            .required(
                "body", Schema.stored.orNull,
                "With keys hidden; null for letters, which are their reader's own, and after the retention time."),
        ]))

    private static let attempt = Schema.named(
        "Attempt",
        .object([
            .required("number", .version), .required("started_at", .time), .required("ended_at", Schema.time.orNull),
            .required("status", Schema.integer(0...999).orNull), .required("outcome", Schema.stored.orNull),
            .required("verdict", Schema.stored.orNull), .required("reason", Schema.stored.orNull),
            .required("reason_code", Schema.stored.orNull), .required("explanation", Schema.stored.orNull),
        ]))

    private static func words(_ reason: JudgedReason?, _ language: Language) -> WebCommon.JSONValue {
        .optional(reason.map { ReasonWords(NoticeLanguage(rawValue: language.rawValue) ?? .ja).sentence($0) })
    }

    private static func head(_ delivery: OutboxDelivery, _ language: Language) -> [(String, WebCommon.JSONValue)] {
        let state = delivery.progress.state
        return [
            ("id", .string(delivery.id.text)), ("channel", .string(delivery.channel.text)),
            ("sequence", .integer(Int(delivery.sequence))), ("state", .string(state.word)),
            ("reason", .optional(state.reason?.sentence)), ("reason_code", .optional(state.reason?.code)),
            ("explanation", words(state.reason, language)),
            ("next_at", .time(state.nextLook.map(Instant.init(milliseconds:)))),
            ("tries", .integer(delivery.progress.tries)), ("created_at", .time(delivery.createdAt)),
        ]
    }

    static func json(_ delivery: OutboxDelivery, _ language: Language) -> WebCommon.JSONValue {
        .object(JSONObject(head(delivery, language)))
    }

    static func json(_ report: DeliveryReport, _ language: Language) -> WebCommon.JSONValue {
        let attempts = report.attempts.map { attempt -> WebCommon.JSONValue in
            [
                "number": .integer(attempt.number), "started_at": .time(Instant(milliseconds: attempt.started)),
                "ended_at": .time((attempt.ending?.ended).map(Instant.init(milliseconds:))),
                "status": .optional(attempt.ending?.status), "outcome": .optional(attempt.ending?.outcome),
                "verdict": .optional(attempt.ending?.verdict), "reason": .optional(attempt.ending?.reason.sentence),
                "reason_code": .optional(attempt.ending?.reason.code),
                "explanation": words(attempt.ending?.reason, language),
            ]
        }
        let request = report.request.map { shown -> WebCommon.JSONValue in
            [
                "address": .string(shown.address), "content_type": .string(shown.contentType),
                "body": .optional(shown.body),
            ]
        }
        return .object(
            JSONObject(
                head(report.delivery, language) + [
                    ("topic", .optional(report.topic?.rawValue)), ("subject", .optional(report.subject)),
                    ("request", request ?? .null), ("attempts", .array(attempts)),
                ]))
    }
}

/// How channels do, on the wire.
enum ChannelHealthForm {
    static let schema = Schema.named(
        "ChannelHealth",
        .object([
            .required("channel", .id(Channel.self)), .required("name", .stored),
            .required("health", .oneOf(ChannelStanding.words)),
            .required("since", Schema.time.orNull, "When the failures began, or when it was stopped."),
            .required("rests_until", Schema.time.orNull, "Until then nothing is sent; then one message probes."),
            .required("failures", .integer(0...Int.max), "In a row."),
            .required("last_success_at", Schema.time.orNull), .required("last_failure_at", Schema.time.orNull),
            .required("reason", Schema.stored.orNull), .required("explanation", Schema.stored.orNull),
            .required("mean_ms", .number(0...1e12), "What an answer takes, on average."),
            .required("waiting", .integer(0...ChannelStanding.mostCounted), "Counted up to 1,000."),
            .required("oldest_at", Schema.time.orNull, "When the first that waits was made."),
        ]))

    static func json(_ it: ChannelStanding, at now: Instant, _ language: Language) -> WebCommon.JSONValue {
        let course = it.course
        var since = course.brokenSince.map(Instant.init(milliseconds:))
        var reason = course.reason?.sentence
        var explanation = course.reason.map {
            ReasonWords(NoticeLanguage(rawValue: language.rawValue) ?? .ja).sentence($0)
        }
        if case .stopped(let why, let at) = it.channel.state {
            since = at
            reason = why
            explanation = explanation ?? why
        }
        return [
            "channel": .id(it.channel.id), "name": .string(it.channel.name), "health": .string(it.word(at: now)),
            "since": .time(since), "rests_until": .time(course.openUntil.map(Instant.init(milliseconds:))),
            "failures": .integer(course.failures),
            "last_success_at": .time(course.lastSuccess.map(Instant.init(milliseconds:))),
            "last_failure_at": .time(course.lastFailure.map(Instant.init(milliseconds:))),
            "reason": .optional(reason), "explanation": .optional(explanation),
            "mean_ms": .number(course.meanMilliseconds.rounded()), "waiting": .integer(it.waiting),
            "oldest_at": .time(it.oldest),
        ]
    }
}
