import Exchange
import Foundation
import HTTPAPI
import HTTPTypes
import Operations
import Store
import Testing
import WebCommon

/// The service over a fresh copy of the template.
struct Service: Sendable {
    let rooms: Rooms
    let table: RouteTable
    let client: RouterClient
    let names: [String: String]
    private let path: String

    init() async throws {
        let template = try await Template.ready
        path = try template.copy()
        rooms = try await Rooms(path: path, from: Rooms.start.advanced(byMilliseconds: 600_000))
        try await rooms.matchmaker.load()
        let api = ExchangeAPI(
            office: rooms.office, matchmaker: rooms.matchmaker, rounds: RoundRunner(matchmaker: rooms.matchmaker),
            planner: MeetingPlanRunner(office: rooms.office), reading: rooms.reading)
        let registry = MetricsRegistry()
        table = .complete(api.routes, title: "Industry Mix", version: "1", health: Health(registry: registry) { [] })
        client = RouterClient(makeRouter(table, services: api.services, registry: registry))
        names = template.names
    }

    /// Closes the exchange and removes its files.
    func end() async throws {
        await rooms.store.close()
        try FileManager.default.removeItem(at: URL(filePath: path).deletingLastPathComponent())
    }

    /// The text with identifiers in place of names.
    func filled(_ text: String) -> String {
        names.reduce(text) { $0.replacing("{\($1.key)}", with: $1.value) }
    }

    func send(_ scenario: Scenario, as voice: Voice) async throws -> Reply {
        var headers = scenario.headers
        if voice != .visitor { headers[.authorization] = "Bearer " + (names[voice.rawValue + ".token"] ?? "") }
        let path = filled(scenario.path).replacing(" ", with: "%20")
        guard let body = scenario.body else { return try await client.send(scenario.method, path, headers: headers) }
        headers[.contentType] = scenario.contentType
        return try await client.send(scenario.method, path, headers: headers, json: filled(body))
    }

    /// The kinds of happenings after the place in the log.
    func happenings(after sequence: Int64) async throws -> [String] {
        try await rooms.store.read { tx in
            try tx.happenings(after: sequence, limit: 100).map(\.happening.kind.rawValue)
        }
    }

    func lastSequence() async throws -> Int64 { try await rooms.store.read { tx in try tx.lastSequence() } }
}

@Suite struct `Every route for every role` {
    @Test(arguments: Scenario.all) func `answers as the table says`(_ scenario: Scenario) async throws {
        var service = try await Service()
        var isUsed = false
        // Those who are refused first: they change nothing and may share an exchange.
        let voices = Voice.allCases.sorted { scenario.status(for: $0) > scenario.status(for: $1) }
        for voice in voices {
            let isSuccess = scenario.status(for: voice) < 300
            if isSuccess, isUsed, scenario.method != .get {
                try await service.end()
                service = try await Service()
            }
            try await check(scenario, voice, service)
            isUsed = isUsed || isSuccess
        }
        try await service.end()
    }

    private func check(_ scenario: Scenario, _ voice: Voice, _ service: Service) async throws {
        let before = try await service.lastSequence()
        let reply = try await service.send(scenario, as: voice)
        let place: Comment = "\(scenario) as \(voice): \(reply.status) \(reply.text.prefix(400))"
        #expect(reply.status == scenario.status(for: voice), place)
        try checkForm(reply, scenario, service, place)
        if reply.status < 300 {
            for (voices, texts) in scenario.shows where voices.isEmpty || voices.contains(voice) {
                for text in texts { #expect(reply.text.contains(service.filled(text)), "\(text) is missing. \(place)") }
            }
        }
        for (voices, texts) in scenario.hides where voices.contains(voice) {
            for text in texts { #expect(!reply.text.contains(service.filled(text)), "\(text) is shown. \(place)") }
        }
        if scenario.causes.last == "*" {
            guard reply.status < 300, scenario.causes.count > 1 else { return }
            let happened = try await service.happenings(after: before)
            #expect(Array(happened.prefix(scenario.causes.count - 1)) == Array(scenario.causes.dropLast()), place)
        } else if reply.status >= 400 || !scenario.causes.isEmpty || scenario.method == .get {
            let happened = try await service.happenings(after: before)
            #expect(happened == (reply.status < 300 ? scenario.causes : []), place)
        }
    }

    /// What the document promises of the answer holds.
    private func checkForm(_ reply: Reply, _ scenario: Scenario, _ service: Service, _ place: Comment) throws {
        let route = try #require(service.table.routes.first { $0.id == scenario.operation }, place)
        #expect(route.method == scenario.method, place)
        if reply.status >= 400 {
            #expect(route.problems.contains { $0.status.code == reply.status }, "undocumented. \(place)")
            #expect(Problem.schema.issues(in: reply.json).isEmpty, place)
            return
        }
        let answer = try #require(route.answers.first { $0.status.code == reply.status }, "undocumented. \(place)")
        if case .json(let schema) = answer.content {
            let issues = schema.issues(in: reply.json)
            #expect(issues.isEmpty, "\(issues.prefix(3)) \(place)")
        }
    }

    @Test func `stands in the table`() async throws {
        let service = try await Service()
        let missing = Set(service.table.routes.map(\.id)).subtracting(Scenario.all.map(\.operation))
        #expect(missing.isEmpty, "no scenario for \(missing.sorted())")
        for scenario in Scenario.all {
            #expect(scenario.statuses.count == 1 || scenario.statuses.count == Voice.allCases.count, "\(scenario)")
        }
    }
}
