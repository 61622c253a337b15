import ArgumentParser
import Delivery
import Exchange
import Foundation
import Operations
import WebCommon

/// Which notices a channel wants, and when.
struct ChannelRuleOptions: ParsableArguments {
    @Option(help: "Only notices of this topic; may be repeated.") var topic: [Channel.Topic] = []
    @Option(help: "Only notices that touch this field, by code or label; may be repeated.") var field: [String] = []
    @Option(help: "Only notices about organizations in this region, such as JP-31; may be repeated.")
    var region: [String] = []
    @Option(help: "Only notices about postings in this language; may be repeated.") var postingLanguage: [Language] = []
    @Option(name: .customLong("class"), help: "Only matches of this class; may be repeated.")
    var kind: [Match.Class] = []
    @Option(help: "Only matches with at least this score, 0 to 1.") var minimumScore: Double?
    @Option(help: "any, named (nothing about anonymous postings) or anonymous (only those).")
    var anonymity: Channel.Anonymity?
    @Option(help: "Follow a posting, an organization or a field whatever the other rules say; may be repeated.")
    var follow: [String] = []
    @Option(name: .customLong("ignore"), help: "Never hear of a posting, an organization or a field; may be repeated.")
    var mute: [String] = []
    @Option(help: "immediate, hourly, \"daily 08:30\" or \"weekly mon 08:30\", on the exchange's clocks.")
    var cadence: String?
    @Option(help: "\"22:00-07:00\", \"sat sun\" or both; none ends them.") var quiet: String?
    @Option(help: "What piles up: merged into one message, or each for itself.") var backlog: Channel.Backlog?

    /// The rules with what was said changed.
    func rules(over old: Channel.Rules, in exchange: OpenExchange) async throws -> Channel.Rules {
        var next = old
        if !topic.isEmpty { next.topics = topic }
        if !field.isEmpty { next.fields = try exchange.fields(field) }
        if !region.isEmpty { next.regions = try region.map { try RegionCode($0, field: "rules.regions") } }
        if !postingLanguage.isEmpty { next.languages = postingLanguage }
        if !kind.isEmpty { next.classes = kind }
        if let minimumScore { next.minimumScore = minimumScore }
        if let anonymity { next.anonymity = anonymity }
        if !follow.isEmpty { next.follow = try await subjects(follow, in: exchange) }
        if !mute.isEmpty { next.mute = try await subjects(mute, in: exchange) }
        if let cadence {
            guard let read = Channel.Cadence(cadence) else {
                throw Failure(
                    .usage, "\"\(cadence)\" is no cadence.",
                    "Write immediate, hourly, \"daily 08:30\" or \"weekly mon 08:30\".")
            }
            next.cadence = read
        }
        if let quiet {
            let read = Channel.QuietHours(quiet)
            guard read != nil || quiet == "none" else {
                throw Failure(
                    .usage, "\"\(quiet)\" are no quiet hours.",
                    "Write \"22:00-07:00\", \"sat sun\", \"22:00-07:00 sat sun\" or none.")
            }
            next.quietHours = read
        }
        if let backlog { next.backlog = backlog }
        return next
    }

    /// Postings by identifier, organizations as commands name them, fields by code or label.
    private func subjects(_ texts: [String], in exchange: OpenExchange) async throws -> [Channel.Subject] {
        var found: [Channel.Subject] = []
        for text in texts {
            switch Channel.Subject(text) {
            case .field:
                if let code = exchange.taxonomy.find(text.trimmed) {
                    found.append(.field(code))
                } else {
                    found.append(.organization(try await exchange.organization(text).id))
                }
            case let known: found.append(known)
            }
        }
        return found
    }
}

/// A secret on the command line.
enum CredentialArgument {
    /// The text, or the content of the file behind `@`.
    static func read(_ text: String?) throws -> String? {
        guard let text, text.hasPrefix("@") else { return text }
        let path = String(text.dropFirst())
        guard let data = FileManager.default.contents(atPath: path), data.count <= 8192 else {
            throw Failure(.usage, "The file \(path) cannot be read.", "Give --credential @FILE with a small text file.")
        }
        return String(decoding: data, as: UTF8.self).trimmed
    }
}

extension ChannelsCommand {
    struct Preview: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what would have come to a channel in the last days.",
            discussion: """
                By its own rules, or by others that are tried and not written:

                  industrymix channels preview 交流広場
                  industrymix channels preview 交流広場 --days 7 --minimum-score 0.8 --cadence "daily 08:30"
                """)

        @Argument(help: "The channel.") var channel: String
        @Option(help: "How many days to look back.") var days = 30
        @Flag(help: "Begin with no rules instead of the channel's.") var resetRules = false
        @OptionGroup var rules: ChannelRuleOptions
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let found = try await exchange.channel(channel, by: actor)
            let none = Channel.Rules(backlog: found.platform.usualBacklog)
            let tried = try await rules.rules(over: resetRules ? none : found.rules, in: exchange)
            let preview = try await exchange.office.previewChannel(found.id, trying: tried, days: days, by: actor)
            if common.json { return show(View.preview(preview)) }
            Console.out(
                "\(preview.total) of \(preview.considered) notices of the last \(days) days would have come here, in "
                    + "\(preview.messages) messages.")
            for notice in preview.notices {
                Console.out("\(notice.sentAt.rfc3339)  \(notice.topic.rawValue)  \(notice.title)")
            }
            if preview.notices.count < preview.total {
                Console.out("... the newest \(preview.notices.count) are shown.")
            }
            if let waiting = preview.waiting, waiting.count > 0, let next = waiting.next {
                Console.out("\(waiting.count) notices wait for the channel's hour; the next go at \(next.rfc3339).")
            }
        }
    }

    struct RotateKey: ExchangeCommand {
        static let configuration = CommandConfiguration(
            commandName: "rotate-key", abstract: "Give a generic webhook a new signing key.",
            discussion: """
                The new key is shown this once. Until the overlap is over the old one signs as well, so that the
                receiver can change over when it likes.
                """)

        @Argument(help: "The channel.") var channel: String
        @Option(help: "For how many days the old key signs as well, 0 to 30.") var overlapDays = 1
        @Option(help: "whsec_...; made if left out.") var signingKey: String?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try await exchange.channel(channel, by: actor).id
            let made = try await exchange.office.rotateSigningKey(
                of: id, to: signingKey, overlapDays: overlapDays, by: actor)
            guard case .object(var object) = View.channel(made.channel) else { return }
            object.append("signing_key", .string(made.signingKey))
            show(.object(object))
        }
    }
}
