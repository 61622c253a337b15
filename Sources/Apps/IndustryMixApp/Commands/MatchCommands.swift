import ArgumentParser
import Exchange
import Operations
import Store
import WebCommon

struct MatchCommand: ExchangeCommand {
    static let configuration = CommandConfiguration(
        commandName: "match", abstract: "Look for matches over everything that is published (a round).",
        discussion: """
            New pairs are written with their reasons, and channels that want to hear of them get one notice. Pairs that
            were shown within the repeat window, vetoes and one's own organization are left out. A running service
            does the same for each posting by itself as it is published.
            """)

    @Flag(help: "Begin anew, even if an earlier round was stopped or interrupted and could be resumed.")
    var anew = false

    @OptionGroup var common: CommonOptions
    @OptionGroup var acting: ActorOptions

    func run(in exchange: OpenExchange, by actor: Actor) async throws {
        let bar = ProgressBar("Matching", isQuiet: common.json)
        let matchmaker = try exchange.matchmaker()
        try await matchmaker.load { bar.show($0) }
        let before = try await exchange.office.overview(by: .system("cli"))
        let rounds = RoundRunner(matchmaker: matchmaker)
        let report = try await watched(rounds, in: exchange, bar, by: actor)
        bar.finish()
        guard report.state == .finished else {
            throw Failure(
                .fault, "The round \(report.state.rawValue) after \(report.done) of \(report.all) needs.",
                "Repeat the command: it goes on from there.")
        }
        let after = try await exchange.office.overview(by: .system("cli"))
        let total = Self.total(after)
        let found = total - Self.total(before)
        if common.json {
            show(
                .members([
                    "round": .string(report.id), "postings": .integer(matchmaker.count),
                    "needs": .integer(report.all),
                    "pairs": .integer(report.pairs), "new_matches": .integer(found), "matches": .integer(total),
                ]))
            return
        }
        Console.out(
            "Looked at \(report.all) needs against \(matchmaker.count - report.all) seeds: \(found) new matches, "
                + "\(total) in all.")
        let counts = Dictionary(grouping: after.matches, by: \.kind).mapValues { $0.reduce(0) { $0 + $1.count } }
        let words = Match.Class.allCases.compactMap { kind in counts[kind].map { "\(kind.rawValue) \($0)" } }
        if !words.isEmpty { Console.out("By class: \(words.joined(separator: ", ")).") }
        Console.note("See them: industrymix matches list --class bridge")
    }

    /// Runs a round, or goes on with the last one, and shows how far it is.
    private func watched(
        _ rounds: RoundRunner<StoredExchange>, in exchange: OpenExchange, _ bar: ProgressBar, by actor: Actor
    ) async throws -> StoredRound {
        let last = try await rounds.latest(by: actor)
        let isAlone = exchange.configuration.databaseURL == nil
        if anew {
            if last?.state == .running || last?.state == .stopped { _ = try await rounds.cancel(by: actor) }
            _ = try await rounds.start(by: actor)
        } else if last?.state == .stopped {
            _ = try await rounds.resume(by: actor)
        } else {
            let isResumed = try await rounds.resumeInterrupted(isAlone: isAlone)
            if !isResumed { _ = try await rounds.start(by: actor) }
        }
        let watching = Task {
            while !Task.isCancelled {
                if let round = try? await rounds.latest(by: actor), round.all > 0 {
                    bar.show(round.done, of: round.all)
                }
                try await Task.sleep(for: .milliseconds(300))
            }
        }
        await rounds.settled()
        watching.cancel()
        guard let report = try await rounds.latest(by: actor) else { throw Failure(.fault, "The round is gone.", nil) }
        return report
    }

    private static func total(_ overview: Overview) -> Int { overview.matches.reduce(0) { $0 + $1.count } }
}

struct MatchesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "matches", abstract: "What the engine suggests, and why.",
        discussion: """
            Classes: bridge (far field, shared purpose), adjacent (neighbouring field), kindred (same field), wildcard.

              industrymix matches list --class bridge
              industrymix matches answer match_... --side need --interested --message "Tell me more."
              industrymix matches answer match_... --side seed --refused too_early
            """,
        subcommands: [
            List.self, Show.self, Hold.self, Release.self, Dismiss.self, Answer.self, ExposureCommand.self,
        ],
        defaultSubcommand: List.self)
}

extension MatchesCommand {
    struct List: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "List matches: best first for one posting, newest first otherwise.")

        @Option(help: "Only those of this posting.") var posting: String?
        @Option(name: .customLong("class"), help: "Only this class.") var kind: Match.Class?
        @Option(help: "Only this state; may be repeated.") var state: [Match.State] = []
        @Option(help: "Only those of this organization.") var organization: String?
        @Option(help: "Only with at least this score, 0 to 1.") var minimumScore: Double?
        @Option(help: "The language of the reasons; the exchange's if left out.") var language: Language?
        @OptionGroup var page: PageOptions
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            var filter = MatchListFilter()
            filter.posting = try posting.map { try Identifier($0) }
            filter.kind = kind
            filter.states = state
            filter.minimumScore = minimumScore
            if let organization { filter.organization = try await exchange.organization(organization).id }
            let asked = filter
            let spoken = language ?? exchange.configuration.exchange.defaultLanguage
            let found = try await page.read {
                try await exchange.office.matches(asked, $0, in: spoken, reading: exchange.reading(), by: actor)
            }
            show(found, ["id", "score", "class", "state", "need", "seed"], json: View.match) { item in
                [
                    item.match.id.text, "\((item.match.score * 1_000).rounded() / 1_000)", item.match.kind.rawValue,
                    item.match.state.rawValue, item.need.posting.content.title, item.seed.posting.content.title,
                ]
            }
        }
    }

    struct Show: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Show one match with its reasons and both postings.")

        @Argument(help: "match_..., or the reference in a notice.") var match: String
        @Option(help: "The language of the reasons; the exchange's if left out.") var language: Language?
        @Flag(help: "Add what stands behind the sentences: what is shared, how much it counts, what does not fit.")
        var numbers = false
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let spoken = language ?? exchange.configuration.exchange.defaultLanguage
            let id = try await exchange.match(match, by: actor)
            let found = try await exchange.office.match(id, in: spoken, reading: exchange.reading(), by: actor)
            show(View.match(found, withNumbers: numbers))
        }
    }

    struct Hold: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Keep a match back from both sides for now.")

        @Argument(help: "match_..., or the reference in a notice.") var match: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try await exchange.match(match, by: actor)
            show(View.match(try await exchange.office.hold(id, by: actor)))
        }
    }

    struct Release: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Show a held or dismissed match again.")

        @Argument(help: "match_..., or the reference in a notice.") var match: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try await exchange.match(match, by: actor)
            show(View.match(try await exchange.office.release(id, by: actor)))
        }
    }

    struct Dismiss: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Put a match aside.")

        @Argument(help: "match_..., or the reference in a notice.") var match: String
        @Option(help: "Why.") var because: String?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try await exchange.match(match, by: actor)
            show(View.match(try await exchange.office.dismiss(id, because: because, by: actor)))
        }
    }

    struct Answer: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Answer a match for one side; both interested is what a coordinator introduces.")

        @Argument(help: "match_..., or the reference in a notice.") var match: String
        @Option(help: "For which side; with --as a member it is known.") var side: Introduction.Side?
        @Flag(help: "This side is interested.")
        var interested = false
        @Option(help: "What to tell the other side with the interest.")
        var message: String?
        @Option(help: ArgumentHelp("Refused, with a reason.", valueName: "reason"))
        var refused: Introduction.RefusalReason?
        @Option(help: "A note to the refusal.") var note: String?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func validate() throws {
            guard interested != (refused != nil) else {
                throw ValidationError("Give either --interested or --refused REASON.")
            }
        }

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let answer: SideAnswer =
                refused.map { .refused($0, note: note) } ?? .interested(message: message)
            let id = try await exchange.match(match, by: actor)
            show(View.introduction(try await exchange.office.answer(id, answer, for: side, by: actor)))
        }
    }
}
