package import Delivery
package import Exchange

extension Office {
    /// Whether letters can be sent at all.
    package var sendsMail: Bool { mail != nil }

    /// Queues a letter to a person in the transaction of the fact it tells of: it is sent exactly if that is
    /// committed. Fire `nudge(.outbox)` after the transaction, or write with `writeAndSend`.
    ///
    /// Returns nothing, and queues nothing, where no mail server is set up and where the reader wants no such letters.
    /// `subject` is the identifier of what it is about, for the delivery log.
    @discardableResult
    package func queueMail(
        _ letter: Letter, to person: Participant, subject: String, in tx: Store.Transaction
    ) throws -> Identifier<OutboxDelivery>? {
        try queueMail(
            letter, to: person.profile.email, of: person.id, language: person.profile.language, subject: subject,
            in: tx)
    }

    /// The same to an address that need not be a participant's.
    @discardableResult
    package func queueMail(
        _ letter: Letter, to address: EmailAddress, of owner: Identifier<Participant>? = nil, language: Language,
        subject: String, in tx: Store.Transaction
    ) throws -> Identifier<OutboxDelivery>? {
        guard mail != nil else { return nil }
        let lane = try lane(to: address, of: owner, language: language, in: tx)
        guard letter.kind.isNeeded || lane.purpose == .letters else { return nil }
        return try post(letter, to: lane, topic: .letter, subject: subject, in: tx)
    }

    /// Ends what is mailed to a channel: for the link in its letters, which is its own proof of right. A mailbox that
    /// somebody added stops; a person's letters shrink to those that cannot be done without.
    package func unsubscribe(_ id: Identifier<Channel>) async throws {
        try await write { tx in
            var channel = try tx.require(id)
            guard channel.platform == .mail else { throw Refusal.notFound(subject: "channel", id: id.text) }
            let version = channel.version
            switch channel.purpose {
            case .neededLetters: return
            case .letters: channel.purpose = .neededLetters
            case .notices:
                if case .stopped = channel.state { return }
                channel.state = .stopped(reason: Self.unsubscribed.sentence, at: tx.now)
            }
            channel.version += 1
            channel.updatedAt = tx.now
            try tx.update(channel, expecting: version)
            try tx.endLetters(to: id, Self.unsubscribed)
            try tx.append([
                channel.happening(
                    .channelStopped, by: channel.owner.map { .participant($0) } ?? .system("reader"), at: tx.now,
                    details: ["reason": Self.unsubscribed.sentence])
            ])
        }
    }

    private static var unsubscribed: JudgedReason {
        JudgedReason("mail.unsubscribed", "The reader ended these mails by the link in one of them.")
    }

    /// The channel that carries letters to an address, made when the first one is sent.
    private func lane(
        to address: EmailAddress, of owner: Identifier<Participant>?, language: Language, in tx: Store.Transaction
    ) throws -> Channel {
        let name = "mailto:" + address.text
        if let known = try tx.channel(name: name) { return known }
        let id: Identifier<Channel> = ambient.identifier(at: tx.now)
        let lane = Channel(
            id: id, name: name, platform: .mail,
            sealedAddress: try sealer.seal(address.text, for: id.text + ".address"),
            shownAddress: address.text, sealedSigningKey: nil, language: language, rules: Channel.Rules(),
            state: .active, owner: owner, purpose: .letters, version: 1, createdAt: tx.now, updatedAt: tx.now)
        try tx.insert(lane)
        return lane
    }

    /// Writes a letter for a mail channel, encrypted: its links are its reader's own.
    func post(
        _ letter: Letter, to channel: Channel, topic: Channel.Topic, subject: String, in tx: Store.Transaction
    ) throws -> Identifier<OutboxDelivery> {
        let id: Identifier<Notice> = ambient.identifier(at: tx.now)
        let text = String(decoding: letter.stored, as: UTF8.self)
        let notice = Notice(
            id: id, channel: channel.id, topic: topic, subject: subject,
            body: try sealer.seal(text, for: id.text + ".body"), markedBody: nil, custody: .sealed, createdAt: tx.now)
        let delivery: Identifier<OutboxDelivery> = ambient.identifier(at: tx.now)
        try tx.enqueue(notice, delivery: delivery)
        return delivery
    }

    /// The mail that carries a claimed letter. The same at every try, so that a repetition is known by its Message-ID.
    func mailRequest(for claimed: ClaimedDelivery, to channel: Channel) throws -> WireRequest {
        guard let mail else { throw MailFault.noServer }
        let notice = claimed.notice
        let text = notice.custody == .sealed ? try sealer.open(notice.body, for: notice.id.text + ".body") : notice.body
        guard let letter = Letter(stored: Array(text.utf8)) else { throw MailFault.unreadable }
        let to = try MailBox(try sealer.open(channel.sealedAddress, for: channel.id.text + ".address"))
        let message = MIMEMessage(
            letter, from: mail.from, to: to, id: claimed.delivery.id.text, moment: notice.createdAt.milliseconds,
            unsubscribe: mail.links?.unsubscribing(from: channel.id)
                ?? unsubscribeLink(channel: channel.id, at: notice.createdAt))
        return WireRequest(
            id: claimed.delivery.id.text, by: MailEnvelope(server: mail.server, from: mail.from, to: to),
            message: message.bytes)
    }
}

/// Why a queued letter cannot be made into a mail.
enum MailFault: Error, CustomStringConvertible {
    case noServer
    case unreadable

    var description: String {
        switch self {
        case .noServer: "no mail server is set up; an administrator sets mail.host and mail.from"
        case .unreadable: "its stored text is not a letter"
        }
    }
}

extension ExchangeTransaction {
    /// Gives up what still waits for a channel.
    fileprivate func endLetters(to channel: Identifier<Channel>, _ reason: JudgedReason) throws {
        for var delivery in try openDeliveries(of: channel, limit: 10_000) {
            guard let progress = try? delivery.progress.ended(because: reason, now: now.milliseconds) else { continue }
            delivery.progress = progress
            _ = try update(delivery, ifHeldBy: nil)
        }
    }
}
