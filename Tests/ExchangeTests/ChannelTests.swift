import Exchange
import Testing

@Suite struct `A channel` {
    private func channel(
        _ rules: Channel.Rules = Channel.Rules(), _ state: Channel.State = .active, owner: UInt64? = nil
    ) -> Channel {
        Channel(
            id: id(1), name: "ものづくり", platform: .slack, sealedAddress: "", shownAddress: "", sealedSigningKey: nil,
            language: .ja, rules: rules, state: state, owner: owner.map { id($0) }, version: 1, createdAt: noon,
            updatedAt: noon)
    }

    private func hears(
        _ rules: Channel.Rules, _ topic: Channel.Topic = .matches, fields: [String] = ["pumps"],
        languages: [Language] = [.ja, .ko], kind: Match.Class? = .bridge, score: Double? = 0.5,
        concerned: [UInt64] = [1, 2], owner: UInt64? = nil
    ) throws -> Bool {
        let occasion = Channel.Occasion(
            topic: topic, fields: fields.map { FieldCode($0) }, languages: languages, kind: kind, score: score,
            concerned: concerned.map { id($0) })
        return channel(rules, owner: owner).wants(occasion, in: try taxonomy())
    }

    @Test(arguments: [
        (Channel.Topic.matches, true), (.introductions, true), (.postings, false), (.test, true),
    ])
    func `without rules hears everything but single postings`(_ topic: Channel.Topic, _ heard: Bool) throws {
        #expect(try hears(Channel.Rules(), topic) == heard)
    }

    @Test(arguments: Channel.Topic.choices, Channel.Topic.choices)
    func `with topics hears those, and a test always`(_ wanted: Channel.Topic, _ topic: Channel.Topic) throws {
        // Meetings are told to their people's own channels only.
        let heard = topic == .test || (wanted == topic && topic != .meetings)
        #expect(try hears(Channel.Rules(topics: [wanted]), topic) == heard)
    }

    @Test func `with fields hears those and their parts`() throws {
        let rules = Channel.Rules(fields: [FieldCode("machines")])
        #expect(try hears(rules, fields: ["pumps"]))
        #expect(try hears(rules, fields: ["machines"]))
        #expect(try hears(rules, fields: ["fermentation", "robots"]))
        #expect(try !hears(rules, fields: ["fermentation"]))
        #expect(try !hears(rules, fields: []))
        #expect(try !hears(Channel.Rules(fields: [FieldCode("pumps")]), fields: ["robots"]))
    }

    @Test func `with languages and classes hears those`() throws {
        #expect(try hears(Channel.Rules(languages: [.ko])))
        #expect(try !hears(Channel.Rules(languages: [.zh])))
        #expect(try hears(Channel.Rules(classes: [.bridge, .wildcard])))
        #expect(try !hears(Channel.Rules(classes: [.kindred])))
        #expect(try hears(Channel.Rules(classes: [.kindred]), .introductions, kind: nil))
    }

    @Test func `with a least score passes over weaker matches`() throws {
        #expect(try hears(Channel.Rules(minimumScore: 0.5), score: 0.5))
        #expect(try !hears(Channel.Rules(minimumScore: 0.5), score: 0.4999))
        #expect(try hears(Channel.Rules(minimumScore: 0.5), .introductions, score: nil))
    }

    @Test func `of a person hears only what concerns that person, and a test`() throws {
        #expect(try hears(Channel.Rules(), owner: 2))
        #expect(try !hears(Channel.Rules(), owner: 3))
        #expect(try hears(Channel.Rules(), .test, concerned: [], owner: 3))
    }

    @Test(arguments: [
        (Channel.State.active, true, true), (.muted(until: noon), true, true),
        (.muted(until: noon.advanced(byMilliseconds: 1)), false, true),
        (.stopped(reason: "gone", at: noon), false, false),
    ])
    func `lets notices flow unless muted or stopped`(_ state: Channel.State, _ now: Bool, _ later: Bool) {
        #expect(channel(Channel.Rules(), state).isOpen(at: noon) == now)
        #expect(channel(Channel.Rules(), state).isOpen(at: noon.advanced(byDays: 1)) == later)
    }

    @Test func `is named in the log with its owner`() {
        let entry = channel(owner: 4).happening(.channelAdded, by: clerk, at: noon)
        #expect(entry.details == ["name": "ものづくり"])
        #expect(entry.related == [(id(4) as Identifier<Participant>).text])
    }
}

@Suite struct `A refusal` {
    @Test func `says every problem with its field`() {
        let refusal = Refusal.invalid([
            FieldProblem("title", .required, "This must not be empty."), FieldProblem("stage", .outOfRange, "1 to 9."),
        ])
        #expect(refusal.words == "title: This must not be empty.; stage: 1 to 9.")
    }

    @Test(arguments: [
        Refusal.malformed("m"), .unauthenticated, .forbidden("f"), .notFound(subject: "need", id: "x"),
        .conflict(.duplicate(what: "a@b.jp", existing: "person_1")), .conflict(.pair("p")), .conflict(.idempotency),
        .conflict(.inUse("u")), .conflict(.state(subject: "posting", state: "closed", verb: "renewed")),
        .stale(subject: "posting", current: 4), .tooMany("Too many.", retryAfterSeconds: 3),
        .busy("Busy.", retryAfterSeconds: 1),
    ])
    func `has words for people`(_ refusal: Refusal) {
        #expect(!refusal.words.isEmpty)
    }
}

@Suite struct `The kinds of happenings` {
    @Test func `are written as noun and verb, each its own`() {
        let words = Happening.Kind.allCases.map(\.rawValue)
        #expect(Set(words).count == words.count)
        for word in words {
            let parts = word.split(separator: ".")
            #expect(parts.count == 2)
            #expect(word.utf8.allSatisfy { (97...122).contains($0) || $0 == 46 || $0 == 95 })
        }
    }
}
