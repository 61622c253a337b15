package import Exchange

/// Speaks to one reader: texts, dates and numbers in the reader's language and the exchange's zone.
package struct Speech: Sendable {
    package let catalogue: Catalogue
    package let language: Language
    /// How far clocks of the region are ahead of UTC, in minutes.
    package let offsetMinutes: Int

    package init(catalogue: Catalogue, language: Language, offsetMinutes: Int) {
        self.catalogue = catalogue
        self.language = language
        self.offsetMinutes = offsetMinutes
    }

    /// The text of a key with the values put in. An unknown key is said as it is: a test keeps that from happening.
    func callAsFunction(_ key: String, _ values: [String: String] = [:]) -> String {
        guard var text = catalogue.text(key, in: language) else { return key }
        for (name, value) in values { text = text.replacing("{\(name)}", with: value) }
        return text
    }

    /// The text of a member of a closed set, such as `state.posting` and `published`.
    func word(_ family: String, _ member: String) -> String { self(family + "." + member) }

    /// A whole number with its thousands apart.
    package func number(_ value: Int) -> String {
        let digits = String(abs(value))
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { grouped.append(",") }
            grouped.append(digit)
        }
        return value < 0 ? "-" + grouped : grouped
    }

    /// A share in percent without decimals; `share` from 0 to 1.
    func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

    /// The day: 2026年11月22日(日), Sun 22 Nov 2026, 2026년 11월 22일 (일), 2026年11月22日(周日).
    package func date(_ instant: Instant) -> String {
        date(CalendarDay(of: instant, offsetMinutes: offsetMinutes))
    }

    func date(_ day: CalendarDay) -> String {
        let (year, month, number) = day.civil
        let week = Self.weekdays[language]?[Self.weekday(day)] ?? ""
        return switch language {
        case .ja: "\(year)年\(month)月\(number)日(\(week))"
        case .en: "\(week) \(number) \(Self.months[month - 1]) \(year)"
        case .ko: "\(year)년 \(month)월 \(number)일 (\(week))"
        case .zh: "\(year)年\(month)月\(number)日(周\(week))"
        }
    }

    /// The day as documents of Japanese offices write it, with the era: 2026年(令和8年)11月22日. As `date` elsewhere.
    package func dateWithEra(_ instant: Instant) -> String {
        let day = CalendarDay(of: instant, offsetMinutes: offsetMinutes)
        guard language == .ja, let era = Self.era(of: day) else { return date(day) }
        let (year, month, number) = day.civil
        return "\(year)年(\(era))\(month)月\(number)日"
    }

    /// Day and time of day.
    func moment(_ instant: Instant) -> String { "\(date(instant)) \(time(instant))" }

    /// The time of day on 24 hours.
    func time(_ instant: Instant) -> String {
        let day = CalendarDay(of: instant, offsetMinutes: offsetMinutes)
        let minutes = (instant.milliseconds - day.start(offsetMinutes: offsetMinutes).milliseconds) / 60_000
        let (hour, minute) = (minutes / 60, minutes % 60)
        return "\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }

    /// The fiscal year from April to March in which the moment lies: 2026年度(令和8年度), FY 2026.
    package func fiscalYear(_ instant: Instant) -> String {
        let (year, month, _) = CalendarDay(of: instant, offsetMinutes: offsetMinutes).civil
        let first = month < 4 ? year - 1 : year
        switch language {
        case .ja:
            let era = CalendarDay(year: first, month: 6, day: 1).flatMap(Self.era) ?? ""
            return "\(first)年度(\(era)度)"
        case .en: return "FY \(first)"
        case .ko: return "\(first)년도"
        case .zh: return "\(first)财年"
        }
    }

    /// The Japanese era and its year: 令和8年, 平成元年. Nothing before 1989.
    package static func era(of day: CalendarDay) -> String? {
        // Eras by their first days: Cabinet orders of 1989 and 2019.
        let eras = [("令和", 2019, 5, 1), ("平成", 1989, 1, 8)]
        for (name, year, month, first) in eras {
            guard let start = CalendarDay(year: year, month: month, day: first), start <= day else { continue }
            let count = day.civil.year - year + 1
            return "\(name)\(count == 1 ? "元" : "\(count)")年"
        }
        return nil
    }

    /// 0 for Sunday: 1 January 1970 was a Thursday.
    private static func weekday(_ day: CalendarDay) -> Int { ((day.daysSinceEpoch + 4) % 7 + 7) % 7 }

    private static let weekdays: [Language: [String]] = [
        .ja: ["日", "月", "火", "水", "木", "金", "土"], .en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
        .ko: ["일", "월", "화", "수", "목", "금", "토"], .zh: ["日", "一", "二", "三", "四", "五", "六"],
    ]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
