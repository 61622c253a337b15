import Delivery
package import Exchange

/// What stands behind a signed link.
package struct AnswerLink: Sendable {
    /// What it is for.
    package enum Content: Sendable {
        /// A match to answer; `said` is what the person answered before.
        case match(AnnouncedMatch, said: Introduction.Answer?)
        /// The end of mails to this address.
        case unsubscribing(from: String)
    }

    package let content: Content
    /// The reader's language, or the channel's.
    package let language: Language
    /// The name of the person to whom the link belongs; nothing for links in shared channels, whose readers have to say
    /// who they are.
    package let person: String?
}

/// What a reader does on the page behind a link.
package enum AnswerLinkDeed: Sendable, Equatable {
    case interested(message: String?)
    case refused(Introduction.RefusalReason, note: String?)
    case asked(words: String?)
    case unsubscribe
}

/// What came of it.
package enum AnswerLinkOutcome: Sendable, Equatable {
    /// Done, now or before; the sentence says so to the reader.
    case done(String)
    /// The code was wrong; the sentence says what to do.
    case wrongCode(String)
}

/// Why a link leads nowhere.
package enum AnswerLinkRefusal: Error, Equatable, Sendable {
    /// Not written by this service, or changed on its way.
    case forged
    case expired
    /// What it is about is no longer there.
    case gone
}

extension Office {
    /// What the link is about. Looking changes nothing: mail scanners open links.
    package func answerLink(_ text: String, reading: PostingReading) async throws -> AnswerLink {
        let token = try linkToken(text)
        let fallback = settings.defaultLanguage
        let (channel, person) = try await store.read { tx in
            (
                try token.channel.flatMap { try tx.channel(Identifier(stored: $0)) },
                try token.participant.flatMap { try tx.participant(Identifier(stored: $0)) }
            )
        }
        if token.participant != nil, person?.acting == nil { throw AnswerLinkRefusal.gone }
        let language = person?.profile.language ?? channel?.language ?? fallback
        guard token.purpose == .link else {
            guard let channel, channel.platform == .mail else { throw AnswerLinkRefusal.gone }
            return AnswerLink(content: .unsubscribing(from: channel.shownAddress), language: language, person: nil)
        }
        guard let match = token.match else { throw AnswerLinkRefusal.forged }
        let announced: AnnouncedMatch
        do {
            announced = try await announcedMatch(Identifier(stored: match), in: language, reading: reading)
        } catch is Refusal {
            throw AnswerLinkRefusal.gone
        }
        var said: Introduction.Answer?
        if let acting = person?.acting { said = try await self.said(announced.id, by: acting.actor) }
        return AnswerLink(content: .match(announced, said: said), language: language, person: person?.profile.name)
    }

    /// Does what the reader of the page chose. Done twice it changes nothing more.
    ///
    /// - Parameters:
    ///   - code: In shared channels, the one-time code by which the reader says who they are.
    ///   - caller: Against whom wrong codes are counted.
    package func act(
        onLink text: String, _ deed: AnswerLinkDeed, code: String?, caller: String
    ) async throws -> AnswerLinkOutcome {
        let token = try linkToken(text)
        guard (token.purpose == .unsubscribe) == (deed == .unsubscribe) else { throw AnswerLinkRefusal.forged }
        if token.purpose == .unsubscribe { return try await unsubscribe(token) }
        guard let name = token.match else { throw AnswerLinkRefusal.forged }
        let match = Identifier<Match>(stored: name)
        let found: (person: Participant, actor: Actor)?
        var language = settings.defaultLanguage
        if let own = token.participant {
            found = try await store.read { tx in try tx.participant(Identifier(stored: own))?.acting }
        } else {
            if let id = token.channel,
                let channel = try await store.read({ tx in
                    try tx.channel(Identifier(stored: id))
                })
            {
                language = channel.language
            }
            switch try await store.write({ tx in try tx.redeem(code ?? "", guessing: "link:" + caller) }) {
            case .linked(let id): found = try await store.read { tx in try tx.participant(id)?.acting }
            case .wrong: return .wrongCode(ChatTexts(language).wrongCode)
            case .tooMany(let seconds): return .wrongCode(ChatTexts(language).tooManyCodes(seconds))
            }
        }
        guard let found else { throw AnswerLinkRefusal.gone }
        let texts = AnswerOutcomeTexts(found.person.profile.language)
        do {
            switch deed {
            case .interested(let message):
                return .done(
                    texts.answered(try await answer(match, .interested(message: message), by: found.actor)))
            case .refused(let reason, let note):
                return .done(
                    texts.answered(try await answer(match, .refused(reason, note: note), by: found.actor)))
            case .asked(let words):
                try await askCoordinator(about: match, words, by: found.actor)
                return .done(texts.asked)
            case .unsubscribe: throw AnswerLinkRefusal.forged
            }
        } catch let refusal as Refusal {
            if case .busy = refusal { throw refusal }
            return .done(texts.refusal(refusal))
        }
    }

    /// The link by which the reader ends what is mailed to a channel: for the header List-Unsubscribe, with a one-click
    /// POST (RFC 8058). It holds a year from the day of the letter, so a letter that is sent again is the same.
    func unsubscribeLink(channel: Identifier<Channel>, at moment: Instant) -> NoticeLink? {
        let day = moment.milliseconds / 86_400_000 + 366
        let token = AnswerToken(.unsubscribe, channel: channel.text, expires: day * 86_400)
        return try? NoticeLink("\(settings.publicAddress)/a/\(answerKey.text(of: token))")
    }

    private func linkToken(_ text: String) throws(AnswerLinkRefusal) -> AnswerToken {
        do throws(AnswerTokenRefusal) {
            let token = try answerKey.token(in: text, now: ambient.now().milliseconds / 1000)
            if token.purpose == .button { throw .otherPurpose }
            return token
        } catch {
            throw error == .expired ? .expired : .forged
        }
    }

    private func unsubscribe(_ token: AnswerToken) async throws -> AnswerLinkOutcome {
        guard let name = token.channel else { throw AnswerLinkRefusal.forged }
        let id = Identifier<Channel>(stored: name)
        guard let channel = try await store.read({ tx in try tx.channel(id) }), channel.platform == .mail else {
            throw AnswerLinkRefusal.gone
        }
        try await unsubscribe(id)
        return .done(AnswerTexts(channel.language).mailsEnded)
    }

    /// What the actor's side has answered to the match so far.
    private func said(_ match: Identifier<Match>, by actor: Actor) async throws -> Introduction.Answer? {
        try await store.read { tx in
            guard let found = try tx.match(match),
                let open = try tx.introduction(PostingPair(need: found.need, seed: found.seed)),
                let side = open.side(of: actor.organization)
            else { return nil }
            return open.party(side).answer
        }
    }
}
