import Delivery
import Exchange
import Foundation
import Lexicon
import Operations
import Store
import Synchronization

/// The parts of a service over one database file.
struct Rooms: Sendable {
    static let start = Instant(milliseconds: 1_790_000_000_000)

    let store: StoredExchange
    let office: Office<StoredExchange>
    let matchmaker: Matchmaker<StoredExchange>
    let reading = PostingReading(lexicon: Lexicon())

    /// Opens the file. Time stands still in tests, but for one millisecond a look.
    init(path: String, from now: Instant = start) async throws {
        let clock = TestClock(now)
        store = try await StoredExchange.open(.sqlite(path: path), clock: { clock.now })
        guard let sealer = Sealer(key: [UInt8](repeating: 7, count: 32)) else { throw CocoaError(.coderInvalidValue) }
        office = Office(
            store: store, ambient: Ambient(now: { clock.now }, random: { UInt64.random(in: .min ... .max) }),
            settings: ExchangeSettings(minimumScore: 0.01), taxonomy: try Self.taxonomy(), sealer: sealer,
            allowance: HostAllowance(["127.0.0.1"]))
        matchmaker = Matchmaker(office: office, reading: reading, signal: Signal())
    }

    /// Two classes with two fields each, far from each other.
    private static func taxonomy() throws -> FieldTaxonomy {
        func field(_ code: String, _ parent: String?) -> Field {
            let labels = Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, "\(code) \($0.rawValue)") })
            return Field(code: FieldCode(code), parent: parent.map { FieldCode($0) }, labels: labels, neighbours: [])
        }
        return try FieldTaxonomy([
            field("life", nil), field("food-processing", "life"), field("agriculture", "life"), field("making", nil),
            field("new-materials", "making"), field("electronics", "making"),
        ])
    }
}

/// A clock that moves on by a millisecond whenever it is looked at, so that order in time is order of events.
final class TestClock: Sendable {
    private let milliseconds: Mutex<Int64>

    init(_ start: Instant) { milliseconds = Mutex(start.milliseconds) }

    var now: Instant {
        Instant(
            milliseconds: milliseconds.withLock { value in
                value += 1
                return value
            })
    }
}

/// An exchange with somebody and something of every kind, made once and copied for every test.
struct Template: Sendable {
    let path: String
    /// Identifiers and secrets by the names that scenarios use.
    let names: [String: String]

    private static let shared = Task { try await make() }

    static var ready: Template { get async throws { try await shared.value } }

    /// A copy of the file for one test.
    func copy() throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "imx-http-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let target = folder.appending(path: "exchange.sqlite").path
        for ending in ["", "-wal"] where FileManager.default.fileExists(atPath: path + ending) {
            try FileManager.default.copyItem(atPath: path + ending, toPath: target + ending)
        }
        return target
    }

    private static func make() async throws -> Template {
        let folder = FileManager.default.temporaryDirectory.appending(path: "imx-http-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appending(path: "exchange.sqlite").path
        var builder = TemplateBuilder(rooms: try await Rooms(path: path))
        try await builder.people()
        try await builder.postings()
        try await builder.encounters()
        try await builder.channels()
        try await builder.workspaces()
        try await builder.events()
        try await builder.meetings()
        await builder.rooms.store.close()
        return Template(path: path, names: builder.names)
    }
}
