import Exchange
import Testing

@Suite struct `A calendar day` {
    @Test(arguments: [
        ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2000-03-01", 11_017), ("2024-02-29", 19_782),
        ("2026-04-01", 20_544), ("1000-01-01", -354_285), ("9999-12-31", 2_932_896), ("1900-03-01", -25_508),
    ])
    func `is so many days from 1970`(_ text: String, _ days: Int) throws {
        let day = try #require(CalendarDay(iso: text))
        #expect(day.daysSinceEpoch == days)
        #expect(CalendarDay(daysSinceEpoch: days).iso == text)
    }

    @Test func `follows the day before it for eight hundred years`() throws {
        var day = try #require(CalendarDay(year: 1600, month: 1, day: 1))
        let last = try #require(CalendarDay(year: 2400, month: 12, day: 31))
        var lengths: [Int: Int] = [:]
        while day <= last {
            let (year, month, number) = day.civil
            lengths[year, default: 0] += 1
            if CalendarDay(year: year, month: month, day: number) != day { Issue.record("\(day.iso)") }
            day = CalendarDay(daysSinceEpoch: day.daysSinceEpoch + 1)
        }
        let leapYears = (1600...2400).filter { $0 % 4 == 0 && ($0 % 100 != 0 || $0 % 400 == 0) }
        #expect(lengths.count == 801)
        #expect(lengths.filter { $0.value == 366 }.keys.sorted() == leapYears)
        #expect(lengths.values.filter { $0 == 365 }.count == 801 - leapYears.count)
    }

    @Test(arguments: [
        "2025-02-29", "1900-02-29", "2100-02-29", "2026-04-31", "2026-13-01", "2026-00-01", "2026-01-00", "2026-01-32",
        "0999-01-01", "26-01-01", "2026-1-1", "2026/01/01", "2026-01-01 ", "", "2026-01", "+202-01-01", "2026-+1-01",
        "2026-01-+1", "２０２６-01-01", "2026-０１-01", "2026-01-01T00:00:00Z", "令和8-01-01",
    ])
    func `that does not exist or is written otherwise is refused`(_ text: String) {
        #expect(CalendarDay(iso: text) == nil)
    }

    @Test(
        arguments: [
            (0, 540, "1970-01-01"), (-1, 540, "1970-01-01"), (-1, 0, "1969-12-31"), (54_000_000, 540, "1970-01-02"),
            (53_999_999, 540, "1970-01-01"), (-32_400_001, 540, "1969-12-31"), (0, -300, "1969-12-31"),
            (18_000_000, -300, "1970-01-01"), (-86_400_000, 0, "1969-12-31"), (-86_400_001, 0, "1969-12-30"),
        ] as [(Int64, Int, String)])
    func `is the one that people's clocks show`(_ milliseconds: Int64, _ offset: Int, _ day: String) {
        #expect(CalendarDay(of: Instant(milliseconds: milliseconds), offsetMinutes: offset).iso == day)
    }

    @Test(arguments: [0, 540, 480, -300, 345])
    func `ends where the next one begins`(_ offset: Int) throws {
        let day = try #require(CalendarDay(iso: "2026-03-31"))
        let next = try #require(CalendarDay(iso: "2026-04-01"))
        #expect(day.end(offsetMinutes: offset) == next.start(offsetMinutes: offset))
        #expect(CalendarDay(of: next.start(offsetMinutes: offset), offsetMinutes: offset) == next)
        #expect(
            CalendarDay(of: day.end(offsetMinutes: offset).advanced(byMilliseconds: -1), offsetMinutes: offset) == day)
    }
}

@Suite struct `A moment` {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (1_800_000_000_123, "2027-01-15T08:00:00.123Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func `is written as RFC 3339 and read back`(_ milliseconds: Int64, _ text: String) {
        #expect(Instant(milliseconds: milliseconds).rfc3339 == text)
        #expect(Instant(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test(
        arguments: [
            ("2027-01-15T17:00:00+09:00", 1_800_000_000_000), ("2027-01-15T03:00:00-05:00", 1_800_000_000_000),
            ("2027-01-15T08:00:00Z", 1_800_000_000_000), ("2027-01-15t08:00:00z", 1_800_000_000_000),
            ("2027-01-15T08:00:00.5Z", 1_800_000_000_500), ("2027-01-15T08:00:00.05Z", 1_800_000_000_050),
            ("2027-01-15T08:00:00.1239999Z", 1_800_000_000_123), ("2027-01-15T08:00:00.000000001Z", 1_800_000_000_000),
            ("2027-01-15T13:45:00+05:45", 1_800_000_000_000), ("2027-01-15T08:00:00-00:00", 1_800_000_000_000),
            ("2016-12-31T23:59:60Z", 1_483_228_800_000), ("2027-01-16T07:59:00+23:59", 1_800_000_000_000),
        ] as [(String, Int64)])
    func `is read with any offset and any fraction`(_ text: String, _ milliseconds: Int64) {
        #expect(Instant(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "2027-01-15", "2027-01-15T08:00:00", "2027-01-15 08:00:00Z", "2027-01-15T08:00Z", "2027-02-29T08:00:00Z",
        "2027-01-15T24:00:00Z", "2027-01-15T08:60:00Z", "2027-01-15T08:00:61Z", "2027-01-15T08:00:00.Z",
        "2027-01-15T08:00:00.5", "2027-01-15T08:00:00+0900", "2027-01-15T08:00:00+09", "2027-01-15T08:00:00+24:00",
        "2027-01-15T08:00:00Zjunk", "2027-01-15T08-00-00Z", "2027-01-15T-8:00:00Z", "1800000000000",
        "2027-01-15T08:00:00,5Z", "20270115T080000Z0000", "2027-01-15T08:00:00.5Z ",
    ])
    func `in another form is refused`(_ text: String) {
        #expect(Instant(rfc3339: text) == nil)
    }
}
