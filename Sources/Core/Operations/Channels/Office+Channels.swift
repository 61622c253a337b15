package import Delivery
package import Exchange

/// What somebody says of a new channel.
package struct ChannelDraft: Sendable {
    package var name: String
    package var platform: Channel.Platform
    /// The webhook's address: for chat platforms itself a secret.
    package var address: String
    /// `whsec_...` for a generic webhook; made if left out.
    package var signingKey: String?
    /// What some platforms need besides an address, such as a token.
    package var credential: String?
    package var language: Language
    package var rules: Channel.Rules
    /// The person whose own channel it is; nothing for a channel of the whole exchange.
    package var owner: Identifier<Participant>?

    /// Takes every value.
    package init(
        name: String, platform: Channel.Platform, address: String, signingKey: String? = nil,
        credential: String? = nil, language: Language, rules: Channel.Rules, owner: Identifier<Participant>? = nil
    ) {
        self.name = name
        self.platform = platform
        self.address = address
        self.signingKey = signingKey
        self.credential = credential
        self.language = language
        self.rules = rules
        self.owner = owner
    }
}

/// A channel that was just added.
package struct AddedChannel: Sendable {
    package let channel: Channel
    /// The signing key of a generic webhook, shown this once.
    package let signingKey: String?
    /// What looks odd about the address, in plain English.
    package let hints: [String]
}

extension Office {
    /// Adds a channel: of one's own, or as a coordinator of the whole exchange.
    package func addChannel(_ draft: ChannelDraft, by actor: Actor) async throws -> AddedChannel {
        try actor.requireChannelRights(owner: draft.owner)
        let platform = draft.platform.delivery
        let address = try checkedAddress(draft.address, on: draft.platform)
        let key = try signingKey(of: draft)
        let credential = try checkedCredential(draft.credential, of: platform)
        var rules = TextRules()
        let name = rules.text(draft.name, "name", limit: TextLimits.name, required: true)
        if name.hasPrefix("mailto:") {
            rules.add(FieldProblem("name", .notAllowed, "Names that begin with mailto: are kept for single readers."))
        }
        check(draft.rules, &rules)
        try rules.finish()
        return try await write { tx in
            if let owner = draft.owner {
                let person = try tx.require(owner)
                if draft.platform == .mail { try actor.requireMailbox(address, of: person) }
            }
            try tx.check(draft.rules, seenBy: actor)
            let id: Identifier<Channel> = ambient.identifier(at: tx.now)
            let channel = Channel(
                id: id, name: name, platform: draft.platform,
                sealedAddress: try sealer.seal(address.text, for: id.text + ".address"),
                shownAddress: address.redacted,
                sealedSigningKey: try key.map { try sealer.seal($0.text, for: id.text + ".key") },
                sealedCredential: try credential.map { try sealer.seal($0, for: id.text + ".credential") },
                language: draft.language, rules: draft.rules, state: .active, owner: draft.owner, version: 1,
                createdAt: tx.now, updatedAt: tx.now)
            try tx.insert(channel)
            try tx.append([channel.happening(.channelAdded, by: actor.reference, at: tx.now)])
            let hints = address.hints.map(\.sentence)
            return AddedChannel(channel: channel, signingKey: key?.text, hints: hints)
        }
    }

    /// Edits name, language and rules, and address and credential if new ones are given; a stopped channel stays
    /// stopped. What waits for a later hour than the new rules would let it is sent earlier.
    package func reviseChannel(
        _ id: Identifier<Channel>, address: String? = nil, credential: String? = nil, expecting version: Int? = nil,
        _ edit: @escaping @Sendable (inout Channel) throws -> Void, by actor: Actor
    ) async throws -> Channel {
        try actor.require(.take)
        return try await change(id, expecting: version, .channelRevised, by: actor) { channel, tx in
            let platform = channel.platform.delivery
            let newAddress = try address.map { try checkedAddress($0, on: channel.platform) }
            if newAddress != nil, channel.platform == .mail, !actor.coordinates {
                throw Refusal.forbidden("Ask a coordinator to change the address of a mailbox.")
            }
            let newCredential = try credential.flatMap { try checkedCredential($0, of: platform) }
            var draft = channel
            try edit(&draft)
            var rules = TextRules()
            channel.name = rules.text(draft.name, "name", limit: TextLimits.name, required: true)
            check(draft.rules, &rules)
            try rules.finish()
            channel.language = draft.language
            if channel.rules != draft.rules {
                try tx.check(draft.rules, seenBy: actor)
                channel.rules = draft.rules
                try tx.hastenGathered(of: id, to: draft.rules.notBefore(tx.now, ambient.clock) ?? tx.now)
            }
            if let newAddress {
                channel.sealedAddress = try sealer.seal(newAddress.text, for: id.text + ".address")
                channel.shownAddress = newAddress.redacted
            }
            if let newCredential {
                channel.sealedCredential = try sealer.seal(newCredential, for: id.text + ".credential")
            }
        }
    }

    /// Keeps notices back until the instant.
    package func muteChannel(_ id: Identifier<Channel>, until: Instant, by actor: Actor) async throws -> Channel {
        try await change(id, .channelRevised, by: actor) { channel, tx in
            guard until > tx.now else { throw Refusal.invalid("until", .outOfRange, "The end must be in the future.") }
            if case .stopped = channel.state {
                throw Refusal.conflict(.state(subject: "channel", state: "stopped", verb: "muted"))
            }
            channel.state = .muted(until: until)
        }
    }

    /// Opens a muted or stopped channel again; what was kept is sent now.
    package func resumeChannel(_ id: Identifier<Channel>, by actor: Actor) async throws -> Channel {
        try actor.require(.take)
        // One transaction: an active channel whose first notice is still held would be silent for ever.
        let channel = try await write { tx in
            var channel = try tx.requireChannel(id, by: actor)
            if channel.state != .active {
                let version = channel.version
                channel.state = .active
                channel.version += 1
                channel.updatedAt = tx.now
                try tx.update(channel, expecting: version)
                try tx.append([channel.happening(.channelResumed, by: actor.reference, at: tx.now)])
            }
            for var delivery in try tx.openDeliveries(of: id, limit: 10_000) {
                guard let progress = try? delivery.progress.resumed(now: tx.now.milliseconds) else { continue }
                delivery.progress = progress
                _ = try tx.update(delivery, ifHeldBy: nil)
            }
            try tx.hastenGathered(of: id, to: channel.rules.notBefore(tx.now, ambient.clock) ?? tx.now)
            if var course = try tx.courses([id])[id] {
                course.mended(now: tx.now.milliseconds)
                try tx.save(course, of: id)
            }
            return channel
        }
        nudge(.outbox)
        return channel
    }

    /// Removes a channel with its notices.
    package func removeChannel(_ id: Identifier<Channel>, by actor: Actor) async throws {
        try actor.require(.take)
        try await write { tx in
            let channel = try tx.requireChannel(id, by: actor)
            try tx.remove(id)
            try tx.append([channel.happening(.channelRemoved, by: actor.reference, at: tx.now)])
        }
    }

    /// One channel.
    package func channel(_ id: Identifier<Channel>, by actor: Actor) async throws -> Channel {
        try actor.require(.read)
        return try await store.read { tx in try tx.requireChannel(id, by: actor) }
    }

    /// The channel with this name, for commands.
    package func channel(named name: String, by actor: Actor) async throws -> Channel {
        try actor.require(.read)
        return try await store.read { tx in
            guard let found = try tx.channel(name: name) else {
                throw Refusal.notFound(subject: "channel", id: name)
            }
            return try tx.requireChannel(found.id, by: actor)
        }
    }

    /// All channels for coordinators, one's own for others; by name.
    package func channels(by actor: Actor) async throws -> [Channel] {
        try actor.require(.read)
        return try await store.read { tx in
            try tx.channels().filter { actor.coordinates || ($0.owner != nil && $0.owner == actor.participant) }
        }
    }

    /// Writes what `edit` made of the channel, if it changed anything.
    func change(
        _ id: Identifier<Channel>, expecting version: Int? = nil, _ kind: Happening.Kind, by actor: Actor,
        _ edit: @escaping @Sendable (inout Channel, Store.Transaction) throws -> Void
    ) async throws -> Channel {
        try actor.require(.take)
        return try await write { tx in
            let old = try tx.requireChannel(id, by: actor)
            try tx.expect(version, current: old.version, "channel")
            var next = old
            try edit(&next, tx)
            guard next != old else { return old }
            next.version += 1
            next.updatedAt = tx.now
            try tx.update(next, expecting: old.version)
            try tx.append([next.happening(kind, by: actor.reference, at: tx.now)])
            return next
        }
    }

    /// Finds what is wrong with rules by themselves; `ExchangeTransaction.check` looks for what they name in the store.
    func check(_ channelRules: Channel.Rules, _ rules: inout TextRules) {
        for field in channelRules.fields where taxonomy[field] == nil {
            rules.add(FieldProblem("rules.fields", .unknown, "There is no field \"\(field.text.prefix(60))\"."))
        }
        for case .field(let field) in channelRules.follow where taxonomy[field] == nil {
            rules.add(FieldProblem("rules.follow", .unknown, "There is no field \"\(field.text.prefix(60))\"."))
        }
        for case .field(let field) in channelRules.mute where taxonomy[field] == nil {
            rules.add(FieldProblem("rules.mute", .unknown, "There is no field \"\(field.text.prefix(60))\"."))
        }
        if !(0...1).contains(channelRules.minimumScore) {
            rules.add(FieldProblem("rules.minimum_score", .outOfRange, "A score is between 0 and 1."))
        }
    }
}

extension Actor {
    /// Members have notices mailed to themselves only.
    fileprivate func requireMailbox(_ address: ChannelAddress, of person: Participant) throws(Refusal) {
        guard coordinates || person.profile.email.text == address.text else {
            throw .forbidden("Your mailbox is \(person.profile.email.text). Only coordinators may name another one.")
        }
    }

    /// Coordinators manage every channel, members their own.
    func requireChannelRights(owner: Identifier<Participant>?) throws(Refusal) {
        try require(.take)
        guard coordinates || (owner != nil && owner == participant) else {
            throw .forbidden("Only coordinators may manage channels of the exchange. Name yourself as the owner.")
        }
    }
}

extension ExchangeTransaction {
    /// The channel if the actor may manage it.
    func requireChannel(_ id: Identifier<Channel>, by actor: Actor) throws -> Channel {
        let found = try require(id)
        guard actor.coordinates || (found.owner != nil && found.owner == actor.participant) else {
            throw Refusal.notFound(subject: "channel", id: id.text)
        }
        return found
    }
}

extension Channel.Platform {
    /// The platform as Delivery knows it: both use the same words.
    package var delivery: DeliveryPlatform { DeliveryPlatform(rawValue: rawValue) ?? .generic }

    /// What becomes of notices that pile up, unless the channel's rules say otherwise: programs want each event.
    package var usualBacklog: Channel.Backlog { self == .generic ? .each : .merged }
}
