package import Exchange
package import Feeds

/// The world as operations may see it: the clock, chance and time zones. Tests give their own, and a run can be
/// repeated.
package struct Ambient: Sendable {
    /// The present moment.
    package let now: @Sendable () -> Instant
    /// 64 random bits fit for secrets.
    package let random: @Sendable () -> UInt64
    /// The time zones of the world.
    package let zones: ZoneOffsets
    /// The clocks on the walls of the region, for digests and quiet hours.
    package let clock: LocalClock
    /// The rules of a time zone as calendars describe them; nothing where there is no table of them.
    package let zoneRules: @Sendable (String) -> ZoneRules?

    /// Takes every source; without a table of zones those of the region that know no daylight saving, and Japan's
    /// clocks.
    package init(
        now: @escaping @Sendable () -> Instant, random: @escaping @Sendable () -> UInt64,
        zones: ZoneOffsets = .constant, clock: LocalClock = LocalClock(offsetMinutes: 540),
        zoneRules: @escaping @Sendable (String) -> ZoneRules? = { _ in nil }
    ) {
        self.zoneRules = zoneRules
        self.now = now
        self.random = random
        self.zones = zones
        self.clock = clock
    }

    /// The same world where clocks run otherwise.
    package func keeping(_ clock: LocalClock) -> Ambient {
        Ambient(now: now, random: random, zones: zones, clock: clock, zoneRules: zoneRules)
    }

    /// A new identifier at the moment.
    package func identifier<Owner: Identified>(
        _ type: Owner.Type = Owner.self, prefix: String? = nil, at now: Instant
    ) -> Identifier<Owner> {
        Identifier.make(prefix: prefix, at: now, random: (UInt16(truncatingIfNeeded: random()), random()))
    }

    /// New identifiers for many things made at the moment, in ascending order.
    package func identifiers(at now: Instant) -> IdentifierSeries {
        IdentifierSeries(at: now, random: (UInt16(truncatingIfNeeded: random()), random(), random()))
    }

    /// So many random bytes.
    package func bytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let word = random()
            for shift in stride(from: 0, to: 64, by: 8) where bytes.count < count {
                bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
            }
        }
        return bytes
    }
}

/// What an administrator sets for the whole exchange.
package struct ExchangeSettings: Hashable, Sendable {
    /// The name that heads every message.
    package var name: String
    /// Where people's browsers reach the service; links in notices begin with it. No slash at the end.
    package var publicAddress: String
    /// How far clocks of the region are ahead of UTC, in minutes (Japan: 540).
    package var utcOffsetMinutes: Int
    package var defaultLanguage: Language
    /// How many days a posting lives unless its owner says otherwise.
    package var postingLifeDays: Int
    /// A pair is not suggested again for so many days.
    package var repeatWindowDays: Int
    /// How many days the link in an invitation holds.
    package var invitationDays: Int
    /// How many matches one posting is given in a round, and right after it is published.
    package var matchesPerPosting: Int
    /// 0...1; weaker pairs are not suggested.
    package var minimumScore: Double
    /// How many people should take part by the end of the fiscal year.
    package var participantTarget: Int
    /// How many days the text of a delivered notice is kept.
    package var noticeRetentionDays: Int
    /// The IANA time zone of events that name none.
    package var eventZone: String
    /// How many days after an event people are reminded of what they began there.
    package var eventFollowUpDays: Int

    /// The shipped values, the same as in the commented configuration file.
    package init(
        name: String = "Industry Mix", publicAddress: String = "http://127.0.0.1:8080", utcOffsetMinutes: Int = 540,
        defaultLanguage: Language = .ja, postingLifeDays: Int = 365, repeatWindowDays: Int = 180,
        invitationDays: Int = 14, matchesPerPosting: Int = 5, minimumScore: Double = 0.5, participantTarget: Int = 50,
        noticeRetentionDays: Int = 90, eventZone: String = "Asia/Tokyo", eventFollowUpDays: Int = 30
    ) {
        self.name = name
        self.publicAddress = publicAddress
        self.utcOffsetMinutes = utcOffsetMinutes
        self.defaultLanguage = defaultLanguage
        self.postingLifeDays = postingLifeDays
        self.repeatWindowDays = repeatWindowDays
        self.invitationDays = invitationDays
        self.matchesPerPosting = matchesPerPosting
        self.minimumScore = minimumScore
        self.participantTarget = participantTarget
        self.noticeRetentionDays = noticeRetentionDays
        self.eventZone = eventZone
        self.eventFollowUpDays = eventFollowUpDays
    }
}

extension ExchangeSettings {
    /// When a posting without a date of its own ends: with the last of its days in the exchange's zone, so that the
    /// date alone, as files carry it, says the same.
    package func expiry(from now: Instant) -> Instant {
        let today = CalendarDay(of: now, offsetMinutes: utcOffsetMinutes)
        return CalendarDay(daysSinceEpoch: today.daysSinceEpoch + postingLifeDays).end(offsetMinutes: utcOffsetMinutes)
    }
}
