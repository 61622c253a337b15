/// Who did something, as the log keeps it.
package enum ActorReference: Hashable, Sendable {
    /// A person.
    case participant(Identifier<Participant>)
    /// The software itself or whoever sits at the machine: `cli`, `matcher`, `sender`, `import`.
    case system(String)

    /// One word for the log and the store: an identifier, or `system:cli`.
    package var text: String {
        switch self {
        case .participant(let id): id.text
        case .system(let name): "system:" + name
        }
    }

    /// Reads what `text` wrote.
    package init(stored text: String) {
        if text.hasPrefix("system:") {
            self = .system(String(text.dropFirst(7)))
        } else {
            self = .participant(Identifier(stored: text))
        }
    }
}

/// Who acts now, and what they may do.
package struct Actor: Hashable, Sendable {
    package let reference: ActorReference
    package let organization: Identifier<Organization>?
    package let role: Participant.Role
    /// What the access token allows; the role's rights hold only inside these.
    package let scopes: Set<AccessToken.Scope>

    /// Takes every value.
    package init(
        reference: ActorReference, organization: Identifier<Organization>?, role: Participant.Role,
        scopes: Set<AccessToken.Scope>
    ) {
        self.reference = reference
        self.organization = organization
        self.role = role
        self.scopes = scopes
    }

    /// The software itself, or the administrator at the machine's command line.
    package static func system(_ name: String) -> Actor {
        Actor(
            reference: .system(name), organization: nil, role: .administrator, scopes: Set(AccessToken.Scope.allCases))
    }

    /// The participant who acts, if it is a person.
    package var participant: Identifier<Participant>? {
        if case .participant(let id) = reference { return id }
        return nil
    }

    /// Whether the actor looks after the exchange: sees owners of anonymous postings and works for others.
    package var coordinates: Bool { may(.coordinate) }

    /// Whether role and scopes both allow it.
    package func may(_ permission: Permission) -> Bool {
        role.permissions.contains(permission) && scopes.contains(where: { $0.permissions.contains(permission) })
    }

    /// Throws `forbidden` with the reason unless role and scopes both allow it.
    package func require(_ permission: Permission) throws(Refusal) {
        guard role.permissions.contains(permission) else {
            throw .forbidden("The role \(role.rawValue) may not \(permission.words).")
        }
        guard may(permission) else {
            throw .forbidden("This access token's scopes do not allow you to \(permission.words).")
        }
    }
}

/// What can be allowed.
package enum Permission: String, Sendable, CaseIterable {
    /// See fields, listed participants, published postings as shown to members, own matches and introductions.
    case read
    /// Write postings, answer matches, veto, edit oneself.
    case take = "take_part"
    /// Register and invite, review postings, see owners, mediate, run rounds, manage channels, import and export.
    case coordinate
    /// Change roles, issue tokens for others, see the whole log.
    case administer

    /// As it stands after "may not".
    package var words: String {
        switch self {
        case .read: "read this"
        case .take: "post or answer"
        case .coordinate: "do a coordinator's work"
        case .administer: "administer the exchange"
        }
    }
}

extension Participant.Role {
    /// The role matrix.
    package var permissions: Set<Permission> {
        switch self {
        case .administrator: [.read, .take, .coordinate, .administer]
        case .coordinator: [.read, .take, .coordinate]
        case .member: [.read, .take]
        case .observer: [.read]
        }
    }
}
