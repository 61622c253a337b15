import ArgumentParser
import Charts
import Exchange
import Foundation
import HTTPAPI
import Operations
import WebCommon

extension EventsCommand {
    struct HallCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "booths", abstract: "Booths: the hall, its exhibitors, and who stands next to whom.",
            discussion: """
                  industrymix events booths import event_... hall.svg
                  industrymix events booths show event_... --file exhibitors.json
                  industrymix events booths layout event_... --seconds 2
                  industrymix events booths draw event_... > hall-plan.svg

                In the drawing each rect with data-stand is a stand (data-power, data-supplies, data-zone). The file of
                exhibitors: {"exhibitors":[{"organization":"org_...","power":1500,"needs":["water"],"sound":"loud",
                "apart":[]},...]}; "stand" promises a place. What the engine finds promising comes side by side,
                what competes or is kept apart by a veto does not.
                """,
            subcommands: [Show.self, Import.self, Layout.self, Draw.self], defaultSubcommand: Show.self)
    }
}

extension EventsCommand.HallCommand {
    struct Show: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "The hall, or write its stands and exhibitors.")
        @Argument(help: "event_...") var event: String
        @Option(help: "A JSON file with what to write; - for standard input. What it leaves out stays.")
        var file: String?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try Identifier<Event>(event)
            var sheet = try await exchange.office.boothSheet(of: id, by: actor)
            if let file {
                let content = try EventFlags.document(file, over: sheet.content)
                sheet = try await exchange.office.reviseBooths(
                    of: id, content, expecting: sheet.version, by: actor)
            }
            show(try BoothForm.json(sheet))
        }
    }

    struct Import: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Take the stands of an SVG drawing of the hall.")
        @Argument(help: "event_...") var event: String
        @Argument(help: "The drawing; - for standard input.") var file: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let data =
                file == "-"
                ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: file)
            guard let data else {
                throw Failure(.notFound, "The file \(file) cannot be read.", "Check its name and its permissions.")
            }
            let sheet = try await exchange.office.importHall(of: Identifier(event), svg: [UInt8](data), by: actor)
            if common.json { return Console.out(try BoothForm.json(sheet)) }
            let names = sheet.content.stands.map(\.name)
            Console.out("\(names.count) stands: " + names.joined(separator: ", "))
        }
    }

    struct Layout: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Put each exhibitor where it fits best.")
        @Argument(help: "event_...") var event: String
        @Option(help: "How long to search, 0.1 to 60.") var seconds = 2.0
        @Option(help: "Another seed gives another layout of the same quality.") var seed = 1
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let sheet = try await exchange.office.layOutBooths(
                of: Identifier(event), seconds: seconds, seed: seed, by: actor)
            if common.json { return Console.out(try BoothForm.json(sheet)) }
            guard let layout = sheet.layout else { return Console.note("There is nobody to place.") }
            let plan = try await exchange.office.boothPlan(
                of: sheet.event, in: exchange.configuration.exchange.defaultLanguage, by: actor)
            Console.out(
                "Score \(layout.score), at most \(layout.bound) is possible"
                    + (layout.isProven ? "; no layout is better." : "."))
            var table = TextTable(["stand", "exhibitor", "neighbours"], limit: 60)
            for (place, box) in plan.boxes.enumerated() where !box.holder.isEmpty {
                let links = plan.links.filter { $0.first == place || $0.second == place }
                let near = links.map { plan.boxes[$0.first == place ? $0.second : $0.first].holder + ": " + $0.reason }
                table.add([box.name, box.holder, near.joined(separator: "; ")])
            }
            Console.out(table.text)
            for left in layout.left {
                Console.note("No stand for \(left.organization): " + left.obstacles.joined(separator: ", "))
            }
            Console.note("See it: industrymix events booths draw \(event) > hall.svg")
        }
    }

    struct Draw: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "The hall as an SVG drawing with the reason of each neighbourhood.")
        @Argument(help: "event_...") var event: String
        @Option(help: "The language of the reasons; the exchange's if left out.") var language: Language?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let spoken = language ?? exchange.configuration.exchange.defaultLanguage
            let plan = try await exchange.office.boothPlan(of: Identifier(event), in: spoken, by: actor)
            let drawing = BoothForm.drawing(plan)
            if common.json { return Console.out(.members(["svg": .string(drawing)])) }
            Console.out(drawing)
        }
    }
}
