import Exchange
import Testing

/// A moment on the clocks of a region, written as UTC.
private func moment(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }

/// Europe/Berlin around 2027: summer time from 28 March 01:00Z to 31 October 01:00Z.
private func berlin() throws -> LocalClock {
    LocalClock(
        offsetMinutes: 60,
        changes: [
            LocalClock.Change(at: try moment("2027-03-28T01:00:00Z"), offsetMinutes: 120),
            LocalClock.Change(at: try moment("2027-10-31T01:00:00Z"), offsetMinutes: 60),
        ])
}

private let tokyo = LocalClock(offsetMinutes: 540)

@Suite struct `A clock on the wall` {
    @Test(arguments: [
        ("2027-01-15T07:30:00Z", "2027-01-15", "08:30"), ("2027-03-28T00:59:00Z", "2027-03-28", "01:59"),
        ("2027-03-28T01:00:00Z", "2027-03-28", "03:00"), ("2027-07-01T22:15:00Z", "2027-07-02", "00:15"),
        ("2027-10-31T00:30:00Z", "2027-10-31", "02:30"), ("2027-10-31T01:30:00Z", "2027-10-31", "02:30"),
    ])
    func `shows the region's time`(_ utc: String, _ day: String, _ time: String) throws {
        let reading = try berlin().reading(at: try moment(utc))
        #expect(reading.day.iso == day)
        #expect(reading.time.text == time)
    }

    @Test(arguments: [
        ("2027-01-15", "08:30", "2027-01-15T07:30:00Z"), ("2027-07-15", "08:30", "2027-07-15T06:30:00Z"),
        // 02:30 does not exist on this day: the moment of the leap.
        ("2027-03-28", "02:30", "2027-03-28T01:00:00Z"), ("2027-03-28", "02:00", "2027-03-28T01:00:00Z"),
        ("2027-03-28", "03:00", "2027-03-28T01:00:00Z"), ("2027-03-28", "01:59", "2027-03-28T00:59:00Z"),
        // 02:30 comes twice on this day: the first.
        ("2027-10-31", "02:30", "2027-10-31T00:30:00Z"), ("2027-10-31", "03:00", "2027-10-31T02:00:00Z"),
    ])
    func `and is read back, through summer time's gap and overlap`(_ day: String, _ time: String, _ utc: String) throws
    {
        let found = try berlin().moment(try #require(CalendarDay(iso: day)), try #require(LocalTime(time)))
        #expect(found == (try moment(utc)))
    }

    @Test(arguments: ["8:30", "08:30", "00:00", "23:59"]) func `takes times of day`(_ text: String) {
        #expect(LocalTime(text) != nil)
    }

    @Test(arguments: ["", "24:00", "8", "08:60", "8:3", "-1:00", "08:30:00", "８:30"]) func `and nothing else`(
        _ text: String
    ) {
        #expect(LocalTime(text) == nil)
    }
}

@Suite struct `The hours of a channel` {
    @Test(arguments: [
        ("immediate", "2027-01-15T07:30:00Z", String?.none), ("hourly", "2027-01-15T07:30:00Z", "2027-01-15T08:00:00Z"),
        ("hourly", "2027-01-15T08:00:00Z", "2027-01-15T09:00:00Z"),
        ("daily 08:30", "2027-01-14T23:29:59Z", "2027-01-14T23:30:00Z"),
        ("daily 08:30", "2027-01-14T23:30:00Z", "2027-01-15T23:30:00Z"),
        ("weekly mon 08:30", "2027-01-15T00:00:00Z", "2027-01-17T23:30:00Z"),
        ("weekly mon 08:30", "2027-01-17T23:30:00Z", "2027-01-24T23:30:00Z"),
    ])
    func `come round`(_ text: String, _ now: String, _ next: String?) throws {
        let cadence = try #require(Channel.Cadence(text))
        #expect(cadence.text == text)
        #expect(cadence.next(after: try moment(now), tokyo) == (try next.map(moment)))
    }

    @Test func `come once a day, whatever summer time does`() throws {
        for text in ["daily 02:30", "daily 03:00", "daily 00:00"] {
            let cadence = try #require(Channel.Cadence(text))
            var now = try moment("2027-03-20T00:00:00Z")
            var days: Set<String> = []
            for _ in 0..<250 {
                let next = try #require(cadence.next(after: now, try berlin()))
                #expect(next > now)
                #expect(next.milliseconds - now.milliseconds <= 25 * 3_600_000 + 3_600_000)
                let day = try berlin().reading(at: next).day.iso
                #expect(days.insert(day).inserted, "\(text) came twice on \(day)")
                now = next
            }
        }
    }

    @Test(arguments: [
        "", "daily", "daily 25:00", "weekly", "weekly 08:30", "weekly xyz 08:30", "hourly 08:30", "monthly",
        "immediate x",
    ])
    func `are not misread`(_ text: String) {
        #expect(Channel.Cadence(text) == nil)
    }

    @Test(arguments: [
        // Tokyo is nine hours ahead: 22:00 is 13:00Z.
        ("22:00-07:00", "2027-01-15T12:59:00Z", "2027-01-15T12:59:00Z"),
        ("22:00-07:00", "2027-01-15T13:00:00Z", "2027-01-15T22:00:00Z"),
        ("22:00-07:00", "2027-01-15T21:59:59Z", "2027-01-15T22:00:00Z"),
        ("22:00-07:00", "2027-01-15T22:00:00Z", "2027-01-15T22:00:00Z"),
        ("12:00-13:00", "2027-01-15T03:30:00Z", "2027-01-15T04:00:00Z"),
        // 2027-01-16 and 17 are a Saturday and a Sunday.
        ("sat sun", "2027-01-15T15:00:00Z", "2027-01-17T15:00:00Z"),
        ("22:00-07:00 sat sun", "2027-01-15T14:00:00Z", "2027-01-17T22:00:00Z"),
        ("22:00-07:00 sat sun", "2027-01-16T03:00:00Z", "2027-01-17T22:00:00Z"),
    ])
    func `leave quiet hours alone`(_ quiet: String, _ from: String, _ until: String) throws {
        let hours = try #require(Channel.QuietHours(quiet))
        #expect(hours.text == quiet)
        #expect(hours.end(from: try moment(from), tokyo) == (try moment(until)))
    }

    @Test(arguments: [
        "", "22:00", "22:00-22:00", "mon tue wed thu fri sat sun", "22:00-07:00 12:00-13:00", "never", "22-7",
    ])
    func `are never all quiet, nor half said`(_ text: String) {
        #expect(Channel.QuietHours(text) == nil)
    }

    @Test func `are the digest's, moved out of the quiet ones`() throws {
        var rules = Channel.Rules(cadence: .daily(try #require(LocalTime("23:00"))))
        rules.quietHours = Channel.QuietHours("22:00-07:00")
        let now = try moment("2027-01-15T03:00:00Z")
        #expect(rules.notBefore(now, tokyo) == (try moment("2027-01-15T22:00:00Z")))
        rules.cadence = .immediate
        #expect(rules.notBefore(now, tokyo) == nil)
        #expect(rules.notBefore(try moment("2027-01-15T14:00:00Z"), tokyo) == (try moment("2027-01-15T22:00:00Z")))
    }
}

@Suite struct `The rules of a channel` {
    private func hears(
        _ rules: Channel.Rules, _ topic: Channel.Topic = .matches, _ postings: [Posting],
        regions: [Identifier<Organization>: RegionCode] = [:], score: Double? = 0.5, owner: UInt64? = nil
    ) throws -> Bool {
        let channel = Channel(
            id: id(1), name: "c", platform: .teams, sealedAddress: "", shownAddress: "", sealedSigningKey: nil,
            language: .ja, rules: rules, state: .active, owner: owner.map { id($0) }, version: 1, createdAt: noon,
            updatedAt: noon)
        let occasion = Channel.Occasion(topic, about: postings, kind: .bridge, score: score, regions: regions)
        return channel.wants(occasion, in: try taxonomy())
    }

    private let named = posting(.published(since: noon), owner: 1, organization: 11)
    private let hidden = posting(.published(since: noon), .anonymous, owner: 2, organization: 12)

    @Test func `know places, but not those of anonymous postings`() throws {
        let places: [Identifier<Organization>: RegionCode] = [
            id(11): RegionCode(stored: "JP-31"), id(12): RegionCode(stored: "JP-13"),
        ]
        func heard(_ region: String, _ postings: [Posting]) throws -> Bool {
            try hears(Channel.Rules(regions: [RegionCode(stored: region)]), .matches, postings, regions: places)
        }
        #expect(try heard("JP-31", [named, hidden]))
        #expect(try heard("JP", [named]))
        #expect(try !heard("JP-13", [named, hidden]))
        #expect(try !heard("JP-13", [hidden]))
        #expect(try !heard("JP", [hidden]))
    }

    @Test(arguments: [
        (Channel.Anonymity.any, true, true, true), (.named, true, false, false), (.anonymous, false, true, true),
    ])
    func `may want only what is named, or only what is not`(
        _ wish: Channel.Anonymity, _ ofNamed: Bool, _ ofHidden: Bool, _ ofBoth: Bool
    ) throws {
        let rules = Channel.Rules(anonymity: wish)
        #expect(try hears(rules, .matches, [named]) == ofNamed)
        #expect(try hears(rules, .matches, [hidden]) == ofHidden)
        #expect(try hears(rules, .matches, [named, hidden]) == ofBoth)
    }

    @Test func `follow postings, organizations and fields past every other rule but the topics`() throws {
        let strict = Channel.Rules(fields: [FieldCode("robots")], languages: [.zh], minimumScore: 0.99)
        #expect(try !hears(strict, .matches, [named]))
        for subject in [
            Channel.Subject.posting(named.id), .organization(named.organization), .field(FieldCode("machines")),
        ] {
            var rules = strict
            rules.follow = [subject]
            #expect(try hears(rules, .matches, [named]))
            // What is followed is heard of when it is new, too.
            #expect(try hears(rules, .postings, [named]))
            rules.topics = [.groups]
            #expect(try !hears(rules, .matches, [named]))
        }
    }

    @Test func `never tell which anonymous posting belongs to a followed or muted organization`() throws {
        let follow = Channel.Rules(minimumScore: 0.99, follow: [.organization(hidden.organization)])
        #expect(try !hears(follow, .matches, [hidden]))
        let mute = Channel.Rules(mute: [.organization(hidden.organization)])
        #expect(try hears(mute, .matches, [hidden]))
    }

    @Test func `mute more strongly than they follow`() throws {
        let rules = Channel.Rules(follow: [.posting(named.id)], mute: [.field(FieldCode("pumps"))])
        #expect(try !hears(rules, .matches, [named]))
    }

    @Test func `let a person's own channel follow others`() throws {
        #expect(try !hears(Channel.Rules(), .matches, [named], owner: 9))
        #expect(try hears(Channel.Rules(), .matches, [named], owner: 1))
        #expect(try hears(Channel.Rules(follow: [.organization(named.organization)]), .matches, [named], owner: 9))
    }

    @Test(arguments: ["need_01jd3w7k2m9v8x4t6r5q1p0nzb", "org_01jd3w7k2m9v8x4t6r5q1p0nzb", "new-materials"])
    func `name what they follow as everything else does`(_ text: String) {
        #expect(Channel.Subject(text).text == text)
        let isField = if case .field = Channel.Subject(text) { true } else { false }
        #expect(isField == (text == "new-materials"))
    }
}
