/// A browser in which a person is signed in. The store keeps only the hash of its secret.
package struct BrowserSession: Hashable, Sendable, Identified {
    package static let identifierPrefixes = ["session"]

    /// Unused for so many days, a session ends.
    package static let idleDays = 14
    /// However much it is used, a session ends after so many days.
    package static let longestDays = 60
    /// The time of the last use is written down at most so often, in milliseconds: most requests then only read.
    package static let touchMilliseconds: Int64 = 300_000

    /// How the person proved who they are.
    package enum Means: String, Sendable, CaseIterable {
        case invitation, link, password
    }

    package let id: Identifier<BrowserSession>
    package let participant: Identifier<Participant>
    /// SHA-256 of the secret, in lower-case hexadecimal.
    package let hash: String
    /// What the browser calls itself, cut to 200 characters: for people to recognise their devices.
    package let device: String
    package let means: Means
    package let createdAt: Instant
    package var seenAt: Instant
    package var endedAt: Instant?

    /// Takes every value.
    package init(
        id: Identifier<BrowserSession>, participant: Identifier<Participant>, hash: String, device: String,
        means: Means, createdAt: Instant, seenAt: Instant, endedAt: Instant?
    ) {
        self.id = id
        self.participant = participant
        self.hash = hash
        self.device = device
        self.means = means
        self.createdAt = createdAt
        self.seenAt = seenAt
        self.endedAt = endedAt
    }

    /// Whether the session still signs its person in: not ended, used lately, and not too old.
    package func isValid(at now: Instant) -> Bool {
        endedAt == nil && now < seenAt.advanced(byDays: Self.idleDays)
            && now < createdAt.advanced(byDays: Self.longestDays)
    }

    /// Whether its use now is worth writing down.
    package func isDueForTouch(at now: Instant) -> Bool {
        now.milliseconds - seenAt.milliseconds >= Self.touchMilliseconds
    }
}

/// A link that signs a person in once. The store keeps only the hash of its secret.
package struct SignInLink: Hashable, Sendable {
    /// SHA-256 of the secret, in lower-case hexadecimal.
    package let hash: String
    package let participant: Identifier<Participant>
    package let expiresAt: Instant

    /// Takes every value.
    package init(hash: String, participant: Identifier<Participant>, expiresAt: Instant) {
        self.hash = hash
        self.participant = participant
        self.expiresAt = expiresAt
    }
}

/// How often signing in failed in a row from one place for one account.
///
/// The place is part of it: strangers who guess elsewhere delay only themselves, never the person.
package struct SignInFailures: Hashable, Sendable {
    /// Failures that are forgiven before the first wait.
    package static let free = 4
    /// The longest wait, in seconds.
    package static let longestWait: Int64 = 900
    /// After so many hours without a failure, nothing is held against anybody.
    package static let memoryHours: Int64 = 24

    package let count: Int
    package let lastAt: Instant

    /// Takes both values.
    package init(count: Int, lastAt: Instant) {
        self.count = count
        self.lastAt = lastAt
    }

    /// Seconds until another try is looked at: 0, then 4, 8, 16 ... up to `longestWait` after the last failure.
    package func wait(at now: Instant) -> Int64 {
        guard count > Self.free, !isForgotten(at: now) else { return 0 }
        let seconds = min(Self.longestWait, Int64(4) << Int64(min(count - Self.free - 1, 16)))
        let passed = (now.milliseconds - lastAt.milliseconds) / 1000
        return max(0, seconds - passed)
    }

    /// One failure more.
    package func adding(at now: Instant) -> SignInFailures {
        SignInFailures(count: isForgotten(at: now) ? 1 : count + 1, lastAt: now)
    }

    private func isForgotten(at now: Instant) -> Bool {
        now.milliseconds - lastAt.milliseconds > Self.memoryHours * 3_600_000
    }
}
