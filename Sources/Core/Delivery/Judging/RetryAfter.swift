/// Reads how long a receiver asks to be left alone.
package enum RetryAfter {
    /// Longer wishes are held at this: 30 days in milliseconds. A delivery has given up long before.
    package static let longest: Int64 = 30 * 86_400_000

    /// Milliseconds to wait from `now` (milliseconds UTC), rounded up so that nothing is ever early; nil without a
    /// wish.
    ///
    /// The header may hold seconds, a decimal number (Discord) or an HTTP date. A JSON body's `retry_after` and
    /// `retry-after` (seconds; Zulip writes the hyphen) and `retry_after_ms` (Matrix) count too; of several wishes the
    /// longest holds. A 429 without any of them may still say when its window ends (Chatwork, LINE WORKS).
    package static func milliseconds(in answer: WireAnswer, now: Int64) -> Int64? {
        var wishes: [Int64] = []
        if let header = answer.headers["retry-after"], let wish = milliseconds(header: header, now: now) {
            wishes.append(wish)
        }
        if let body = JSONReading.value(of: answer.body) {
            for name in ["retry_after", "retry-after"] {
                if let seconds = body[name]?.number, let wish = milliseconds(seconds: seconds) { wishes.append(wish) }
            }
            if let wish = body["retry_after_ms"]?.number.flatMap({ milliseconds(seconds: $0 / 1000) }) {
                wishes.append(wish)
            }
        }
        if wishes.isEmpty, answer.status == 429 { return reset(in: answer, now: now) }
        return wishes.max()
    }

    /// When the receiver's window ends, in milliseconds from now, if it said that nothing more fits into it.
    static func windowEnd(in answer: WireAnswer, now: Int64) -> Int64? {
        let left = answer.headers["x-ratelimit-remaining"] ?? answer.headers["ratelimit-remaining"]
        guard let left, let count = Double(left), count <= 0 else { return nil }
        return reset(in: answer, now: now)
    }

    /// From the headers that say when a window ends: in so many seconds (Discord's and IETF's form), or as a moment in
    /// seconds (Chatwork, Zulip) or milliseconds (Rocket.Chat) since 1970, by the receiver's own clock if it shows it.
    private static func reset(in answer: WireAnswer, now: Int64) -> Int64? {
        for name in ["x-ratelimit-reset-after", "ratelimit-reset", "x-ratelimit-reset"] {
            guard let text = answer.headers[name], let value = Double(text), value.isFinite, value >= 0 else {
                continue
            }
            if value < 100_000_000 { return milliseconds(seconds: value) }
            let moment = value < 100_000_000_000 ? value * 1000 : value
            let theirs = answer.headers["date"].flatMap(HTTPDate.milliseconds) ?? now
            return Int64(min(max((moment - Double(theirs)).rounded(.up), 0), Double(longest)))
        }
        return nil
    }

    /// The same for a header value alone; nil when it is in none of the three forms.
    package static func milliseconds(header: String, now: Int64) -> Int64? {
        let text = header.filter { $0 != "\t" }
        let plain = text.split(separator: " ").joined(separator: " ")
        if let first = plain.utf8.first, (0x30...0x39).contains(first),
            plain.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }),
            let seconds = Double(plain)
        {
            return milliseconds(seconds: seconds)
        }
        guard let date = HTTPDate.milliseconds(plain) else { return nil }
        return min(max(date - now, 0), longest)
    }

    private static func milliseconds(seconds: Double) -> Int64? {
        guard seconds.isFinite, seconds >= 0 else { return nil }
        return Int64(min((seconds * 1000).rounded(.up), Double(longest)))
    }
}

/// The three date forms of RFC 9110 §5.6.7.
package enum HTTPDate {
    /// Milliseconds UTC of `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or
    /// `Sun Nov  6 08:49:37 1994`; nil for anything else. A two-digit year below 70 is of this century.
    package static func milliseconds(_ text: String) -> Int64? {
        let words = text.split(whereSeparator: { $0 == " " || $0 == "," || $0 == "-" }).map(String.init)
        switch words.count {
        case 6 where words[5] == "GMT" || words[5] == "UTC":
            return moment(day: words[1], month: words[2], year: words[3], time: words[4])
        case 5:
            return moment(day: words[2], month: words[1], year: words[4], time: words[3])
        default:
            return nil
        }
    }

    private static func moment(day: String, month: String, year: String, time: String) -> Int64? {
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let parts = time.split(separator: ":", omittingEmptySubsequences: false)
        guard let index = names.firstIndex(of: month), let day = digits(day), var year = digits(year), parts.count == 3,
            let hour = digits(parts[0]), let minute = digits(parts[1]), let second = digits(parts[2]),
            hour < 24, minute < 60, second <= 60
        else { return nil }
        if year < 100 { year += year < 70 ? 2000 : 1900 }
        guard let days = Timestamp.days(year: year, month: Int64(index) + 1, day: day) else { return nil }
        return (days * 86_400 + hour * 3600 + minute * 60 + second) * 1000
    }

    private static func digits(_ text: some StringProtocol) -> Int64? {
        guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int64(text)
    }
}
