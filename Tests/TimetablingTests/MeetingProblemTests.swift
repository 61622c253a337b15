import Testing
import Timetabling

@Suite struct `A meeting problem` {
    struct Wrong: Sendable, CustomTestStringConvertible {
        let entry: String
        var participants = 3
        var slots = 2
        var tables = [1, 1]
        var availability: [UInt64] = [3, 3, 3]
        var caps = [2, 2, 2]
        var pairs: [MeetingProblem.Pair] = [.init(0, 1, score: 1)]
        var vetoes: Set<MeetingProblem.Couple> = []
        var fixed: [MeetingProblem.Meeting] = []

        var testDescription: String { entry }
    }

    @Test(arguments: [
        Wrong(entry: "n", participants: -1), Wrong(entry: "slots", slots: 0), Wrong(entry: "slots", slots: 64),
        Wrong(entry: "tables", tables: [1]), Wrong(entry: "tables[1]", tables: [1, -1]),
        Wrong(entry: "avail", availability: [3]), Wrong(entry: "avail[2]", availability: [3, 3, 4]),
        Wrong(entry: "cap", caps: []), Wrong(entry: "cap[0]", caps: [-1, 2, 2]),
        Wrong(entry: "pairs[1]", pairs: [.init(0, 1, score: 1), .init(1, 3, score: 1)]),
        Wrong(entry: "pairs[0]", pairs: [.init(1, 1, score: 1)]),
        Wrong(entry: "pairs[0]", pairs: [.init(0, 1, score: .nan)]),
        Wrong(entry: "pairs[0]", pairs: [.init(0, 1, score: .infinity)]),
        Wrong(entry: "pairs[0]", pairs: [.init(0, 1, score: -1)]),
        Wrong(entry: "pairs[1]", pairs: [.init(0, 1, score: 1), .init(1, 0, score: 2)]),
        Wrong(entry: "vetoes", vetoes: [.init(0, 7)]), Wrong(entry: "fixed[0]", fixed: [.init(0, 9, slot: 0)]),
        Wrong(entry: "fixed[0]", fixed: [.init(0, 1, slot: 2)]),
        Wrong(entry: "fixed[1]", fixed: [.init(0, 1, slot: 0), .init(1, 0, slot: 1)]),
        Wrong(entry: "fixed[1]", fixed: [.init(0, 1, slot: 0), .init(1, 2, slot: 0)]),
        Wrong(entry: "fixed[0]", availability: [2, 3, 3], fixed: [.init(0, 1, slot: 0)]),
        Wrong(entry: "fixed[0]", vetoes: [.init(1, 0)], fixed: [.init(0, 1, slot: 0)]),
        Wrong(entry: "fixed[0]", caps: [0, 2, 2], fixed: [.init(0, 1, slot: 0)]),
        Wrong(entry: "fixed[0]", tables: [0, 1], fixed: [.init(0, 1, slot: 0)]),
    ]) func `that is wrong is refused by the name of the entry`(_ wrong: Wrong) {
        let fault = #expect(throws: MeetingProblemFault.self) {
            try MeetingProblem(
                participants: wrong.participants, slots: wrong.slots, tables: wrong.tables,
                availability: wrong.availability, caps: wrong.caps, pairs: wrong.pairs, vetoes: wrong.vetoes,
                fixed: wrong.fixed)
        }
        #expect(fault?.entry == wrong.entry)
    }

    @Test func `may have as many slots as a mask has bits, but for the sign`() throws {
        let all = UInt64.max >> 1
        let problem = try MeetingProblem(
            participants: 2, slots: 63, tables: 1, availability: [all, all], caps: [63, 63],
            pairs: [.init(0, 1, score: 1)])
        #expect(problem.tables.count == 63)
    }
}
