/// A chat workspace whose commands and buttons the exchange takes: a Slack team with our app, or a slash command or
/// outgoing webhook of a Mattermost server. Channels are where notices go; this is where answers come from.
package struct Workspace: Hashable, Sendable, Identified {
    package static let identifierPrefixes = ["workspace"]

    /// Whose form its requests have.
    package enum Platform: String, Sendable, CaseIterable {
        case slack, mattermost
    }

    package let id: Identifier<Workspace>
    /// What people call it.
    package let name: String
    package let platform: Platform
    /// Who is meant by a user's identifier: Slack's team (`T012AB3CD`), or the host of the Mattermost server.
    package let realm: String
    /// Slack's signing secret, or the token of the slash command or outgoing webhook, encrypted.
    package let sealedSecret: String
    /// The language for people who have not linked themselves yet.
    package let language: Language
    package let addedBy: ActorReference
    package let createdAt: Instant
    /// From when on its requests are refused.
    package var revokedAt: Instant?

    /// Takes every value.
    package init(
        id: Identifier<Workspace>, name: String, platform: Platform, realm: String, sealedSecret: String,
        language: Language, addedBy: ActorReference, createdAt: Instant, revokedAt: Instant? = nil
    ) {
        self.id = id
        self.name = name
        self.platform = platform
        self.realm = realm
        self.sealedSecret = sealedSecret
        self.language = language
        self.addedBy = addedBy
        self.createdAt = createdAt
        self.revokedAt = revokedAt
    }

    /// Where the platform sends its requests, under the service's public address.
    package var path: String { "/inbound/\(platform.rawValue)/\(id)" }
}

/// Somebody's account in a chat, known to be a participant's own.
package struct ChatAccount: Hashable, Sendable {
    /// Names the account everywhere: `slack:T012AB3CD:U024BE7LH`.
    package let key: String
    package let participant: Identifier<Participant>
    /// Through which workspace it was linked.
    package let workspace: Identifier<Workspace>
    /// The name that the platform shows for it, for people to recognise.
    package let label: String
    package let linkedAt: Instant

    /// Takes every value.
    package init(
        key: String, participant: Identifier<Participant>, workspace: Identifier<Workspace>, label: String,
        linkedAt: Instant
    ) {
        self.key = key
        self.participant = participant
        self.workspace = workspace
        self.label = label
        self.linkedAt = linkedAt
    }

    /// The key of a user; nothing if a part is empty or holds what no platform writes.
    package static func key(_ platform: Workspace.Platform, realm: String, user: String) -> String? {
        for part in [realm, user] {
            guard (1...200).contains(part.utf8.count),
                part.utf8.allSatisfy({ (0x21...0x7e).contains($0) && $0 != UInt8(ascii: " ") })
            else { return nil }
        }
        return [platform.rawValue, realm, user].joined(separator: ":")
    }
}

/// A one-time code by which a participant links a chat account. Only its hash is kept.
package struct LinkCode: Hashable, Sendable {
    /// How long a code holds.
    package static let minutes = 10
    /// Letters and digits that are not mistaken for each other: 31, so that eight of them are 39 bits.
    package static let alphabet = Array("ABCDEFGHJKMNPQRSTUVWXYZ23456789".utf8)
    /// Characters without the dash in the middle.
    package static let length = 8

    /// SHA-256 of the code in its plain form, hexadecimal.
    package let hash: String
    package let participant: Identifier<Participant>
    package let createdAt: Instant
    package let expiresAt: Instant

    /// Takes every value.
    package init(hash: String, participant: Identifier<Participant>, createdAt: Instant, expiresAt: Instant) {
        self.hash = hash
        self.participant = participant
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }

    /// A code as it is shown, `ABCD-2345`, made of 64 random bits.
    package static func make(random: UInt64) -> String {
        var rest = random
        var text = ""
        for place in 0..<length {
            if place == length / 2 { text += "-" }
            text.unicodeScalars.append(Unicode.Scalar(alphabet[Int(rest % UInt64(alphabet.count))]))
            rest /= UInt64(alphabet.count)
        }
        return text
    }

    /// The plain form of what somebody typed: upper case, full-width forms narrowed, without spaces and dashes; nothing
    /// if it cannot be a code.
    package static func plain(_ typed: String) -> String? {
        let bytes = typed.narrowedASCII.uppercased().utf8.filter { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte)
        }
        guard bytes.count == length, bytes.allSatisfy(alphabet.contains) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Wrong codes that somebody entered, counted so that guessing leads nowhere.
package struct WrongGuesses: Hashable, Sendable {
    /// Wrong codes within the window, after which no more are taken.
    package static let most = 5
    /// The window in minutes, from the first wrong code on.
    package static let windowMinutes = 15

    package let count: Int
    package let since: Instant

    /// Takes both.
    package init(count: Int, since: Instant) {
        self.count = count
        self.since = since
    }

    /// The count with one more.
    package func another(at now: Instant) -> WrongGuesses {
        isOver(at: now) ? WrongGuesses(count: 1, since: now) : WrongGuesses(count: count + 1, since: since)
    }

    /// Seconds until codes are taken again; nothing when they are.
    package func wait(at now: Instant) -> Int? {
        guard count >= Self.most, !isOver(at: now) else { return nil }
        let end = since.milliseconds + Int64(Self.windowMinutes) * 60_000
        return max(1, Int((end - now.milliseconds + 999) / 1000))
    }

    private func isOver(at now: Instant) -> Bool {
        now.milliseconds >= since.milliseconds + Int64(Self.windowMinutes) * 60_000
    }
}
