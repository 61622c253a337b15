import Exchange

extension Office {
    /// Reminds the people of events that ended long enough ago of what they began there; says of how many events.
    /// Each event reminds once.
    package func followUpEvents(limit: Int) async throws -> Int {
        let days = settings.eventFollowUpDays
        let count = try await store.write { tx in
            let today = CalendarDay(of: tx.now, offsetMinutes: settings.utcOffsetMinutes)
            var count = 0
            for event in try tx.eventsToFollowUp(endedBy: today, limit: limit) {
                let delay = event.content.followUpDays ?? days
                guard let last = event.date?.last, last.daysSinceEpoch + delay <= today.daysSinceEpoch else { continue }
                let change = event.followUp(at: tx.now)
                try tx.update(change.value, expecting: event.version)
                try tx.append(change.happenings)
                count += 1
                // An event whose history was entered years later needs no reminder.
                guard event.createdAt < last.end(offsetMinutes: settings.utcOffsetMinutes) else { continue }
                let registrations = try tx.confirmedRegistrations(at: event.id)
                try self.tellToFollowUp(
                    change.value, Set(registrations.compactMap(\.participant)), registrations.compactMap(\.guest), tx)
            }
            return count
        }
        if count > 0 {
            nudge(.happenings)
            nudge(.outbox)
        }
        return count
    }
}
