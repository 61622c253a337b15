import ArgumentParser
import Delivery
import Exchange
import Operations
import Tabular

/// A closed set of words on the command line: `-h` lists them, and a slip names the nearest.
protocol WordArgument: ExpressibleByArgument, CaseIterable, RawRepresentable where RawValue == String {}

extension WordArgument {
    init?(argument: String) { self.init(rawValue: argument) }
    var defaultValueDescription: String { rawValue }
    static var allValueStrings: [String] { allCases.map(\.rawValue) }
}

extension Organization.Kind: WordArgument {}
extension Participant.Role: WordArgument {}
extension Posting.Kind: WordArgument {}
extension Posting.Closure.Outcome: WordArgument {}
extension PostingContent.IPRStatus: WordArgument {}
extension PostingContent.Cooperation: WordArgument {}
extension PostingContent.Visibility: WordArgument {}
extension Match.Class: WordArgument {}
extension Match.State: WordArgument {}
extension GroupProposal.State: WordArgument {}
extension Introduction.Side: WordArgument {}
extension Introduction.RefusalReason: WordArgument {}
extension Introduction.Conclusion.Outcome: WordArgument {}
extension Channel.Platform: WordArgument {}
extension Workspace.Platform: WordArgument {}
extension Channel.Topic: WordArgument {
    static var allValueStrings: [String] { choices.map(\.rawValue) }
}
extension Channel.Anonymity: WordArgument {}
extension Channel.Backlog: WordArgument {}
extension Exchange.Language: WordArgument {}
extension AccessToken.Scope: WordArgument {}
extension BackupFormArgument: WordArgument {}

/// The forms of `backup`.
enum BackupFormArgument: String, CaseIterable, Sendable {
    case native, portable
}

/// A moment on the command line: a day, a number of days from now, or RFC 3339.
enum MomentArgument {
    /// `2026-12-24`, `+30d` or `2026-12-24T09:00:00+09:00`. A day means its end in the exchange's zone.
    static func parse(_ text: String, now: Instant, offsetMinutes: Int) throws -> Instant {
        if text.hasPrefix("+"), text.hasSuffix("d"), let days = Int(text.dropFirst().dropLast()), days > 0 {
            return now.advanced(byDays: days)
        }
        if let day = CalendarDay(iso: text) { return day.end(offsetMinutes: offsetMinutes) }
        if let instant = Instant(rfc3339: text) { return instant }
        throw Failure(
            .usage, "\"\(text)\" is no date.", "Write 2026-12-24, +30d or 2026-12-24T09:00:00+09:00.")
    }
}
