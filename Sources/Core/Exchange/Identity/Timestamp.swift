extension Instant {
    /// RFC 3339 in UTC with milliseconds: `2026-11-21T03:04:05.678Z`.
    package var rfc3339: String {
        let day = CalendarDay(of: self, offsetMinutes: 0)
        let rest = milliseconds - Int64(day.daysSinceEpoch) * 86_400_000
        func padded(_ number: Int64, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let hours = padded(rest / 3_600_000, 2)
        let minutes = padded(rest / 60_000 % 60, 2)
        let seconds = padded(rest / 1000 % 60, 2)
        return "\(day.iso)T\(hours):\(minutes):\(seconds).\(padded(rest % 1000, 3))Z"
    }

    /// Reads an RFC 3339 date-time with `Z` or a numeric offset, with at most millisecond precision kept.
    package init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t"),
            let day = CalendarDay(iso: String(decoding: bytes[..<10], as: UTF8.self)),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let hours = Self.number(bytes[11..<13], below: 24), let minutes = Self.number(bytes[14..<16], below: 60),
            let seconds = Self.number(bytes[17..<19], below: 61)
        else { return nil }
        var position = 19
        var fraction: Int64 = 0
        if bytes[position] == UInt8(ascii: ".") {
            position += 1
            var scale: Int64 = 100
            let first = position
            while position < bytes.count, let digit = Self.number(bytes[position...position], below: 10) {
                fraction += Int64(digit) * scale
                scale /= 10
                position += 1
            }
            guard position > first else { return nil }
        }
        guard position < bytes.count, let offset = Self.offsetMinutes(bytes[position...]) else { return nil }
        let time = Int64(hours) * 3_600_000 + Int64(minutes) * 60_000 + Int64(seconds) * 1000 + fraction
        self.init(milliseconds: day.start(offsetMinutes: offset).milliseconds + time)
    }

    private static func number(_ digits: ArraySlice<UInt8>, below limit: Int) -> Int? {
        var value = 0
        for byte in digits {
            guard byte >= 48, byte <= 57 else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        return value < limit ? value : nil
    }

    private static func offsetMinutes(_ bytes: ArraySlice<UInt8>) -> Int? {
        let rest = Array(bytes)
        if rest.count == 1, rest[0] == UInt8(ascii: "Z") || rest[0] == UInt8(ascii: "z") { return 0 }
        guard rest.count == 6, rest[0] == UInt8(ascii: "+") || rest[0] == UInt8(ascii: "-"),
            rest[3] == UInt8(ascii: ":"), let hours = number(rest[1..<3], below: 24),
            let minutes = number(rest[4..<6], below: 60)
        else { return nil }
        return (rest[0] == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes)
    }
}
