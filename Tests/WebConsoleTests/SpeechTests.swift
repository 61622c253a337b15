import Exchange
import Testing
import WebConsole

@Suite struct `Dates` {
    private static let november = Instant(milliseconds: 1_795_322_096_000)

    private func speech(_ language: Language) throws -> Speech {
        Speech(catalogue: try Catalogue.embedded(), language: language, offsetMinutes: 540)
    }

    @Test(arguments: [
        (Language.ja, "2026年11月22日(日)", "2026年(令和8年)11月22日", "2026年度(令和8年度)"),
        (.en, "Sun 22 Nov 2026", "Sun 22 Nov 2026", "FY 2026"),
        (.ko, "2026년 11월 22일 (일)", "2026년 11월 22일 (일)", "2026년도"),
        (.zh, "2026年11月22日(周日)", "2026年11月22日(周日)", "2026财年"),
    ])
    func `are written as each language expects`(_ it: (Language, String, String, String)) throws {
        let say = try speech(it.0)
        #expect(say.date(Self.november) == it.1)
        #expect(say.dateWithEra(Self.november) == it.2)
        #expect(say.fiscalYear(Self.november) == it.3)
    }

    @Test(arguments: [
        ("2019-04-30", "平成31年"), ("2019-05-01", "令和元年"), ("2026-01-01", "令和8年"), ("1989-01-08", "平成元年"),
    ])
    func `know the eras by their first days`(_ day: String, _ era: String) throws {
        #expect(Speech.era(of: try #require(CalendarDay(iso: day))) == era)
        #expect(Speech.era(of: try #require(CalendarDay(iso: "1989-01-07"))) == nil)
    }

    @Test func `before April belong to the fiscal year before`() throws {
        let say = try speech(.en)
        let last = try #require(CalendarDay(iso: "2027-03-31")).start(offsetMinutes: 540)
        #expect(say.fiscalYear(last) == "FY 2026")
        #expect(say.fiscalYear(last.advanced(byDays: 1)) == "FY 2027")
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567")])
    func `stand beside numbers with their thousands apart`(_ value: Int, _ text: String) throws {
        #expect(try speech(.ja).number(value) == text)
    }
}
