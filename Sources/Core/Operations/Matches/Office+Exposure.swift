package import Exchange
import Tabular

/// How often one posting was put before others, month by month.
package struct PostingExposure: Hashable, Sendable {
    package let posting: Posting
    /// First day of each month, oldest first, and how often it was shown in it.
    package let months: [Month]

    /// One month.
    package struct Month: Hashable, Sendable {
        /// Such as `2026-11`.
        package let name: String
        package let shown: Int
        /// How often a posting of this kind was shown on average.
        package let mean: Double
    }

    /// How often in all.
    package var shown: Int { months.reduce(0) { $0 + $1.shown } }
    /// How often a posting of this kind was shown on average.
    package var mean: Double { months.reduce(0) { $0 + $1.mean } }
}

extension Office {
    /// The most months of a report.
    package static var longestExposure: Int { 24 }

    /// How often postings were shown: all for coordinators, for others those of their own organization. Newest posting
    /// first; drafts are left out.
    package func exposure(
        months: Int, owner: Identifier<Participant>? = nil, _ page: PageRequest, by actor: Actor
    ) async throws -> Page<PostingExposure> {
        try actor.require(.read)
        guard (1...Self.longestExposure).contains(months) else {
            throw Refusal.invalid("months", .outOfRange, "Ask for 1 to \(Self.longestExposure) months.")
        }
        var filter = PostingFilter()
        filter.states = Posting.State.words.filter { $0 != "draft" && $0 != "in_review" }
        filter.owner = owner
        if !actor.coordinates {
            guard let own = actor.organization else { return Page(items: [], next: nil) }
            filter.organization = own
        }
        let (asked, offset) = (filter, settings.utcOffsetMinutes)
        return try await store.read { tx in
            let found = try tx.postings(asked, page)
            let ids = Set(found.items.map(\.id))
            let stretches = ExposureMonth.last(months, until: tx.now, offsetMinutes: offset)
            let counts = try stretches.map { try tx.exposures(of: ids, from: $0.start, to: $0.end) }
            let totals = try stretches.map { try tx.exposureTotals(from: $0.start, to: $0.end) }
            let live = try tx.postingCounts().filter { $0.state == "published" }
            func mean(_ kind: Posting.Kind, _ place: Int) -> Double {
                let postings = live.first { $0.kind == kind }?.count ?? 0
                let shown = kind == .need ? totals[place].needs : totals[place].seeds
                return Double(totals[place].suggestions) / Double(max(1, postings, shown))
            }
            return found.map { posting in
                PostingExposure(
                    posting: posting,
                    months: stretches.indices.map {
                        PostingExposure.Month(
                            name: stretches[$0].name, shown: counts[$0][posting.id] ?? 0, mean: mean(posting.kind, $0))
                    })
            }
        }
    }
}

extension Office {
    /// The same as a CSV file, a column for each month, for whoever may see it.
    package func exposureTable(months: Int, by actor: Actor) async throws -> [UInt8] {
        try actor.require(.read)
        var writer = CSVWriter(encoding: .utf8BOM)
        try await exportExposure(&writer, months: months, by: actor)
        return try writer.drain()
    }

    func exportExposure(_ writer: inout CSVWriter, months: Int, by actor: Actor) async throws {
        var after: String?
        var hasHeader = false
        repeat {
            let page = try await exposure(
                months: months, PageRequest(limit: PageRequest.largest, after: after), by: actor)
            for row in page.items {
                if !hasHeader {
                    writer.write(["posting", "kind", "title", "state", "shown", "mean"] + row.months.map(\.name))
                    hasHeader = true
                }
                writer.write(
                    [
                        row.posting.id.text, row.posting.kind.rawValue, row.posting.content.title,
                        row.posting.state.word, "\(row.shown)", "\((row.mean * 100).rounded() / 100)",
                    ] + row.months.map { "\($0.shown)" })
            }
            after = page.next
        } while after != nil
    }
}

/// A calendar month of the exchange's zone.
private struct ExposureMonth {
    let name: String
    let start: Instant
    let end: Instant

    static func last(_ count: Int, until now: Instant, offsetMinutes: Int) -> [ExposureMonth] {
        let today = CalendarDay(of: now, offsetMinutes: offsetMinutes).civil
        let present = today.year * 12 + today.month - 1
        return (0..<count).reversed().compactMap { back in
            guard let first = day(present - back), let next = day(present - back + 1) else { return nil }
            return ExposureMonth(
                name: String(first.iso.prefix(7)), start: first.start(offsetMinutes: offsetMinutes),
                end: next.start(offsetMinutes: offsetMinutes))
        }
    }

    private static func day(_ month: Int) -> CalendarDay? {
        CalendarDay(year: month / 12, month: month % 12 + 1, day: 1)
    }
}
