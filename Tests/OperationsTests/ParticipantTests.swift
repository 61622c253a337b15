import Exchange
import Operations
import Testing

@Suite struct `An invited person` {
    @Test func `joins by the secret of the invitation and is signed in`() async throws {
        let world = try await World()
        let (person, actor) = try await world.join("Mori")
        #expect(person.status == .active)
        #expect(actor.participant == person.id)
        #expect(actor.may(.take))
        #expect(!actor.may(.coordinate))
    }

    @Test func `cannot use the secret twice`() async throws {
        let world = try await World()
        let (person, _) = try await world.join("Mori")
        let again = try await refusal { try await world.office.inviteAgain(person.id, by: world.desk) }
        #expect(again == .conflict(.state(subject: "participant", state: "active", verb: "invited again")))
    }

    @Test func `cannot accept after the link has ended`() async throws {
        let world = try await World()
        let home = try await world.office.register(
            Organization.Profile(name: "Hashi", kind: .company), by: world.desk)
        let invitation = try await world.office.invite(
            Participant.Profile(name: "Kato", email: try EmailAddress("kato@hashi.example"), language: .ja),
            of: home.id, as: .member, by: world.desk)
        world.pass(days: 15)
        let refused = try await refusal {
            try await world.office.accept(invitation: invitation.secret, listed: true, contacted: true)
        }
        guard case .notFound(let subject, _) = refused else {
            Issue.record("\(refused)")
            return
        }
        #expect(subject == "invitation")
    }

    @Test func `is not doubled under the same mail address`() async throws {
        let world = try await World()
        let (person, _) = try await world.join("Mori")
        let refused = try await refusal {
            try await world.office.invite(person.profile, of: person.organization, as: .member, by: world.desk)
        }
        guard case .conflict(.duplicate(_, let existing)) = refused else {
            Issue.record("\(refused)")
            return
        }
        #expect(existing == person.id.text)
    }
}

@Suite struct `A participant who leaves` {
    @Test func `closes their postings and ends their tokens`() async throws {
        let world = try await World()
        let (person, actor) = try await world.join("Mori")
        let issued = try await world.office.issueToken("script", scopes: [.read], days: 3, for: person.id, by: actor)
        let posting = try await world.publish(.seed, "Ice temperature storage", field: "food-processing", by: person)
        _ = try await world.office.leave(person.id, by: actor)
        let shown = try await world.office.posting(posting.id, by: world.desk)
        #expect(shown.posting.state.word == "closed")
        #expect(try await refusal { try await world.office.authenticate(issued.secret) } == .unauthenticated)
    }

    @Test func `stays when they are the last administrator`() async throws {
        let world = try await World()
        let (chief, actor) = try await world.join("Chief", .administrator)
        let refused = try await refusal { try await world.office.leave(chief.id, by: actor) }
        guard case .conflict(.inUse) = refused else {
            Issue.record("\(refused)")
            return
        }
    }
}

@Suite struct `A token` {
    @Test func `cannot allow more than the role of its person`() async throws {
        let world = try await World()
        let (person, actor) = try await world.join("Mori")
        let refused = try await refusal {
            try await world.office.issueToken("x", scopes: [.administer], days: 1, for: person.id, by: actor)
        }
        guard case .forbidden = refused else {
            Issue.record("\(refused)")
            return
        }
    }

    @Test func `ends when its days have passed`() async throws {
        let world = try await World()
        let (person, actor) = try await world.join("Mori")
        let issued = try await world.office.issueToken("x", scopes: [.read], days: 2, for: person.id, by: actor)
        world.pass(days: 3)
        #expect(try await refusal { try await world.office.authenticate(issued.secret) } == .unauthenticated)
    }
}
