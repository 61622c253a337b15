import CoreMetrics
import HTTPAPI
import HTTPTypes
import Store
import Testing
import WebCommon

@Suite struct `The documents of the API` {
    @Test func `describe every route, with problems for every status that is not a success`() async throws {
        let service = try await Service()
        let document = try await service.client.send(.get, "/api/v1/openapi.json").json
        for route in service.table.routes {
            let operation = document["paths"]?[route.path]?[route.method.rawValue.lowercased()]
            #expect(operation?["operationId"]?.string == route.id)
            for (status, answer) in operation?["responses"]?.object?.members.map({ ($0.name, $0.value) }) ?? [] {
                guard let code = Int(status), code >= 400 else { continue }
                #expect(answer["content"]?["application/problem+json"] != nil, "\(route.id) \(status)")
            }
            if case .token = route.access {
                #expect(operation?["responses"]?["401"] != nil && operation?["responses"]?["403"] != nil)
                #expect(operation?["security"] == nil)
            } else {
                #expect(operation?["security"] == [])
            }
        }
        try await service.end()
    }

    @Test func `refer only to schemas that are there`() async throws {
        let service = try await Service()
        let document = try await service.client.send(.get, "/api/v1/openapi.json").json
        let known = Set(document["components"]?["schemas"]?.object?.names ?? [])
        var references: Set<String> = []
        collect(document, &references)
        #expect(references.count > 20)
        #expect(references.subtracting(known.map { "#/components/schemas/\($0)" }).isEmpty)
        #expect(known.allSatisfy { document["components"]?["schemas"]?[$0]?.isNull == false })
        try await service.end()
    }

    private func collect(_ value: JSONValue, _ references: inout Set<String>) {
        switch value {
        case .object(let object):
            for member in object.members {
                if member.name == "$ref", let target = member.value.string { references.insert(target) }
                collect(member.value, &references)
            }
        case .array(let items): for item in items { collect(item, &references) }
        default: break
        }
    }

    @Test func `give examples that their own schemas let through`() async throws {
        let service = try await Service()
        for route in service.table.routes {
            var schemas = route.parameters.map(\.schema)
            switch route.body {
            case .json(let schema), .optional(let schema): schemas.append(schema)
            case .none, .bytes: break
            }
            for answer in route.answers {
                if case .json(let schema) = answer.content { schemas.append(schema) }
            }
            for schema in schemas {
                let issues = schema.issues(in: schema.sample)
                #expect(issues.isEmpty, "\(route.id): \(issues.map { "\($0.place) \($0.detail)" })")
            }
        }
        try await service.end()
    }

    @Test func `show a reference page that loads nothing and runs nothing`() async throws {
        let demo = Demo()
        let reply = try await demo.client.send(.get, "/api/v1/")
        #expect(reply.status == 200 && reply.headers[.contentType]?.hasPrefix("text/html") == true)
        let policy = try #require(reply.headers[.contentSecurityPolicy])
        #expect(policy.hasPrefix("default-src 'none'") && !policy.contains("unsafe") && !policy.contains("script-src"))
        let nonce = try #require(policy.firstMatch(of: /nonce-([0-9a-z]+)/)?.output.1)
        #expect(reply.text.contains("<style nonce=\"\(nonce)\">"))
        #expect(reply.text.contains("Demo &lt;&amp;&gt;") && !reply.text.contains("Demo <&>"))
        for forbidden in ["<script", "http://", "https://", "style=\"", "onclick", "src="] {
            #expect(!reply.text.contains(forbidden), "\(forbidden)")
        }
        for route in demo.table.routes { #expect(reply.text.contains("id=\"\(route.id)\"")) }
        let again = try await demo.client.send(.get, "/api/v1")
        #expect(again.headers[.contentSecurityPolicy] != policy)
    }

    @Test(arguments: ProblemKind.allCases) func `explain every kind of problem`(_ kind: ProblemKind) async throws {
        let reply = try await Demo().client.send(.get, kind.uri)
        #expect(reply.status == 200)
        #expect(reply.text.contains(kind.title.htmlEscaped) && reply.text.contains(kind.advice.htmlEscaped))
        #expect(kind.status.code >= 400 && !kind.explanation.isEmpty)
    }
}

@Suite struct `The metrics` {
    @Test func `count requests by template and never by address`() async throws {
        let demo = Demo()
        let client = demo.client
        for name in ["a", "b", "secret"] {
            _ = try await client.send(.get, "/api/v1/things/\(name)", headers: .token("admin"))
        }
        _ = try await client.send(.get, "/api/v1/open?token=hush")
        let text = try await client.send(.get, "/metrics").text
        #expect(text.contains("http_requests_total{method=\"GET\",route=\"/api/v1/things/{thing}\",status=\"404\"} 2"))
        #expect(text.contains("http_request_duration_seconds_bucket{route=\"/api/v1/things/{thing}\",le=\"+Inf\"} 3"))
        #expect(!text.contains("secret") && !text.contains("hush") && !text.contains("admin"))
    }

    @Test func `stay bounded whatever labels come`() {
        let registry = MetricsRegistry()
        for label in 0..<(MetricsRegistry.mostSeries + 50) {
            registry.makeCounter(label: "many.things", dimensions: [("of", "\(label)\"\n")]).increment(by: 1)
        }
        let lines = registry.exposition.split(separator: "\n")
        #expect(lines.count == MetricsRegistry.mostSeries + 2)
        #expect(lines.contains("many_things{overflow=\"true\"} 50"))
    }

    @Test func `have the text form that Prometheus reads`() {
        let registry = MetricsRegistry()
        registry.makeTimer(label: "work", dimensions: []).recordNanoseconds(3_000_000)
        registry.makeMeter(label: "queue", dimensions: [("kind", "a\\b")]).set(Int64(7))
        let text = registry.exposition
        #expect(text.contains("# TYPE work_seconds histogram\nwork_seconds_bucket{le=\"0.001\"} 0\n"))
        #expect(text.contains("work_seconds_bucket{le=\"0.005\"} 1\n") && text.contains("work_seconds_sum 0.003\n"))
        #expect(text.contains("# TYPE queue gauge\nqueue{kind=\"a\\\\b\"} 7\n"))
    }
}
