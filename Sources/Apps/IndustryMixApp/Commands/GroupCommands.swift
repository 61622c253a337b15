import ArgumentParser
import Exchange
import Operations
import Store
import WebCommon

struct GroupsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "groups", abstract: "Groups of three from three fields, proposed as study groups.",
        discussion: """
            A need and two seeds of two further fields that together cover most of what the need asks for.

              industrymix groups propose --limit 5
              industrymix groups list --state proposed
              industrymix groups accept group_...
            """,
        subcommands: [List.self, Show.self, Propose.self, Accept.self, Decline.self], defaultSubcommand: List.self)
}

extension GroupsCommand {
    struct List: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Proposed groups, newest first.")

        @Option(help: "Only this state; may be repeated.") var state: [GroupProposal.State] = []
        @Option(help: "The language of the reasons; the exchange's if left out.") var language: Language?
        @OptionGroup var page: PageOptions
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let spoken = language ?? exchange.configuration.exchange.defaultLanguage
            let asked = state
            let found = try await page.read {
                try await exchange.office.groups(asked, $0, in: spoken, by: actor)
            }
            show(found, ["id", "state", "covers", "need", "seeds"], json: View.group) { item in
                [
                    item.group.id.text, item.group.state.rawValue, "\(Int((item.group.coverage * 100).rounded())) %",
                    item.need.posting.content.title,
                    item.seeds.map(\.posting.content.title).joined(separator: " + "),
                ]
            }
        }
    }

    struct Show: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Show one group with its reasons and postings.")

        @Argument(help: "group_...") var group: String
        @Option(help: "The language of the reasons; the exchange's if left out.") var language: Language?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let spoken = language ?? exchange.configuration.exchange.defaultLanguage
            show(View.group(try await exchange.office.group(Identifier(group), in: spoken, by: actor)))
        }
    }

    struct Propose: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Look for new groups over everything published.")

        @Option(help: "At most so many, 1 to 50.") var limit = 5
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let bar = ProgressBar("Reading", isQuiet: common.json)
            let matchmaker = try exchange.matchmaker()
            try await matchmaker.load { bar.show($0) }
            bar.finish()
            let found = try await matchmaker.proposeGroups(limit: limit, by: actor)
            if common.json {
                Console.out(.members(["groups": .array(found.map { .string($0.id.text) })]))
            } else {
                Console.out("\(found.count) new groups.")
                Console.note("See them: industrymix groups list --state proposed")
            }
        }
    }

    struct Accept: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Take a proposal up as a study group.")

        @Argument(help: "group_...") var group: String
        @Option(help: "A note to the decision.") var note: String?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let changed = try await exchange.office.decide(Identifier(group), .accepted, note: note, by: actor)
            show(View.group(changed))
        }
    }

    struct Decline: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Decline a proposal; it is not made again.")

        @Argument(help: "group_...") var group: String
        @Option(help: "A note to the decision.") var note: String?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let changed = try await exchange.office.decide(Identifier(group), .declined, note: note, by: actor)
            show(View.group(changed))
        }
    }
}

extension View {
    static func group(_ it: GroupProposal) -> JSON {
        .object(
            JSONObject(head(it) + [("need", .string(it.need.text)), ("seeds", list(it.seeds.map(\.text)))]))
    }

    static func group(_ it: ShownGroup) -> JSON {
        .object(
            JSONObject(
                head(it.group) + [
                    ("need", posting(it.need)), ("seeds", .array(it.seeds.map { posting($0) })),
                    ("words", list(it.words)),
                ]))
    }

    private static func head(_ it: GroupProposal) -> [(String, JSON)] {
        [
            ("id", .string(it.id.text)), ("state", .string(it.state.rawValue)), ("coverage", .number(it.coverage)),
            ("weakest", .number(it.weakest)), ("note", .optional(it.note)), ("version", .integer(it.version)),
            ("created_at", time(it.createdAt)), ("updated_at", time(it.updatedAt)),
        ]
    }
}

/// How often postings were shown.
struct ExposureCommand: ExchangeCommand {
    static let configuration = CommandConfiguration(
        commandName: "exposure", abstract: "How often each posting was shown, month by month.",
        discussion: """
            With --as a member, their organization's postings. The mean is that of all postings of the same kind: who
            stays far below it is not seen.

              industrymix matches exposure --months 6 --csv > exposure.csv
            """)

    @Option(help: "The last months, this one included, 1 to 24.") var months = 3
    @Option(help: "Only postings of this person, by mail address or identifier.") var owner: String?
    @Flag(help: "Write CSV: all postings, with a column for each month.") var csv = false
    @OptionGroup var page: PageOptions
    @OptionGroup var common: CommonOptions
    @OptionGroup var acting: ActorOptions

    func run(in exchange: OpenExchange, by actor: Actor) async throws {
        if csv {
            Console.out(try await exchange.office.exposureTable(months: months, by: actor))
            return
        }
        var person: Identifier<Participant>?
        if let owner { person = try await exchange.person(owner).id }
        let asked = person
        let found = try await page.read {
            try await exchange.office.exposure(months: months, owner: asked, $0, by: actor)
        }
        show(found, ["posting", "kind", "state", "shown", "mean", "title"], json: View.exposure) { row in
            [
                row.posting.id.text, row.posting.kind.rawValue, row.posting.state.word, "\(row.shown)",
                "\((row.mean * 10).rounded() / 10)", row.posting.content.title,
            ]
        }
    }
}

extension View {
    static func exposure(_ it: PostingExposure) -> JSON {
        let months = it.months.map { month -> JSON in
            .members([
                "month": .string(month.name), "shown": .integer(month.shown), "mean": .number(month.mean),
            ])
        }
        return .members([
            "posting": .string(it.posting.id.text), "kind": .string(it.posting.kind.rawValue),
            "title": .string(it.posting.content.title), "owner": .string(it.posting.owner.text),
            "state": .string(it.posting.state.word), "shown": .integer(it.shown), "mean": .number(it.mean),
            "months": .array(months),
        ])
    }
}
