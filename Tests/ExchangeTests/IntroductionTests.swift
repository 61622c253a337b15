import Exchange
import Testing

@Suite struct `An introduction` {
    private static func yes(_ words: String? = nil) -> Introduction.Answer {
        .interested(message: words, by: clerk, at: noon)
    }
    private static func no(_ reason: Introduction.RefusalReason = .noCapacity) -> Introduction.Answer {
        .refused(reason, note: nil, by: clerk, at: noon)
    }
    private static func party(_ posting: UInt64, _ prefix: String, _ organization: UInt64) -> Introduction.Party {
        Introduction.Party(posting: id(posting, prefix), owner: id(posting), organization: id(organization))
    }

    private func open(
        _ side: Introduction.Side, _ answer: Introduction.Answer, seedOrganization: UInt64 = 2
    ) throws(Refusal) -> Change<Introduction> {
        try Introduction.open(
            match: nil, needSide: Self.party(1, "need", 1), seedSide: Self.party(2, "seed", seedOrganization),
            side: side, answer: answer, id: id(1), by: clerk, at: noon)
    }

    @Test(arguments: Introduction.Side.allCases)
    func `opens with one side's answer`(_ side: Introduction.Side) throws {
        let opened = try open(side, Self.yes("ぜひ"))
        #expect(opened.value.state == .interested)
        #expect(opened.value.version == 1)
        #expect(opened.value.party(side).answer == Self.yes("ぜひ"))
        #expect(opened.value.party(side.other).answer == nil)
        #expect(opened.happenings.map(\.kind) == [.interestExpressed])
        let refused = try open(side, Self.no(.alreadyKnown))
        #expect(refused.value.state == .refused)
        #expect(refused.happenings.map(\.details) == [["side": side.rawValue, "reason": "already_known"]])
    }

    @Test func `needs two organizations`() {
        #expect(throws: Refusal.self) { try open(.need, Self.yes(), seedOrganization: 1) }
    }

    @Test(arguments: [
        ([true], "interested"), ([false], "refused"), ([true, true], "mutual"), ([true, false], "refused"),
        ([false, true], "refused"), ([false, false], "refused"),
    ])
    func `is mutual only with two yeses`(_ answers: [Bool], _ state: String) throws {
        var current = try open(.seed, answers[0] ? Self.yes() : Self.no()).value
        if answers.count == 2 {
            current = try current.answered(.need, answers[1] ? Self.yes() : Self.no(), by: clerk, at: noon).value
        }
        #expect(current.state.word == state)
        #expect(!current.isDisclosed)
    }

    @Test func `follows a changed mind until people are introduced`() throws {
        let refused = try open(.need, Self.no()).value
        let willing = try refused.answered(.need, Self.yes(), by: clerk, at: noon).value
        #expect(willing.state == .interested)
        let mutual = try willing.answered(.seed, Self.yes(), by: clerk, at: noon)
        #expect(mutual.happenings.map(\.kind) == [.interestExpressed, .interestMutual])
        let again = try mutual.value.answered(.seed, Self.yes("もう一度"), by: clerk, at: noon)
        #expect(again.happenings.map(\.kind) == [.interestExpressed])
        #expect(try again.value.answered(.need, Self.no(), by: clerk, at: noon).value.state == .refused)
    }

    @Test func `runs from interest to what came of it`() throws {
        let mutual = try open(.need, Self.yes()).value.answered(.seed, Self.yes(), by: clerk, at: noon).value
        let introduced = try mutual.introduce(by: clerk, at: noon).value
        #expect(introduced.isDisclosed)
        let met = try introduced.meet(by: clerk, at: noon).value
        let done = try met.conclude(.prototype, note: "試作 3 台", by: clerk, at: noon)
        #expect(done.value.state.word == "concluded")
        #expect(done.value.version == 5)
        #expect(done.happenings.map(\.details) == [["outcome": "prototype"]])
        #expect(done.happenings[0].related == [mutual.needSide.posting.text, mutual.seedSide.posting.text])
    }

    enum Verb: String, CaseIterable, Sendable { case answer, introduce, meet, conclude }

    @Test(arguments: Verb.allCases, Introduction.State.words)
    func `allows each verb in the states that fit it`(_ verb: Verb, _ word: String) throws {
        let allowed: [Verb: Set<String>] = [
            .answer: ["interested", "mutual", "refused"], .introduce: ["mutual"], .meet: ["introduced"],
            .conclude: ["introduced", "met"],
        ]
        var current = try open(.need, Self.yes()).value
        current.state =
            switch word {
            case "interested": .interested
            case "refused": .refused
            case "mutual": .mutual
            case "introduced": .introduced(by: clerk, at: noon)
            case "met": .met(at: noon)
            default: .concluded(Introduction.Conclusion(outcome: .nothing, note: nil, at: noon))
            }
        let before = current
        let words = refusal { () throws(Refusal) in
            switch verb {
            case .answer: try before.answered(.seed, Self.yes(), by: clerk, at: noon)
            case .introduce: try before.introduce(by: clerk, at: noon)
            case .meet: try before.meet(by: clerk, at: noon)
            case .conclude: try before.conclude(.nothing, note: nil, by: clerk, at: noon)
            }
        }
        #expect((words == nil) == (allowed[verb]?.contains(word) == true))
        if let words { #expect(words.hasPrefix("An introduction that is \(word) cannot be ")) }
        #expect(before.isDisclosed == ["introduced", "met", "concluded"].contains(word))
    }

    @Test func `knows the side of an organization`() throws {
        let current = try open(.need, Self.yes()).value
        #expect(current.side(of: id(1)) == .need)
        #expect(current.side(of: id(2)) == .seed)
        #expect(current.side(of: id(3)) == nil)
        #expect(current.side(of: nil) == nil)
    }

    @Test func `teaches taste by two reasons only`() {
        let reasons = Introduction.RefusalReason.allCases
        #expect(reasons.filter { $0.lesson == .taste } == [.noClearAdvantage, .notOurField])
        #expect(reasons.filter { $0.lesson == .pair } == [.alreadyKnown, .conflictOfInterest])
        #expect(reasons.filter { $0.lesson == .pair }.allSatisfy { $0.memory == .forGood })
    }
}

@Suite struct `A veto` {
    @Test func `has one form for a pair, whoever is named first`() throws {
        let one = try Veto(id: id(1), between: id(5), and: id(3), placedBy: id(5), reason: nil, at: noon)
        let other = try Veto(id: id(1), between: id(3), and: id(5), placedBy: id(5), reason: nil, at: noon)
        #expect(one == other)
        #expect(one.first < one.second)
    }

    @Test func `is not for an organization against itself`() {
        #expect(
            problems { try Veto(id: id(1), between: id(5), and: id(5), placedBy: nil, reason: nil, at: noon) }
                == ["organization not_allowed"])
    }
}

@Suite struct `A match` {
    private func match(_ state: Match.State) -> Match {
        Match(
            id: id(1), need: id(1, "need"), seed: id(2, "seed"), score: 0.5, parts: [:], kind: .bridge, reason: "{}",
            state: state, round: nil, version: 1, createdAt: noon, updatedAt: noon)
    }

    enum Verb: String, CaseIterable, Sendable { case hold, release, dismiss }

    @Test(arguments: Verb.allCases, Match.State.allCases)
    func `is held, released and put aside where that fits`(_ verb: Verb, _ state: Match.State) {
        let table: [Verb: [Match.State: Match.State]] = [
            .hold: [.proposed: .held], .release: [.held: .proposed, .dismissed: .proposed],
            .dismiss: [.proposed: .dismissed, .held: .dismissed],
        ]
        let before = match(state)
        let after: Change<Match>? =
            switch verb {
            case .hold: try? before.hold(by: clerk, at: noon)
            case .release: try? before.release(by: clerk, at: noon)
            case .dismiss: try? before.dismiss(because: "近すぎる", by: clerk, at: noon)
            }
        #expect(after?.value.state == table[verb]?[state])
        #expect(after.map { $0.value.version } == (table[verb]?[state] == nil ? nil : 2))
        #expect(after.map { $0.happenings.count } ?? 1 == 1)
    }
}
