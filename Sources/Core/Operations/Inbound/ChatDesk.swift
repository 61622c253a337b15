import Delivery
import Exchange

/// What a message was answered, and a word for the log.
struct ChatAnswer: Sendable {
    let reply: ChatReply
    let outcome: String

    init(_ outcome: String, _ reply: ChatReply) {
        self.reply = reply
        self.outcome = outcome
    }

    init(_ outcome: String, _ text: String) { self.init(outcome, ChatReply(text)) }
}

/// Does what chat users ask, as the participants they are, and puts the result into words. Every rule is the office's.
struct ChatDesk<Store: ExchangeStore>: Sendable {
    /// Matches shown at once.
    static var mostMatches: Int { 5 }

    let office: Office<Store>
    let reading: PostingReading

    /// Who asks, from where.
    struct Caller: Sendable {
        let message: InboundMessage
        let content: InboundContent
        let workspace: Workspace
        let person: Participant?
        let actor: Actor?
        let language: Language
    }

    /// Does what the message asks; throws only what passes by itself, so that it is tried again.
    func answer(
        _ message: InboundMessage, _ content: InboundContent, at workspace: Workspace
    ) async throws -> ChatAnswer {
        let known = try await office.actor(behind: message.account)
        let language = known?.person.profile.language ?? workspace.language
        let caller = Caller(
            message: message, content: content, workspace: workspace, person: known?.person, actor: known?.actor,
            language: language)
        // The answer was lost in a crash, but what was asked is done.
        if message.hasEffect { return ChatAnswer("done_before", AnswerOutcomeTexts(language).alreadyDone) }
        do {
            switch content.ask {
            case .words(let text): return try await obey(ChatCommand(text), caller)
            case .press(let press): return try await take(press, caller)
            }
        } catch let refusal as Refusal {
            if case .busy = refusal { throw refusal }
            return ChatAnswer("refused", AnswerOutcomeTexts(language).refusal(refusal))
        }
    }

    // MARK: Commands

    private func obey(_ command: ChatCommand, _ caller: Caller) async throws -> ChatAnswer {
        let texts = ChatTexts(caller.language)
        if case .link(let code) = command { return try await link(code, caller) }
        if case .help = command {
            return ChatAnswer("help", ChatReply(texts.help + (caller.actor == nil ? [texts.unlinked] : [])))
        }
        guard let actor = caller.actor, let person = caller.person else {
            return ChatAnswer("unlinked", texts.unlinked)
        }
        let desk = office.acting(for: caller.message.id)
        switch command {
        case .help, .link: return ChatAnswer("help", ChatReply(texts.help))
        case .unlink:
            try await desk.unlinkChat(caller.message.account, by: actor)
            return ChatAnswer("unlinked_now", texts.unlinkedNow)
        case .post(let kind, let typed): return try await post(kind, typed, caller, actor)
        case .matches: return try await matches(caller, actor, person)
        case .pause(let days):
            let until = office.ambient.now().advanced(byDays: days)
            _ = try await desk.pause(person.id, until: until, by: actor)
            let day = CalendarDay(of: until, offsetMinutes: office.settings.utcOffsetMinutes)
            return ChatAnswer("paused", texts.paused(day.iso))
        case .resume:
            _ = try await desk.resume(person.id, by: actor)
            return ChatAnswer("resumed", texts.resumed)
        case .interested(let reference, let words):
            let match = try await office.match(reference: reference, by: actor)
            return try await say(.interested(message: words), to: match, caller, actor)
        case .refused(let reference, let words):
            let match = try await office.match(reference: reference, by: actor)
            guard let words else { return whyNot(match, caller) }
            return try await say(Self.refusal(words), to: match, caller, actor)
        case .asked(let reference, let words):
            let match = try await office.match(reference: reference, by: actor)
            try await desk.askCoordinator(about: match, words, by: actor)
            return ChatAnswer("asked", AnswerOutcomeTexts(caller.language).asked)
        case .unknown(let word): return ChatAnswer("unknown", texts.unknown(word))
        }
    }

    private func link(_ code: String, _ caller: Caller) async throws -> ChatAnswer {
        let texts = ChatTexts(caller.language)
        // A code in a post that everybody reads might be used by whoever reads it first.
        guard caller.message.form == .command else { return ChatAnswer("help", texts.unlinked) }
        let desk = office.acting(for: caller.message.id)
        switch try await desk.link(
            caller.message.account, label: String(caller.content.label.prefix(100)), at: caller.workspace.id, code: code
        )
        {
        case .linked(let id):
            let person = try await office.store.read { tx in try tx.require(id) }
            let own = ChatTexts(person.profile.language)
            return ChatAnswer("linked", ChatReply([own.linked(person.profile.name)] + own.help))
        case .wrong: return ChatAnswer("wrong_code", texts.wrongCode)
        case .tooMany(let seconds): return ChatAnswer("too_many_codes", texts.tooManyCodes(seconds))
        }
    }

    private func post(
        _ kind: Posting.Kind, _ typed: ChatPosting, _ caller: Caller, _ actor: Actor
    ) async throws -> ChatAnswer {
        let texts = ChatTexts(caller.language)
        guard !typed.title.isEmpty else {
            return ChatAnswer("help", ChatReply([texts.missing(["title"])] + texts.help))
        }
        let made: ChatPosted
        do {
            made = try await office.acting(for: caller.message.id).post(kind, typed, in: caller.language, by: actor)
        } catch Refusal.invalid(let problems) {
            return ChatAnswer("refused", texts.missing(Self.names(problems)))
        }
        let number = String(made.posting.id.text.suffix(8))
        let title = made.posting.content.title
        guard made.posting.state == .draft else {
            let note = typed.visibility == .anonymous ? [texts.anonymousNote] : []
            return ChatAnswer("posted", ChatReply([texts.posted(title, number)] + note))
        }
        var lines = [texts.drafted(title, number)]
        if !made.giveAways.isEmpty { lines.append(texts.givesAway(made.giveAways.map(\.excerpt))) }
        if !made.problems.isEmpty { lines.append(texts.missing(Self.names(made.problems))) }
        return ChatAnswer("drafted", ChatReply(lines))
    }

    private static func names(_ problems: [FieldProblem]) -> [String] {
        problems.map(\.field).reduce(into: []) { names, name in if !names.contains(name) { names.append(name) } }
    }

    private func matches(_ caller: Caller, _ actor: Actor, _ person: Participant) async throws -> ChatAnswer {
        let texts = ChatTexts(caller.language)
        var filter = MatchListFilter()
        filter.organization = person.organization
        filter.states = [.proposed, .taken]
        let found = try await office.matches(
            filter, PageRequest(limit: Self.mostMatches), in: caller.language, reading: reading, by: actor
        ).items
        guard !found.isEmpty else { return ChatAnswer("matches", texts.noMatches) }
        let ways = try await office.store.read { tx in try office.answerWays(tx) }
        let now = office.ambient.now()
        let items = found.map { shown in
            ChatReply.Item(
                "\(shown.need.posting.content.title) ⇄ \(shown.seed.posting.content.title)",
                lines: shown.words.prefix(1) + [texts.number(String(shown.match.id.text.suffix(8)))],
                controls: controls(on: shown.match.id, caller, ways, now))
        }
        return ChatAnswer("matches", ChatReply([texts.matches(items.count)], items: items))
    }

    private func controls(
        on match: Identifier<Match>, _ caller: Caller, _ ways: AnswerWays, _ now: Instant
    ) -> [(label: String, control: AnswerControl)] {
        let texts = AnswerTexts(caller.language)
        let labels: [(AnswerVerb, String)] = [
            (.interested, texts.interested), (.refused, texts.refused), (.asked, texts.asked),
        ]
        return labels.compactMap { verb, label in
            ways.control(verb, match, at: caller.workspace, person: caller.person?.id, caller.language, now)
                .map { (label, $0) }
        }
    }

    // MARK: Buttons

    private func take(_ press: AnswerPress, _ caller: Caller) async throws -> ChatAnswer {
        guard let actor = caller.actor, let person = caller.person else {
            return ChatAnswer("unlinked", ChatTexts(caller.language).unlinked)
        }
        let texts = AnswerOutcomeTexts(caller.language)
        let match = try Identifier<Match>(press.match)
        guard try await mayPress(caller, person) else { return ChatAnswer("anothers", texts.anothersButton) }
        switch press.verb {
        case .interested: return try await say(.interested(message: nil), to: match, caller, actor)
        case .asked:
            try await office.acting(for: caller.message.id).askCoordinator(about: match, nil, by: actor)
            return ChatAnswer("asked", texts.asked)
        case .refused:
            guard let reason = press.reason.flatMap({ Introduction.RefusalReason(rawValue: $0) }), reason != .other
            else {
                return whyNot(match, caller)
            }
            return try await say(.refused(reason, note: nil), to: match, caller, actor)
        }
    }

    /// Whether a button of Mattermost, which comes with our token instead of a signature, is this person's to press:
    /// a token in an answer names the person, and one in a message its channel, which must be on this very server and
    /// nobody else's own. Whoever runs another server cannot press in the name of our members.
    private func mayPress(_ caller: Caller, _ person: Participant) async throws -> Bool {
        guard caller.workspace.platform == .mattermost else { return true }
        let token = try? office.answerKey.token(in: caller.content.token ?? "", for: .button, now: 0)
        guard let token else { return false }
        if let owner = token.participant { return owner == person.id.text }
        guard let channel = token.channel else { return false }
        return try await office.store.read { tx in
            guard let found = try tx.channel(Identifier(stored: channel)) else { return false }
            let home = try office.answerWays(tx).workspace(of: found)
            return home?.realm == caller.workspace.realm && (found.owner == nil || found.owner == person.id)
        }
    }

    private func say(
        _ answer: SideAnswer, to match: Identifier<Match>, _ caller: Caller, _ actor: Actor
    ) async throws -> ChatAnswer {
        let introduction = try await office.acting(for: caller.message.id).answer(match, answer, by: actor)
        return ChatAnswer(
            introduction.state.word, AnswerOutcomeTexts(caller.language).answered(introduction))
    }

    private func whyNot(_ match: Identifier<Match>, _ caller: Caller) -> ChatAnswer {
        let texts = AnswerOutcomeTexts(caller.language)
        let ways = AnswerWays(
            key: office.answerKey, sealer: office.sealer, publicAddress: office.settings.publicAddress, workspaces: [])
        let control = ways.control(
            .refused, match, at: caller.workspace, person: caller.person?.id, caller.language, office.ambient.now())
        let controls = control.map { [(label: AnswerTexts(caller.language).refused, control: $0)] } ?? []
        return ChatAnswer("asked_why", ChatReply([], items: [ChatReply.Item(texts.whyNot, controls: controls)]))
    }

    /// A reason as somebody typed it: the word or the label of one, or else their own words.
    private static func refusal(_ words: String) -> SideAnswer {
        let folded = words.foldedIdentity
        let reason = Introduction.RefusalReason.allCases.first { reason in
            reason != .other
                && (reason.rawValue.foldedIdentity == folded
                    || Language.allCases.contains { AnswerTexts($0).reason(reason).foldedIdentity == folded })
        }
        return reason.map { .refused($0, note: nil) } ?? .refused(.other, note: words)
    }
}
