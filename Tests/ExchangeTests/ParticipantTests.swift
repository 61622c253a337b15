import Exchange
import Testing

@Suite struct `A participant` {
    private static let later = noon.advanced(byDays: 30)

    @Test func `is invited, joins with consent, and counts from then on`() throws {
        let invited = Participant.invite(
            try person(1).profile, of: id(1), as: .member, id: id(1), by: clerk, at: noon)
        #expect(invited.value.status == .invited)
        #expect(invited.value.joinedAt == nil)
        #expect(invited.happenings.map(\.kind) == [.participantInvited])
        #expect(!invited.value.takesPart(at: noon))
        let joined = try invited.value.accept(
            consent: Participant.Consent(listedAt: Self.later), by: clerk, at: Self.later)
        #expect(joined.value.status == .active)
        #expect(joined.value.joinedAt == Self.later)
        #expect(joined.value.consent == Participant.Consent(listedAt: Self.later, contactedAt: nil))
        #expect(joined.happenings.map(\.kind) == [.participantJoined])
        #expect(joined.value.takesPart(at: Self.later))
    }

    @Test func `who joined on paper is active at once`() throws {
        let change = Participant.invite(
            try person(1).profile, of: id(1), as: .coordinator, joinedAt: noon, id: id(1), by: clerk, at: noon)
        #expect(change.value.status == .active)
        #expect(change.happenings.map(\.kind) == [.participantInvited, .participantJoined])
    }

    enum Verb: String, CaseIterable, Sendable { case accept, pause, resume, leave }

    @Test(
        arguments: Verb.allCases,
        [
            Participant.Status.invited, .active, .paused(until: later), .paused(until: noon), .left,
        ])
    func `can do in each state what fits it`(_ verb: Verb, _ status: Participant.Status) throws {
        let before = try person(1, status: status)
        // At noon the pause until noon is over, but the person is still stored as paused.
        let expected: String? =
            switch (verb, status.word) {
            case (.accept, "invited"), (.resume, "paused"): "active"
            case (.pause, "active"), (.pause, "paused"): "paused"
            case (.leave, "invited"), (.leave, "active"), (.leave, "paused"): "left"
            default: nil
            }
        let change = Result { () throws(Refusal) in
            switch verb {
            case .accept: try before.accept(consent: Participant.Consent(), by: clerk, at: noon)
            case .pause: try before.pause(until: Self.later, by: clerk, at: noon)
            case .resume: try before.resume(by: clerk, at: noon)
            case .leave: try before.leave(by: clerk, at: noon)
            }
        }
        switch change {
        case .success(let change):
            #expect(change.value.status.word == expected)
            #expect(change.value.version == before.version + 1)
            #expect(change.happenings.count == 1)
        case .failure(let error):
            #expect(expected == nil)
            #expect(error.words.hasPrefix("A participant that is \(status.word) cannot be "))
        }
    }

    @Test func `takes no part while paused, and does again when the pause ends by itself`() throws {
        let paused = try person(1).pause(until: Self.later, by: clerk, at: noon).value
        #expect(!paused.takesPart(at: noon))
        #expect(!paused.takesPart(at: Self.later.advanced(byMilliseconds: -1)))
        #expect(paused.takesPart(at: Self.later))
        #expect(paused.status(at: Self.later) == .active)
    }

    @Test(arguments: [noon, noon.advanced(byMilliseconds: -1)])
    func `cannot pause into the past`(_ until: Instant) throws {
        let active = try person(1)
        #expect(problems { try active.pause(until: until, by: clerk, at: noon) } == ["until out_of_range"])
    }

    @Test func `is changed only by a real change`() throws {
        let before = try person(1)
        #expect(before.revised(before.profile, by: clerk, at: Self.later).happenings == [])
        #expect(before.assigned(.member, by: clerk, at: Self.later).happenings == [])
        let promoted = before.assigned(.coordinator, by: clerk, at: Self.later)
        #expect(promoted.value.role == .coordinator)
        #expect(promoted.happenings.map(\.details) == [["from": "member", "to": "coordinator"]])
        let moved = before.revised(before.profile, organization: id(2), by: clerk, at: Self.later)
        #expect(moved.value.organization == id(2))
        #expect(moved.value.version == 2)
    }

    @Test func `names every problem of the profile at once`() throws {
        let profile = Participant.Profile(
            name: "", nameKana: "\u{202e}", email: try EmailAddress("a@b.jp"), phone: String(repeating: "1", count: 41),
            language: .ko, note: "ok\nok")
        #expect(
            problems { try profile.checked() } == ["name required", "name_kana forbidden_character", "phone too_long"])
    }
}

@Suite struct `A role` {
    @Test(arguments: Participant.Role.allCases, Permission.allCases)
    func `allows what the matrix says`(_ role: Participant.Role, _ permission: Permission) {
        let matrix: [Participant.Role: [Permission]] = [
            .administrator: [.read, .take, .coordinate, .administer], .coordinator: [.read, .take, .coordinate],
            .member: [.read, .take], .observer: [.read],
        ]
        let allowed = matrix[role]?.contains(permission) == true
        #expect(actor(role).may(permission) == allowed)
        let words = refusal { try actor(role).require(permission) }
        #expect(words == (allowed ? nil : "The role \(role.rawValue) may not \(permission.words)."))
    }

    @Test(arguments: AccessToken.Scope.allCases, Permission.allCases)
    func `is narrowed by the scopes of a token and never widened`(
        _ scope: AccessToken.Scope, _ permission: Permission
    ) throws {
        let order: [Permission] = [.read, .take, .coordinate, .administer]
        let scopes: [AccessToken.Scope] = [.read, .take, .coordinate, .administer]
        let reach = try #require(scopes.firstIndex(of: scope))
        let height = try #require(order.firstIndex(of: permission))
        #expect(actor(.administrator, scopes: [scope]).may(permission) == (height <= reach))
        #expect(actor(.observer, scopes: [scope]).may(permission) == (permission == .read))
        #expect(!actor(.administrator, scopes: []).may(permission))
    }

    @Test func `says whether role or token stands in the way`() {
        #expect(
            refusal { try actor(.administrator, scopes: [.read]).require(.take) }
                == "This access token's scopes do not allow you to post or answer.")
    }
}

@Suite struct `An access token` {
    private func token(expiresAt: Instant?, revokedAt: Instant?) -> AccessToken {
        AccessToken(
            id: id(1), participant: id(1), name: "cli", scopes: [.read], hash: "", createdAt: noon,
            expiresAt: expiresAt, revokedAt: revokedAt)
    }

    @Test func `is valid until it expires or is revoked`() {
        let end = noon.advanced(byDays: 1)
        #expect(token(expiresAt: nil, revokedAt: nil).isValid(at: end))
        #expect(token(expiresAt: end, revokedAt: nil).isValid(at: end.advanced(byMilliseconds: -1)))
        #expect(!token(expiresAt: end, revokedAt: nil).isValid(at: end))
        #expect(!token(expiresAt: nil, revokedAt: noon).isValid(at: noon))
    }
}
