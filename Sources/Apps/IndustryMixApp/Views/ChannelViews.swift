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
            "old_key_until": time(it.retiringKey?.until), "credential": .bool(it.sealedCredential != nil),
            "language": .string(it.language.rawValue),
            "rules": rules(it.rules), "state": .string(it.state.word), "muted_until": time(mutedUntil),
            "stop_reason": .optional(stopReason), "owner": .optional(it.owner?.text), "version": .integer(it.version),
            "created_at": time(it.createdAt), "updated_at": time(it.updatedAt),
        ])
    }

    private static func rules(_ it: Channel.Rules) -> JSON {
        .members([
            "topics": list(it.topics.map(\.rawValue)), "fields": list(it.fields.map(\.text)),
            "regions": list(it.regions.map(\.text)), "languages": list(it.languages.map(\.rawValue)),
            "classes": list(it.classes.map(\.rawValue)), "minimum_score": .number(it.minimumScore),
            "anonymity": .string(it.anonymity.rawValue), "follow": list(it.follow.map(\.text)),
            "mute": list(it.mute.map(\.text)), "cadence": .string(it.cadence.text),
            "quiet_hours": .optional(it.quietHours?.text), "backlog": .string(it.backlog.rawValue),
        ])
    }

    static func preview(_ it: ChannelPreview) -> JSON {
        .members([
            "days": .integer(it.days), "total": .integer(it.total), "messages": .integer(it.messages),
            "considered": .integer(it.considered), "waiting": .optional(it.waiting?.count),
            "next_at": time(it.waiting?.next),
            "notices": .array(
                it.notices.map { notice in
                    .members([
                        "topic": .string(notice.topic.rawValue), "at": time(notice.at), "sent_at": time(notice.sentAt),
                        "subject": .string(notice.subject), "title": .string(notice.title),
                    ])
                }),
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
