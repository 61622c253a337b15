/// A moment as integer milliseconds since 1970-01-01T00:00:00Z.
///
/// The core never reads a clock: instants come in from the operation that runs, and one transaction sees one instant.
package struct Instant: Hashable, Comparable, Sendable {
    /// Milliseconds since the Unix epoch, UTC.
    package let milliseconds: Int64

    /// Takes milliseconds since the Unix epoch, UTC.
    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    package static func < (left: Instant, right: Instant) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The instant moved by so many milliseconds; negative moves back.
    package func advanced(byMilliseconds count: Int64) -> Instant {
        Instant(milliseconds: milliseconds + count)
    }

    /// The instant moved by so many days of exactly 24 hours; negative moves back.
    package func advanced(byDays count: Int) -> Instant {
        advanced(byMilliseconds: Int64(count) * 86_400_000)
    }
}
