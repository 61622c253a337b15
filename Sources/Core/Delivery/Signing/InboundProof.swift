import Crypto

/// Why a request that claims to come from a chat platform was not believed.
package enum InboundProofRefusal: String, Error, Equatable, Sendable {
    /// A header or field that carries the proof is missing or of another form.
    case missing
    /// The time it names is more than five minutes away, either way.
    case stale
    /// It does not fit the secret.
    case wrong
}

/// Slack's v0 signature of a request: HMAC-SHA256 over `v0:time:body` with the app's signing secret, hexadecimal.
package enum SlackProof {
    /// How far the request's time may be from ours, in seconds.
    package static let window: Int64 = 300

    /// Checks the raw body against the headers `X-Slack-Request-Timestamp` and `X-Slack-Signature`; `now` in seconds
    /// UTC. The comparison takes the same time whatever differs.
    package static func check(
        body: [UInt8], timestamp: String?, signature: String?, secret: String, now: Int64
    ) throws(InboundProofRefusal) {
        guard let timestamp, let signature, (1...18).contains(timestamp.utf8.count),
            timestamp.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int64(timestamp),
            signature.hasPrefix("v0="), let given = bytes(ofHexadecimal: signature.utf8.dropFirst(3))
        else { throw .missing }
        guard abs(now - seconds) <= window else { throw .stale }
        let signed = Array("v0:\(timestamp):".utf8) + body
        let key = SymmetricKey(data: Array(secret.utf8))
        guard HMAC<SHA256>.isValidAuthenticationCode(given, authenticating: signed, using: key) else { throw .wrong }
    }

    /// The signature of a body: what Slack writes into its header.
    package static func signature(body: [UInt8], timestamp: String, secret: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: Array("v0:\(timestamp):".utf8) + body, using: SymmetricKey(data: Array(secret.utf8)))
        return "v0=" + code.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    /// Lower-case digits only, as Slack writes them.
    private static func bytes(ofHexadecimal text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count == 64 else { return nil }
        var bytes: [UInt8] = []
        var high: UInt8?
        for character in text {
            let digit: UInt8
            switch character {
            case 0x30...0x39: digit = character - 0x30
            case 0x61...0x66: digit = character - 0x57
            default: return nil
            }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return bytes
    }
}

/// Mattermost's proof: the token that was made with the slash command or the outgoing webhook, in the body and, from a
/// slash command, in the header `Authorization: Token ...` as well.
package enum MattermostProof {
    /// Checks both places; the header may be missing, because outgoing webhooks have none, but its token never differs.
    package static func check(
        field: String?, authorization: String?, secret: String
    ) throws(InboundProofRefusal) {
        guard let field, !field.isEmpty else { throw .missing }
        guard isSame(field, secret) else { throw .wrong }
        // What a proxy adds of another scheme says nothing of Mattermost.
        let parts = (authorization ?? "").split(separator: " ", maxSplits: 1)
        guard parts.first?.lowercased() == "token" else { return }
        guard parts.count == 2 else { throw .missing }
        guard isSame(String(parts[1]), secret) else { throw .wrong }
    }

    /// Compares the hashes, so that the time tells neither the length nor a beginning.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        let key = SymmetricKey(data: Array("industrymix token comparison".utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Array(other.utf8), using: key)
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Array(one.utf8), using: key)
    }
}
