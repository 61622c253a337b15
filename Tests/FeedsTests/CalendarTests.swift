import Delivery
import Exchange
import Feeds
import Foundation
import Testing

/// Zones of this machine's time-zone database.
enum Zones {
    static let names = [
        "Asia/Tokyo", "Asia/Seoul", "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Sydney",
        "Europe/Dublin", "America/Santiago", "Africa/Casablanca", "America/Nuuk", "Asia/Kolkata", "UTC",
    ]

    static func read(_ name: String) throws -> ZoneRules {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/\(name)"))
        return try #require(ZoneRules(name: name, compiled: Array(bytes)))
    }

    static func instant(_ seconds: Int64) -> Instant { Instant(milliseconds: seconds * 1000) }
}

@Suite struct `A calendar` {
    private func entry(_ number: Int, at seconds: Int64) -> CalendarFeed.Entry {
        let start = Zones.instant(seconds)
        var entry = CalendarFeed.Entry(
            uid: "meet-\(number)@mix.example.jp", sequence: number,
            status: [.confirmed, .tentative, .cancelled][number % 3],
            time: .hours(start, start.advanced(byMilliseconds: 1_200_000)),
            summary: "面談 \(number): 氷温;水産, \\増殖\\ and a long, long English text 👨‍👩‍👧‍👦 that must be folded",
            modified: Zones.instant(1_790_000_000))
        entry.details = "卓 \(number)\nline two; with, signs\n\n最後"
        entry.location = "第2展示場, 卓3"
        entry.organizer = .init(name: "鳥取県 \"産業\": 振興", email: "office@example.jp")
        entry.categories = ["exhibition", "a,b"]
        entry.reminder = 10
        return entry
    }

    @Test func `is read by another program as it was meant, in every zone and season`() throws {
        guard let python = ProcessInfo.processInfo.environment["INDUSTRYMIX_TEST_PYTHON"] else {
            Issue.record("SKIPPED: INDUSTRYMIX_TEST_PYTHON names no Python with icalendar", severity: .warning)
            return
        }
        var lines: [UInt8] = []
        var count = 0
        for name in Zones.names {
            let zone = try Zones.read(name)
            for year in [2026, 2031] {
                let newYear = try #require(CalendarDay(year: year, month: 1, day: 1)).start(offsetMinutes: 0)
                let entries = (0..<24).map { entry($0, at: newYear.milliseconds / 1000 + Int64($0) * 1_300_000) }
                count += entries.count
                lines += line(CalendarFeed(name: "Mix", zone: zone, entries: entries)).bytes + [0x0a]
            }
        }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("calendars-\(UUID().uuidString).jsonl")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(lines).write(to: file)
        let said = try Self.judge(python, file)
        #expect(said == "\(count) entries\n")
    }

    private static func judge(_ python: String, _ file: URL) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        // Of its own: another test changes the environment, which must not be read meanwhile.
        process.environment = ["PATH": "/usr/bin:/bin"]
        process.arguments = [
            URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
                "Oracles/check_calendar.py"
            ).path, file.path,
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return said
    }

    private func line(_ feed: CalendarFeed) -> JSONValue {
        let entries = feed.entries.map { entry -> JSONValue in
            guard case .hours(let start, let end) = entry.time else { return .null }
            return [
                "uid": .string(entry.uid), "sequence": .integer(Int64(entry.sequence)),
                "status": .string(entry.status.rawValue), "summary": .string(entry.summary),
                "details": .string(entry.details), "start": .integer(start.milliseconds / 1000),
                "end": .integer(end.milliseconds / 1000),
            ]
        }
        return ["calendar": .string(feed.text), "zone": .string(feed.zone.name), "entries": .array(entries)]
    }

    @Test func `folds lines at 75 octets without breaking a character`() {
        let zone = ZoneRules.fixed("Asia/Tokyo", offset: 32_400, abbreviation: "JST")
        for length in 60...90 {
            var one = entry(1, at: 1_795_000_000)
            one.summary = String(repeating: "a", count: length) + "日本語👩‍🔬" + String(repeating: "é", count: length)
            let text = CalendarFeed(name: "n", zone: zone, entries: [one]).text
            let rows = text.components(separatedBy: "\r\n")
            #expect(rows.allSatisfy { $0.utf8.count <= 75 })
            #expect(text.replacingOccurrences(of: "\r\n ", with: "").contains("SUMMARY:\(one.summary)\r\n"))
        }
    }

    @Test func `says cancelled, whole days and yearly rules as the standard has them`() throws {
        var day = entry(0, at: 0)
        let first = try #require(CalendarDay(iso: "2026-12-31"))
        day.time = .days(first, first)
        let zone = try Zones.read("Europe/Berlin")
        var feed = CalendarFeed(name: "n", zone: zone, entries: [entry(2, at: 1_795_000_000), day])
        let text = feed.text
        #expect(text.contains("STATUS:CANCELLED\r\n"))
        #expect(text.contains("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n"))
        #expect(text.contains("TZOFFSETTO:+0200\r\nTZNAME:CEST\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"))
        #expect(text.contains("METHOD:PUBLISH\r\n"))
        feed.method = .cancel
        #expect(!feed.text.contains("STATUS:CONFIRMED"))
        #expect(feed.text.contains("METHOD:CANCEL\r\n"))
    }

    @Test func `keeps what could end a line or start a property inside of its text`() {
        let zone = ZoneRules.fixed("Asia/Tokyo", offset: 32_400, abbreviation: "JST")
        var one = entry(0, at: 1_795_000_000)
        one.summary = "a\r\nATTENDEE:mailto:x@example.org\u{7}\u{2028}b"
        one.organizer = .init(name: "x\r\nX-A:1", email: "a@example.jp")
        let text = CalendarFeed(name: "n", zone: zone, entries: [one]).text
        #expect(text.contains("SUMMARY:a\\nATTENDEE:mailto:x@example.org\\nb\r\n"))
        #expect(!text.contains("\r\nX-A") && !text.contains("\r\nATTENDEE"))
    }
}

@Suite struct `A time zone` {
    @Test(arguments: Zones.names) func `shows the same clocks as this machine`(_ name: String) throws {
        let rules = try Zones.read(name)
        let zone = try #require(TimeZone(identifier: name))
        for step in 0..<900 {
            let seconds = Int64(1_000_000_000 + step * 1_500_000)
            let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
            #expect(rules.clock(at: Zones.instant(seconds)).offset == offset, "\(name) at \(seconds)")
        }
    }

    @Test func `that is broken is none`() throws {
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/Europe/Berlin")))
        for length in stride(from: 0, to: bytes.count - 1, by: 7) {
            #expect(ZoneRules(name: "x", compiled: Array(bytes[..<length])) == nil)
        }
        for place in stride(from: 0, to: bytes.count, by: 3) {
            var broken = bytes
            broken[place] ^= 0xff
            _ = ZoneRules(name: "x", compiled: broken)?.clock(at: Zones.instant(1_795_000_000))
        }
    }

    @Test(arguments: [
        "", "J", "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "<+09-9",
        "CET-1CEST,M3.5.0,M10.5.0/3x",
    ])
    func `of a wrong rule is none`(_ text: String) { #expect(YearlyTurns(posix: text) == nil) }
}
