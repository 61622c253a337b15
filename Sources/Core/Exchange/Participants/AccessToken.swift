/// A secret by which a program or a person's session acts for a participant. The store keeps only its hash.
package struct AccessToken: Hashable, Sendable, Identified {
    package static let identifierPrefixes = ["token"]

    /// What the token may be used for, at most; the role of its participant limits it further.
    package enum Scope: String, Sendable, CaseIterable {
        case read, take = "take_part", coordinate, administer

        /// What the scope allows.
        package var permissions: Set<Permission> {
            switch self {
            case .read: [.read]
            case .take: [.read, .take]
            case .coordinate: [.read, .take, .coordinate]
            case .administer: [.read, .take, .coordinate, .administer]
            }
        }
    }

    package let id: Identifier<AccessToken>
    package let participant: Identifier<Participant>
    package let name: String
    package let scopes: Set<Scope>
    /// SHA-256 of the secret, in lower-case hexadecimal.
    package let hash: String
    package let createdAt: Instant
    package let expiresAt: Instant?
    package var revokedAt: Instant?

    /// Takes every value.
    package init(
        id: Identifier<AccessToken>, participant: Identifier<Participant>, name: String, scopes: Set<Scope>,
        hash: String, createdAt: Instant, expiresAt: Instant?, revokedAt: Instant?
    ) {
        self.id = id
        self.participant = participant
        self.name = name
        self.scopes = scopes
        self.hash = hash
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
    }

    /// Whether the token can be used now.
    package func isValid(at now: Instant) -> Bool {
        revokedAt == nil && (expiresAt.map { now < $0 } ?? true)
    }
}
