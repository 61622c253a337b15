import Exchange
import Operations
import Store
import Testing

@Suite struct `Organizations in every store` {
    @Test(arguments: TestEngines.available)
    func `come back as they were written`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let full = Sample.organization(number: "1234567890123", external: "A-1", region: "JP-03")
            var bare = Sample.organization("Bare", fields: [])
            bare.profile = Organization.Profile(name: "Bare", kind: .other)
            try await store.write { [bare] tx in
                try tx.insert(full)
                try tx.insert(bare)
            }
            let found = try await store.read { [bare] tx in
                (
                    try tx.organization(full.id), try tx.organization(bare.id),
                    try tx.organization(corporateNumber: CorporateNumber(stored: "1234567890123")),
                    try tx.organization(externalID: "A-1"), try tx.organizations([full.id, bare.id, Sample.id()])
                )
            }
            #expect(found.0 == full)
            #expect(found.1 == bare)
            #expect(found.2 == full)
            #expect(found.3 == full)
            #expect(found.4 == [full.id: full, bare.id: bare])
        }
    }

    @Test(arguments: TestEngines.available, Organization.Kind.allCases)
    func `may be of every kind`(_ kind: EngineKind, _ sort: Organization.Kind) async throws {
        try await TestEngines.withExchange(kind) { store in
            var organization = Sample.organization()
            organization.profile.kind = sort
            let found = try await store.write { [organization] tx in
                try tx.insert(organization)
                return try tx.organization(organization.id)
            }
            #expect(found == organization)
        }
    }

    @Test(arguments: TestEngines.available)
    func `are not registered twice`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let first = Sample.organization(number: "1234567890123", external: "A-1")
            let sameNumber = Sample.organization(number: "1234567890123")
            let sameExternal = Sample.organization(external: "A-1")
            var turned = Sample.organization(external: "A-2")
            try await store.write { [turned] tx in
                try tx.insert(first)
                try tx.insert(turned)
            }
            let number = Refusal.conflict(
                .duplicate(what: "The corporate number 1234567890123", existing: first.id.text))
            let external = Refusal.conflict(.duplicate(what: "The external_id A-1", existing: first.id.text))
            await #expect(throws: number) { try await store.write { try $0.insert(sameNumber) } }
            await #expect(throws: external) { try await store.write { try $0.insert(sameExternal) } }
            turned.profile.externalID = "A-1"
            await #expect(throws: external) {
                try await store.write { [turned] in try $0.update(turned, expecting: 1) }
            }
        }
    }

    @Test(arguments: TestEngines.available)
    func `are only changed over the version that was read`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let first = Sample.organization()
            try await store.write { try $0.insert(first) }
            var next = first
            next.profile.fields = [FieldCode("metal"), FieldCode("casting")]
            next.version = 2
            let found = try await store.write { [next] tx in
                try tx.update(next, expecting: 1)
                return try tx.organization(next.id)
            }
            #expect(found == next)
            await #expect(throws: Refusal.stale(subject: "organization", current: 2)) {
                try await store.write { [next] in try $0.update(next, expecting: 1) }
            }
            let unknown = Sample.organization()
            await #expect(throws: Refusal.notFound(subject: "organization", id: unknown.id.text)) {
                try await store.write { try $0.update(unknown, expecting: 1) }
            }
            var byField = OrganizationFilter()
            byField.field = FieldCode("metal")
            let listed = try await store.read { [byField] in try $0.organizations(byField, PageRequest()).items }
            #expect(listed == [next])
        }
    }

    @Test(arguments: TestEngines.available)
    func `are found by name, kind, field and region`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let one = Sample.organization("㈱ナンブ Castings", fields: ["casting"], region: "JP-03")
            let two = Sample.organization("Ｎａｎｂｕ 農場", fields: ["farming", "casting"], region: "JP-31")
            let three = Sample.organization("100%_Sake", fields: ["brewing"], region: "KR-11")
            try await store.write { tx in for each in [one, two, three] { try tx.insert(each) } }
            func ids(_ edit: (inout OrganizationFilter) -> Void) async throws -> [Identifier<Organization>] {
                var filter = OrganizationFilter()
                edit(&filter)
                return try await store.all(by: 1) { [filter] in try $0.organizations(filter, $1) }.map(\.id)
            }
            #expect(try await ids { _ in } == [three.id, two.id, one.id])
            #expect(try await ids { $0.text = "nan bu" } == [two.id])
            #expect(try await ids { $0.text = "castings" } == [one.id])
            #expect(try await ids { $0.text = "チュウゾウ" } == [three.id, two.id, one.id])
            #expect(try await ids { $0.text = "100%" } == [three.id])
            #expect(try await ids { $0.text = "%" } == [])
            #expect(try await ids { $0.text = " " } == [three.id, two.id, one.id])
            #expect(try await ids { $0.field = FieldCode("casting") } == [two.id, one.id])
            #expect(try await ids { $0.region = RegionCode(stored: "JP") } == [two.id, one.id])
            #expect(try await ids { $0.region = RegionCode(stored: "JP-31") } == [two.id])
            #expect(try await ids { $0.kind = .company } == [])
            let core = Organization.nameCore("ナンブ Castings")
            #expect(try await store.read { try $0.organizations(nameCore: core) } == [one])
        }
    }
}

@Suite struct `Participants in every store` {
    @Test(arguments: TestEngines.available)
    func `come back as they were written, in every state`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let organization = Sample.organization()
            let states: [Participant.Status] = [.invited, .active, .paused(until: Sample.noon), .left]
            let people = zip(states, Participant.Role.allCases).map { state, role in
                Sample.participant(of: organization.id, role: role, status: state)
            }
            try await store.write { tx in
                try tx.insert(organization)
                for person in people { try tx.insert(person) }
            }
            for person in people {
                let found = try await store.read { tx in
                    (try tx.participant(person.id), try tx.participant(email: person.profile.email))
                }
                #expect(found.0 == person)
                #expect(found.1 == person)
            }
            let all = try await store.read { tx in
                (try tx.participants(of: organization.id), try tx.participants(Set(people.map(\.id))))
            }
            #expect(all.0 == people)
            #expect(all.1.count == people.count)
        }
    }

    @Test(arguments: TestEngines.available)
    func `have a mail address and an external identity of their own`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let organization = Sample.organization()
            let first = Sample.participant(of: organization.id, email: "a@example.jp", external: "P-1")
            let sameMail = Sample.participant(of: organization.id, email: "a@example.jp")
            let sameExternal = Sample.participant(of: organization.id, external: "P-1")
            try await store.write { tx in
                try tx.insert(organization)
                try tx.insert(first)
            }
            let mail = Refusal.conflict(.duplicate(what: "The mail address a@example.jp", existing: first.id.text))
            let external = Refusal.conflict(.duplicate(what: "The external_id P-1", existing: first.id.text))
            await #expect(throws: mail) { try await store.write { try $0.insert(sameMail) } }
            await #expect(throws: external) { try await store.write { try $0.insert(sameExternal) } }
            let second = Sample.participant(of: organization.id)
            var turned = second
            turned.profile.email = EmailAddress(stored: "a@example.jp")
            await #expect(throws: mail) {
                try await store.write { [turned] tx in
                    try tx.insert(second)
                    try tx.update(turned, expecting: 1)
                }
            }
            let rest = try await store.read { try $0.participants(of: organization.id) }
            #expect(rest == [first])
        }
    }

    @Test(arguments: TestEngines.available)
    func `belong to an organization that exists`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let stray = Sample.participant(of: Sample.id())
            await #expect(throws: StoreFault.self) { try await store.write { try $0.insert(stray) } }
        }
    }

    @Test(arguments: TestEngines.available)
    func `are listed by what they are now`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let organization = Sample.organization()
            let rested = Sample.participant(
                of: organization.id, name: "金 Kim", status: .paused(until: Sample.noon.advanced(byMilliseconds: -1)))
            let resting = Sample.participant(
                of: organization.id, role: .coordinator, status: .paused(until: Sample.noon.advanced(byMilliseconds: 1))
            )
            var hidden = Sample.participant(of: organization.id, email: "hidden@example.kr")
            hidden.consent = Participant.Consent()
            try await store.write { [hidden] tx in
                try tx.insert(organization)
                for person in [rested, resting, hidden] { try tx.insert(person) }
            }
            func ids(_ edit: (inout ParticipantFilter) -> Void) async throws -> [Identifier<Participant>] {
                var filter = ParticipantFilter()
                edit(&filter)
                return try await store.all(by: 2) { [filter] in try $0.participants(filter, $1) }.map(\.id)
            }
            #expect(try await ids { _ in } == [hidden.id, resting.id, rested.id])
            #expect(try await ids { $0.status = "active" } == [hidden.id, rested.id])
            #expect(try await ids { $0.status = "paused" } == [resting.id])
            #expect(try await ids { $0.role = .coordinator } == [resting.id])
            #expect(try await ids { $0.listedOnly = true } == [resting.id, rested.id])
            #expect(try await ids { $0.text = "HIDDEN@example" } == [hidden.id])
            #expect(try await ids { $0.text = "kim" } == [rested.id])
            #expect(try await ids { $0.organization = Sample.id() } == [])
            #expect(try await store.read { try $0.participantCounts() } == ["active": 2, "paused": 1])
        }
    }

    @Test(arguments: TestEngines.available)
    func `hold one invitation that ends`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let organization = Sample.organization()
            let person = Sample.participant(of: organization.id, status: .invited)
            try await store.write { tx in
                try tx.insert(organization)
                try tx.insert(person)
                try tx.insert(invitation: "old", for: person.id, expiresAt: Sample.noon.advanced(byDays: 1))
                try tx.insert(invitation: "new", for: person.id, expiresAt: Sample.noon.advanced(byDays: 1))
            }
            let found = try await store.read { (try $0.invited(by: "old"), try $0.invited(by: "new")) }
            #expect(found == (nil, person.id))
            try await store.write { try $0.insert(invitation: "late", for: person.id, expiresAt: Sample.noon) }
            #expect(try await store.read { try $0.invited(by: "late") } == nil)
            try await store.write { try $0.removeInvitations(of: person.id) }
        }
    }
}
