import Delivery
import Exchange
import Operations
import WebCommon

extension View {
    static func channel(_ it: Channel) -> JSON {
        var mutedUntil: Instant?
        var stopReason: String?
        switch it.state {
        case .active: break
        case .muted(let until): mutedUntil = until
        case .stopped(let reason, _): stopReason = reason
        }
        return .members([
            "id": .string(it.id.text), "name": .string(it.name), "platform": .string(it.platform.rawValue),
            "address": .string(it.shownAddress), "signed": .bool(it.sealedSigningKey != nil),
            "language": .string(it.language.rawValue),
            "rules": .members([
                "topics": list(it.rules.topics.map(\.rawValue)), "fields": list(it.rules.fields.map(\.text)),
                "languages": list(it.rules.languages.map(\.rawValue)),
                "classes": list(it.rules.classes.map(\.rawValue)), "minimum_score": .number(it.rules.minimumScore),
            ]), "state": .string(it.state.word), "muted_until": time(mutedUntil),
            "stop_reason": .optional(stopReason), "owner": .optional(it.owner?.text), "version": .integer(it.version),
            "created_at": time(it.createdAt), "updated_at": time(it.updatedAt),
        ])
    }

    static func delivery(_ it: OutboxDelivery) -> JSON {
        .members([
            "id": .string(it.id.text), "channel": .string(it.channel.text),
            "sequence": .integer(Int(it.sequence)), "state": .string(it.progress.state.word),
            "reason": .optional(it.progress.state.reason?.sentence),
            "reason_code": .optional(it.progress.state.reason?.code), "tries": .integer(it.progress.tries),
            "next_at": time(it.progress.state.nextLook.map(Instant.init(milliseconds:))),
            "created_at": time(it.createdAt),
        ])
    }

    static func report(_ it: DeliveryReport) -> JSON {
        guard case .object(var object) = delivery(it.delivery) else { return .null }
        object.append("topic", .optional(it.topic?.rawValue))
        object.append("subject", .optional(it.subject))
        object.append(
            "request",
            it.request.map {
                .members([
                    "address": .string($0.address), "content_type": .string($0.contentType),
                    "body": .optional($0.body),
                ])
            } ?? .null)
        object.append(
            "attempts",
            .array(
                it.attempts.map { attempt in
                    .members([
                        "number": .integer(attempt.number),
                        "started_at": time(Instant(milliseconds: attempt.started)),
                        "ended_at": time(attempt.ending.map { Instant(milliseconds: $0.ended) }),
                        "status": .optional(attempt.ending?.status), "outcome": .optional(attempt.ending?.outcome),
                        "verdict": .optional(attempt.ending?.verdict),
                        "reason": .optional(attempt.ending?.reason.sentence),
                        "reason_code": .optional(attempt.ending?.reason.code),
                    ])
                }))
        return .object(object)
    }
}
