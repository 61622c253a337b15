package import Exchange

/// What a side answers to a suggestion.
package enum SideAnswer: Hashable, Sendable {
    case interested(message: String?)
    case refused(Introduction.RefusalReason, note: String?)
}

extension Office {
    /// Answers a match for the side on which the actor stands; coordinators say for which side they speak.
    package func answer(
        _ match: Identifier<Match>, _ answer: SideAnswer, for side: Introduction.Side? = nil, by actor: Actor
    ) async throws -> Introduction {
        try actor.require(.take)
        let checked = try answer.checked()
        defer { nudge(.outbox) }
        return try await write { tx in
            let found = try tx.requireVisible(match, by: actor)
            guard found.state != .held || actor.coordinates else {
                throw Refusal.notFound(subject: "match", id: match.text)
            }
            let pair = PostingPair(need: found.need, seed: found.seed)
            return try self.answer(pair, match: found, checked, for: side, by: actor, tx)
        }
    }

    /// Answers for a pair that the engine did not suggest: a member who saw a posting and wants to know its owner.
    package func answer(
        need: Identifier<Posting>, seed: Identifier<Posting>, _ answer: SideAnswer, for side: Introduction.Side? = nil,
        by actor: Actor
    ) async throws -> Introduction {
        try actor.require(.take)
        let checked = try answer.checked()
        return try await write { tx in
            let pair = PostingPair(need: need, seed: seed)
            for id in [need, seed] where try tx.disclosed(try tx.require(id), to: actor) == nil {
                throw Refusal.notFound(subject: "posting", id: id.text)
            }
            return try self.answer(pair, match: try tx.match(pair), checked, for: side, by: actor, tx)
        }
    }

    /// Takes the answer and tells the channels that it concerns, in the same transaction.
    private func answer(
        _ pair: PostingPair, match: Match?, _ answer: SideAnswer, for side: Introduction.Side?, by actor: Actor,
        _ tx: Store.Transaction
    ) throws -> Introduction {
        let before = try tx.introduction(pair)?.state
        let answered = try tx.answer(pair, match: match, answer, for: side, by: actor, ambient)
        guard answered.state != before, answered.state == .interested || answered.state == .mutual else {
            return answered
        }
        let need = try tx.require(pair.need)
        let seed = try tx.require(pair.seed)
        let composer = NoticeComposer(settings: settings, taxonomy: taxonomy, ways: try answerWays(tx))
        let occasion = try tx.occasion(.introductions, about: [need, seed])
        guard need.isToldInChannels, seed.isToldInChannels,
            try !tx.isApart(need.organization, seed.organization)
        else { return answered }
        let now = tx.now
        try tx.notify(occasion, subject: answered.id.text, in: taxonomy, ambient) { channel in
            composer.answered(answered, need: need, seed: seed, for: channel, at: now)
        }
        return answered
    }

    /// A coordinator tells each side who the other is.
    package func introduce(
        _ id: Identifier<Introduction>, expecting version: Int? = nil, by actor: Actor
    ) async throws -> Introduction {
        try actor.require(.coordinate)
        return try await move(id, expecting: version, refusingVetoed: true, by: actor) { old, now in
            try old.introduce(by: actor.reference, at: now)
        }
    }

    /// Notes that they have talked.
    package func recordMeeting(
        _ id: Identifier<Introduction>, expecting version: Int? = nil, by actor: Actor
    ) async throws -> Introduction {
        try actor.require(.take)
        return try await move(id, expecting: version, by: actor) { old, now in
            try old.meet(by: actor.reference, at: now)
        }
    }

    /// Ends it with what came of it.
    package func conclude(
        _ id: Identifier<Introduction>, _ outcome: Introduction.Conclusion.Outcome, note: String?,
        expecting version: Int? = nil, by actor: Actor
    ) async throws -> Introduction {
        try actor.require(.take)
        var rules = TextRules()
        let words = rules.optionalText(note, "note", limit: TextLimits.note, multiline: true)
        try rules.finish()
        return try await move(id, expecting: version, by: actor) { old, now in
            try old.conclude(outcome, note: words, by: actor.reference, at: now)
        }
    }

    /// One introduction as the actor may see it.
    package func introduction(
        _ id: Identifier<Introduction>, by actor: Actor
    ) async throws -> DisclosedIntroduction {
        try actor.require(.read)
        return try await store.read { tx in
            guard let shown = try tx.require(id).disclosed(to: actor) else {
                throw Refusal.notFound(subject: "introduction", id: id.text)
            }
            return shown
        }
    }

    /// Introductions, newest first: all of them for coordinators, for others their organization's.
    package func introductions(
        _ filter: IntroductionFilter, _ page: PageRequest, by actor: Actor
    ) async throws -> Page<DisclosedIntroduction> {
        try actor.require(.read)
        var asked = filter
        if !actor.coordinates {
            guard let own = actor.organization else { return Page(items: [], next: nil) }
            asked.organization = own
        }
        let restricted = asked
        return try await store.read { tx in
            let found = try tx.introductions(restricted, page)
            return Page(items: found.items.compactMap { $0.disclosed(to: actor) }, next: found.next)
        }
    }

    private func move(
        _ id: Identifier<Introduction>, expecting version: Int?, refusingVetoed: Bool = false, by actor: Actor,
        _ verb: @escaping @Sendable (Introduction, Instant) throws -> Change<Introduction>
    ) async throws -> Introduction {
        try await write { tx in
            let old = try tx.require(id)
            guard actor.coordinates || old.side(of: actor.organization) != nil else {
                throw Refusal.notFound(subject: "introduction", id: id.text)
            }
            try tx.expect(version, current: old.version, "introduction")
            if refusingVetoed, try tx.isApart(old.needSide.organization, old.seedSide.organization) {
                throw Refusal.conflict(.pair("These two organizations are not to be brought together."))
            }
            let change = try verb(old, tx.now)
            try tx.update(change.value, expecting: old.version)
            let match = try old.match.flatMap { try tx.match($0) }
            try tx.append(change.happenings.map { $0.teaching(from: match) })
            return change.value
        }
    }
}

extension SideAnswer {
    /// With texts trimmed, or what is wrong with them.
    func checked() throws(Refusal) -> SideAnswer {
        var rules = TextRules()
        let result: SideAnswer
        switch self {
        case .interested(let message):
            result = .interested(
                message: rules.optionalText(message, "message", limit: TextLimits.message, multiline: true))
        case .refused(let reason, let note):
            let words = rules.optionalText(note, "note", limit: TextLimits.message, multiline: true)
            if reason == .other, words == nil {
                rules.add(FieldProblem("note", .required, "Say in a few words why, when the reason is \"other\"."))
            }
            result = .refused(reason, note: words)
        }
        try rules.finish()
        return result
    }
}
