import Delivery
import Exchange
import Foundation
import HTTPAPI
import HTTPTypes
import Hummingbird
import NIOCore
import Operations
import Store
import Testing
import WebCommon
import WebConsole

@Suite struct `The page behind a signed link` {
    /// The pages over a copy of the template, and the links of its people.
    private struct Pages {
        let rooms: Rooms
        let client: RouterClient
        let names: [String: String]
        private let key: AnswerKey

        init() async throws {
            let template = try await Template.ready
            let rooms = try await Rooms(
                path: try template.copy(), from: Rooms.start.advanced(byMilliseconds: 600_000))
            self.rooms = rooms
            names = template.names
            key = AnswerKey(
                bytes: try #require(Sealer(key: [UInt8](repeating: 7, count: 32))).key(for: "industrymix answers v1"))
            let api = ExchangeAPI(
                office: rooms.office, matchmaker: rooms.matchmaker,
                rounds: RoundRunner(matchmaker: rooms.matchmaker),
                planner: MeetingPlanRunner(office: rooms.office), reading: rooms.reading)
            let router = makeRouter(RouteTable([]), services: api.services, registry: MetricsRegistry())
            AnswerPages(office: rooms.office, reading: rooms.reading).add(to: router)
            client = RouterClient(router)
        }

        func link(to person: String?, _ match: String = "match", days: Int64 = 1) -> String {
            let token = AnswerToken(
                .link, match: names[match], channel: person == nil ? names["channel"] : nil,
                participant: person.flatMap { names[$0] },
                expires: Rooms.start.milliseconds / 1000 + days * 86_400)
            return "/a/" + key.text(of: token)
        }

        func post(_ path: String, _ form: String) async throws -> Reply {
            try await client.send(
                .post, path, headers: [.contentType: "application/x-www-form-urlencoded"],
                body: RequestBody(buffer: ByteBuffer(string: form)))
        }

        func introductions() async throws -> Int {
            try await rooms.office.introductions(IntroductionFilter(), PageRequest(), by: .system("test")).items.count
        }
    }

    @Test func `shows the match and a form, under a policy that runs no script, and changes nothing`() async throws {
        let pages = try await Pages()
        let before = try await pages.rooms.store.read { tx in try tx.lastSequence() }
        let reply = try await pages.client.send(.get, pages.link(to: "owner") + "?answer=refused")
        #expect(reply.status == 200)
        for shown in ["Person Owner", "value=\"interested\"", "value=\"refused\" class=\"chosen\"", "too_early"] {
            #expect(reply.text.contains(shown), "\(shown)")
        }
        for hidden in ["Sunrise Fisheries", pages.names["other"] ?? "", "<script"] {
            #expect(!reply.text.contains(hidden), "\(hidden)")
        }
        let policy = reply.headers[.contentSecurityPolicy] ?? ""
        #expect(policy.contains("default-src 'none'") && policy.contains("form-action 'self'"))
        #expect(reply.headers[.cacheControl]?.contains("no-store") == true)
        #expect(reply.headers[.setCookie] == nil)
        #expect(try await pages.rooms.store.read { tx in try tx.lastSequence() } == before)
    }

    @Test func `takes an answer once, and a refusal with its reason`() async throws {
        let pages = try await Pages()
        let before = try await pages.introductions()
        let link = pages.link(to: "owner")
        let why = try await pages.post(link, "answer=refused&words=&reason=")
        #expect(why.status == 200 && why.text.contains("role=\"alert\""))
        #expect(try await pages.introductions() == before)
        for _ in 1...2 {
            let done = try await pages.post(link, "answer=interested&words=%E3%81%9C%E3%81%B2&reason=")
            #expect(done.status == 200 && done.text.contains("role=\"status\""))
        }
        #expect(try await pages.introductions() == before + 1)
        #expect(try await pages.client.send(.get, link).text.contains("<p>"))
    }

    @Test func `in a shared channel asks for a code, and takes no wrong one`() async throws {
        let pages = try await Pages()
        let before = try await pages.introductions()
        let link = pages.link(to: nil)
        #expect(try await pages.client.send(.get, link).text.contains("name=\"code\""))
        let wrong = try await pages.post(link, "answer=interested&code=ABCD-EFGH")
        #expect(wrong.text.contains("role=\"alert\""))
        #expect(try await pages.introductions() == before)
        let owner = try Identifier<Participant>(pages.names["owner"] ?? "")
        let code = try await pages.rooms.office.linkCode(for: owner, by: .system("test")).code
        #expect(try await pages.post(link, "answer=interested&code=\(code)").text.contains("role=\"status\""))
        #expect(try await pages.introductions() == before + 1)
    }

    @Test func `is not there for a changed or old link, nor for anything but a form`() async throws {
        let pages = try await Pages()
        let link = pages.link(to: "owner")
        #expect(try await pages.client.send(.get, link + "x").status == 404)
        #expect(try await pages.client.send(.get, "/a/x").status == 404)
        #expect(try await pages.client.send(.get, pages.link(to: "owner", days: -1)).status == 410)
        #expect(try await pages.post(link, "answer=dance").status == 400)
        #expect(try await pages.post(link, "answer=%zz").status == 400)
        #expect(try await pages.post(link, String(repeating: "a", count: 70_000)).status == 413)
    }
}
