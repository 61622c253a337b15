import Exchange
import Testing

/// Every verb of a posting's life.
enum PostingVerb: String, CaseIterable, Sendable {
    case submit, publish, giveBack, pause, resume, renew, expire, close, reviseByOwner, reviseByCoordinator

    func apply(to posting: Posting, at now: Instant) throws(Refusal) -> Change<Posting> {
        var edited = posting.content
        edited.title += "（改）"
        return switch self {
        case .submit: try posting.submit(by: clerk, at: now)
        case .publish: try posting.publish(by: clerk, at: now)
        case .giveBack: try posting.giveBack(because: "目的を書いてください", by: clerk, at: now)
        case .pause: try posting.pause(by: clerk, at: now)
        case .resume: try posting.resume(by: clerk, at: now)
        case .renew: try posting.renew(until: now.advanced(byDays: 365), by: clerk, at: now)
        case .expire: posting.expire(at: now)
        case .close: try posting.close(.solvedHere, note: nil, by: clerk, at: now)
        case .reviseByOwner: try posting.revise(edited, keepsPublished: false, by: clerk, at: now)
        case .reviseByCoordinator: try posting.revise(edited, keepsPublished: true, by: clerk, at: now)
        }
    }
}

/// A posting in each state; those that can be live do not expire soon.
private let states: [String: Posting.State] = [
    "draft": .draft, "in_review": .inReview(since: noon), "published": .published(since: noon),
    "paused": .paused(since: noon), "expired": .expired(since: noon),
    "closed": .closed(Posting.Closure(outcome: .withdrawn, note: nil, by: clerk, at: noon)),
]

/// State before, verb, state after; what is not listed is refused. The expiry has passed for `expire` only.
private let life: [(String, PostingVerb, String)] = [
    ("draft", .submit, "in_review"), ("draft", .publish, "published"), ("in_review", .publish, "published"),
    ("in_review", .giveBack, "draft"), ("published", .pause, "paused"), ("paused", .resume, "published"),
    ("draft", .renew, "draft"), ("in_review", .renew, "in_review"), ("published", .renew, "published"),
    ("paused", .renew, "paused"), ("expired", .renew, "published"), ("draft", .close, "closed"),
    ("in_review", .close, "closed"), ("published", .close, "closed"), ("paused", .close, "closed"),
    ("expired", .close, "closed"), ("draft", .reviseByOwner, "draft"), ("in_review", .reviseByOwner, "in_review"),
    ("published", .reviseByOwner, "in_review"), ("paused", .reviseByOwner, "in_review"),
    ("expired", .reviseByOwner, "draft"), ("draft", .reviseByCoordinator, "draft"),
    ("in_review", .reviseByCoordinator, "in_review"), ("published", .reviseByCoordinator, "published"),
    ("paused", .reviseByCoordinator, "paused"), ("expired", .reviseByCoordinator, "expired"),
    ("in_review", .expire, "draft"), ("published", .expire, "expired"), ("paused", .expire, "expired"),
    ("draft", .expire, "draft"), ("expired", .expire, "expired"), ("closed", .expire, "closed"),
]

@Suite struct `The life of a posting` {
    @Test(arguments: Posting.State.words, PostingVerb.allCases)
    func `allows each verb in the states that fit it`(_ word: String, _ verb: PostingVerb) throws {
        let state = try #require(states[word])
        let before = posting(state, expiresAt: verb == .expire ? noon : nil)
        let expected = life.first { $0.0 == word && $0.1 == verb }?.2
        let outcome = Result { () throws(Refusal) in try verb.apply(to: before, at: noon.advanced(byDays: 1)) }
        switch outcome {
        case .success(let change):
            #expect(change.value.state.word == expected)
            if change.value == before {
                #expect(change.happenings == [])
            } else {
                #expect(change.value.version > before.version)
                #expect(!change.happenings.isEmpty)
                #expect(change.happenings.allSatisfy { $0.subject == before.id.text })
            }
        case .failure(let error):
            #expect(expected == nil)
            #expect(error.words.hasPrefix("A posting that is \(word) cannot be "))
        }
    }

    @Test func `has a table with every state and verb in it`() {
        #expect(states.keys.sorted() == Posting.State.words.sorted())
        #expect(Set(life.map(\.1)) == Set(PostingVerb.allCases))
    }

    /// Walks every path of up to six owner's verbs from a fresh draft: none may publish what nobody reviewed.
    @Test func `never lets an owner publish what no coordinator has read`() throws {
        let owners: [PostingVerb] = [.submit, .pause, .resume, .renew, .expire, .reviseByOwner]
        let fresh = Posting.draft(
            PostingContent(title: "t", language: .ja, expiresAt: noon.advanced(byDays: 1)), kind: .need,
            owner: try person(1), id: id(1), by: clerk, at: noon
        ).value
        var published = try fresh.publish(by: clerk, at: noon).value
        published.content.expiresAt = noon.advanced(byDays: 1)
        for start in [fresh, published] {
            let read = start.state.word == "published" ? start.content.title : nil
            var reached = [start]
            for day in 1...6 {
                let now = noon.advanced(byDays: day * 400)
                reached = Array(
                    Set(reached.flatMap { posting in owners.compactMap { try? $0.apply(to: posting, at: now).value } }))
                for posting in reached where posting.isLive(at: now) { #expect(posting.content.title == read) }
            }
        }
    }
}

@Suite struct `A posting` {
    @Test func `begins as a draft of its owner`() throws {
        let owner = try person(3, of: 4)
        let change = Posting.draft(
            PostingContent(title: "t", language: .en), kind: .seed, owner: owner, id: id(1, "seed"), by: clerk, at: noon
        )
        #expect(change.value.owner == owner.id)
        #expect(change.value.organization == owner.organization)
        #expect(change.value.state == .draft)
        #expect((change.value.version, change.value.revision) == (1, 1))
        #expect(change.happenings.map(\.kind) == [.postingDrafted])
        #expect(change.happenings[0].related == [owner.id.text, owner.organization.text])
    }

    @Test func `is live only while published and not past its expiry`() {
        let end = noon.advanced(byDays: 1)
        #expect(posting(.published(since: noon)).isLive(at: end))
        #expect(posting(.published(since: noon), expiresAt: end).isLive(at: end.advanced(byMilliseconds: -1)))
        #expect(!posting(.published(since: noon), expiresAt: end).isLive(at: end))
        for (word, state) in states where word != "published" { #expect(!posting(state).isLive(at: noon)) }
    }

    @Test func `does not change when its content does not`() throws {
        let before = posting(.published(since: noon))
        let change = try before.revise(before.content, keepsPublished: false, by: clerk, at: noon.advanced(byDays: 1))
        #expect(change.value == before)
        #expect(change.happenings == [])
    }

    @Test func `does not expire before its time`() {
        let before = posting(.published(since: noon), expiresAt: noon.advanced(byDays: 1))
        #expect(before.expire(at: noon.advanced(byDays: 1).advanced(byMilliseconds: -1)).value == before)
        #expect(before.expire(at: noon.advanced(byDays: 1)).value.state.word == "expired")
    }

    @Test(arguments: [PostingVerb.publish, .resume]) func `past its expiry must be renewed first`(_ verb: PostingVerb) {
        let before = posting(verb == .publish ? .inReview(since: noon) : .paused(since: noon), expiresAt: noon)
        #expect(problems { try verb.apply(to: before, at: noon) } == ["expires_at out_of_range"])
    }

    @Test func `is renewed into the future only`() {
        let before = posting(.expired(since: noon), expiresAt: noon)
        #expect(problems { try before.renew(until: noon, by: clerk, at: noon) } == ["expires_at out_of_range"])
    }

    @Test func `with give-aways is published only with the reviewer's reason, which is kept`() throws {
        let before = posting(.inReview(since: noon), .anonymous)
        let trace = GiveAway(kind: .link, field: "detail", excerpt: "https://example.jp")
        #expect(
            problems { try before.publish(passingOver: [trace], by: clerk, at: noon) } == ["detail give_away"])
        let change = try before.publish(passingOver: [trace], because: "公開済みの規格", by: clerk, at: noon)
        #expect(change.happenings[0].details == ["passed_over": "1", "reason": "公開済みの規格"])
    }

    @Test func `keeps who closed it and with what outcome`() throws {
        let closed = try posting(.paused(since: noon)).close(.givenUp, note: "予算なし", by: clerk, at: noon).value
        #expect(closed.state == .closed(Posting.Closure(outcome: .givenUp, note: "予算なし", by: clerk, at: noon)))
        #expect(closed.state.since == noon)
    }

    @Test func `is matched with the other kind`() {
        #expect(Posting.Kind.need.counterpart == .seed)
        #expect(Posting.Kind.seed.counterpart == .need)
    }
}
