import Exchange
import FoundationEssentials
import HTTPTypes
package import Operations
import WebCommon

/// Remembers what was answered under an Idempotency-Key.
package protocol AnswerMemory: Sendable {
    /// Takes the key for the request, or says who has it.
    func begin(key: String, caller: String, fingerprint: String) async throws -> Recollection
    /// Keeps the answer for repetitions.
    func finish(_ answer: APIResponse, key: String, caller: String, fingerprint: String) async throws
    /// Gives the key back: the request had no effect.
    func forget(key: String, caller: String) async throws
}

/// What is known of a key.
package enum Recollection: Sendable {
    case fresh
    /// The first request with the key has not finished.
    case running
    /// The key belongs to a request with another method, address or body.
    case other
    /// The request had its effect, but its process ended before the answer was kept.
    case unanswered
    case answered(APIResponse)
}

/// Keeps remembered answers in the store, where a restart does not lose them.
package struct StoredAnswers<Store: ExchangeStore>: AnswerMemory {
    /// After that long a request that never finished is taken to have died with its process.
    package static var patience: Int64 { 120_000 }

    private let store: Store

    package init(store: Store) { self.store = store }

    package func begin(key: String, caller: String, fingerprint: String) async throws -> Recollection {
        try await store.write { tx in
            if let known = try tx.remembered(key: key, of: caller) {
                guard known.fingerprint == fingerprint else { return .other }
                let hasEffect = known.status == RememberedAnswer.withoutAnswer
                if let status = known.status, !hasEffect { return .answered(Self.restored(known, status)) }
                if tx.now.milliseconds - known.createdAt.milliseconds < Self.patience { return .running }
                if hasEffect { return .unanswered }
            }
            let claim = RememberedAnswer(
                fingerprint: fingerprint, status: nil, headers: "", body: "", createdAt: tx.now)
            try tx.remember(claim, key: key, of: caller)
            return .fresh
        }
    }

    package func finish(_ answer: APIResponse, key: String, caller: String, fingerprint: String) async throws {
        let body: String
        switch answer.content {
        case .nothing: body = ""
        case .json(let value): body = value.text
        // Routes that take a key answer in JSON; anything else is done again.
        case .bytes: return try await forget(key: key, caller: caller)
        }
        let headers = answer.headers.map { "\($0.name.rawName): \($0.value)" }.joined(separator: "\n")
        try await store.write { tx in
            let kept = RememberedAnswer(
                fingerprint: fingerprint, status: answer.status.code, headers: headers, body: body, createdAt: tx.now)
            try tx.remember(kept, key: key, of: caller)
        }
    }

    package func forget(key: String, caller: String) async throws {
        try await store.write { tx in try tx.forget(key: key, of: caller) }
    }

    private static func restored(_ known: RememberedAnswer, _ status: Int) -> APIResponse {
        var headers: HTTPFields = [:]
        for line in known.headers.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2, let name = HTTPField.Name(String(parts[0])) {
                headers[name] = String(parts[1].drop { $0 == " " })
            }
        }
        let content = (try? JSONParser.parse(known.body)).map(APIResponse.Content.json) ?? .nothing
        return APIResponse(.init(code: status), content, headers: headers)
    }
}

/// Runs a handler at most once for each key.
struct Repeated {
    let memory: any AnswerMemory
    let route: Route
    let key: String

    func run(_ request: APIRequest) async throws -> APIResponse {
        let caller = request.caller?.tokenID ?? "anyone"
        let content = Array("\(route.method.rawValue) \(request.target)\n".utf8) + request.body.bytes + request.bytes
        let fingerprint = String(Fingerprint.of(content), radix: 16)
        switch try await memory.begin(key: key, caller: caller, fingerprint: fingerprint) {
        case .running: throw Problem(.requestInProgress, retryAfter: 1)
        case .other: throw Problem(.idempotencyKeyReused)
        case .unanswered: throw Problem(.answerLost)
        case .answered(var answer):
            answer.headers[.idempotencyReplayed] = "true"
            return answer
        case .fresh: break
        }
        let answer: APIResponse
        do {
            let mark = RepeatableRequest(key: key, caller: caller, fingerprint: fingerprint)
            answer = try await RepeatableRequest.$current.withValue(mark) { try await route.handler(request) }
        } catch {
            // What was refused had no effect, so the caller may mend it and use the key again.
            try await memory.forget(key: key, caller: caller)
            throw error
        }
        try await memory.finish(answer, key: key, caller: caller, fingerprint: fingerprint)
        return answer
    }
}
