import Crypto

/// What a signed link, or a button that a platform does not sign for us, allows its holder to do.
///
/// A link for one person (`participant`) acts for that person; one in a shared channel only shows what was said there
/// and asks who is answering.
package struct AnswerToken: Hashable, Sendable {
    /// What it may be used for; a token of one purpose is refused for another.
    package enum Purpose: UInt8, Sendable, CaseIterable {
        /// A link in a message or mail, under which a match is answered.
        case link = 1
        /// What a button carries back.
        case button = 2
        /// Ends mails to a person, or a channel.
        case unsubscribe = 3
    }

    package let purpose: Purpose
    /// The identifier of the match that is answered.
    package let match: String?
    /// The identifier of the channel that the message went to.
    package let channel: String?
    /// The identifier of the person it was written to.
    package let participant: String?
    /// Seconds UTC after which it is refused.
    package let expires: Int64

    /// Takes every value.
    package init(
        _ purpose: Purpose, match: String? = nil, channel: String? = nil, participant: String? = nil, expires: Int64
    ) {
        self.purpose = purpose
        self.match = match
        self.channel = channel
        self.participant = participant
        self.expires = expires
    }
}

/// Why a token was not accepted.
package enum AnswerTokenRefusal: Error, Equatable, Sendable {
    /// It was not written with this key, or was changed.
    case forged
    /// It is of another purpose.
    case otherPurpose
    case expired
}

/// Writes and reads tokens: the payload and an HMAC-SHA256 over it, in base64 for addresses (RFC 4648, 5).
///
/// The payload is a version, the purpose, five bytes of seconds, and for each identifier a byte for its kind and the
/// 16 bytes that its 26 digits stand for. The same token always has the same text, so a message that is composed again
/// carries the same links.
package struct AnswerKey: Sendable {
    private static let version: UInt8 = 1
    private static let prefixes: [(kind: UInt8, prefix: String)] = [(1, "match"), (2, "channel"), (3, "person")]
    private let key: SymmetricKey

    /// Takes 32 secret bytes that are used for nothing else.
    package init(bytes: [UInt8]) {
        key = SymmetricKey(data: bytes)
    }

    /// The token's text: 40 to 140 letters, digits, `-` and `_`.
    package func text(of token: AnswerToken) -> String {
        var bytes = [Self.version, token.purpose.rawValue]
        for shift in stride(from: 32, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: token.expires >> Int64(shift)))
        }
        for (name, place) in zip([token.match, token.channel, token.participant], Self.prefixes) {
            guard let name, let packed = Self.packed(name, place.prefix) else { continue }
            bytes.append(place.kind)
            bytes += packed
        }
        bytes += HMAC<SHA256>.authenticationCode(for: bytes, using: key)
        return Self.addressed(Base64.text(of: bytes))
    }

    /// The token in `text`, for this purpose and at this time in seconds UTC.
    package func token(
        in text: some StringProtocol, for purpose: AnswerToken.Purpose, now: Int64
    ) throws(AnswerTokenRefusal) -> AnswerToken {
        let token = try token(in: text, now: now)
        guard token.purpose == purpose else { throw .otherPurpose }
        return token
    }

    /// The token in `text`, whatever its purpose, at this time in seconds UTC.
    package func token(in text: some StringProtocol, now: Int64) throws(AnswerTokenRefusal) -> AnswerToken {
        guard text.utf8.count <= 200, let bytes = Self.unaddressed(text), bytes.count >= 7 + 32 else { throw .forged }
        let payload = bytes.dropLast(32)
        guard HMAC<SHA256>.isValidAuthenticationCode(Array(bytes.suffix(32)), authenticating: payload, using: key),
            let token = Self.token(of: Array(payload))
        else { throw .forged }
        guard now < token.expires else { throw .expired }
        return token
    }

    private static func token(of payload: [UInt8]) -> AnswerToken? {
        guard payload[0] == version, let purpose = AnswerToken.Purpose(rawValue: payload[1]) else { return nil }
        let expires = payload[2..<7].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        var names: [UInt8: String] = [:]
        var rest = payload[7...]
        while let kind = rest.first {
            guard rest.count >= 17, let place = prefixes.first(where: { $0.kind == kind }) else { return nil }
            names[kind] = place.prefix + "_" + unpacked(rest.dropFirst().prefix(16))
            rest = rest.dropFirst(17)
        }
        return AnswerToken(purpose, match: names[1], channel: names[2], participant: names[3], expires: expires)
    }

    // MARK: Identifiers as bytes

    private static let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// The 128 bits of an identifier's 26 digits of 5 bits; nothing for a text that is none of that prefix.
    private static func packed(_ text: String, _ prefix: String) -> [UInt8]? {
        guard text.hasPrefix(prefix + "_") else { return nil }
        let written = text.utf8.dropFirst(prefix.utf8.count + 1)
        guard written.count == 26 else { return nil }
        var value: UInt128 = 0
        for (place, character) in written.enumerated() {
            guard let digit = digits.firstIndex(of: character), place > 0 || digit < 8 else { return nil }
            value = value << 5 | UInt128(digit)
        }
        return stride(from: 120, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> UInt128($0)) }
    }

    private static func unpacked(_ bytes: some Collection<UInt8>) -> String {
        let value = bytes.reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        let written = stride(from: 125, through: 0, by: -5).map { digits[Int(truncatingIfNeeded: value >> $0 & 31)] }
        return String(decoding: written, as: UTF8.self)
    }

    // MARK: Base64 for addresses

    private static func addressed(_ text: String) -> String {
        String(text.replacing("+", with: "-").replacing("/", with: "_").prefix { $0 != "=" })
    }

    private static func unaddressed(_ text: some StringProtocol) -> [UInt8]? {
        // One text for one token: neither the other alphabet nor padding.
        guard text.utf8.allSatisfy({ !"+/=".utf8.contains($0) }) else { return nil }
        let plain = String(text).replacing("-", with: "+").replacing("_", with: "/")
        let padded = plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
        // Nor bits of the last letter that no byte takes.
        guard let bytes = Base64.bytes(of: padded), Base64.text(of: bytes) == padded else { return nil }
        return bytes
    }
}
