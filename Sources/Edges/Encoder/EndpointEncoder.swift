package import Delivery
import Foundation
package import Operations

/// Meaning vectors by any service that speaks the OpenAI form of `/v1/embeddings`.
///
/// The exchange is asked of a `WireSender`, so the rules for what may be reached are those for webhooks: private
/// addresses and plain http only where an administrator allowed the host.
package struct EndpointEncoder<Sender: WireSender>: MeaningEncoder {
    /// How the service is spoken to.
    package struct Settings: Sendable {
        /// The model's name, as the service knows it.
        package var model: String
        /// Stands before every text, such as "query: " for models of the E5 family.
        package var prefix = ""
        /// Sent as `Authorization: Bearer`; nothing without.
        package var key: String?
        /// Texts in one request.
        package var batch = 16
        /// The longest wait for an answer.
        package var timeoutSeconds = 60

        /// A model with the defaults.
        package init(model: String) { self.model = model }
    }

    /// The longest answer that is read: 64 vectors of 4,096 values, 22 characters each, and something around them.
    private static var longestAnswer: Int { 8 << 20 }

    package let model: String
    package let batch: Int
    private let url: WebhookURL
    private let settings: Settings
    private let headers: [WireHeader]
    private let sender: Sender

    /// Checks the address and the key.
    package init(
        _ address: String, allowing allowance: HostAllowance, settings: Settings, sender: Sender
    ) throws(MeaningFault) {
        do throws(WebhookURLRefusal) { url = try WebhookURL(address, allowing: allowance) } catch {
            throw MeaningFault(
                .missing, "meaning.endpoint: \(error.sentence)",
                "Write it like https://host/v1/embeddings; a host of your own network also goes into "
                    + "delivery.allowed_hosts.")
        }
        do throws(WireHeaderRefusal) {
            var headers = [
                try WireHeader("Content-Type", "application/json"), try WireHeader("Accept", "application/json"),
            ]
            if let key = settings.key, !key.isEmpty { headers.append(try WireHeader("Authorization", "Bearer \(key)")) }
            self.headers = headers
        } catch {
            throw MeaningFault(
                .missing, "The key for meaning.endpoint holds characters that no header may hold.",
                "Write the key alone into its file, on one line.")
        }
        model = Self.name(settings.model, prefix: settings.prefix)
        batch = min(max(settings.batch, 1), 64)
        self.settings = settings
        self.sender = sender
    }

    /// What vectors of the model are called: the prefix changes what they mean.
    package static func name(_ model: String, prefix: String) -> String {
        prefix.isEmpty ? model : "\(model)/\(prefix)"
    }

    package func embed(_ texts: [String]) async throws(MeaningFault) -> [[Float]] {
        var vectors: [[Float]] = []
        for start in stride(from: 0, to: texts.count, by: batch) {
            if Task.isCancelled { throw .stopped }
            let part = Array(texts[start..<min(start + batch, texts.count)])
            vectors += try await request(part)
        }
        guard Set(vectors.map(\.count)).count <= 1 else {
            throw MeaningFault(
                .malformed, "The embeddings service gave vectors of different sizes.",
                "Check meaning.endpoint_model: it must name one model.")
        }
        return vectors
    }

    private func request(_ texts: [String]) async throws(MeaningFault) -> [[Float]] {
        let asked = EndpointForm.Request(model: settings.model, input: texts.map { settings.prefix + $0 })
        guard let body = try? JSONEncoder().encode(asked) else { throw .malformedText }
        let milliseconds = settings.timeoutSeconds * 1_000
        let request = WireRequest(
            id: "embeddings", url: url.text, headers: headers, body: Array(body),
            timeouts: WireTimeouts(connect: min(10_000, milliseconds), total: milliseconds, stall: milliseconds),
            scope: url.scope, answerBytes: Self.longestAnswer)
        let outcome = await sender.send(request)
        if Task.isCancelled { throw .stopped }
        return try EndpointForm.vectors(outcome.result, count: texts.count)
    }
}

extension MeaningFault {
    static let malformedText = MeaningFault(
        .malformed, "A text could not be written as JSON.", "Report this: every text should be possible.")
}
