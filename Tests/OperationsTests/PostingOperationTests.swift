import Exchange
import Operations
import Testing

@Suite struct `An anonymous posting` {
    @Test func `is not published while it gives its owner away`() async throws {
        let world = try await World()
        let (owner, actor) = try await world.join("Tanaka", of: "株式会社ヒラキ製作所")
        let draft = try await world.office.draft(
            .need,
            PostingContent(
                title: "切削油の劣化を知りたい", summary: "ヒラキ製作所では月に一度交換しています。連絡は 0857-22-1234 へ",
                fields: [FieldCode("new-materials")], language: .ja, visibility: .anonymous), by: actor)
        let refused = try await refusal { try await world.office.publish(draft.id, by: world.desk) }
        guard case .invalid(let problems) = refused else {
            Issue.record("\(refused)")
            return
        }
        #expect(problems.map(\.code) == [.giveAway, .giveAway])
        let published = try await world.office.publish(
            draft.id, passingOverGiveAwaysBecause: "The owner agreed on the telephone", by: world.desk)
        #expect(published.state.word == "published")
        #expect(published.owner == owner.id)
    }

    @Test func `does not come up when a stranger lists what an organization has posted`() async throws {
        let world = try await World()
        let (owner, _) = try await world.join("Tanaka")
        let (_, stranger) = try await world.join("Stranger")
        try await world.publish(
            .need, "Dry ice substitute", field: "food-processing", by: owner, visibility: .anonymous)
        try await world.publish(.seed, "Vacuum drying", field: "food-processing", by: owner)
        var filter = PostingFilter()
        filter.organization = owner.organization
        let listed = try await world.office.postings(filter, PageRequest(), by: stranger)
        #expect(listed.items.map(\.posting.content.title) == ["Vacuum drying"])
        let all = try await world.office.postings(PostingFilter(), PageRequest(), by: stranger)
        #expect(all.items.count == 2)
        #expect(all.items.filter { $0.owner == nil }.map(\.posting.content.title) == ["Dry ice substitute"])
    }
}

@Suite struct `A posting under two editors` {
    @Test func `refuses the one who did not see the newest version`() async throws {
        let world = try await World()
        let (_, actor) = try await world.join("Tanaka")
        let draft = try await world.office.draft(.seed, PostingContent(title: "First", language: .en), by: actor)
        let second = try await world.office.revise(draft.id, { $0.title = "Second" }, expecting: 1, by: actor)
        let refused = try await refusal {
            try await world.office.revise(draft.id, { $0.title = "Third" }, expecting: 1, by: actor)
        }
        #expect(refused == .stale(subject: "posting", current: second.version))
        #expect(try await world.office.revisions(of: draft.id, by: actor).map(\.content.title) == ["Second", "First"])
    }
}

@Suite struct `A posting whose time has passed` {
    @Test func `expires, and comes back when it is renewed`() async throws {
        let world = try await World()
        let (owner, actor) = try await world.join("Tanaka")
        let posting = try await world.publish(.seed, "Vacuum drying", field: "food-processing", by: owner)
        world.pass(days: 366)
        #expect(try await world.office.expireOverdue() == 1)
        #expect(try await world.office.expireOverdue() == 0)
        #expect(try await world.office.posting(posting.id, by: actor).posting.state.word == "expired")
        let renewed = try await world.office.renew(posting.id, until: nil, by: actor)
        #expect(renewed.state.word == "published")
    }
}
