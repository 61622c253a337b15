import Delivery
import Exchange

extension Office {
    /// Tells the owner of a channel that stopped, by another way: a letter where mail is set up, else a message in
    /// another channel of the owner's or of the exchange. The owner of a channel of the whole exchange is whoever
    /// looks after it.
    func tellOfStop(_ channel: Channel, _ reason: JudgedReason, in tx: Store.Transaction) throws {
        let kept = try tx.openDeliveries(of: channel.id, limit: 1_000).count
        var isTold = false
        for person in try tx.keepers(of: channel) {
            let letter = LetterTexts(person.profile.language, settings).channelStopped(
                channel, reason: ReasonWords(person.profile.language.notice).sentence(reason), kept: kept)
            if try queueMail(letter, to: person, subject: channel.id.text, in: tx) != nil { isTold = true }
        }
        if isTold { return }
        guard let other = try tx.channelBeside(channel) else { return }
        let letter = LetterTexts(other.language, settings).channelStopped(
            channel, reason: ReasonWords(other.language.notice).sentence(reason), kept: kept)
        let content = NoticeContent(
            kind: .topic, language: other.language.notice, title: letter.subject, sentences: letter.paragraphs,
            reference: letter.reference, source: settings.name, happenedAt: tx.now.milliseconds)
        try tx.post(content, to: other, topic: .letter, subject: channel.id.text, ambient)
    }
}

extension ExchangeTransaction {
    /// The most people who are told of one stop.
    private var mostKeepers: Int { 5 }

    /// The owner, or who looks after the exchange; never somebody who would be told through the channel itself.
    fileprivate func keepers(of channel: Channel) throws -> [Participant] {
        func canBeTold(_ person: Participant) -> Bool {
            person.status(at: now) != .left && person.status(at: now) != .invited
                && !(channel.platform == .mail && channel.shownAddress == person.profile.email.text)
        }
        if let owner = try channel.owner.flatMap({ try participant($0) }), canBeTold(owner) { return [owner] }
        var found: [Participant] = []
        for role in [Participant.Role.coordinator, .administrator] {
            var filter = ParticipantFilter()
            filter.role = role
            filter.status = "active"
            found += try participants(filter, PageRequest(limit: mostKeepers)).items
        }
        return Array(found.filter(canBeTold).prefix(mostKeepers))
    }

    /// Another channel through which the same people can be reached: the owner's own first.
    fileprivate func channelBeside(_ channel: Channel) throws -> Channel? {
        let open = try channels().filter { $0.id != channel.id && $0.isOpen(at: now) }
        return open.first { $0.owner != nil && $0.owner == channel.owner } ?? open.first { $0.owner == nil }
    }
}

extension Language {
    /// The language as Delivery knows it.
    var notice: NoticeLanguage { NoticeLanguage(rawValue: rawValue) ?? .ja }
}
