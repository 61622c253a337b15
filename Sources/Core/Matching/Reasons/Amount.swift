/// An amount per time as a text states it, such as 月400トン or 20 kg a day, in grams or litres an hour.
///
/// Only amounts with both a unit of mass or volume and a period are read: other numbers mean too many things.
struct Amount {
    /// What is counted.
    enum Measure { case mass, volume }

    let measure: Measure
    let perHour: Double
    let words: String

    /// Amounts that differ by more than this are worlds apart, however long a working day is.
    private static let farApart = 50.0

    /// The amounts of two texts, as written, if each states one of the same kind only and they are far apart.
    static func apart(_ need: MatchText, _ seed: MatchText) -> (need: String, seed: String)? {
        let ours = find(in: need)
        let theirs = find(in: seed)
        for measure in [Measure.mass, .volume] {
            let one = ours.filter { $0.measure == measure }
            let other = theirs.filter { $0.measure == measure }
            guard one.count == 1, other.count == 1, one[0].perHour > 0, other[0].perHour > 0 else { continue }
            let ratio = one[0].perHour / other[0].perHour
            if ratio > farApart || ratio < 1 / farApart { return (one[0].words, other[0].words) }
        }
        return nil
    }

    /// All amounts per time of a text.
    static func find(in text: MatchText) -> [Amount] {
        var line = Scan(text.shown.prefix(longestText))
        var found: [Amount] = []
        while let number = line.nextNumber() {
            guard let (unit, afterUnit) = line.longest(unitWords, at: line.skippingSpace(number.end)),
                let (measure, factor) = units[unit], !line.isLetterAfterLatin(afterUnit)
            else { continue }
            let amount: (hours: Double, start: Int, end: Int)?
            if let (hours, end) = line.period(after: afterUnit) {
                amount = (hours, number.start, end)
            } else if let (hours, start) = line.period(before: number.start) {
                amount = (hours, start, afterUnit)
            } else {
                amount = nil
            }
            guard let amount else { continue }
            found.append(
                Amount(
                    measure: measure, perHour: number.value * factor / amount.hours,
                    words: text.surface(amount.start, amount.end)))
        }
        return found
    }

    private static let longestText = 5_000

    /// Words before an amount that say per what time, with hours of work: eight a day, twenty days a month.
    fileprivate static let before: [([UInt32], Double)] = sorted([
        "毎時": 1, "1時間に": 1, "1時間": 1, "時間あたり": 1, "시간당": 1, "每小时": 1, "毎日": 8, "1日に": 8, "1日": 8, "一日に": 8, "一日": 8,
        "日に": 8, "日産": 8, "하루": 8, "하루에": 8, "매일": 8, "每天": 8, "每日": 8, "日产": 8, "毎月": 160, "月に": 160, "月": 160,
        "月産": 160, "월": 160, "매월": 160, "每月": 160, "月产": 160, "年産": 1_920, "年に": 1_920, "年間": 1_920, "年": 1_920,
        "연간": 1_920, "연": 1_920, "年产": 1_920, "每年": 1_920,
    ])
    /// The same behind an amount, after a stroke or "per".
    fileprivate static let after: [([UInt32], Double)] = sorted([
        "hour": 1, "h": 1, "時": 1, "時間": 1, "시간": 1, "小时": 1, "day": 8, "d": 8, "日": 8, "일": 8, "天": 8, "month": 160,
        "月": 160, "월": 160, "year": 1_920, "年": 1_920,
    ])
    fileprivate static let strokes: [([UInt32], Double)] = sorted([
        "/": 0, "／": 0, "per ": 0, "a ": 0, "an ": 0, "each ": 0,
    ])
    private static let unitWords: [([UInt32], String)] = units.keys.map { ($0.unicodeScalars.map(\.value), $0) }
        .sorted { ($1.0.count, $0.1) < ($0.0.count, $1.1) }

    /// The longest first.
    private static func sorted(_ words: [String: Double]) -> [([UInt32], Double)] {
        words.map { ($0.key.unicodeScalars.map(\.value), $0.value) }.sorted {
            ($1.0.count, $0.1) < ($0.0.count, $1.1)
        }
    }

    private static let units: [String: (Measure, Double)] = [
        "トン": (.mass, 1e6), "톤": (.mass, 1e6), "吨": (.mass, 1e6), "t": (.mass, 1e6), "tonne": (.mass, 1e6),
        "tonnes": (.mass, 1e6), "ton": (.mass, 1e6), "tons": (.mass, 1e6), "kg": (.mass, 1e3), "キログラム": (.mass, 1e3),
        "キロ": (.mass, 1e3), "킬로그램": (.mass, 1e3), "公斤": (.mass, 1e3), "千克": (.mass, 1e3), "kilogram": (.mass, 1e3),
        "kilograms": (.mass, 1e3), "g": (.mass, 1), "グラム": (.mass, 1), "l": (.volume, 1), "リットル": (.volume, 1),
        "리터": (.volume, 1), "升": (.volume, 1), "litre": (.volume, 1), "litres": (.volume, 1), "liter": (.volume, 1),
        "liters": (.volume, 1),
    ]
}

/// Small letters and narrow digits of a text, read from number to number.
private struct Scan {
    private let letters: [UInt32]
    private var place = 0

    init(_ text: ArraySlice<UInt32>) {
        letters = text.map { scalar in
            switch scalar {
            case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A: Self.small(scalar - 0xFEE0)
            default: Self.small(scalar)
            }
        }
    }

    private static func small(_ scalar: UInt32) -> UInt32 { (0x41...0x5A).contains(scalar) ? scalar + 0x20 : scalar }

    private func isDigit(_ place: Int) -> Bool {
        letters.indices.contains(place) && (0x30...0x39).contains(letters[place])
    }

    /// The next number, commas between its digits left out.
    mutating func nextNumber() -> (value: Double, start: Int, end: Int)? {
        while place < letters.count, !isDigit(place) { place += 1 }
        guard place < letters.count else { return nil }
        let start = place
        var value = 0.0
        while isDigit(place) || (at(place) == 0x2C && isDigit(place + 1)) {
            if isDigit(place) { value = value * 10 + Double(letters[place] - 0x30) }
            place += 1
        }
        if at(place) == 0x2E, isDigit(place + 1) {
            place += 1
            var unit = 0.1
            while isDigit(place) {
                value += Double(letters[place] - 0x30) * unit
                unit /= 10
                place += 1
            }
        }
        return (value, start, place)
    }

    private func at(_ place: Int) -> UInt32 { letters.indices.contains(place) ? letters[place] : 0 }

    func skippingSpace(_ place: Int) -> Int { at(place) == 0x20 ? place + 1 : place }

    /// The longest of the words that stands at a place, and where it ends.
    func longest<Value>(_ words: [([UInt32], Value)], at place: Int) -> (Value, Int)? {
        for (word, value) in words where holds(word, at: place) { return (value, place + word.count) }
        return nil
    }

    private func holds(_ word: [UInt32], at place: Int) -> Bool {
        place >= 0 && place + word.count <= letters.count
            && letters[place..<(place + word.count)].elementsEqual(word)
    }

    /// Whether a Latin unit goes on as another word.
    func isLetterAfterLatin(_ end: Int) -> Bool {
        (0x61...0x7A).contains(at(end - 1)) && (0x61...0x7A).contains(at(end))
    }

    func period(after end: Int) -> (hours: Double, end: Int)? {
        guard let (_, place) = longest(Amount.strokes, at: skippingSpace(end)),
            let (hours, last) = longest(Amount.after, at: place), !isLetterAfterLatin(last)
        else { return nil }
        return (hours, last)
    }

    func period(before start: Int) -> (hours: Double, start: Int)? {
        var end = start
        while end > 0, [0x20, 0x7D04, 0xC57D, 0x7EA6].contains(letters[end - 1]) { end -= 1 }
        for (word, hours) in Amount.before where holds(word, at: end - word.count) {
            // 10月20kg is a date, not an amount a month.
            if isDigit(end - word.count - 1) { return nil }
            return (hours, end - word.count)
        }
        return nil
    }
}
