import Delivery
import Exchange
import Foundation
import HTTPTypes
import Hummingbird
import Lexicon
import Logging
import NIOCore
import NIOEmbedded
import Operations
import Store
import Synchronization
import WebCommon
import WebConsole

/// An exchange of two organizations with a person of each role, and the console over it.
struct World: Sendable {
    static let noon = Instant(milliseconds: 1_795_322_096_000)

    let store: StoredExchange
    let office: Office<StoredExchange>
    let site: ConsoleSite<StoredExchange>
    let browser: @Sendable (Request, WebContext) async throws -> Response
    let clock: Moment
    private let folder: URL

    init() async throws {
        let clock = Moment(Self.noon)
        folder = FileManager.default.temporaryDirectory.appending(path: "imx-console-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try await StoredExchange.open(
            .sqlite(path: folder.appending(path: "x.sqlite").path), clock: { clock.now })
        guard let sealer = Sealer(key: [UInt8](repeating: 7, count: 32)) else { throw CocoaError(.coderInvalidValue) }
        office = Office(
            store: store, ambient: Ambient(now: { clock.now }, random: { UInt64.random(in: .min ... .max) }),
            settings: ExchangeSettings(publicAddress: "https://exchange.example", minimumScore: 0.01),
            taxonomy: try Self.taxonomy(), sealer: sealer)
        let reading = PostingReading(lexicon: Lexicon())
        let matchmaker = Matchmaker(office: office, reading: reading, signal: Signal())
        try await matchmaker.load()
        site = try ConsoleSite(
            office: office, matchmaker: matchmaker, reading: reading,
            passwordCost: PasswordHash.Cost(logRounds: 4, blockSize: 8, parallelism: 1))
        let router = Router(context: WebContext.self)
        router.add(middleware: RequestIdentity())
        router.add(middleware: SecurityHeaders())
        router.add(middleware: ProblemResponses())
        site.add(to: router)
        let responder = router.buildResponder()
        browser = { try await responder.respond(to: $0, context: $1) }
        self.clock = clock
    }

    func end() async throws {
        await store.close()
        try FileManager.default.removeItem(at: folder)
    }

    private static func taxonomy() throws -> FieldTaxonomy {
        func field(_ code: String, _ parent: String?) -> Field {
            let labels = Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, "\(code) \($0.rawValue)") })
            return Field(code: FieldCode(code), parent: parent.map { FieldCode($0) }, labels: labels, neighbours: [])
        }
        return try FieldTaxonomy([
            field("life", nil), field("food", "life"), field("making", nil), field("gears", "making"),
        ])
    }

    /// A new person of an organization of that name, signed in.
    func person(
        _ name: String, _ role: Participant.Role = .member, of body: String, language: Language = .ja
    ) async throws -> Guest {
        let desk = Actor.system("test")
        var filter = OrganizationFilter()
        filter.text = body
        let known = try await office.organizations(filter, PageRequest(limit: 1), by: desk).items.first
        let home: Organization
        if let known {
            home = known
        } else {
            home = try await office.register(Organization.Profile(name: body, kind: .company), by: desk)
        }
        let address = "p\(UInt32.random(in: 0 ... .max))@mail.example"
        let profile = Participant.Profile(name: name, email: try EmailAddress(address), language: language)
        let invited = try await office.invite(profile, of: home.id, as: role, by: desk)
        let opened = try await office.join(
            byInvitation: invited.secret, listed: true, contacted: true, language: language, device: "Test")
        return Guest(world: self, cookies: ["imx_session": opened.secret], holder: opened.holder)
    }

    /// A published posting.
    func published(
        _ kind: Posting.Kind, _ title: String, by owner: Guest, _ visibility: PostingContent.Visibility = .named
    ) async throws -> Posting {
        let content = PostingContent(
            title: title, summary: title, detail: "inner detail", fields: [FieldCode(kind == .need ? "food" : "gears")],
            language: .ja, visibility: visibility)
        let draft = try await office.draft(kind, content, for: owner.holder?.participant.id, by: .system("test"))
        return try await office.publish(draft.id, by: .system("test"))
    }

    /// A browser in which nobody is signed in.
    var visitor: Guest { Guest(world: self, cookies: [:], holder: nil) }
}

/// A clock that tests move.
final class Moment: Sendable {
    private let milliseconds: Mutex<Int64>

    init(_ start: Instant) { milliseconds = Mutex(start.milliseconds) }

    var now: Instant {
        Instant(
            milliseconds: milliseconds.withLock {
                $0 += 1
                return $0
            })
    }

    func pass(days: Int) { milliseconds.withLock { $0 += Int64(days) * 86_400_000 } }
    func pass(seconds: Int) { milliseconds.withLock { $0 += Int64(seconds) * 1000 } }
}

/// An answer with its whole body.
struct Seen: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String

    /// The token of the page's forms.
    var token: String { text.firstMatch(of: /name="form_token" value="([0-9a-f]+)"/).map { String($0.output.1) } ?? "" }
    var location: String { headers[.location] ?? "" }
}

/// A browser with its cookies.
final class Guest: Sendable {
    let world: World
    let holder: SessionHolder?
    private let jar: Mutex<[String: String]>

    init(world: World, cookies: [String: String], holder: SessionHolder?) {
        self.world = world
        self.holder = holder
        jar = Mutex(cookies)
    }

    var cookies: [String: String] { jar.withLock { $0 } }
    func forget(_ cookie: String) { jar.withLock { $0[cookie] = nil } }

    /// What browsers say of a form that another site sends.
    static let fromElsewhere = headers("Sec-Fetch-Site", "cross-site")

    /// What the script says when it wants a part of a page.
    static func wanting(_ part: String) -> HTTPFields { headers("X-Fragment", part) }

    private static func headers(_ name: String, _ value: String) -> HTTPFields {
        var fields = HTTPFields()
        if let name = HTTPField.Name(name) { fields[name] = value }
        return fields
    }

    func get(_ path: String, _ headers: HTTPFields = [:]) async throws -> Seen {
        try await send(.get, path, headers, "")
    }

    /// Sends a form with the token of the page that it stands on.
    func post(
        _ path: String, from page: String, _ values: [(String, String)] = [], _ headers: HTTPFields = [:]
    ) async throws -> Seen {
        let token = try await get(page).token
        return try await post(path, token: token, values, headers)
    }

    func post(
        _ path: String, token: String, _ values: [(String, String)], _ headers: HTTPFields = [:]
    ) async throws -> Seen {
        let body = ([("form_token", token)] + values)
            .map { "\(PercentEncoding.encode($0.0))=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
        var headers = headers
        headers[.contentType] = headers[.contentType] ?? "application/x-www-form-urlencoded"
        return try await send(.post, path, headers, body)
    }

    private func send(
        _ method: HTTPRequest.Method, _ path: String, _ given: HTTPFields, _ body: String
    ) async throws -> Seen {
        var headers = given
        headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        let head = HTTPRequest(
            method: method, scheme: "https", authority: "exchange.example", path: path, headerFields: headers)
        let source = ApplicationRequestContextSource(
            channel: NIOAsyncTestingChannel(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let response = try await world.browser(
            Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body))), WebContext(source: source))
        for cookie in response.headers[values: .setCookie] {
            let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1).map(String.init)
            jar.withLock { $0[pair[0]] = cookie.contains("Max-Age=0") ? nil : pair.count > 1 ? pair[1] : "" }
        }
        let collector = BodyCollector()
        try await response.body.write(collector)
        return Seen(
            status: response.status.code, headers: response.headers,
            text: String(decoding: collector.bytes.withLock { $0 }, as: UTF8.self))
    }
}

private final class BodyCollector: ResponseBodyWriter, Sendable {
    let bytes = Mutex<[UInt8]>([])

    func write(_ buffer: ByteBuffer) async throws {
        bytes.withLock { $0.append(contentsOf: buffer.readableBytesView) }
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
