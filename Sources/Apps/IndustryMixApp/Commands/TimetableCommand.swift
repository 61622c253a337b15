import ArgumentParser
import Foundation
import Timetabling
import WebCommon

struct TimetableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "timetable",
        abstract: "Plan 1:1 meetings: who meets whom in which slot, with a proof of how good it is.",
        discussion: """
            Needs no exchange: an instance comes on standard input, the answer goes to standard output.

              industrymix timetable --seconds 5 < instance.json > timetable.json

            The instance: {"n":3,"slots":2,"tables":1,"avail":[3,3,1],"cap":[2,2,2],"pairs":[[0,1,40],[0,2,25]]}.
            Participants and slots count from 0; bit s of avail is slot s; tables may also be a list, one number a slot.
            It may also have "must" [[a,b],...] (go before all else), "vetoes" and "met" [[a,b],...] (never, and not
            again), "fixed" [[a,b,slot],...] (stay where they are) and "former" [[a,b,slot],...]: a plan that people
            know already; then at most --moves of its meetings move.
            The answer: {"meetings":[[a,b,slot],...],"score","bound","gap"}. No plan scores above the bound.

              industrymix timetable --all-mandatory --seconds 10 < instance.dzn

            Every requested meeting is held, with as few breaks as can be (MiniZinc data of the B2B meeting scheduling
            problem). The answer: {"slots":[slot per meeting, from 1],"breaks","bound"}; 0 is no slot, then "unmet" says
            why, and the exit code is 3.
            """)

    @Option(name: .long, help: "How long to search. A better answer takes longer; there is one at any time.")
    var seconds = 5.0

    @Option(name: .long, help: "Searches side by side; each needs a processor of its own.")
    var threads = 1

    @Option(name: .long, help: "Another seed gives another answer of the same quality.")
    var seed: UInt64 = 1

    @Option(name: .long, help: "Make so many trials in place of --seconds: the same answer on every machine.")
    var trials: Int?

    @Option(name: .long, help: "The share of a former plan's meetings that may move.")
    var moves = 0.02

    @Flag(name: .long, help: "Every meeting is held; the instance is MiniZinc data (.dzn).")
    var allMandatory = false

    @Flag(name: .long, help: "Add why each wish is not met, and in which slots more tables would help.")
    var explain = false

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
        guard (0...1).contains(moves) else { throw ValidationError("--moves must be from 0 to 1.") }
    }

    func run() async throws {
        let effort = effort()
        let input = try FileHandle.standardInput.readToEnd() ?? Data()
        do {
            if allMandatory {
                try await planMandatory(input, effort)
            } else {
                try await plan(input, effort)
            }
        } catch let fault as MeetingProblemFault {
            throw Failure(
                .refused, "\(fault.entry) \(fault.reason).", "The form of the input: industrymix help timetable.")
        }
    }

    private func effort() -> Effort {
        if let trials { return Effort(.trials(trials), seed: seed, threads: threads) }
        let start = ContinuousClock.now
        let length = Duration.seconds(seconds)
        return Effort(.share { (ContinuousClock.now - start) / length }, seed: seed, threads: threads)
    }

    private func plan(_ input: Data, _ effort: Effort) async throws {
        let instance = try TimetableInstance(Array(input))
        if !instance.unknown.isEmpty {
            Console.note(
                "Not read, because nothing of that name is known: \(instance.unknown.joined(separator: ", ")).")
        }
        let problem = instance.problem
        let plan: MeetingPlan
        var members: [(String, JSON)] = []
        if let former = instance.former {
            plan = await MeetingPlanner.replan(problem, former: former, tolerance: moves, effort: effort)
            members.append(("moved", .integer(plan.moved)))
        } else {
            plan = await MeetingPlanner.plan(problem, effort: effort)
        }
        if explain { members += TimetableWords.explanation(problem, plan) }
        Console.out(TimetableWords.answer(plan, members).text)
    }

    private func planMandatory(_ input: Data, _ effort: Effort) async throws {
        guard let text = String(data: input, encoding: .utf8) else {
            throw Failure(.refused, "The input is not UTF-8 text.", "Give MiniZinc data (.dzn).")
        }
        let problem = try MandatoryProblem(MiniZincData(text))
        let plan = await MandatoryPlanner.plan(problem, effort: effort)
        Console.out(TimetableWords.answer(plan).text)
        if !plan.unmet.isEmpty {
            throw Failure(
                .refused, "\(plan.unmet.count) of \(problem.meetings.count) meetings found no slot.",
                "The answer holds the others; its \"unmet\" says why. More --seconds or tables may help.")
        }
        if !plan.isFair {
            throw Failure(
                .refused, "The breaks of two participants differ by more than \(MandatoryProblem.fairness).",
                "The answer keeps all other rules. More --seconds may help.")
        }
    }
}
