import Exchange

/// Who wants to meet whom, put together from wishes and the engine's matches: one line for each two people.
struct MeetingWants: Sendable {
    /// What one of the two asked for, and through which target.
    struct Ask: Sendable, Equatable {
        let wish: MeetingWish
        /// The organization for which the other was chosen.
        let represents: Identifier<Organization>?
    }

    /// Two people who may meet.
    struct Pair: Sendable {
        let first: Int
        let second: Int
        var asks: [Ask] = []
        var match: OwnedMatch?

        /// Both must meet.
        var isRequired: Bool {
            Set(asks.filter { $0.wish.degree == .mustMeet }.map(\.wish.from)).count == 2
        }

        /// What the meeting counts: what each asked for, more where both did, and what the engine makes of it.
        var worth: Double {
            var best: [Identifier<Participant>: Double] = [:]
            for ask in asks {
                let value = ask.wish.degree == .mustMeet ? Weight.mustMeet : Weight.wouldLike
                best[ask.wish.from] = max(best[ask.wish.from] ?? 0, value)
            }
            let mutual = best.count == 2 ? Weight.mutual : 0
            return best.values.reduce(0, +) + mutual + (match?.match.score ?? 0) * Weight.match
        }
    }

    /// What counts how much.
    enum Weight {
        static let mustMeet = 60.0
        static let wouldLike = 30.0
        static let mutual = 20.0
        /// Of a match with the score 1.
        static let match = 40.0
    }

    /// The people, by place.
    let people: [Identifier<Participant>]
    private(set) var pairs: [Pair] = []
    /// Two who must not meet.
    private(set) var vetoed: Set<[Int]> = []
    /// Wishes that no pair came of.
    private(set) var hopeless: [MeetingDraft.Unmet] = []
    private let places: [Identifier<Participant>: Int]

    init(_ material: MeetingMaterial) {
        let people = material.guests.compactMap(\.participant)
        self.people = people
        places = Dictionary(people.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var table = PairTable()
        for found in material.matches {
            guard let one = places[found.needOwner], let other = places[found.seedOwner] else { continue }
            table.note(found, one, other)
        }
        forbid(material)
        addWishes(material, &table)
        let isFilling = material.day.filling == .suggestions
        let vetoed = vetoed
        pairs = table.pairs.filter { pair in
            !vetoed.contains([min(pair.first, pair.second), max(pair.first, pair.second)])
                && (isFilling || !pair.asks.isEmpty)
        }
    }

    func place(of person: Identifier<Participant>) -> Int? { places[person] }

    /// No thanks from either side, vetoes of organizations, and one organization on both sides.
    private mutating func forbid(_ material: MeetingMaterial) {
        let organizations = people.map { material.people[$0]?.organization }
        var members: [Identifier<Organization>: [Int]] = [:]
        for (place, organization) in organizations.enumerated() {
            if let organization { members[organization, default: []].append(place) }
        }
        for veto in material.vetoes {
            for one in members[veto.first] ?? [] {
                for other in members[veto.second] ?? [] { vetoed.insert([min(one, other), max(one, other)]) }
            }
        }
        for group in members.values {
            for one in group {
                for other in group where one < other { vetoed.insert([one, other]) }
            }
        }
        for wish in material.wishes where wish.degree == .noThanks {
            guard let from = places[wish.from] else { continue }
            let targets: [Int] =
                switch wish.target {
                case .participant(let id): places[id].map { [$0] } ?? []
                case .organization(let id): members[id] ?? []
                }
            for target in targets where target != from { vetoed.insert([min(from, target), max(from, target)]) }
        }
    }

    private mutating func addWishes(_ material: MeetingMaterial, _ table: inout PairTable) {
        var members: [Identifier<Organization>: [Int]] = [:]
        for (place, person) in people.enumerated() {
            if let organization = material.people[person]?.organization {
                members[organization, default: []].append(place)
            }
        }
        // Wishes for a person first: who is asked for by name speaks for the organization most readily.
        let wanted = material.wishes.filter { $0.degree != .noThanks }
        var choice = RepresentativeChoice(material, people)
        for wish in wanted {
            guard let from = places[wish.from], case .participant(let id) = wish.target else { continue }
            guard let target = places[id] else {
                hopeless.append(Self.unmet(wish, .notThere))
                continue
            }
            if target == from { continue }
            table.add(Ask(wish: wish, represents: nil), from, target)
            choice.count(from, target)
        }
        for wish in wanted {
            guard let from = places[wish.from], case .organization(let id) = wish.target else { continue }
            let candidates = (members[id] ?? []).filter { other in
                other != from && !vetoed.contains([min(from, other), max(from, other)])
            }
            guard let chosen = choice.best(for: from, among: candidates, table) else {
                hopeless.append(Self.unmet(wish, members[id] == nil ? .nobodyThere : .vetoed))
                continue
            }
            table.add(Ask(wish: wish, represents: id), from, chosen)
            choice.count(from, chosen)
        }
        for pair in table.pairs where vetoed.contains([min(pair.first, pair.second), max(pair.first, pair.second)]) {
            hopeless += pair.asks.map { Self.unmet($0.wish, .vetoed) }
        }
    }

    private static func unmet(_ wish: MeetingWish, _ cause: MeetingDraft.Unmet.Cause) -> MeetingDraft.Unmet {
        let worth = wish.degree == .mustMeet ? Weight.mustMeet : Weight.wouldLike
        return MeetingDraft.Unmet(from: wish.from, target: wish.target.text, worth: worth, cause: cause)
    }
}

/// The pairs while they are put together.
struct PairTable: Sendable {
    private(set) var pairs: [MeetingWants.Pair] = []
    private var index: [[Int]: Int] = [:]

    private mutating func entry(_ one: Int, _ other: Int) -> Int {
        let key = [min(one, other), max(one, other)]
        if let place = index[key] { return place }
        index[key] = pairs.count
        pairs.append(MeetingWants.Pair(first: key[0], second: key[1]))
        return pairs.count - 1
    }

    /// Keeps a match, the best of the two people.
    mutating func note(_ match: OwnedMatch, _ one: Int, _ other: Int) {
        let place = entry(one, other)
        if (pairs[place].match?.match.score ?? -1) < match.match.score { pairs[place].match = match }
    }

    mutating func add(_ ask: MeetingWants.Ask, _ one: Int, _ other: Int) {
        pairs[entry(one, other)].asks.append(ask)
    }

    /// What is known of two people so far.
    func pair(_ one: Int, _ other: Int) -> MeetingWants.Pair? {
        index[[min(one, other), max(one, other)]].map { pairs[$0] }
    }
}

/// Chooses who of an organization meets somebody who asked for the organization: whoever asked for them, has most to
/// talk about with them, shares a language, and is asked for least.
private struct RepresentativeChoice {
    private let languages: [Set<Language>]
    private var demand: [Int]

    init(_ material: MeetingMaterial, _ people: [Identifier<Participant>]) {
        languages = material.guests.map { material.languages(of: $0) }
        demand = Array(repeating: 0, count: people.count)
    }

    mutating func count(_ one: Int, _ other: Int) {
        demand[one] += 1
        demand[other] += 1
    }

    func best(for person: Int, among candidates: [Int], _ table: PairTable) -> Int? {
        candidates.max { left, right in
            let one = value(left, for: person, table)
            let other = value(right, for: person, table)
            return one == other ? left > right : one < other
        }
    }

    private func value(_ candidate: Int, for person: Int, _ table: PairTable) -> Double {
        let known = table.pair(person, candidate)
        var value = (known?.asks.isEmpty ?? true ? 0.0 : 2) + (known?.match?.match.score ?? 0)
        if !languages[candidate].isDisjoint(with: languages[person]) { value += 0.5 }
        return value - 0.05 * Double(demand[candidate])
    }
}
