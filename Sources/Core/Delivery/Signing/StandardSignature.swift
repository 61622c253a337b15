import Crypto
import FoundationEssentials

/// Why a signature was not accepted.
package enum SignatureRefusal: Error, Equatable, Sendable {
    /// A header is missing or cannot be read.
    case malformed(String)
    /// The timestamp differs from now by more than the tolerance.
    case stale
    /// No signature belongs to any of the keys.
    case mismatch
}

/// Why a message could not be signed.
package enum SigningRefusal: Error, Equatable, Sendable {
    /// The identifier is empty, longer than 256 bytes, or holds something else than letters, digits, `_` and `-`.
    case badIdentifier
    /// At least one key is needed.
    case noKey
}

/// Signatures by the Standard Webhooks specification: HMAC-SHA256 over `id.timestamp.body`, one `v1,` entry per key.
///
/// During a rotation the new and the old key sign, so that receivers can change over when they like. The identifier
/// stays
/// the same over retries; the timestamp is that of the attempt.
package enum StandardSignature {
    /// How far a timestamp may be from now when verifying, in seconds; the specification's libraries use five minutes.
    package static let tolerance: Int64 = 300

    /// The three headers for a request, `secrets` newest first.
    package static func headers(
        id: String, seconds: Int64, body: [UInt8], secrets: [WebhookSecret]
    ) throws(SigningRefusal) -> [WireHeader] {
        guard !secrets.isEmpty else { throw .noKey }
        guard isIdentifier(id) else { throw .badIdentifier }
        let signatures = secrets.map { signature(id: id, seconds: seconds, body: body, secret: $0) }
        do {
            return [
                try WireHeader("webhook-id", id),
                try WireHeader("webhook-timestamp", String(seconds)),
                try WireHeader("webhook-signature", signatures.joined(separator: " ")),
            ]
        } catch {
            throw .badIdentifier
        }
    }

    /// One entry, such as `v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=`.
    package static func signature(id: String, seconds: Int64, body: [UInt8], secret: WebhookSecret) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: signed(id: id, seconds: seconds, body: body), using: SymmetricKey(data: secret.key))
        return "v1," + Base64.text(of: Array(code))
    }

    /// Checks a received message in constant time per signature; unknown versions are passed over.
    package static func verify(
        id: String, timestamp: String, signatures: String, body: [UInt8], secrets: [WebhookSecret], nowSeconds: Int64
    ) throws(SignatureRefusal) {
        guard isIdentifier(id) else { throw .malformed("webhook-id") }
        guard let seconds = Int64(timestamp), String(seconds) == timestamp else {
            throw .malformed("webhook-timestamp")
        }
        let (distance, overflow) = nowSeconds.subtractingReportingOverflow(seconds)
        guard !overflow, distance.magnitude <= tolerance else { throw .stale }
        let message = signed(id: id, seconds: seconds, body: body)
        var matched = false
        for entry in signatures.split(separator: " ").prefix(16) where entry.hasPrefix("v1,") {
            guard let code = Base64.bytes(of: entry.dropFirst(3)) else { continue }
            for secret in secrets {
                let key = SymmetricKey(data: secret.key)
                let valid = HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: message, using: key)
                matched = valid || matched
            }
        }
        guard matched else { throw .mismatch }
    }

    private static func signed(id: String, seconds: Int64, body: [UInt8]) -> [UInt8] {
        Array("\(id).\(seconds).".utf8) + body
    }

    /// A dot would let two different messages be signed as the same bytes.
    private static func isIdentifier(_ id: String) -> Bool {
        (1...256).contains(id.utf8.count)
            && id.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
                    || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            }
    }
}
