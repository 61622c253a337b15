import Delivery
import Encoder
import Foundation
import Operations
import Sender
import Testing

@Suite struct `An embeddings service` {
    private struct Asked: Decodable {
        let model: String
        let input: [String]
    }

    private static func inputs(_ body: String) -> [String] {
        (try? JSONDecoder().decode(Asked.self, from: Data(body.utf8)))?.input ?? []
    }

    /// A vector by the length of the text, numbered in reverse order, as a service may.
    private static func answer(_ body: String) -> Service.Act {
        let items = inputs(body).enumerated().map { #"{"index":\#($0),"embedding":[\#($1.utf8.count),0,3.5]}"# }
        return .answer(200, #"{"object":"list","data":[\#(items.reversed().joined(separator: ","))]}"#)
    }

    private func encoder(
        _ service: Service, seconds: Int = 20, _ change: (inout EndpointEncoder<CurlSender>.Settings) -> Void = { _ in }
    ) throws -> EndpointEncoder<CurlSender> {
        var settings = EndpointEncoder<CurlSender>.Settings(model: "m")
        settings.timeoutSeconds = seconds
        settings.batch = 4
        change(&settings)
        return try EndpointEncoder(
            service.url, allowing: HostAllowance(["127.0.0.1"]), settings: settings,
            sender: try CurlSender(CurlSenderSettings()))
    }

    private func fault(_ work: () async throws(MeaningFault) -> [[Float]]) async -> MeaningFault? {
        do throws(MeaningFault) {
            _ = try await work()
            return nil
        } catch { return error }
    }

    @Test func `gives one vector of unit length for each text, in order, in batches`() async throws {
        let service = try Service { Self.answer($0) }
        let encoder = try encoder(service) {
            $0.prefix = "query: "
            $0.key = "sk-test"
        }
        let texts = (0..<10).map { String(repeating: "字", count: $0) }
        let vectors = try await encoder.embed(texts)
        #expect(vectors.count == 10)
        for (text, vector) in zip(texts, vectors) {
            let length = Float(text.utf8.count + 7)
            #expect(abs(vector[0] / vector[2] - length / 3.5) < 1e-4)
            #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
        }
        #expect(service.requests.count == 3)
        #expect(service.requests.allSatisfy { $0.contains("Authorization: Bearer sk-test") })
        #expect(encoder.model == "m/query: ")
    }

    @Test(arguments: [
        (#"{"data":[{"index":0,"embedding":[1,NaN]}]}"#, MeaningFault.Kind.malformed),
        (#"{"data":[{"index":0,"embedding":[1,null]}]}"#, .malformed),
        (#"{"data":[{"index":0,"embedding":[0,0]}]}"#, .malformed),
        (#"{"data":[{"index":0,"embedding":[]}]}"#, .malformed),
        (#"{"data":[{"index":0,"embedding":[1e99,1]}]}"#, .malformed), (#"{"data":[]}"#, .malformed),
        (#"{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1]}]}"#, .malformed),
        (#"{"data":[{"index":7,"embedding":[1]}]}"#, .malformed), ("<html>welcome</html>", .malformed),
        ("", .malformed),
    ])
    func `that answers nonsense is a fault, not a vector`(_ body: String, _ kind: MeaningFault.Kind) async throws {
        let service = try Service { _ in .answer(200, body) }
        let encoder = try encoder(service)
        #expect(await fault { () async throws(MeaningFault) in try await encoder.embed(["a"]) }?.kind == kind)
    }

    @Test func `that gives vectors of different sizes is a fault`() async throws {
        let service = try Service { _ in
            .answer(200, #"{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1,2]}]}"#)
        }
        let encoder = try encoder(service)
        #expect(
            await fault { () async throws(MeaningFault) in try await encoder.embed(["a", "b"]) }?.kind == .malformed)
    }

    @Test(arguments: [
        (500, MeaningFault.Kind.unreachable), (503, .unreachable), (429, .unreachable), (401, .refused),
        (404, .refused), (301, .refused),
    ])
    func `that refuses says so`(_ status: Int, _ kind: MeaningFault.Kind) async throws {
        let service = try Service { _ in .answer(status, headers: ["Retry-After: 17"], "no such model") }
        let encoder = try encoder(service)
        let found = await fault { () async throws(MeaningFault) in try await encoder.embed(["a"]) }
        #expect(found?.kind == kind)
        #expect(found?.what.contains("no such model") == true)
        #expect(found?.retryAfterSeconds == (status == 429 || status == 503 ? 17 : nil))
    }

    @Test func `that hangs is left after the set time`() async throws {
        let service = try Service { _ in .silence }
        let encoder = try encoder(service, seconds: 1)
        #expect(await fault { () async throws(MeaningFault) in try await encoder.embed(["a"]) }?.kind == .unreachable)
    }

    @Test func `that breaks off or speaks no HTTP is a fault`() async throws {
        for raw in ["HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"da", "garbage\r\n\r\n"] {
            let service = try Service { _ in .raw(raw) }
            let encoder = try encoder(service)
            let found = await fault { () async throws(MeaningFault) in try await encoder.embed(["a"]) }
            #expect(found?.kind == .unreachable)
        }
    }

    @Test func `in a private network is only spoken to where the administrator allowed it`() throws {
        #expect(throws: MeaningFault.self) {
            try EndpointEncoder(
                "http://127.0.0.1:9/v1/embeddings", allowing: .none, settings: .init(model: "m"),
                sender: try CurlSender(CurlSenderSettings()))
        }
    }
}
