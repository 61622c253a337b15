import Exchange
import Operations
import Store

/// Finds things by the names that people know.
extension OpenExchange {
    /// A participant by identifier, mail address or external identity.
    func person(_ text: String) async throws -> Participant {
        let found = try await store.read { tx -> Participant? in
            if let id = try? Identifier<Participant>(text) { return try tx.participant(id) }
            if let email = try? EmailAddress(text) { return try tx.participant(email: email) }
            return try tx.participant(externalID: text)
        }
        guard let found else { throw Refusal.notFound(subject: "participant", id: text) }
        return found
    }

    /// An organization by identifier, corporate number, external identity or name.
    func organization(_ text: String) async throws -> Organization {
        let found = try await store.read { tx -> [Organization] in
            if let id = try? Identifier<Organization>(text) { return [try tx.organization(id)].compactMap { $0 } }
            if let number = try? CorporateNumber(text), let found = try tx.organization(corporateNumber: number) {
                return [found]
            }
            if let found = try tx.organization(externalID: text) { return [found] }
            return try tx.organizations(nameCore: Organization.nameCore(text))
        }
        guard let first = found.first else { throw Refusal.notFound(subject: "organization", id: text) }
        guard found.count == 1 else {
            throw Failure(
                .conflict, "\(found.count) organizations are called \"\(text)\".",
                "Give the identifier: " + found.map(\.id.text).joined(separator: ", ") + ".")
        }
        return first
    }

    /// A channel by identifier or name.
    func channel(_ text: String, by actor: Actor) async throws -> Channel {
        if let id = try? Identifier<Channel>(text) { return try await office.channel(id, by: actor) }
        return try await office.channel(named: text, by: actor)
    }

    /// A match by identifier or by the reference that notices show.
    func match(_ text: String, by actor: Actor) async throws -> Identifier<Match> {
        if let id = try? Identifier<Match>(text) { return id }
        return try await office.match(reference: text, by: actor)
    }

    /// Fields by code or label.
    func fields(_ texts: [String]) throws -> [FieldCode] {
        try texts.flatMap { $0.split(whereSeparator: { ",;、".contains($0) }) }.map { text in
            let plain = String(text).trimmed
            guard let code = taxonomy.find(plain) else {
                let near = Nearest.find(plain, among: taxonomy.fields.map(\.code.text))
                throw Failure(
                    .refused, "There is no field \"\(plain)\".",
                    (near.map { "Did you mean \"\($0)\"? " } ?? "")
                        + "Codes and labels: industrymix organizations fields.")
            }
            return code
        }
    }

    /// A moment in the exchange's zone.
    func moment(_ text: String) throws -> Instant {
        try MomentArgument.parse(text, now: SystemClock.now(), offsetMinutes: configuration.exchange.utcOffsetMinutes)
    }

    /// A posting's owner and organization for lists.
    func names(of organizations: Set<Identifier<Organization>>) async throws -> [Identifier<Organization>: String] {
        try await store.read { tx in try tx.organizations(organizations).mapValues(\.profile.name) }
    }
}
