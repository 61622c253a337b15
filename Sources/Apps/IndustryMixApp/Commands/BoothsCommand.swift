import ArgumentParser
import Charts
import Foundation
import Timetabling
import WebCommon

struct BoothsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "booths",
        abstract: "Lay out booths: who stands next to whom, with a proof of how good it is.",
        discussion: """
            Needs no exchange: an instance comes on standard input, the answer goes to standard output.

              industrymix booths --seconds 2 --svg hall.svg < instance.json > layout.json

            The instance: {"grid":{"rows":2,"columns":4},"exhibitors":[{"name":"Farm","needs":["water"],"power":1500,
            "sound":"loud"},...],"ties":[[0,1,40],[0,2,-15],[1,2,"veto"]]}. Exhibitors count from 0; a tie above 0 wants
            the two side by side, below 0 apart; a veto goes before every worth. In place of the grid "stands":
            [{"name","x","y","width","height","power","supplies","zone"}], or --plan with an SVG drawing whose rects
            have data-stand (the name), data-power, data-supplies ("water compressedAir network") and data-zone
            ("quiet"). "stand" of an exhibitor is a promise that is kept.

              industrymix booths --assignment --seconds 2 < problem.dat

            A quadratic assignment problem in its published form: the size, then flows and distances. The answer:
            {"places":[place of each thing, from 1],"cost","bound","proven"}.
            """)

    @Option(name: .long, help: "How long to search. A better answer takes longer; there is one at any time.")
    var seconds = 2.0

    @Option(name: .long, help: "Searches side by side; each needs a processor of its own.")
    var threads = 1

    @Option(name: .long, help: "Another seed gives another answer of the same quality.")
    var seed: UInt64 = 1

    @Option(name: .long, help: "Make so many steps in place of --seconds: the same answer on every machine.")
    var trials: Int?

    @Option(name: .long, help: "An SVG drawing of the hall.")
    var plan: String?

    @Option(name: .long, help: "Write the layout as an SVG drawing to this file.")
    var svg: String?

    @Flag(name: .long, help: "The input is a quadratic assignment problem.")
    var assignment = false

    @Flag(name: .long, help: "Write errors as JSON on stderr; the answer is JSON anyway.")
    var json = false

    private static let longest = 86_400.0

    func validate() throws {
        guard seconds > 0, seconds <= Self.longest else {
            throw ValidationError("--seconds must be above 0 and at most \(Int(Self.longest)).")
        }
        guard (1...Effort.maximumThreads).contains(threads) else {
            throw ValidationError("--threads must be from 1 to \(Effort.maximumThreads).")
        }
        guard trials.map({ $0 >= 0 }) ?? true else { throw ValidationError("--trials must not be below 0.") }
    }

    func run() async throws {
        let effort = effort()
        let input = try FileHandle.standardInput.readToEnd() ?? Data()
        do {
            if assignment {
                try await arrange(input, effort)
            } else {
                try await layOut(input, effort)
            }
        } catch let fault as MeetingProblemFault {
            throw Failure(
                .refused, "\(fault.entry) \(fault.reason).", "The form of the input: industrymix help booths.")
        }
    }

    private func effort() -> Effort {
        if let trials { return Effort(.trials(trials), seed: seed, threads: threads) }
        let start = ContinuousClock.now
        let length = Duration.seconds(seconds)
        return Effort(.share { (ContinuousClock.now - start) / length }, seed: seed, threads: threads)
    }

    private func layOut(_ input: Data, _ effort: Effort) async throws {
        let drawn = try plan.map { path in
            guard let bytes = FileManager.default.contents(atPath: path) else {
                throw Failure(.notFound, "There is no file \(path).", "Give the path of an SVG drawing.")
            }
            return try FloorPlan(svg: Array(bytes))
        }
        let instance = try BoothInstance(Array(input), plan: drawn)
        if !instance.unknown.isEmpty {
            Console.note(
                "Not read, because nothing of that name is known: \(instance.unknown.joined(separator: ", ")).")
        }
        let layout = await BoothPlanner.plan(instance.problem, effort: effort)
        Console.out(BoothWords.answer(instance.problem, layout).text)
        if let svg {
            let drawing = BoothWords.drawing(instance.problem, layout).svg()
            // A drawing of its own carries its style with it.
            let styled = drawing.replacingOccurrences(
                of: "</desc>", with: "</desc><style>\(ChartStyle.css)</style>")
            try Data(styled.utf8).write(to: URL(fileURLWithPath: svg))
        }
    }

    private func arrange(_ input: Data, _ effort: Effort) async throws {
        guard let text = String(data: input, encoding: .utf8) else {
            throw Failure(.refused, "The input is not UTF-8 text.", "Give whole numbers with spaces between.")
        }
        let plan = try await QuadraticPlanner.plan(QuadraticAssignment(data: text), effort: effort)
        Console.out(BoothWords.answer(plan).text)
    }
}
