package import Exchange

/// What publishing a timetable did.
package struct PublishedMeetings: Sendable, Equatable {
    package let draft: MeetingDraft
    package let arranged: Int
    package let moved: Int
    package let cancelled: Int
    package let unchanged: Int
}

extension Office {
    /// Makes a timetable the one that people are told: new meetings are arranged, those they know are moved or
    /// cancelled, what is confirmed stays. Only people whose meetings change are told.
    package func publish(
        _ id: Identifier<MeetingDraft>, expecting version: Int? = nil, by actor: Actor
    ) async throws -> PublishedMeetings {
        try actor.require(.coordinate)
        let (ambient, taxonomy) = (ambient, taxonomy)
        let composer = MeetingNotices(settings: settings, zones: ambient.zones)
        defer { nudge(.outbox) }
        return try await write { tx in
            guard var draft = try tx.meetingDraft(id) else { throw Refusal.notFound(subject: "draft", id: id.text) }
            try tx.expect(version, current: draft.version, "draft")
            guard draft.state == .ready else {
                throw Refusal.conflict(.state(subject: "draft", state: draft.state.rawValue, verb: "published"))
            }
            guard let event = try tx.event(draft.event) else {
                throw Refusal.notFound(subject: "event", id: draft.event.text)
            }
            let plan = try MeetingChanges(draft, tx, by: actor, ambient)
            for meeting in plan.inserted { try tx.insert(meeting.value) }
            for (old, change) in plan.changed { try tx.update(change.value, expecting: old.version) }
            try tx.append(plan.inserted.flatMap(\.happenings) + plan.changed.flatMap { $0.1.happenings })
            let old = draft.version
            draft.state = .published
            draft.version += 1
            draft.updatedAt = tx.now
            try tx.update(draft, expecting: old)
            let cancelled = plan.changed.count { $0.1.value.state == .cancelled }
            let result = PublishedMeetings(
                draft: draft, arranged: plan.inserted.count, moved: plan.changed.count - cancelled,
                cancelled: cancelled, unchanged: plan.unchanged)
            try tx.append([
                Happening(
                    .meetingsPublished, subject: draft.id.text, related: [event.id.text], by: actor.reference,
                    at: tx.now,
                    details: [
                        "arranged": "\(result.arranged)", "moved": "\(result.moved)",
                        "cancelled": "\(result.cancelled)", "unchanged": "\(result.unchanged)",
                    ])
            ])
            let touched = plan.inserted.map(\.value) + plan.changed.map(\.1.value)
            try tx.tell(touched, of: event, composer, besides: nil, taxonomy, ambient)
            return result
        }
    }
}

/// What has to change so that a timetable stands.
private struct MeetingChanges {
    private(set) var inserted: [Change<Meeting>] = []
    private(set) var changed: [(Meeting, Change<Meeting>)] = []
    private(set) var unchanged = 0

    init(
        _ draft: MeetingDraft, _ tx: some ExchangeTransaction, by actor: Actor, _ ambient: Ambient
    ) throws {
        let now = tx.now
        let here = Set(try tx.confirmedRegistrations(at: draft.event).compactMap(\.participant))
        let known = try tx.meetings(at: draft.event).filter { $0.isStanding }
        var open = Dictionary(known.map { ([$0.first, $0.second], $0) }, uniquingKeysWith: { _, last in last })
        for entry in draft.result.entries {
            let key = [min(entry.first, entry.second), max(entry.first, entry.second)]
            // Somebody who left since it was computed meets nobody.
            guard here.contains(entry.first), here.contains(entry.second) else { continue }
            guard let old = open.removeValue(forKey: key) else {
                inserted.append(
                    try Meeting.arranged(
                        ambient.identifier(at: now), at: draft.event, entry.first, entry.second, ground: entry.ground,
                        seat: entry.seat, source: .plan, by: actor.reference, at: now))
                continue
            }
            if old.isMovable, old.seat != entry.seat {
                changed.append((old, try old.moved(to: entry.seat, by: actor.reference, at: now)))
            } else {
                unchanged += 1
            }
        }
        for old in open.values.sorted(by: { $0.id < $1.id }) where old.seat.span.from >= now {
            let isGone = !here.contains(old.first) || !here.contains(old.second)
            guard old.isMovable || isGone && old.state == .confirmed else {
                unchanged += 1
                continue
            }
            changed.append((old, try old.cancelled(because: "replanned", by: actor.reference, at: now)))
        }
    }
}
