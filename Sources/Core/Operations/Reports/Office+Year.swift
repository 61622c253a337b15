package import Exchange
import Tabular

/// What happened in a fiscal year, from April to March, month by month.
package struct YearReport: Sendable {
    /// What is counted, in the order of the loop from taking part to results.
    package static let kinds: [Happening.Kind] = [
        .participantJoined, .postingPublished, .matchFound, .interestExpressed, .interestMutual, .introductionMade,
        .introductionMet, .introductionConcluded,
    ]

    /// One month.
    package struct Month: Hashable, Sendable {
        /// Such as `2026-11`.
        package let name: String
        /// Entries of the log by kind; nothing for months to come.
        package let counts: [Happening.Kind: Int]?
    }

    /// The calendar year in which it begins.
    package let year: Int
    /// Its first moment.
    package let start: Instant
    /// Twelve, from April.
    package let months: [Month]
    /// People who take part now, those who pause included.
    package let taking: Int
    /// How many should take part by the end of the year.
    package let target: Int

    /// How often it happened in the whole year.
    package func total(_ kind: Happening.Kind) -> Int { months.reduce(0) { $0 + ($1.counts?[kind] ?? 0) } }
}

extension Office {
    /// Counts the log of the fiscal year that begins in April of `year`; of the present one without a year.
    ///
    /// Times of entries grow with their numbers but for milliseconds around a commit, so months are found by halving.
    package func yearReport(_ year: Int? = nil, by actor: Actor) async throws -> YearReport {
        try actor.require(.coordinate)
        let offset = settings.utcOffsetMinutes
        let today = CalendarDay(of: ambient.now(), offsetMinutes: offset).civil
        let first = year ?? (today.month < 4 ? today.year - 1 : today.year)
        guard (2000...2200).contains(first) else {
            throw Refusal.invalid("year", .outOfRange, "Ask for a fiscal year from 2000 to 2200.")
        }
        let days = (0...12).compactMap { month in
            CalendarDay(year: first + (month + 3) / 12, month: (month + 3) % 12 + 1, day: 1)
        }
        let starts = days.map { $0.start(offsetMinutes: offset) }
        let target = settings.participantTarget
        return try await store.read { tx in
            let ends = try starts.map { try tx.lastSequence(before: $0) }
            let months = try (0..<12).map { month -> YearReport.Month in
                let name = String(days[month].iso.prefix(7))
                guard starts[month] <= tx.now else { return YearReport.Month(name: name, counts: nil) }
                var counts: [Happening.Kind: Int] = [:]
                for kind in YearReport.kinds where ends[month + 1] > ends[month] {
                    counts[kind] = try tx.happeningCount(kind, after: ends[month], through: ends[month + 1])
                }
                return YearReport.Month(name: name, counts: counts)
            }
            let people = try tx.participantCounts()
            return YearReport(
                year: first, start: starts[0], months: months, taking: (people["active"] ?? 0) + (people["paused"] ?? 0),
                target: target)
        }
    }

    /// The same as a CSV file that opens in Excel: a row for each count, a column for each month.
    ///
    /// - Parameters:
    ///   - header: What heads the first column and the last, which holds the sums.
    ///   - names: What each count is called.
    package func yearTable(
        _ report: YearReport, header: (first: String, sum: String), names: [Happening.Kind: String]
    ) throws -> [UInt8] {
        var writer = CSVWriter(encoding: .utf8BOM)
        writer.write([header.first] + report.months.map(\.name) + [header.sum])
        for kind in YearReport.kinds {
            writer.write(
                [names[kind] ?? kind.rawValue]
                    + report.months.map { month in month.counts.map { "\($0[kind] ?? 0)" } ?? "" }
                    + ["\(report.total(kind))"])
        }
        return try writer.drain()
    }
}

extension ExchangeTransaction {
    /// The number of the last entry of the log before the instant; 0 when there is none.
    fileprivate func lastSequence(before instant: Instant) throws -> Int64 {
        var low: Int64 = 0
        var high = try lastSequence()
        while low < high {
            let middle = low + (high - low + 1) / 2
            guard let entry = try happenings(after: middle - 1, limit: 1).first else {
                high = middle - 1
                continue
            }
            if entry.happening.at < instant { low = middle } else { high = middle - 1 }
        }
        return low
    }
}
