import Delivery
import Exchange
import FoundationEssentials
import Operations
import Store
import Testing

/// Fills the template through the operations, like anybody else.
struct TemplateBuilder {
    let rooms: Rooms
    var names: [String: String] = [:]
    private var homes: [String: Identifier<Organization>] = [:]
    private var actors: [String: Actor] = [:]

    private let desk = Actor.system("test")
    private var office: Office<some ExchangeStore> { rooms.office }

    init(rooms: Rooms) { self.rooms = rooms }

    mutating func people() async throws {
        try await join("owner", .member, of: "Hiraki Works", secretPhone: "0857-22-1234")
        try await join("other", .member, of: "Sunrise Fisheries")
        try await join("observer", .observer, of: "Watchers")
        try await join("coordinator", .coordinator, of: "Platform Office")
        try await join("administrator", .administrator, of: "Platform Office")
        try await join("second", .administrator, of: "Platform Office")
        let coordinator = try Identifier<Participant>(names["coordinator"] ?? "")
        let narrow = try await office.issueToken("narrow", scopes: [.read], days: nil, for: coordinator, by: desk)
        names["narrow.token"] = narrow.secret
        let owner = try Identifier<Participant>(names["owner"] ?? "")
        names["spareToken"] =
            try await office.issueToken("spare", scopes: [.read], days: 9, for: owner, by: desk).token.id.text
        let link = try await office.makeSignInLink(for: owner, by: desk)
        names["session"] = try await office.signIn(byLink: link.secret, device: "Test").holder.session.id.text
        let guest = Participant.Profile(name: "Guest", email: try EmailAddress("guest@hiraki.example"), language: .ja)
        let invited = try await office.invite(guest, of: home("Hiraki Works"), as: .member, by: desk)
        names["guest"] = invited.participant.id.text
        names["invitation"] = invited.secret
        let resting = try await invite("resting", .member, of: "Hiraki Works")
        _ = try await office.pause(resting, until: Rooms.start.advanced(byDays: 30), by: desk)
    }

    private mutating func home(_ name: String) async throws -> Identifier<Organization> {
        if let known = homes[name] { return known }
        let made = try await office.register(
            Organization.Profile(name: name, kind: .company, note: "note of \(name)"), by: desk)
        homes[name] = made.id
        names[name] = made.id.text
        return made.id
    }

    private mutating func invite(
        _ name: String, _ role: Participant.Role, of organization: String, secretPhone: String? = nil
    ) async throws -> Identifier<Participant> {
        let profile = Participant.Profile(
            name: "Person \(name.capitalized)", email: try EmailAddress("\(name)@mail.example"), phone: secretPhone,
            language: .en, note: "secret note on \(name)")
        let invited = try await office.invite(profile, of: try await home(organization), as: role, by: desk)
        let (person, issued) = try await office.accept(invitation: invited.secret, listed: true, contacted: false)
        names[name] = person.id.text
        names[name + ".token"] = issued.secret
        names[name + ".organization"] = person.organization.text
        return person.id
    }

    private mutating func join(
        _ name: String, _ role: Participant.Role, of organization: String, secretPhone: String? = nil
    ) async throws {
        _ = try await invite(name, role, of: organization, secretPhone: secretPhone)
        actors[name] = try await office.authenticate(names[name + ".token"] ?? "").actor
    }

    mutating func postings() async throws {
        let drying = "Low temperature drying of fruit peel with waste heat from kilns"
        try await publish("anonymousNeed", .need, drying + " wanted", "owner", .anonymous)
        try await publish("namedSeed", .seed, drying + " by vacuum", "other")
        try await publish("hiddenNeed", .need, "Only for the office to see, quiet gears", "owner", .coordinators)
        try await publish("metalNeed", .need, "Silent gears of sintered metal for hospital beds", "owner")
        try await publish("metalSeed", .seed, "Silent gears of sintered metal with oil pores", "other")
        try await publish("paperNeed", .need, "Water repellent paper trays without fluorine for fish", "owner")
        try await publish("paperSeed", .seed, "Water repellent paper trays from soy wax without fluorine", "other")
        try await publish("lampNeed", .need, "Squid lamps that do not blind the crew at night", "owner")
        try await publish("lampSeed", .seed, "Squid lamps with diffusers that do not blind the crew", "other")
        for name in ["draft", "inReview"] { try await draft(name, .need, "Draft about \(name) presses", "owner") }
        try await publish("paused", .seed, "Paused crystal growing", "owner")
        try await publish("closed", .seed, "Closed ice making", "owner")
        _ = try await office.submit(id("inReview"), by: desk)
        _ = try await office.pause(id("paused", Posting.self), by: desk)
        _ = try await office.close(id("closed"), .outdated, note: "closing note", by: desk)
        _ = try await rooms.matchmaker.catchUp()
    }

    private mutating func draft(
        _ name: String, _ kind: Posting.Kind, _ title: String, _ owner: String,
        _ visibility: PostingContent.Visibility = .named
    ) async throws {
        let content = PostingContent(
            title: title, summary: title, detail: "inner detail of \(name)", fields: [FieldCode("food-processing")],
            language: .en, visibility: visibility, externalID: "ext-\(name)")
        names[name] = try await office.draft(kind, content, for: id(owner), by: desk).id.text
    }

    private mutating func publish(
        _ name: String, _ kind: Posting.Kind, _ title: String, _ owner: String,
        _ visibility: PostingContent.Visibility = .named
    ) async throws {
        try await draft(name, kind, title, owner, visibility)
        _ = try await office.publish(id(name, Posting.self), by: desk)
    }

    private func id<Owner: Identified>(_ name: String, _ type: Owner.Type = Owner.self) throws -> Identifier<Owner> {
        try Identifier<Owner>(#require(names[name], "\(name)"))
    }

    mutating func encounters() async throws {
        for name in [
            "match:anonymousNeed:namedSeed", "metal:metalNeed:metalSeed", "lamp:lampNeed:lampSeed",
            "paper:paperNeed:paperSeed",
        ] {
            let parts = name.split(separator: ":").map(String.init)
            let (need, seed): (Identifier<Posting>, Identifier<Posting>) = (try id(parts[1]), try id(parts[2]))
            let found = try await rooms.store.read { tx in try tx.match(PostingPair(need: need, seed: seed))?.id.text }
            let match: String = try #require(found, "no match \(name)")
            names[parts[0]] = match
        }
        names["matchTail"] = names["match"].map { String($0.suffix(10)) }
        _ = try await office.hold(id("paper", Match.self), by: desk)
        let owner = try #require(actors["owner"])
        let other = try #require(actors["other"])
        let metal = try id("metal", Match.self)
        _ = try await office.answer(metal, .interested(message: "message of the owner"), by: owner)
        let mutual = try await office.answer(metal, .interested(message: "message of the other"), by: other)
        names["mutual"] = mutual.id.text
        let lamp = try id("lamp", Match.self)
        _ = try await office.answer(lamp, .interested(message: nil), by: owner)
        let lampMutual = try await office.answer(lamp, .interested(message: nil), by: other)
        names["introduced"] = try await office.introduce(lampMutual.id, by: desk).id.text
        let group = GroupProposal(
            id: rooms.office.ambient.identifier(at: Rooms.start), need: try id("lampNeed"),
            seeds: [try id("lampSeed"), try id("paperSeed")].sorted(), coverage: 0.5, weakest: 0.4,
            brings: [try id("lampSeed"): ["diffusers"]], createdAt: Rooms.start, updatedAt: Rooms.start)
        _ = try await rooms.store.write { tx in try tx.insert(group) }
        names["group"] = group.id.text
        let watchers = try id("Watchers", Organization.self)
        let hiraki = try id("Hiraki Works", Organization.self)
        names["veto"] = try await office.placeVeto(between: hiraki, and: watchers, reason: "old quarrel", by: owner).id
            .text
    }

    mutating func channels() async throws {
        let rules = Channel.Rules(topics: [.matches])
        let common = ChannelDraft(
            name: "alerts", platform: .generic, address: "http://127.0.0.1:9/hooks/topsecretpath", language: .en,
            rules: rules)
        let added = try await office.addChannel(common, by: desk)
        names["channel"] = added.channel.id.text
        names["signingKey"] = added.signingKey
        let own = ChannelDraft(
            name: "own", platform: .slack, address: "http://127.0.0.1:9/hooks/ownsecretpath", language: .en,
            rules: rules,
            owner: try id("owner"))
        names["ownChannel"] = try await office.addChannel(own, by: desk).channel.id.text
        names["delivery"] = try await office.testChannel(id("channel"), by: desk).id.text
        names["ownDelivery"] = try await office.testChannel(id("ownChannel"), by: desk).id.text
    }

    /// Where answers come from, an account in one of them, and what a button of Mattermost carries.
    mutating func workspaces() async throws {
        for (name, platform, realm) in [
            ("slackWorkspace", Workspace.Platform.slack, "T012AB3CD"),
            ("mattermostWorkspace", .mattermost, "https://chat.example.jp"),
        ] {
            let draft = WorkspaceDraft(
                name: name, platform: platform, realm: realm, secret: Scenario.platformSecret, language: .ja)
            names[name] = try await office.addWorkspace(draft, by: desk).id.text
        }
        let account = ChatAccount(
            key: "slack:T012AB3CD:U1", participant: try id("owner"), workspace: try id("slackWorkspace"),
            label: "hanako", linkedAt: Rooms.start)
        try await rooms.store.write { tx in try tx.link(account) }
        let sealer = try #require(Sealer(key: [UInt8](repeating: 7, count: 32)))
        let token = AnswerToken(
            .button, match: try id("match", Match.self).text, expires: Rooms.start.milliseconds / 1000 + 86_400)
        names["pressToken"] = AnswerKey(bytes: sealer.key(for: "industrymix answers v1")).text(of: token)
    }
}
