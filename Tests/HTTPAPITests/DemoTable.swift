import Exchange
import HTTPAPI
import HTTPTypes
import Hummingbird
import Synchronization
import WebCommon

/// A small table with one route of every make, and the services it needs, for tests of the machinery.
final class Demo: Sendable {
    let things = Things()
    let registry = MetricsRegistry()
    let table: RouteTable
    let memory = MemoryAnswers()

    struct Fault: Error {}

    /// The versions of things by name.
    final class Things: Sendable {
        private let versions = Mutex<[String: Int]>(["a": 3])

        func withLock<Value>(_ work: (inout [String: Int]) -> sending Value) -> Value {
            versions.withLock { work(&$0) }
        }
    }

    init() {
        let health = Health(registry: registry) { [] }
        let routes = Self.reading(things) + Self.changing(things)
        table = .complete(routes, title: "Demo <&>", version: "1", health: health)
    }

    private static let thing = Schema.named(
        "Thing",
        .object([
            .required("name", .string(.filledLine, length: 1...20)), .required("version", .integer(0...1_000_000)),
        ]))
    private static let input = Schema.object([.required("name", .string(.filledLine, length: 1...20))])
    private static let name = Parameter.path("thing", .string(.key), "Its name.")

    private static func reading(_ things: Things) -> [Route] {
        [
            Route(
                .get, "/api/v1/things", "listThings", tag: "Things", "List", access: .token(.read),
                answers: [.ok(ListPage.schema(of: thing), "A page.")]
            ) { request in
                let page = try ListPage(request, route: "listThings")
                let from = page.after.flatMap { Int($0.position[0]) } ?? 0
                let items = (from..<min(from + page.limit, 7)).map { index -> JSONValue in
                    ["name": .string("t\(index)"), "version": 0]
                }
                let next = from + page.limit < 7 ? Cursor(position: [String(from + page.limit)]) : nil
                return page.answer(items, next: next)
            }.with {
                $0.parameters =
                    ListPage.parameters + [
                        .query("kind", .array(.oneOf(["seed", "need"]), 0...2), "Kinds."),
                        .query("open", .boolean, "Only open ones."),
                    ]
            },
            Route(
                .get, "/api/v1/things/{thing}", "getThing", tag: "Things", "Get", access: .token(.read),
                answers: [.ok(thing, "It.")]
            ) { request in
                guard let version = things.withLock({ $0[request.path("thing")] }) else { throw Problem(.notFound) }
                return .ok(["name": .string(request.path("thing")), "version": .integer(version)], version: version)
            }.with {
                $0.parameters = [name]
                $0.precondition = .tagged
            },
            Route(
                .get, "/api/v1/open", "open", tag: "Things", "Open", access: .anyone, answers: [.ok(.anything, "Yes.")]
            ) { _ in
                .ok(["open": true])
            },
        ]
    }

    private static func changing(_ things: Things) -> [Route] {
        [
            Route(
                .post, "/api/v1/things", "makeThing", tag: "Things", "Make", access: .token(.take),
                answers: [.created(thing, "Made.")]
            ) { request in
                let name = request.body["name"]?.string ?? ""
                if name == "fault" { throw Fault() }
                if name == "refused" { throw Refusal.conflict(.duplicate(what: "The name", existing: "a")) }
                if name == "slow" { try await Task.sleep(for: .milliseconds(200)) }
                things.withLock { $0[name, default: 0] += 1 }
                return .created(["name": .string(name), "version": 0], at: "/api/v1/things/\(name)", version: 0)
            }.with {
                $0.body = .json(input)
                $0.repetition = .keyed
                $0.refusals = [.conflict]
            },
            Route(
                .patch, "/api/v1/things/{thing}", "changeThing", tag: "Things", "Change", access: .token(.coordinate),
                answers: [.ok(thing, "It.")]
            ) { request in
                let current = things.withLock { $0[request.path("thing")] } ?? 0
                if let expected = try request.expectedVersion(), expected != current {
                    throw Refusal.stale(subject: "thing", current: current)
                }
                things.withLock { $0[request.path("thing")] = current + 1 }
                return .ok(["name": "a", "version": .integer(current + 1)], version: current + 1)
            }.with {
                $0.parameters = [name]
                $0.body = .json(input)
                $0.precondition = .required
            },
            Route(
                .post, "/api/v1/things/import", "importThings", tag: "Things", "Import", access: .token(.coordinate),
                answers: [.ok(.object([.required("bytes", .integer(0...1000))]), "Counted.")]
            ) { request in .ok(["bytes": .integer(request.bytes.count)]) }.with {
                $0.body = .bytes(["text/csv"], limit: 100, about: "Lines.")
            },
        ]
    }

    var services: APIServices {
        APIServices(memory: memory) { secret in
            let roles: [String: (Participant.Role, AccessToken.Scope)] = [
                "admin": (.administrator, .administer), "member": (.member, .take), "reader": (.coordinator, .read),
            ]
            guard let (role, scope) = roles[secret] else { throw Refusal.unauthenticated }
            let actor = Actor(reference: .system(secret), organization: nil, role: role, scopes: [scope])
            return Caller(actor: actor, tokenID: "token_" + secret)
        }
    }

    func router(
        _ settings: WebSettings = WebSettings(), change: (inout APIServices) -> Void = { _ in }
    ) -> Router<WebContext> {
        var services = services
        change(&services)
        return makeRouter(table, services: services, settings: settings, registry: registry)
    }

    var client: RouterClient { RouterClient(router()) }
}

/// Remembers answers in memory, for tests of the machinery; the service keeps them in its store.
final class MemoryAnswers: AnswerMemory {
    private let known = Mutex<[String: (fingerprint: String, answer: APIResponse?)]>([:])

    func begin(key: String, caller: String, fingerprint: String) async throws -> Recollection {
        known.withLock { known in
            guard let entry = known[caller + " " + key] else {
                known[caller + " " + key] = (fingerprint: fingerprint, answer: nil)
                return .fresh
            }
            guard entry.fingerprint == fingerprint else { return .other }
            return entry.answer.map(Recollection.answered) ?? .running
        }
    }

    func finish(_ answer: APIResponse, key: String, caller: String, fingerprint: String) async throws {
        known.withLock { $0[caller + " " + key] = (fingerprint: fingerprint, answer: answer) }
    }

    func forget(key: String, caller: String) async throws {
        _ = known.withLock { $0.removeValue(forKey: caller + " " + key) }
    }
}

extension HTTPFields {
    /// The header of a token.
    static func token(_ secret: String) -> HTTPFields { [.authorization: "Bearer " + secret] }

    /// The same headers and one more.
    func with(_ name: HTTPField.Name, _ value: String) -> HTTPFields {
        var fields = self
        fields[name] = value
        return fields
    }
}
