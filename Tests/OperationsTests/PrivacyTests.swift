import Exchange
import Operations
import Testing

@Suite struct `Nobody learns who owns an anonymous posting` {
    private static let need = "Freshness sensor for chilled fish boxes"

    @Test func `from an import that leaves the visibility out`() async throws {
        let world = try await World()
        let (owner, _) = try await world.join("Tanaka")
        var content = PostingContent(
            title: "Dry ice substitute", summary: "Cooling for three days", fields: [FieldCode("food-processing")],
            keywords: ["ice"], stage: 4, language: .en, visibility: .anonymous, externalID: "N7")
        let draft = try await world.office.draft(.need, content, for: owner.id, by: world.desk)
        _ = try await world.office.publish(draft.id, by: world.desk)
        let file = "External ID,Kind,Owner e-mail,Title\nN7,need,\(owner.profile.email.text),Dry ice replaced\n"
        let report = try await world.office.importPostings(Array(file.utf8), by: world.desk)
        #expect(report.updated == 1)
        content = try await world.office.posting(draft.id, by: world.desk).posting.content
        #expect(content.title == "Dry ice replaced")
        #expect(content.visibility == .anonymous)
        #expect((content.summary, content.stage, content.keywords) == ("Cooling for three days", 4, ["ice"]))
    }

    @Test func `from the refusal of a pair that a veto keeps apart`() async throws {
        let world = try await World()
        let (owner, _) = try await world.join("Owner")
        let (maker, making) = try await world.join("Maker")
        let need = try await world.publish(
            .need, Self.need, field: "food-processing", by: owner, visibility: .anonymous)
        let seed = try await world.publish(.seed, "Sensor label", field: "new-materials", by: maker)
        _ = try await world.office.placeVeto(
            between: maker.organization, and: owner.organization, reason: nil, by: making)
        let answered = try await world.office.answer(
            need: need.id, seed: seed.id, .interested(message: nil), by: making)
        #expect(answered.state == .interested)
    }

    @Test func `from a coordinator's edit that puts the name into a live text`() async throws {
        let world = try await World()
        let (owner, _) = try await world.join("Tanaka", of: "Hiraki Seisakusho")
        let posting = try await world.publish(
            .need, Self.need, field: "food-processing", by: owner, visibility: .anonymous)
        let revised = try await world.office.revise(
            posting.id, { $0.summary = "Asked for by Hiraki Seisakusho" }, by: world.desk)
        #expect(revised.state.word == "in_review")
    }

    @Test func `from a search for words of the hidden detail`() async throws {
        let world = try await World()
        let (owner, _) = try await world.join("Tanaka")
        let (_, stranger) = try await world.join("Stranger")
        let (_, colleague) = try await world.join("Sato", of: "Tanaka Works")
        let content = PostingContent(
            title: Self.need, summary: "Sensor wanted", detail: "Our kiln is a Rotomat",
            fields: [FieldCode("agriculture")],
            language: .en, visibility: .anonymous)
        let draft = try await world.office.draft(.need, content, for: owner.id, by: world.desk)
        _ = try await world.office.publish(draft.id, by: world.desk)
        try await world.matchmaker.catchUp()
        #expect(try await world.matchmaker.search("freshness sensor", kind: nil, by: stranger) == [draft.id])
        #expect(try await world.matchmaker.search("rotomat", kind: nil, by: stranger) == [])
        #expect(try await world.matchmaker.search("rotomat", kind: nil, by: colleague) == [draft.id])
        #expect(try await world.matchmaker.search("rotomat", kind: nil, by: world.desk) == [draft.id])
    }
}

@Suite struct `What an anonymous posting hides` {
    /// An exchange where an anonymous need hides a sentence, and somebody else who writes.
    private func world(hiding detail: String) async throws -> (World, Posting, maker: Participant, making: Actor) {
        let world = try await World()
        let (owner, _) = try await world.join("Owner")
        let (other, _) = try await world.join("Other")
        let (maker, making) = try await world.join("Maker")
        let content = PostingContent(
            title: "Cooling of fish boxes", summary: "Gentle cooling of fish boxes on the way", detail: detail,
            fields: [FieldCode("agriculture")], language: .en, visibility: .anonymous)
        let draft = try await world.office.draft(.need, content, for: owner.id, by: world.desk)
        let need = try await world.office.publish(draft.id, by: world.desk)
        try await world.publish(.need, "Quiet cooling of a server room", field: "new-materials", by: other)
        try await world.matchmaker.catchUp()
        return (world, need, maker, making)
    }

    private static let details = [
        "Our rotomat kiln burns lacquered gaskets at night.", "Long detail of nothing in particular. ", "",
    ]

    @Test func `moves no number and no place of what is told while somebody writes`() async throws {
        var told: [[String]] = []
        for detail in Self.details {
            let (world, _, _, making) = try await world(hiding: detail)
            var lines: [String] = []
            for probe in ["cooling fish boxes rotomat kiln", "lacquered gaskets cooling", "rotomat", "quiet cooling"] {
                let text = PostingContent(title: probe, summary: probe + " lacquered", language: .en)
                for kind in Posting.Kind.allCases {
                    let found = try await world.matchmaker.findings(for: text, kind: kind, limit: 5, by: making)
                    lines += found.matches.map { "\($0.posting.posting.content.title) \($0.score) \($0.kind)" }
                    lines += found.duplicates.map { "\($0.posting.posting.content.title) \($0.similarity)" }
                }
            }
            #expect(!lines.isEmpty)
            told.append(lines)
        }
        #expect(told[0] == told[1] && told[0] == told[2])
    }

    @Test func `moves no number of a match, however often the other side rewrites its own`() async throws {
        var told: [[String]] = []
        for detail in Self.details {
            let (world, _, maker, making) = try await world(hiding: detail)
            let seed = try await world.publish(
                .seed, "Cooling boxes with a rotomat kiln", field: "electronics-semiconductor", by: maker)
            _ = try await world.matchmaker.catchUp()
            let first = try await numbers(in: world, making)
            _ = try await world.office.revise(
                seed.id, { $0.summary = "Cooling boxes, lacquered gaskets" }, by: world.desk)
            _ = try await world.matchmaker.catchUp()
            world.pass(days: 200)
            _ = try await world.round()
            told.append(first + (try await numbers(in: world, making)))
        }
        #expect(told[0].count >= 2)
        #expect(told[0] == told[1])
        #expect(told[0] == told[2])
    }

    /// Every number of the matches that an actor sees.
    private func numbers(in world: World, _ actor: Actor) async throws -> [String] {
        let shown = try await world.office.matches(
            MatchListFilter(), PageRequest(), in: .en, reading: world.reading, by: actor)
        return shown.items.map { item in
            let parts = item.match.parts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            return "\(item.need.posting.content.title) \(item.match.score) \(parts) \(item.words)"
        }.sorted()
    }

    @Test func `brings a match in a round, of which only coordinators see how well the whole fits`() async throws {
        let (world, need, maker, making) = try await world(hiding: Self.details[0] + Self.details[0])
        let fit = "Rotomat kiln for lacquered gaskets, burns lacquered gaskets at night"
        try await world.publish(.seed, fit + " without cooling", field: "electronics-semiconductor", by: maker)
        _ = try await world.matchmaker.catchUp()
        _ = try await world.round()
        let match = try #require(try await world.matches().first { $0.need == need.id })
        let whole = try #require(match.parts["wholeText"])
        #expect(whole > 0.1 && whole > 2 * match.score)
        let shown = try await world.office.match(match.id, in: .en, reading: world.reading, by: making)
        #expect(shown.match.parts["wholeText"] == nil && shown.match.parts["relevance"] != nil)
    }
}

@Suite struct `A right that is not one's own` {
    @Test func `is not reached through a new invitation for an administrator`() async throws {
        let world = try await World()
        let (_, coordinator) = try await world.join("Office", .coordinator)
        let home = try #require(coordinator.organization)
        let profile = Participant.Profile(name: "Chief", email: try EmailAddress("chief@office.example"), language: .ja)
        let invited = try await world.office.invite(profile, of: home, as: .administrator, by: world.desk)
        let refused = try await refusal {
            try await world.office.inviteAgain(invited.participant.id, by: coordinator)
        }
        #expect(refused == .forbidden("The role coordinator may not administer the exchange."))
    }

    @Test func `is not reached by taking the mail address of another organization's person`() async throws {
        let world = try await World()
        let (person, actor) = try await world.join("Mori")
        let stolen = try EmailAddress("ceo@other.example")
        let refused = try await refusal {
            try await world.office.revise(person.id, { $0.profile.email = stolen }, by: actor)
        }
        guard case .forbidden = refused else {
            Issue.record("\(refused)")
            return
        }
    }

    @Test func `does not show a member the matches that a coordinator holds back`() async throws {
        let world = try await World()
        let (fisher, fishing) = try await world.join("Fisher")
        let (maker, _) = try await world.join("Maker")
        try await world.publish(
            .seed, "Freshness sensor label for fish boxes", field: "electronics-semiconductor", by: maker)
        try await world.publish(.need, "Freshness sensor for fish boxes", field: "food-processing", by: fisher)
        try await world.matchmaker.catchUp()
        let match = try #require(try await world.matches().first)
        _ = try await world.office.hold(match.id, by: world.desk)
        var filter = MatchListFilter()
        filter.states = [.held]
        let listed = try await world.office.matches(
            filter, PageRequest(), in: .en, reading: world.reading, by: fishing)
        #expect(listed.items.isEmpty)
        let hidden = try await refusal {
            try await world.office.match(match.id, in: .en, reading: world.reading, by: fishing)
        }
        #expect(hidden == .notFound(subject: "match", id: match.id.text))
    }
}

@Suite struct `A veto placed after both have said yes` {
    @Test func `keeps a coordinator from telling who is who`() async throws {
        let world = try await World()
        let (owner, owning) = try await world.join("Owner")
        let (maker, making) = try await world.join("Maker")
        let need = try await world.publish(.need, "Freshness sensor", field: "food-processing", by: owner)
        let seed = try await world.publish(.seed, "Sensor label", field: "new-materials", by: maker)
        let yes = SideAnswer.interested(message: nil)
        _ = try await world.office.answer(need: need.id, seed: seed.id, yes, by: making)
        let mutual = try await world.office.answer(need: need.id, seed: seed.id, yes, by: owning)
        _ = try await world.office.placeVeto(
            between: maker.organization, and: owner.organization, reason: nil, by: making)
        let refused = try await refusal { try await world.office.introduce(mutual.id, by: world.desk) }
        #expect(refused == .conflict(.pair("These two organizations are not to be brought together.")))
    }
}

@Suite struct `A pair that was suggested and never answered` {
    @Test func `is suggested again only after the repeat window`() async throws {
        let world = try await World()
        let (fisher, _) = try await world.join("Fisher")
        let (maker, _) = try await world.join("Maker")
        try await world.publish(
            .seed, "Freshness sensor label for fish boxes", field: "electronics-semiconductor", by: maker)
        try await world.publish(.need, "Freshness sensor for fish boxes", field: "food-processing", by: fisher)
        #expect(try await world.matchmaker.catchUp() == 1)
        world.pass(days: 100)
        #expect(try await world.round().newMatches == 0)
        world.pass(days: 100)
        #expect(try await world.round().newMatches == 1)
        #expect(try await world.matches().count == 1)
    }
}
