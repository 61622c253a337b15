import ArgumentParser
import Exchange
import Operations
import WebCommon

struct OrganizationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "organizations", abstract: "Companies, universities, institutes and other bodies.",
        subcommands: [List.self, Show.self, Add.self, Fields.self], defaultSubcommand: List.self)
}

extension OrganizationsCommand {
    struct List: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "List organizations, newest first.")

        @Option(help: "Only those whose name or reading holds this text.") var text: String?
        @Option(help: "Only this kind.") var kind: Organization.Kind?
        @Option(help: "Only those that name this field, by code or label.") var field: String?
        @Option(help: "Only this region, such as JP-31.") var region: String?
        @OptionGroup var page: PageOptions
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            var filter = OrganizationFilter()
            filter.text = text
            filter.kind = kind
            filter.field = try field.map { try exchange.fields([$0])[0] }
            filter.region = try region.map { try RegionCode($0) }
            let asked = filter
            let found = try await page.read { try await exchange.office.organizations(asked, $0, by: actor) }
            show(found, ["id", "name", "kind", "region", "fields"], json: View.organization) { item in
                [
                    item.id.text, item.profile.name, item.profile.kind.rawValue, item.profile.region?.text ?? "",
                    item.profile.fields.map { exchange.taxonomy.label($0, in: .en) }.joined(separator: ", "),
                ]
            }
        }
    }

    struct Show: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Show one organization.")

        @Argument(help: "Its identifier, name, corporate number or external identity.") var organization: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try await exchange.organization(organization).id
            show(View.organization(try await exchange.office.organization(id, by: actor)))
        }
    }

    struct Add: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Register an organization.",
            discussion: """
                industrymix organizations add --name 株式会社例 --kind company --region JP-31 \\
                    --field 精密加工・切削 --corporate-number 1234567890123
                """)

        @Option(help: "Its name.") var name: String
        @Option(help: "How the name is read.") var kana: String?
        @Option(help: "What kind of body it is.") var kind = Organization.Kind.company
        @Option(help: "13 digits; used against doubles.") var corporateNumber: String?
        @Option(help: "ISO 3166-2, such as JP-31.") var region: String?
        @Option(help: "City, town or village.") var municipality: String?
        @Option(help: "Its web site.") var website: String?
        @Option(help: "A field by code or label; may be repeated.") var field: [String] = []
        @Option(help: "Its identity in another system.") var externalID: String?
        @Option(help: "A note that only coordinators see.") var note: String?
        @Flag(help: "Register it although another has the same name.") var evenIfNamedAlike = false
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let profile = Organization.Profile(
                name: name, nameKana: kana, kind: kind,
                corporateNumber: try corporateNumber.map { try CorporateNumber($0) },
                region: try region.map { try RegionCode($0) }, municipality: municipality, website: website,
                fields: try exchange.fields(field), externalID: externalID, note: note)
            show(
                View.organization(
                    try await exchange.office.register(profile, evenIfNamedAlike: evenIfNamedAlike, by: actor)))
        }
    }

    struct Fields: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "List the fields that can be named, by class.")

        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let fields = exchange.taxonomy.fields
            show(
                Page(items: fields, next: nil), ["code", "ja", "en", "ko", "zh"],
                json: { field in
                    let labels = field.labels.sorted { $0.key.rawValue < $1.key.rawValue }
                    return .members([
                        "code": .string(field.code.text), "class": .optional(field.parent?.text),
                        "labels": .object(JSONObject(labels.map { ($0.key.rawValue, .string($0.value)) })),
                        "neighbours": View.list(field.neighbours.map(\.text).sorted()),
                    ])
                },
                cells: { field in
                    [(field.parent == nil ? "" : "  ") + field.code.text]
                        + Language.allCases.map { field.labels[$0] ?? "" }
                })
        }
    }
}
