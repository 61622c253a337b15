import Delivery
package import Exchange

/// How notices wait for their channel's hour.
enum Gathering {
    /// So many unsent messages make a backlog: what comes after them is gathered and said in one.
    static let longestLine = 12
    /// A backlog is said when no more than this is left of the line.
    static let shortLine = 1
    /// Notices taken out of the store in one transaction.
    static let portion = 500
}

extension ExchangeTransaction {
    /// Says something to a channel: at once in its platform's form, or later together with other things, as its hours
    /// and its backlog want it.
    func say(
        _ content: NoticeContent, to channel: Channel, topic: Channel.Topic, subject: String, _ ambient: Ambient
    ) throws {
        guard let moment = try gatheringMoment(of: channel, ambient.clock) else {
            try post(content, to: channel, topic: topic, subject: subject, ambient)
            return
        }
        try gather(
            GatheredNotice(
                id: ambient.identifier(at: now), channel: channel.id, topic: topic, subject: subject, content: content,
                notBefore: moment, createdAt: now))
    }

    /// Until when a notice to the channel waits; nothing if it need not.
    private func gatheringMoment(of channel: Channel, _ clock: LocalClock) throws -> Instant? {
        var moment = channel.rules.notBefore(now, clock)
        if case .muted(let until) = channel.state, until > now {
            moment = max(moment ?? until, channel.rules.quietHours?.end(from: until, clock) ?? until)
        }
        if let moment { return moment }
        // What came earlier is said earlier.
        if try gatheredCount(of: channel.id).count > 0 { return now }
        guard channel.rules.backlog == .merged else { return nil }
        let line = try openDeliveryCount(of: channel.id, upTo: Gathering.longestLine)
        return line >= Gathering.longestLine ? now : nil
    }

    /// What the rules judge of something that is to be said about postings.
    func occasion(
        _ topic: Channel.Topic, about postings: [Posting], kind: Match.Class? = nil, score: Double? = nil
    ) throws -> Channel.Occasion {
        Channel.Occasion(topic, about: postings, kind: kind, score: score, regions: try regions(of: postings))
    }

    /// Refuses rules that name postings or organizations which the actor does not see.
    func check(_ rules: Channel.Rules, seenBy actor: Actor) throws {
        for (field, subjects) in [("rules.follow", rules.follow), ("rules.mute", rules.mute)] {
            for subject in subjects {
                switch subject {
                case .field: continue
                case .organization(let id): if try organization(id) != nil { continue }
                case .posting(let id):
                    if let found = try posting(id), try disclosed(found, to: actor) != nil { continue }
                }
                throw Refusal.invalid(field, .unknown, "There is no \"\(subject.text.prefix(60))\" that you can see.")
            }
        }
    }
}

extension Office {
    /// Moves what has waited long enough into the outbox, merged where the channel wants it; says how many messages it
    /// became.
    package func releaseGathered() async throws -> Int {
        let ready = try await store.read { tx in try tx.channelsToRelease(at: tx.now, limit: 100) }
        guard !ready.isEmpty else { return 0 }
        let composer = NoticeComposer(settings: settings, taxonomy: taxonomy)
        let ambient = ambient
        var count = 0
        for id in ready {
            count += try await store.write { tx in
                guard let channel = try tx.channel(id), channel.isOpen(at: tx.now) else { return 0 }
                let merges = channel.rules.merges
                if merges {
                    let line = try tx.openDeliveryCount(of: id, upTo: Gathering.shortLine + 1)
                    guard line <= Gathering.shortLine else { return 0 }
                }
                let taken = try tx.takeGathered(of: id, at: tx.now, limit: Gathering.portion)
                guard let first = taken.first else { return 0 }
                let contents = merges ? composer.merged(taken, for: channel, at: tx.now) : taken.map(\.content)
                for (index, content) in contents.enumerated() {
                    let source = merges ? first : taken[index]
                    try tx.post(content, to: channel, topic: source.topic, subject: source.subject, ambient)
                }
                return contents.count
            }
        }
        if count > 0 { nudge(.outbox) }
        return count
    }

    /// What waits for the channel's hour.
    package func gathered(for id: Identifier<Channel>, by actor: Actor) async throws -> GatheredCount {
        try actor.require(.read)
        return try await store.read { tx in
            _ = try tx.requireChannel(id, by: actor)
            return try tx.gatheredCount(of: id)
        }
    }
}

/// Releases gathered notices when their time comes, for ever. Several may run over one store: each notice is taken by
/// one of them.
package struct Gatherer<Store: ExchangeStore>: Sendable {
    /// The longest sleep between two looks, in milliseconds: rules change, lines grow shorter, other processes gather.
    package static var tickMilliseconds: Int64 { 1_000 }

    let office: Office<Store>

    /// Takes the office whose store it serves.
    package init(office: Office<Store>) {
        self.office = office
    }

    /// Works until the task is cancelled; hands every fault on and goes on.
    package func run(report: @Sendable (any Error) -> Void) async {
        let pause = Signal()
        while !Task.isCancelled {
            var wait = Self.tickMilliseconds
            do {
                _ = try await office.releaseGathered()
                let now = office.ambient.now()
                if let next = try await office.store.read({ tx in try tx.nextRelease(after: now) }) {
                    wait = min(max(next.milliseconds - now.milliseconds, 5), wait)
                }
            } catch {
                if !Task.isCancelled { report(error) }
            }
            await pause.wait(milliseconds: wait)
        }
    }
}
