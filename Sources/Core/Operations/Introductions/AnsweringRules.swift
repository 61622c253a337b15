package import Exchange

/// An introduction as one reader may see it.
package struct DisclosedIntroduction: Hashable, Sendable {
    package let introduction: Introduction
    /// Whether the reader may know who stands on the need's side.
    package let knowsNeedSide: Bool
    /// Whether the reader may know who stands on the seed's side.
    package let knowsSeedSide: Bool
    /// The reader's own side; nothing for coordinators of neither organization.
    package let ownSide: Introduction.Side?
}

extension Introduction {
    /// What the actor may see: coordinators all; a side itself, and the other side once introduced. A side that was
    /// never asked, because the other only refused, does not hear of it.
    func disclosed(to actor: Actor) -> DisclosedIntroduction? {
        let own = side(of: actor.organization)
        if actor.coordinates {
            return DisclosedIntroduction(introduction: self, knowsNeedSide: true, knowsSeedSide: true, ownSide: own)
        }
        guard let own else { return nil }
        if party(own).answer == nil, case .refused = state { return nil }
        return DisclosedIntroduction(
            introduction: self, knowsNeedSide: own == .need || isDisclosed, knowsSeedSide: own == .seed || isDisclosed,
            ownSide: own)
    }
}

extension Introduction.Answer {
    /// Whether it is the same answer; one without words adds nothing to one with words.
    func says(_ answer: SideAnswer) -> Bool {
        switch (self, answer) {
        case (.interested(let said, _, _), .interested(let message)): message == nil || message == said
        case (.refused(let reason, let said, _, _), .refused(let again, let note)):
            reason == again && (note == nil || note == said)
        default: false
        }
    }
}

extension ExchangeTransaction {
    /// The match if the actor may see it: coordinators all, others those of their organization's postings.
    func requireVisible(_ id: Identifier<Match>, by actor: Actor) throws -> Match {
        let found = try require(id)
        if actor.coordinates { return found }
        let sides = try [found.need, found.seed].map { try require($0) }
        guard found.state != .held, sides.contains(where: { $0.organization == actor.organization }) else {
            throw Refusal.notFound(subject: "match", id: id.text)
        }
        return found
    }

    /// Whether a veto keeps the two organizations apart.
    func isApart(_ one: Identifier<Organization>, _ other: Identifier<Organization>) throws -> Bool {
        try vetoed(by: one).contains(other)
    }

    /// Takes a side's answer about a pair, opening the introduction if there is none.
    func answer(
        _ pair: PostingPair, match: Match?, _ answer: SideAnswer, for side: Introduction.Side?, by actor: Actor,
        _ ambient: Ambient
    ) throws -> Introduction {
        let need = try require(pair.need)
        let seed = try require(pair.seed)
        guard need.kind == .need, seed.kind == .seed else {
            throw Refusal.invalid("need", .notAllowed, "A pair is one need and one seed.")
        }
        let own = try ownSide(need: need, seed: seed, side, actor)
        // Refusing a pair whose other side is hidden would tell who it is: such an answer is kept, announced to
        // nobody and never introduced.
        let other = try disclosed(own == .need ? seed : need, to: actor)
        if let other, other.degree != .anonymous, try isApart(need.organization, seed.organization) {
            throw Refusal.conflict(.pair("These two organizations are not to be brought together."))
        }
        let given: Introduction.Answer =
            switch answer {
            case .interested(let message): .interested(message: message, by: actor.reference, at: now)
            case .refused(let reason, let note): .refused(reason, note: note, by: actor.reference, at: now)
            }
        if case .interested = given { try expectLive(need, seed) }
        let change: Change<Introduction>
        if let open = try introduction(pair) {
            // A button pressed twice, a link opened again: what is said already is not said a second time.
            if let said = open.party(own).answer, said.says(answer) { return open }
            change = try open.answered(own, given, by: actor.reference, at: now)
            try update(change.value, expecting: open.version)
        } else {
            change = try Introduction.open(
                match: match?.id, needSide: party(need), seedSide: party(seed), side: own, answer: given,
                id: ambient.identifier(at: now), by: actor.reference, at: now)
            try insert(change.value)
        }
        try append(change.happenings.map { $0.teaching(from: match) })
        if case .refused(let reason, _, _, _) = given {
            try remember(
                Encounter(
                    .refusal, need: need, seed: seed, subject: change.value.id.text, at: now, reason: reason, side: own)
            )
        }
        try settle(match, after: change.value)
        return change.value
    }

    private func party(_ posting: Posting) -> Introduction.Party {
        Introduction.Party(posting: posting.id, owner: posting.owner, organization: posting.organization)
    }

    private func ownSide(
        need: Posting, seed: Posting, _ side: Introduction.Side?, _ actor: Actor
    ) throws -> Introduction.Side {
        if actor.coordinates, let side { return side }
        let owned: Introduction.Side? =
            need.organization == actor.organization ? .need : seed.organization == actor.organization ? .seed : nil
        guard let owned else {
            if actor.coordinates {
                throw Refusal.invalid("side", .required, "Say for which side you answer: need or seed.")
            }
            throw Refusal.forbidden("Answer for one of your own postings.")
        }
        if let side, side != owned { throw Refusal.forbidden("Your organization stands on the other side.") }
        return owned
    }

    private func expectLive(_ need: Posting, _ seed: Posting) throws {
        for posting in [need, seed] where !posting.isLive(at: now) {
            throw Refusal.conflict(.state(subject: "posting", state: posting.state.word, verb: "answered"))
        }
    }

    /// A yes takes the match, a no puts it aside.
    private func settle(_ match: Match?, after introduction: Introduction) throws {
        guard let match else { return }
        switch introduction.state {
        case .refused where match.state != .dismissed:
            guard match.state == .proposed || match.state == .held else { return }
            let change = try match.dismiss(because: "refused", by: .system("answers"), at: now)
            try update(change.value, expecting: match.version)
            try append(change.happenings)
        case .interested, .mutual:
            if match.state != .taken { try update(match.taken(at: now), expecting: match.version) }
        default: break
        }
    }
}
