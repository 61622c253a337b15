import Delivery
package import Exchange

/// A channel whose signing key was just exchanged.
package struct RotatedKey: Sendable {
    package let channel: Channel
    /// The new key, shown this once.
    package let signingKey: String
}

extension Office {
    /// The longest time for which two keys sign.
    package static var longestOverlapDays: Int { 30 }

    /// Gives a generic webhook a new signing key. The old one signs as well for so many days, so that the receiver can
    /// change over when it likes; none at all ends it at once.
    package func rotateSigningKey(
        of id: Identifier<Channel>, to given: String? = nil, overlapDays: Int, expecting version: Int? = nil,
        by actor: Actor
    ) async throws -> RotatedKey {
        guard (0...Self.longestOverlapDays).contains(overlapDays) else {
            throw Refusal.invalid(
                "overlap_days", .outOfRange, "The old key can sign for 0 to \(Self.longestOverlapDays) days more.")
        }
        let key = try checkedKey(given)
        let channel = try await change(id, expecting: version, .channelRevised, by: actor) { channel, tx in
            guard channel.platform.delivery.signs, let old = channel.sealedSigningKey else {
                throw Refusal.invalid(
                    "channel", .notAllowed, "\(channel.platform.rawValue) does not check signatures: there is no key.")
            }
            if overlapDays > 0 {
                let plain = try sealer.open(old, for: id.text + ".key")
                channel.retiringKey = Channel.RetiringKey(
                    sealed: try sealer.seal(plain, for: id.text + ".oldkey"),
                    until: tx.now.advanced(byDays: overlapDays))
            } else {
                channel.retiringKey = nil
            }
            channel.sealedSigningKey = try sealer.seal(key.text, for: id.text + ".key")
        }
        return RotatedKey(channel: channel, signingKey: key.text)
    }

    /// The keys that sign at the moment, newest first.
    func signingKeys(of channel: Channel, at now: Instant) throws -> [WebhookSecret] {
        guard let sealed = channel.sealedSigningKey else { return [] }
        var keys = [try WebhookSecret(try sealer.open(sealed, for: channel.id.text + ".key"))]
        if let old = channel.retiringKey, now < old.until {
            keys.append(try WebhookSecret(try sealer.open(old.sealed, for: channel.id.text + ".oldkey")))
        }
        return keys
    }

    /// The secret that the platform needs besides its address, if it needs one.
    func credential(of channel: Channel) throws -> String? {
        try channel.sealedCredential.map { try sealer.open($0, for: channel.id.text + ".credential") }
    }

    func checkedAddress(_ text: String, on platform: Channel.Platform) throws(Refusal) -> ChannelAddress {
        if platform == .mail {
            guard mail != nil else {
                throw .invalid(
                    "platform", .notAllowed, "No mail server is set up; an administrator sets mail.host and mail.from.")
            }
            let address = try EmailAddress(text, field: "address").text
            return ChannelAddress(text: address, redacted: address, hints: [])
        }
        let url: WebhookURL
        do throws(WebhookURLRefusal) {
            url = try WebhookURL(text.trimmed, allowing: allowance)
        } catch {
            throw .invalid("address", .malformed, error.sentence)
        }
        if let flaw = platform.delivery.form.flaw(in: url) { throw .invalid("address", .malformed, flaw) }
        return ChannelAddress(text: url.text, redacted: url.redacted, hints: platform.delivery.hints(for: url))
    }

    func checkedCredential(_ text: String?, of platform: DeliveryPlatform) throws(Refusal) -> String? {
        let credential = text.map(\.trimmed).flatMap { $0.isEmpty ? nil : $0 }
        do throws(CredentialRefusal) {
            try platform.check(credential: credential)
        } catch {
            switch error {
            case .missing: throw .invalid("credential", .required, error.sentence)
            case .notWanted: throw .invalid("credential", .notAllowed, error.sentence)
            case .malformed: throw .invalid("credential", .malformed, error.sentence)
            }
        }
        return credential
    }

    func signingKey(of draft: ChannelDraft) throws(Refusal) -> WebhookSecret? {
        guard draft.platform.delivery.signs else {
            if draft.signingKey != nil {
                throw .invalid("signing_key", .notAllowed, "\(draft.platform.rawValue) does not check signatures.")
            }
            return nil
        }
        return try checkedKey(draft.signingKey)
    }

    private func checkedKey(_ given: String?) throws(Refusal) -> WebhookSecret {
        do throws(WebhookSecretRefusal) {
            guard let given else { return try WebhookSecret(bytes: ambient.bytes(WebhookSecret.freshBytes)) }
            return try WebhookSecret(given)
        } catch {
            throw .invalid("signing_key", .malformed, error.sentence)
        }
    }
}

/// Where a channel leads, checked.
struct ChannelAddress: Sendable {
    let text: String
    let redacted: String
    let hints: [WebhookURLHint]
}
