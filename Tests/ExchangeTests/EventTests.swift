import Exchange
import Testing

private let kang = RegionCode(stored: "KR-42")
private let jilin = RegionCode(stored: "CN-22")
private let tottori = RegionCode(stored: "JP-31")

/// Clocks go forward on 2027-03-28 from 02:00 to 03:00 and back on 2027-10-31 from 03:00 to 02:00.
private let zones = ZoneOffsets { zone, instant in
    guard zone == "Europe/Berlin" else { return ZoneOffsets.constant.minutes(zone, at: instant) }
    let summer = (1_806_195_600_000..<1_824_944_400_000).contains(instant.milliseconds)
    return summer ? 120 : 60
}

private func event(
    _ date: String?, _ host: RegionCode = tottori, edition: Int? = nil, _ number: UInt64 = 1
) throws -> Event {
    var content = EventContent(title: "フォーラム", zone: "Asia/Tokyo")
    content.hostRegion = host
    var draft = EventDraft(kind: .forum, content: content)
    draft.date = try date.map { try EventDate($0) }
    draft.series = edition == nil ? nil : id(1)
    draft.edition = edition
    return try Event.add(draft, id: id(number), by: clerk, at: noon).value
}

@Suite struct `The date of an event` {
    @Test(
        arguments: [
            ("2009", "2009-01-01", "2009-12-31"), ("2020-autumn", "2020-09-01", "2020-11-30"),
            ("2020-winter", "2020-12-01", "2021-02-28"), ("2011-07", "2011-07-01", "2011-07-31"),
            ("2019-12", "2019-12-01", "2019-12-31"), ("2010-10-27", "2010-10-27", "2010-10-27"),
            ("2028-02-28/2028-03-01", "2028-02-28", "2028-03-01"),
        ])
    func `is as exact as people know it`(_ text: String, _ first: String, _ last: String) throws {
        let date = try EventDate(text)
        #expect(date.text == text && date.first.iso == first && date.last.iso == last)
    }

    @Test(
        arguments: [
            "", "27.10.2010", "2010-13", "2010-02-30", "2010-1", "10000", "2010-monsoon", "2010-10-27/2010-10-26",
            "2010-10-01/2010-11-01", "2010-10-27/2010", "2010-10-27/2010-10-28/2010-10-29", "+201", "-", "/",
        ])
    func `is refused when there is no such day, or its end comes first`(_ text: String) {
        #expect(throws: Refusal.self) { try EventDate(text) }
    }
}

@Suite struct `A local time` {
    private func meaning(_ day: String, _ time: String) throws -> ZoneOffsets.Meaning? {
        let day = try #require(CalendarDay(iso: day))
        let time = try #require(ClockTime(time))
        return zones.meaning(of: day, minutes: time.minutes, in: "Europe/Berlin")
    }

    @Test func `that clocks skip or show twice is told apart`() throws {
        #expect(try meaning("2027-03-28", "01:59") == .once(try #require(Instant(rfc3339: "2027-03-28T00:59:00Z"))))
        #expect(try meaning("2027-03-28", "02:30") == .never)
        #expect(try meaning("2027-03-28", "03:00") == .once(try #require(Instant(rfc3339: "2027-03-28T01:00:00Z"))))
        let first = try #require(Instant(rfc3339: "2027-10-31T00:30:00Z"))
        #expect(try meaning("2027-10-31", "02:30") == .twice(first, first.advanced(byMilliseconds: 3_600_000)))
        #expect(try meaning("2027-10-31", "03:00") == .once(try #require(Instant(rfc3339: "2027-10-31T02:00:00Z"))))
    }

    @Test func `is read in the event's zone, or with an offset of its own`() throws {
        let plain = try zones.moment("2027-07-01T09:00", in: "Europe/Berlin", field: "from")
        #expect(plain.rfc3339 == "2027-07-01T07:00:00.000Z")
        #expect(try zones.moment("2027-07-01T09:00:00+02:00", in: "Asia/Tokyo", field: "from") == plain)
        #expect(zones.text(plain, in: "Europe/Berlin") == "2027-07-01T09:00")
        for (text, zone) in [
            ("2027-03-28T02:30", "Europe/Berlin"), ("2027-10-31T02:30", "Europe/Berlin"), ("9 o'clock", "Asia/Tokyo"),
            ("2027-07-01T09:00", "Mars/Olympus"), ("2027-07-01T24:30", "Asia/Tokyo"),
        ] {
            #expect(throws: Refusal.self, "\(text)") { try zones.moment(text, in: zone, field: "from") }
        }
    }
}

@Suite struct `An event` {
    @Test func `keeps every date that did not hold, with the reason`() throws {
        var forum = try event("2009", jilin)
        forum = try forum.postpone(to: try EventDate("2010-10-27"), because: " 鳥インフルエンザ ", by: clerk, at: noon).value
        #expect(forum.state == .planned)
        forum = try forum.announce(by: clerk, at: noon).value
        let put = try forum.postpone(to: nil, because: "日程の都合", by: clerk, at: noon)
        #expect(put.happenings.map(\.kind) == [.eventPostponed])
        #expect(put.happenings[0].details["from"] == "2010-10-27" && put.value.state == .postponed)
        forum = try put.value.replan(to: try EventDate("2011-07"), by: clerk, at: noon).value
        forum = try forum.hold(today: CalendarDay(of: noon, offsetMinutes: 540), by: clerk, at: noon).value
        #expect(forum.formerDates.map(\.date.text) == ["2009", "2010-10-27"])
        #expect(forum.formerDates.map(\.reason) == ["鳥インフルエンザ", "日程の都合"])
        #expect(forum.formerDates.allSatisfy { $0.hostRegion == jilin })
        #expect(forum.date?.text == "2011-07" && forum.state == .held && forum.version == 6)
        #expect(throws: Refusal.self) { try forum.postpone(to: nil, because: "x", by: clerk, at: noon) }
        let reported = try forum.report(by: clerk, at: noon).value
        #expect(throws: Refusal.self) { try reported.cancel(because: "x", by: clerk, at: noon) }
    }

    @Test func `cannot be put off without a reason, a date, or a change`() throws {
        let forum = try event("2027-10-27")
        #expect(throws: Refusal.self) { try forum.postpone(to: nil, because: " ", by: clerk, at: noon) }
        #expect(throws: Refusal.self) {
            try forum.postpone(to: try EventDate("2027-10-27"), because: "x", by: clerk, at: noon)
        }
        #expect(throws: Refusal.self) { try event(nil).postpone(to: nil, because: "x", by: clerk, at: noon) }
        #expect(throws: Refusal.self) { try event(nil).announce(by: clerk, at: noon) }
        #expect(throws: Refusal.self) { try event("2027-10").open(by: clerk, at: noon) }
    }

    @Test func `moves its hours with its days, and changes a date that people were told only by postponing`() throws {
        var forum = try event("2027-10-27/2027-10-28")
        let hours = try ["2027-10-27", "2027-10-28"].map {
            EventContent.Day(
                day: try #require(CalendarDay(iso: $0)), opens: try #require(ClockTime("09:30")),
                closes: try #require(ClockTime("17:00")))
        }
        forum.content.days = hours
        let told = try forum.open(by: clerk, at: noon).value
        let later = try EventDate("2027-11-10")
        #expect(throws: Refusal.self) {
            try told.revised(told.content, date: later, series: nil, edition: nil, by: clerk, at: noon)
        }
        let moved = try told.postpone(to: later, because: "台風", by: clerk, at: noon).value
        #expect(moved.content.days.map(\.day.iso) == ["2027-11-10"] && moved.state == .announced)
        #expect(moved.openings(.constant).map(\.from.rfc3339) == ["2027-11-10T00:30:00.000Z"])
    }

    @Test func `is not held before its day`() throws {
        let today = try #require(CalendarDay(iso: "2027-10-26"))
        #expect(throws: Refusal.self) { try event("2027-10-27").hold(today: today, by: clerk, at: noon) }
        #expect(try event("2027-10").hold(today: today, by: clerk, at: noon).value.state == .held)
    }

    @Test func `is refused with all that is wrong at once`() throws {
        var content = EventContent(title: " ", format: .online, zone: "Mars/Olympus")
        content.capacity = EventContent.Capacity(onSite: 0)
        content.followUpDays = 0
        content.days = [
            EventContent.Day(
                day: try #require(CalendarDay(iso: "2027-10-28")), opens: try #require(ClockTime("17:00")),
                closes: try #require(ClockTime("09:00")))
        ]
        content.venue = EventContent.Venue(
            name: "H", halls: [EventContent.Hall(name: "A"), EventContent.Hall(name: "A")])
        content.budget = [
            EventContent.BudgetLine(fiscalYear: 2027, purpose: "x", source: "", currency: "yen", asked: -1)
        ]
        let (known, date) = (try taxonomy(), try EventDate("2027-10-27"))
        let fields = refusedFields { _ = try content.checked(against: known, zones: zones, date: date) }
        #expect(Set(fields) == ["title", "zone", "capacity", "follow_up_days", "days", "venue", "budget"])
    }

    @Test func `adds its budget up by fiscal year`() {
        var content = EventContent(title: "x", zone: "Asia/Tokyo")
        content.budget = [
            EventContent.BudgetLine(fiscalYear: 2013, purpose: "開催", source: "県", asked: 528_000),
            EventContent.BudgetLine(fiscalYear: 2012, purpose: "開催", source: "県", granted: 3_183_000),
            EventContent.BudgetLine(fiscalYear: 2013, purpose: "人件費", source: "県", asked: 1_574_000, persons: 0.2),
        ]
        #expect(content.budgetTotals.map(\.fiscalYear) == [2012, 2013])
        #expect(content.budgetTotals.map(\.asked) == [0, 2_102_000])
    }
}

@Suite struct `A series with hosts that take turns` {
    private func series() -> EventSeries {
        var content = EventSeries.Content(title: "北東アジア産業技術フォーラム")
        content.rotation = [kang, jilin, tottori]
        return EventSeries(id: id(1), kind: .forum, content: content, createdAt: noon, updatedAt: noon)
    }

    @Test func `proposes the region after the last host`() throws {
        let forum = series()
        #expect(forum.nextTurn(after: []) == EventSeries.Turn(hostRegion: kang, edition: 1, after: nil))
        let events = [
            try event("2008", kang, edition: 1, 1), try event("2011-07", jilin, edition: 2, 2),
            try event("2012-05", tottori, edition: 3, 3),
        ]
        #expect(forum.nextTurn(after: events.reversed()).hostRegion == kang)
        #expect(forum.nextTurn(after: events).edition == 4)
        let cancelled = try event("2013", kang, edition: 4, 4).cancel(because: "x", by: clerk, at: noon).value
        #expect(forum.nextTurn(after: events + [cancelled]).hostRegion == kang)
        let outside = try event("2013", RegionCode(stored: "RU-PRI"), edition: 4, 4)
        let next = forum.nextTurn(after: events + [outside])
        #expect(next.hostRegion == kang && next.edition == 5)
    }

    @Test func `without a rotation proposes nobody`() throws {
        let plain = EventSeries(
            id: id(1), kind: .exhibition, content: EventSeries.Content(title: "x"), createdAt: noon, updatedAt: noon)
        #expect(plain.nextTurn(after: [try event("2027", edition: 3)]).hostRegion == nil)
    }
}

/// The fields that a check refuses, in order; none if it refuses nothing or something else.
func refusedFields(_ check: () throws -> Void) -> [String] {
    do { try check() } catch {
        if case .invalid(let problems)? = error as? Refusal { return problems.map(\.field) }
    }
    return []
}
