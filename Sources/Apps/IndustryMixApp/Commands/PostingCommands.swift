import ArgumentParser
import Exchange
import Operations
import WebCommon

struct PostingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "postings", abstract: "Seeds and needs.",
        discussion: """
            A posting goes draft -> in_review -> published, and may be paused, expire, be renewed or closed.

              industrymix postings add need --owner hana@example.jp --title 魚の骨を早く抜きたい --field 水産加工
              industrymix postings check draft.txt --kind need
              industrymix postings submit need_...
              industrymix postings publish need_...
              industrymix postings list --state in_review
            """,
        subcommands: [
            List.self, Show.self, Add.self, Submit.self, Publish.self, Return.self, Pause.self, Resume.self, Renew.self,
            Close.self, Check.self,
        ], defaultSubcommand: List.self)
}

extension PostingsCommand {
    enum State: String, WordArgument {
        case draft, in_review, published, paused, expired, closed
    }

    struct List: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "List postings, newest first, or search them.")

        @Option(help: "Only those that hold these words, best first.") var search: String?
        @Option(help: "Only seeds or only needs.") var kind: Posting.Kind?
        @Option(help: "Only this state; may be repeated.") var state: [State] = []
        @Option(help: "Only those of this field, by code or label.") var field: String?
        @Option(help: "Only those written in this language.") var language: Language?
        @Option(help: "Only those of this person.") var owner: String?
        @Option(help: "Only those of this organization.") var organization: String?
        @OptionGroup var page: PageOptions
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let found: Page<DisclosedPosting>
            if let search {
                let matchmaker = try exchange.searcher()
                try await matchmaker.load()
                let ids = try await matchmaker.search(search, kind: kind, by: actor).prefix(
                    page.all ? 2_000 : page.limit)
                found = Page(items: try await exchange.office.postings(Array(ids), by: actor), next: nil)
            } else {
                let filter = try await filter(exchange)
                found = try await page.read { try await exchange.office.postings(filter, $0, by: actor) }
            }
            show(found, ["id", "state", "title", "fields", "language"], json: View.posting) { item in
                [
                    item.posting.id.text, item.posting.state.word, item.posting.content.title,
                    item.posting.content.fields.map { exchange.taxonomy.label($0, in: .en) }.joined(separator: ", "),
                    item.posting.content.language.rawValue,
                ]
            }
        }

        private func filter(_ exchange: OpenExchange) async throws -> PostingFilter {
            var filter = PostingFilter()
            filter.kind = kind
            filter.states = state.map(\.rawValue)
            filter.field = try field.map { try exchange.fields([$0])[0] }
            filter.language = language
            if let owner { filter.owner = try await exchange.person(owner).id }
            if let organization { filter.organization = try await exchange.organization(organization).id }
            return filter
        }
    }

    struct Show: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one posting, what in it gives its owner away, and its revisions.")

        @Argument(help: "need_... or seed_...") var posting: String
        @Flag(help: "Show every revision too.") var revisions = false
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try Identifier<Posting>(posting)
            let found = try await exchange.office.posting(id, by: actor)
            guard case .object(var object) = View.posting(found) else { return }
            if found.degree == .full {
                let giveAways = try await exchange.office.giveAways(in: id, by: actor)
                object.append("give_aways", View.list(giveAways.map { "\($0.field): \($0.words)" }))
            }
            if revisions {
                let all = try await exchange.office.revisions(of: id, by: actor)
                object.append(
                    "revisions",
                    .array(
                        all.map {
                            .members([
                                "number": .integer($0.number), "title": .string($0.content.title),
                                "by": .string($0.by.text), "at": View.time($0.at),
                            ])
                        }))
            }
            show(.object(object))
        }
    }

    struct Add: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Write a draft for somebody.")

        @Argument(help: "seed or need.") var kind: Posting.Kind
        @Option(help: "Whose posting it is; with --as one's own if left out.") var owner: String?
        @OptionGroup var content: PostingContentOptions
        @Flag(help: "Publish it at once, as a coordinator.") var publish = false
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            var ownerID: Identifier<Participant>?
            var language = exchange.configuration.exchange.defaultLanguage
            if let owner {
                let person = try await exchange.person(owner)
                ownerID = person.id
                language = person.profile.language
            }
            let made = try await exchange.office.draft(
                kind, try content.content(in: exchange, language: language), for: ownerID, by: actor)
            show(View.posting(publish ? try await exchange.office.publish(made.id, by: actor) : made))
        }
    }
}

/// The contents of a posting on the command line.
struct PostingContentOptions: ParsableArguments {
    @Option(help: "One line that says it.") var title: String
    @Option(help: "What may be shown to everybody, without naming the owner.") var summary = ""
    @Option(help: "The details.") var detail = ""
    @Option(help: "Which problem for whom.") var purpose: String?
    @Option(help: "By what means.") var means: String?
    @Option(help: "A field by code or label; may be repeated.") var field: [String] = []
    @Option(help: "A keyword; may be repeated.") var keyword: [String] = []
    @Option(help: "Technology readiness level, 1 to 9.") var stage: Int?
    @Option(help: "The state of rights.") var ipr: PostingContent.IPRStatus?
    @Option(help: "A kind of cooperation sought; may be repeated.") var cooperation: [PostingContent.Cooperation] = []
    @Option(help: "A region wished for, such as JP-31; may be repeated.") var regionWish: [String] = []
    @Option(help: "The language it is written in; its owner's if left out.") var language: Language?
    @Option(help: "Who may know the owner.") var visibility = PostingContent.Visibility.named
    @Option(help: "The last day: 2027-03-31, +90d.") var expires: String?
    @Option(help: "Its identity in another system.") var externalID: String?

    func content(in exchange: OpenExchange, language other: Language) throws -> PostingContent {
        PostingContent(
            title: title, summary: summary, detail: detail, purpose: purpose, means: means,
            fields: try exchange.fields(field), keywords: keyword, stage: stage, ipr: ipr, cooperation: cooperation,
            regionWishes: try regionWish.map { try RegionCode($0) }, language: language ?? other,
            visibility: visibility, expiresAt: try expires.map { try exchange.moment($0) }, externalID: externalID)
    }
}
