import Delivery
import Exchange
import Foundation
import Lexicon
import Operations
import Store
import Synchronization
import Testing

/// A real exchange in a temporary SQLite file, with a clock and chance of its own.
final class World: Sendable {
    let office: Office<StoredExchange>
    let matchmaker: Matchmaker<StoredExchange>
    let rounds: RoundRunner<StoredExchange>
    let reading: PostingReading
    let folder: URL

    static let start = Instant(milliseconds: 1_790_000_000_000)

    init(executor: (any TaskExecutor)? = nil, mail: MailPost? = nil) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "imx-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        self.folder = folder
        let box = Clock()
        let store = try await StoredExchange.open(
            .sqlite(path: folder.appending(path: "exchange.sqlite").path), clock: { box.now })
        let ambient = Ambient(now: { box.now }, random: { UInt64.random(in: .min ... .max) })
        office = Office(
            store: store, ambient: ambient, settings: ExchangeSettings(), taxonomy: try Self.taxonomy(),
            sealer: try #require(Sealer(key: [UInt8](repeating: 7, count: 32))),
            allowance: HostAllowance(["127.0.0.1"]), mail: mail)
        reading = PostingReading(lexicon: Lexicon())
        matchmaker = Matchmaker(office: office, reading: reading, signal: Signal(), executor: executor)
        rounds = RoundRunner(matchmaker: matchmaker)
        self.box = box
    }

    private let box: Clock

    /// The present of this world.
    var now: Instant { box.now }

    /// Moves the clock on.
    func pass(days: Int = 0, milliseconds: Int64 = 0) {
        box.advance(Int64(days) * 86_400_000 + milliseconds)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Four fields: two that are neighbours, two far apart.
    static func taxonomy() throws -> FieldTaxonomy {
        func field(_ code: String, _ parent: String?, _ label: String, _ neighbours: Set<FieldCode> = []) -> Field {
            let labels = Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, label) })
            return Field(
                code: FieldCode(code), parent: parent.map { FieldCode($0) }, labels: labels, neighbours: neighbours)
        }
        return try FieldTaxonomy([
            field("life", nil, "Life"), field("food-processing", "life", "Food"),
            field("agriculture", "life", "Farming"), field("making", nil, "Making"),
            field("new-materials", "making", "Materials"),
            field("electronics-semiconductor", "making", "Electronics"),
        ])
    }
}

/// A clock that moves only when told.
final class Clock: Sendable {
    private let value = Mutex(World.start.milliseconds)

    var now: Instant { Instant(milliseconds: value.withLock { $0 }) }

    func advance(_ milliseconds: Int64) { value.withLock { $0 += milliseconds } }
}

extension World {
    /// The software itself.
    var desk: Actor { .system("test") }

    /// Registers an organization with one person who has joined, and returns the person with their rights.
    func join(
        _ name: String, _ role: Participant.Role = .member, of organization: String? = nil
    ) async throws -> (person: Participant, actor: Actor) {
        let home: Identifier<Organization>
        var filter = OrganizationFilter()
        filter.text = organization ?? name + " Works"
        if let known = try await office.organizations(filter, PageRequest(), by: desk).items.first {
            home = known.id
        } else {
            home = try await office.register(
                Organization.Profile(name: organization ?? name + " Works", kind: .company), by: desk
            ).id
        }
        let profile = Participant.Profile(
            name: name, email: try EmailAddress("\(name.lowercased())@\(home.text.suffix(6)).example"), language: .en)
        let invitation = try await office.invite(profile, of: home, as: role, by: desk)
        let (person, issued) = try await office.accept(invitation: invitation.secret, listed: true, contacted: false)
        return (person, try await office.authenticate(issued.secret).actor)
    }

    /// Drafts and publishes a posting.
    @discardableResult
    func publish(
        _ kind: Posting.Kind, _ title: String, _ summary: String = "", field: String, by owner: Participant,
        visibility: PostingContent.Visibility = .named
    ) async throws -> Posting {
        let content = PostingContent(
            title: title, summary: summary.isEmpty ? title : summary, fields: [FieldCode(field)], language: .en,
            visibility: visibility)
        let draft = try await office.draft(kind, content, for: owner.id, by: desk)
        return try await office.publish(draft.id, by: desk)
    }

    /// A whole round over everything.
    func round() async throws -> StoredRound {
        pass(milliseconds: 1)
        _ = try await rounds.start(by: desk)
        await rounds.settled()
        return try #require(try await rounds.latest(by: desk))
    }

    /// Every match, newest first.
    func matches() async throws -> [Match] {
        try await office.matches(
            MatchListFilter(), PageRequest(), in: .en, reading: reading, by: desk
        ).items.map(\.match)
    }

    /// Adds a generic channel at an address that nobody listens on.
    func channel(_ name: String, _ platform: Channel.Platform = .generic) async throws -> Channel {
        try await office.addChannel(
            ChannelDraft(
                name: name, platform: platform, address: "http://127.0.0.1:9/hooks/\(name)", language: .en,
                rules: Channel.Rules()), by: desk
        ).channel
    }
}

/// Runs work that must be refused, and returns the refusal.
func refusal(_ work: () async throws -> some Any) async throws -> Refusal {
    do {
        _ = try await work()
    } catch let refusal as Refusal {
        return refusal
    }
    Issue.record("nothing was refused")
    return .malformed("nothing was refused")
}

extension Refusal {
    /// The fields that break a rule.
    var fields: [String] {
        if case .invalid(let problems) = self { problems.map(\.field) } else { [] }
    }
}
