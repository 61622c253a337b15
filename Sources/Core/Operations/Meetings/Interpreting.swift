import Exchange
import Timetabling

/// Which pairs need an interpreter, between which languages, and how many interpreters there are for them.
struct Interpreting: Sendable {
    /// Two languages, in order.
    struct Tongues: Hashable, Sendable, Comparable {
        let one: Language
        let other: Language

        init(_ one: Language, _ other: Language) {
            self.one = one.rawValue < other.rawValue ? one : other
            self.other = one.rawValue < other.rawValue ? other : one
        }

        static func < (left: Tongues, right: Tongues) -> Bool {
            (left.one.rawValue, left.other.rawValue) < (right.one.rawValue, right.other.rawValue)
        }
    }

    /// The languages between which each pair needs an interpreter; none where the two share one.
    let tongues: [Tongues?]

    init(_ material: MeetingMaterial, _ pairs: [MeetingWants.Pair]) {
        let languages = material.guests.map { material.languages(of: $0) }
        let interpreters = material.day.interpreters
        tongues = pairs.map { pair in
            let one = languages[pair.first]
            let other = languages[pair.second]
            if !one.isDisjoint(with: other) { return nil }
            let choices = one.flatMap { first in other.map { Tongues(first, $0) } }.sorted()
            // The two languages that most interpreters know.
            return choices.max { left, right in
                let many = interpreters.count { $0.speaks(left) }
                let more = interpreters.count { $0.speaks(right) }
                return many == more ? left > right : many < more
            }
        }
    }

    /// A resource for every set of language pairs for which there are fewer interpreters than for its parts one by one:
    /// who knows three languages serves three pairs of them, but one at a time (Hall's condition).
    func resources(_ material: MeetingMaterial) -> [MeetingProblem.Resource] {
        let used = Set(tongues.compactMap { $0 }).sorted()
        let slots = material.day.slots
        guard !used.isEmpty, !slots.isEmpty else { return [] }
        func amount(_ group: [Tongues]) -> [Int] {
            slots.map { slot in
                material.day.interpreters.count { one in one.isFree(slot) && group.contains { one.speaks($0) } }
            }
        }
        let alone = used.map { amount([$0]) }
        return (1..<(1 << used.count)).compactMap { mask -> MeetingProblem.Resource? in
            let members = used.indices.filter { mask >> $0 & 1 == 1 }
            let group = members.map { used[$0] }
            let together = amount(group)
            let isTighter = slots.indices.contains { slot in
                together[slot] < members.reduce(0) { $0 + alone[$1][slot] }
            }
            if group.count > 1, !isTighter { return nil }
            let pairs = tongues.indices.filter { tongues[$0].map(group.contains) ?? false }
            return MeetingProblem.Resource(amount: together, pairs: pairs)
        }
    }
}

extension MeetingDay.Interpreter {
    /// Whether they interpret between the two.
    func speaks(_ tongues: Interpreting.Tongues) -> Bool {
        languages.contains(tongues.one) && languages.contains(tongues.other)
    }
}
