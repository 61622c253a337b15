/// Dates as office staff in Japan, Korea and China write them.
package enum DateCell {
    /// Reads ISO dates, 2025/4/1, 2025.4.1, 2025年4月1日, 2025년 4월 1일, 20250401, eras (令和7年4月1日, R7.4.1, 令和元年5月1日) and
    /// Excel's serial numbers (45748). A weekday in brackets and a time of 0:00 are passed over.
    ///
    /// - Throws: `CellReason.date`; what can be read in two ways, such as 04/05/2025, is refused with both readings.
    package static func date(_ text: String) throws(CellReason) -> CivilDate {
        if let plain = isoDate(text) { return plain }
        let parts = split(text)
        if let time = parts.time {
            guard let time = timeOfDay(time) else { throw .date(.notDate) }
            guard time == (0, 0) else { throw .date(.hasTime) }
        }
        return try day(parts.day)
    }

    /// Reads a date with a time of day, "2025-04-01 17:00" or "2025年4月1日 17時30分"; a date alone means 0:00.
    package static func moment(_ text: String) throws(CellReason) -> CivilMoment {
        let parts = split(text)
        let date = try day(parts.day)
        let time = parts.time.map { timeOfDay($0) } ?? (0, 0)
        guard let time, let moment = CivilMoment(date: date, hour: time.0, minute: time.1) else {
            throw .date(.notTime)
        }
        return moment
    }

    /// The common form, without any folding.
    private static func isoDate(_ text: String) -> CivilDate? {
        guard text.utf8.count == 10 else { return nil }
        var numbers = (0, 0, 0)
        for (index, byte) in text.utf8.enumerated() {
            switch index {
            case 4, 7: guard byte == UInt8(ascii: "-") else { return nil }
            default:
                guard (0x30...0x39).contains(byte) else { return nil }
                let digit = Int(byte) - 0x30
                if index < 4 {
                    numbers.0 = numbers.0 * 10 + digit
                } else if index < 7 {
                    numbers.1 = numbers.1 * 10 + digit
                } else {
                    numbers.2 = numbers.2 * 10 + digit
                }
            }
        }
        return CivilDate(year: numbers.0, month: numbers.1, day: numbers.2)
    }

    /// Day and time; both folded, without the weekday.
    private static func split(_ text: String) -> (day: String, time: String?) {
        var folded = Folding.technical(text)
        folded = withoutWeekday(folded)
        // What belongs to the day may hold spaces ("2025년 4월 1일"); a time begins with the token that has a colon or 時.
        let tokens = folded.split { $0 == " " || $0 == "\n" }.flatMap { splitAtT($0) }
        let first = tokens.firstIndex { token in token.contains { ":時시点时".contains($0) } }
        guard let first else { return (tokens.joined(), nil) }
        return (tokens[..<first].joined(), tokens[first...].joined())
    }

    /// "2025-04-01T17:00" has no space.
    private static func splitAtT(_ token: Substring) -> [Substring] {
        guard let mark = token.firstIndex(where: { $0 == "T" || $0 == "t" }), mark != token.startIndex,
            token[token.index(after: mark)...].contains(":")
        else { return [token] }
        return [token[..<mark], token[token.index(after: mark)...]]
    }

    private static func withoutWeekday(_ text: String) -> String {
        guard let open = text.firstIndex(of: "("), let close = text[open...].firstIndex(of: ")") else { return text }
        let inside = text[text.index(after: open)..<close].lowercased()
        let isEastern = inside.count <= 4 && inside.allSatisfy { "月火水木金土日祝休曜・一二三四五六월화수목금토일요".contains($0) }
        let isEnglish = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].contains(String(inside.prefix(3)))
        guard isEastern || isEnglish else { return text }
        return String(text[..<open] + " " + text[text.index(after: close)...])
    }

    private static func timeOfDay(_ text: String) -> (Int, Int)? {
        let normalized = text.map { ":時시点时分분秒초".contains($0) ? " " : $0 }
        let fields = normalized.split(separator: " ").map { Int(String($0)) }
        guard (1...3).contains(fields.count), let hour = fields[0], (0...23).contains(hour) else { return nil }
        if fields.count == 3, fields[2] != 0 { return nil }
        let minute = fields.count > 1 ? fields[1] : 0
        guard let minute, (0...59).contains(minute) else { return nil }
        return (hour, minute)
    }

    private static func day(_ text: String) throws(CellReason) -> CivilDate {
        if let era = Era.named(atStartOf: text) {
            let fields = numbers(text.dropFirst(era.written), firstYear: true)
            guard let fields, fields.count == 3 else { throw .date(.notDate) }
            return try era.era.date(fields[0], fields[1], fields[2])
        }
        if let serial = Int(text) { return try number(serial, digits: text.count) }
        if text.hasSuffix(".0"), let serial = Int(text.dropLast(2)) {
            return try number(serial, digits: text.count - 2)
        }
        guard let fields = numbers(text[...], firstYear: false) else { throw .date(.notDate) }
        if fields.count == 2, fields[0] <= 12, fields[1] <= 31 { throw .date(.withoutYear) }
        guard fields.count == 3 else { throw .date(.notDate) }
        if fields[0] >= 1000 { return try existing(fields[0], fields[1], fields[2]) }
        if fields[2] >= 1000 {
            let readings = [
                CivilDate(year: fields[2], month: fields[0], day: fields[1]),
                CivilDate(year: fields[2], month: fields[1], day: fields[0]),
            ].compactMap(\.self)
            guard let first = readings.first else { throw .date(.noSuchDay) }
            throw .date(.ambiguous(readings: readings.allSatisfy { $0 == first } ? [first] : readings))
        }
        if fields[0] < 100 {
            throw .date(.shortYear(suggestion: CivilDate(year: 2000 + fields[0], month: fields[1], day: fields[2])))
        }
        throw .date(.notDate)
    }

    private static func existing(_ year: Int, _ month: Int, _ day: Int) throws(CellReason) -> CivilDate {
        guard let date = CivilDate(year: year, month: month, day: day) else { throw .date(.noSuchDay) }
        return date
    }

    /// 20250401, or a serial number of Excel: five digits, 1927 to 2173. Others are years or mistakes.
    private static func number(_ number: Int, digits: Int) throws(CellReason) -> CivilDate {
        if digits == 8, number > 0 { return try existing(number / 10000, number / 100 % 100, number % 100) }
        // Serial 25569 is 1970-01-01. Excel's invented 1900-02-29 is serial 60, below what is accepted.
        if digits == 5, number >= 10000, let date = CivilDate(daysSince1970: number - 25569) { return date }
        throw .date(.notDate)
    }

    /// Three numbers with one kind of separator, or with 年月日, 년월일.
    private static func numbers(_ text: Substring, firstYear: Bool) -> [Int]? {
        var rest = text
        if firstYear, rest.hasPrefix("元") { rest = "1" + rest.dropFirst() }
        var fields: [Int] = []
        var separators: [Character] = []
        for part in rest.split(omittingEmptySubsequences: false, whereSeparator: { "-/.年月日년월일".contains($0) }) {
            if part.isEmpty {
                // Only after the last sign, 日 or a dot: "2025. 4. 1."
                guard part.endIndex == rest.endIndex else { return nil }
                continue
            }
            guard part.count <= 4, part.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(part)
            else { return nil }
            fields.append(number)
            if part.endIndex < rest.endIndex { separators.append(rest[part.endIndex]) }
        }
        let permitted: Set<[Character]> = [
            ["-", "-"], ["/", "/"], [".", "."], [".", ".", "."], ["年", "月", "日"], ["年", "月"], ["년", "월", "일"],
            ["년", "월"],
            ["/"], ["-"], ["."], ["月", "日"], ["월", "일"],
        ]
        return permitted.contains(separators) ? fields : nil
    }
}

/// An era of the Japanese calendar.
struct Era: Sendable {
    let name: String
    /// The sign and the letter that stand for it.
    let signs: [String]
    let first: CivilDate
    let last: CivilDate?

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDate? {
        CivilDate(year: year, month: month, day: day)
    }

    static let all: [Era] = [
        ("令和", ["令", "R"], day(2019, 5, 1), nil), ("平成", ["平", "H"], day(1989, 1, 8), day(2019, 4, 30)),
        ("昭和", ["昭", "S"], day(1926, 12, 25), day(1989, 1, 7)),
        ("大正", ["大", "T"], day(1912, 7, 30), day(1926, 12, 24)),
    ].compactMap { name, signs, first, last in
        first.map { Era(name: name, signs: [name] + signs + signs.map { $0.lowercased() }, first: $0, last: last) }
    }

    /// The era a text begins with, and how many characters name it. Full-width forms and ㋿ are folded before.
    static func named(atStartOf text: String) -> (era: Era, written: Int)? {
        for era in all {
            guard let sign = era.signs.first(where: { text.hasPrefix($0) }) else { continue }
            let rest = text.dropFirst(sign.count)
            let dots = rest.hasPrefix(".") ? 1 : 0
            guard let next = rest.dropFirst(dots).first, next.isNumber || next == "元" else { return nil }
            return (era, sign.count + dots)
        }
        return nil
    }

    /// The western date; refused outside the era, with what was probably meant.
    func date(_ year: Int, _ month: Int, _ day: Int) throws(CellReason) -> CivilDate {
        guard year > 0, let date = CivilDate(year: first.year + year - 1, month: month, day: day) else {
            throw .date(.noSuchDay)
        }
        guard date >= first, last.map({ date <= $0 }) ?? true else {
            throw .date(.outsideEra(name: name, western: date))
        }
        return date
    }
}
