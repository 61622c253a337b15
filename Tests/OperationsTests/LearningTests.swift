import Exchange
import Matching
import Operations
import Testing

@Suite struct `Learning from answers` {
    private static let goods = ["box", "tray", "crate", "bag", "pallet", "drum", "cask", "tub"]

    /// A fisher with a need and makers of a far field with a seed each that fits; answers to each as asked.
    private func answered(
        _ answers: [SideAnswer]
    ) async throws -> (World, [Match], fisher: Actor) {
        let world = try await World()
        let (fisher, fishing) = try await world.join("Fisher")
        for number in answers.indices {
            let (maker, _) = try await world.join("Maker\(number)")
            let good = Self.goods[number]
            try await world.publish(
                .seed, "Freshness sensor printed on a \(good)", field: "electronics-semiconductor", by: maker)
            try await world.publish(
                .need, "Freshness sensor wanted on the \(good) number \(number)", field: "food-processing", by: fisher)
        }
        try await world.matchmaker.catchUp()
        let matches = try await world.matches().filter { $0.kind != .wildcard }
        for (match, answer) in zip(matches, answers) {
            _ = try await world.office.answer(match.id, answer, for: .need, by: world.desk)
        }
        return (world, matches, fishing)
    }

    private func weight(_ feature: AcceptanceFeature, _ world: World) async throws -> Double {
        try await world.office.learning(since: 0, by: world.desk).model[feature]
    }

    @Test func `moves the weight of distance when far pairs are refused as another field`() async throws {
        let (world, matches, _) = try await answered(Array(repeating: .refused(.notOurField, note: nil), count: 4))
        #expect(matches.count >= 4)
        #expect(try await weight(.distance, world) < -0.1)
        let state = try await world.office.learning(since: 0, by: world.desk)
        #expect(state.latest?.version == 4)
        for language in Language.allCases {
            let words = LearningWords(language, offsetMinutes: 540).sentences(state)
            #expect(!words.isEmpty)
            #expect(words.contains { $0.contains("4") })
        }
        let english = LearningWords(.en, offsetMinutes: 540).sentences(state).joined(separator: "\n")
        #expect(english.contains("the distance of fields counts for"))
        #expect(english.contains("4 of 4 far pairs were refused, 4 of them as “not our field”"))
    }

    @Test(arguments: [
        Introduction.RefusalReason.alreadyKnown, .conflictOfInterest, .tooEarly, .noCapacity, .unclearText,
    ])
    func `takes no taste from refusals about something else`(reason: Introduction.RefusalReason) async throws {
        let (world, _, _) = try await answered([.refused(reason, note: nil)])
        let state = try await world.office.learning(since: 0, by: world.desk)
        #expect(state.latest == nil)
        #expect(state.model == AcceptanceModel())
        #expect(LearningWords(.en, offsetMinutes: 0).sentences(state).count == 1)
    }

    @Test func `comes out the same from the log, before and after a reset`() async throws {
        let yes = SideAnswer.interested(message: nil)
        let (world, _, _) = try await answered([yes, .refused(.noClearAdvantage, note: nil), yes])
        let learnt = try await world.office.learning(since: 0, by: world.desk)
        #expect(learnt.model.answers == 3)
        #expect(try await world.office.replayLearning(by: world.desk) == LearningReplay(steps: 3, isEqual: true))
        try await world.office.resetLearning(by: world.desk)
        let reset = try await world.office.learning(since: 0, by: world.desk)
        #expect(reset.model == AcceptanceModel() && reset.latest?.version == 4)
        #expect(try await world.office.replayLearning(by: world.desk) == LearningReplay(steps: 4, isEqual: true))
        let steps = try await world.office.learningSteps(PageRequest(), by: world.desk).items
        #expect(steps.map(\.version) == [4, 3, 2, 1])
        #expect(steps.last?.decodedEvidence?.lessons.first?.side == "need")
    }

    @Test func `counts meetings and joint work for both sides`() async throws {
        let yes = SideAnswer.interested(message: nil)
        let (world, matches, _) = try await answered([yes])
        let match = try #require(matches.first)
        let mutual = try await world.office.answer(match.id, yes, for: .seed, by: world.desk)
        _ = try await world.office.introduce(mutual.id, by: world.desk)
        _ = try await world.office.recordMeeting(mutual.id, by: world.desk)
        _ = try await world.office.conclude(mutual.id, .prototype, note: nil, by: world.desk)
        let steps = try await world.office.learning(since: 0, by: world.desk).steps.compactMap(\.decodedEvidence)
        #expect(steps.map(\.lessons.count) == [1, 1, 2, 2])
        #expect(steps.last?.lessons.map(\.weight) == [2, 2])
        #expect(try await weight(.distance, world) > 0)
    }

    @Test func `is shown to coordinators and reset by administrators`() async throws {
        let world = try await World()
        let (_, coordinator) = try await world.join("Coordinator", .coordinator)
        let (_, member) = try await world.join("Member")
        _ = try await world.office.learning(since: 0, by: coordinator)
        for work in [
            { _ = try await world.office.learning(since: 0, by: member) },
            { try await world.office.resetLearning(by: coordinator) },
        ] as [() async throws -> Void] {
            guard case .forbidden = try await refusal({ try await work() }) else {
                Issue.record("this may not be done")
                return
            }
        }
    }
}

@Suite struct `The numbers behind a match` {
    @Test func `are kept with it, and those about people shown to coordinators only`() async throws {
        let world = try await World()
        let (fisher, _) = try await world.join("Fisher")
        let (maker, making) = try await world.join("Maker")
        try await world.publish(.seed, "Freshness sensor label", field: "electronics-semiconductor", by: maker)
        try await world.publish(.need, "Freshness sensor wanted", field: "food-processing", by: fisher)
        try await world.matchmaker.catchUp()
        let match = try #require(try await world.matches().first)
        #expect(match.parts["mutual"] == match.score)
        #expect(match.parts["need.own_history"] == 0)
        let told = try await world.office.match(match.id, in: .en, reading: world.reading, by: making).match.parts
        #expect(told["need.distance"] == 1)
        #expect(told.keys.filter(MutualEstimate.isAboutPeople) == [])
    }
}

@Suite struct `A proposed group` {
    private func world() async throws -> (World, members: [Posting]) {
        let world = try await World()
        let (fisher, _) = try await world.join("Fisher")
        let (maker, _) = try await world.join("Maker")
        let (mill, _) = try await world.join("Mill")
        let members = [
            try await world.publish(
                .need, "Freshness sensor and light paper boxes for chilled fish transport",
                field: "food-processing", by: fisher),
            try await world.publish(
                .seed, "Freshness sensor for chilled fish transport",
                field: "electronics-semiconductor", by: maker),
            try await world.publish(
                .seed, "Light paper boxes for chilled fish transport", field: "new-materials",
                by: mill),
        ]
        _ = try await world.channel("office")
        return (world, members)
    }

    @Test func `is found over three fields, told once, and decided once`() async throws {
        let (world, members) = try await world()
        let found = try await world.matchmaker.proposeGroups(limit: 5, by: world.desk)
        let group = try #require(found.first)
        #expect(found.count == 1)
        #expect(Set(group.members) == Set(members.map(\.id)))
        #expect(try await world.matchmaker.proposeGroups(limit: 5, by: world.desk) == [])
        for language in Language.allCases {
            let shown = try await world.office.group(group.id, in: language, by: world.desk)
            #expect(shown.words.count >= 2 && shown.seeds.count == 2)
        }
        let accepted = try await world.office.decide(group.id, .accepted, note: nil, by: world.desk)
        #expect(accepted.state == .accepted)
        let again = try await refusal { try await world.office.decide(group.id, .declined, note: nil, by: world.desk) }
        #expect(again == .conflict(.state(subject: "group", state: "accepted", verb: "declined")))
        let kinds = try await world.office.happenings(HappeningFilter(), PageRequest(), by: world.desk).items
            .map(\.happening.kind)
        #expect(kinds.filter { $0 == .groupProposed }.count == 1 && kinds.contains(.groupAccepted))
    }
}

@Suite struct `The report of exposure` {
    @Test func `counts what was shown in each month, to each their own`() async throws {
        let world = try await World()
        let (fisher, fishing) = try await world.join("Fisher")
        let (maker, making) = try await world.join("Maker")
        let seed = try await world.publish(.seed, "Freshness sensor label", field: "new-materials", by: maker)
        try await world.publish(.need, "Freshness sensor wanted", field: "food-processing", by: fisher)
        let never = try await world.publish(.need, "Silent gears", field: "food-processing", by: fisher)
        try await world.matchmaker.catchUp()
        let all = try await world.office.exposure(months: 2, PageRequest(), by: world.desk).items
        #expect(all.count == 3)
        #expect(all.first { $0.posting.id == seed.id }?.shown == 1)
        #expect(all.first { $0.posting.id == never.id }?.shown == 0)
        #expect(all.first { $0.posting.id == never.id }?.mean == 0.5)
        #expect(all.allSatisfy { $0.months.count == 2 })
        let own = try await world.office.exposure(months: 2, PageRequest(), by: making).items
        #expect(own.map(\.posting.id) == [seed.id])
        #expect(try await world.office.exposure(months: 2, PageRequest(), by: fishing).items.count == 2)
        world.pass(days: 70)
        let later = try await world.office.exposure(months: 2, PageRequest(), by: making).items
        #expect(later.map(\.shown) == [0])
        let table = String(decoding: try await world.office.exposureTable(months: 3, by: making), as: UTF8.self)
        #expect(table.contains(seed.id.text) && !table.contains("Silent gears"))
    }
}
