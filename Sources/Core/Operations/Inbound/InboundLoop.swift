package import Delivery
package import Exchange

/// What the loop tells whoever counts and logs.
package enum InboundEvent: Sendable {
    /// What a message asked is done; the outcome is a word.
    case acted(Workspace.Platform, InboundMessage.Form, outcome: String)
    /// An answer was sent, or given up; the verdict is its word.
    case answered(Workspace.Platform, verdict: String)
    /// The store or a secret failed; the words say how.
    case fault(String)
}

/// Does what acknowledged messages ask, and sends the answers; for ever, until told to stop.
///
/// A message's effect and the note that it is done are one transaction (`EffectStore`), so a crash at any moment leaves
/// either nothing done or everything; then the answer is sent from the row, again and again within the half hour for
/// which platforms take it. Several loops may run over one store: a claim is a lease in the row.
package actor InboundLoop<Store: ExchangeStore, Sender: WireSender> {
    /// Limits of one loop.
    package struct Limits: Sendable {
        /// Messages worked on at once.
        package var atOnce = 16
        /// How long a claim holds, in milliseconds.
        package var leaseMilliseconds: Int64 = 60_000
        /// The longest sleep between two looks, in milliseconds.
        package var tickMilliseconds: Int64 = 1_000
        /// After so many faults a message is given up.
        package var mostTries = 12
        /// How long answers are tried, in milliseconds: Slack's addresses hold for 30 minutes.
        package var answerMilliseconds: Int64 = 25 * 60_000

        /// The shipped limits.
        package init() {}
    }

    let desk: ChatDesk<Store>
    let sender: Sender
    let limits: Limits
    let holder: String
    let signal: Signal
    let waiters: InboundWaiters
    private let report: @Sendable (InboundEvent) -> Void
    private var office: Office<Store> { desk.office }

    /// Takes its collaborators. `signal` is fired by whoever writes messages; requests that wait for an answer wait at
    /// `waiters`.
    package init(
        office: Office<Store>, reading: PostingReading, sender: Sender, signal: Signal, waiters: InboundWaiters,
        holder: String, limits: Limits = Limits(), report: @escaping @Sendable (InboundEvent) -> Void = { _ in }
    ) {
        desk = ChatDesk(office: office, reading: reading)
        self.sender = sender
        self.signal = signal
        self.waiters = waiters
        self.holder = holder
        self.limits = limits
        self.report = report
    }

    /// Works until the task is cancelled; what has begun is finished.
    package func run() async {
        while !Task.isCancelled {
            var wait = limits.tickMilliseconds
            do {
                if try await work() > 0 {
                    wait = 0
                } else if let next = try await office.store.read({ tx in try tx.nextInbound() }) {
                    wait = min(max(next.milliseconds - office.ambient.now().milliseconds, 5), limits.tickMilliseconds)
                }
            } catch {
                report(.fault("\(error)"))
            }
            if wait > 0 { await signal.wait(milliseconds: wait) }
        }
    }

    /// Does everything that is due now, and returns: for tests.
    package func drain() async throws {
        while try await work() > 0 {}
    }

    /// One round: claims, works, settles; how many were claimed. What one person sends is done in order.
    private func work() async throws -> Int {
        let (holder, limits) = (holder, limits)
        let now = office.ambient.now()
        let isDue = try await office.store.read { tx in try tx.nextInbound().map { $0 <= now } ?? false }
        guard isDue else { return 0 }
        let claimed = try await office.store.write { tx in
            try tx.claimInbound(
                by: holder, at: tx.now, until: tx.now.advanced(byMilliseconds: limits.leaseMilliseconds),
                limit: limits.atOnce)
        }
        await withDiscardingTaskGroup { group in
            for messages in Dictionary(grouping: claimed, by: \.account).values {
                group.addTask {
                    for message in messages { await self.serve(message) }
                }
            }
        }
        return claimed.count
    }

    private func serve(_ claimed: InboundMessage) async {
        var message = claimed
        do {
            let id = message.workspace
            let workspace = try await office.store.read { tx in try tx.workspace(id) }
            guard let workspace, let content = try content(of: message) else {
                return try await end(&message, .failed, "The message cannot be read.")
            }
            if message.state == .waiting { try await act(&message, content, workspace) }
            if message.state == .answering { try await answer(&message, content, workspace) }
        } catch {
            report(.fault("\(error)"))
            await postpone(message, "\(error)")
        }
    }

    private func content(of message: InboundMessage) throws -> InboundContent? {
        InboundContent(stored: try office.sealer.open(message.sealedContent, for: message.id.text + ".content"))
    }

    /// Does what is asked, and writes down what is to be answered.
    private func act(_ message: inout InboundMessage, _ content: InboundContent, _ workspace: Workspace) async throws {
        let done = try await desk.answer(message, content, at: workspace)
        report(.acted(workspace.platform, message.form, outcome: done.outcome))
        let body = Self.body(done.reply, message.form, workspace)
        message.outcome = done.outcome
        message.tries = 0
        guard content.answerURL != nil else {
            try await end(&message, .done, done.outcome)
            waiters.fulfil(message.id, with: body)
            return
        }
        message.state = .answering
        message.sealedAnswer = try office.sealer.seal(body, for: message.id.text + ".answer")
        try await save(message)
    }

    /// The reply in the platform's form. In answer to a post, which everybody reads, nothing of it is told.
    private static func body(
        _ reply: ChatReply, _ form: InboundMessage.Form, _ workspace: Workspace
    ) -> String {
        let document: JSONValue =
            switch (workspace.platform, form) {
            case (.slack, _): reply.slack
            case (.mattermost, .command): reply.mattermost
            case (.mattermost, .press): ["ephemeral_text": .string(reply.spoken)]
            case (.mattermost, .post): ["text": .string(AnswerOutcomeTexts(workspace.language).takenInPublic)]
            }
        return String(decoding: document.bytes, as: UTF8.self)
    }

    /// Sends the answer to the address that came with the request, if it is one of the platform's.
    private func answer(
        _ message: inout InboundMessage, _ content: InboundContent, _ workspace: Workspace
    ) async throws {
        guard let url = content.answerURL.flatMap({ address($0, workspace) }) else {
            report(.answered(workspace.platform, verdict: "refused"))
            return try await end(&message, .done, "The address for the answer is not one of the platform's.")
        }
        let body = try office.sealer.open(message.sealedAnswer, for: message.id.text + ".answer")
        let request = WireRequest(
            id: message.id.text, to: url, headers: [try WireHeader("Content-Type", "application/json; charset=utf-8")],
            body: Array(body.utf8))
        let outcome = await sender.send(request)
        let now = office.ambient.now().milliseconds
        let verdict = DeliveryJudge.verdict(on: outcome, from: workspace.platform.delivery, now: now)
        report(.answered(workspace.platform, verdict: verdict.word))
        switch verdict {
        case .delivered: try await end(&message, .done, message.outcome)
        case .retry(let after, _, let reason):
            let wait = max(after ?? 0, 1_000 << Int64(min(message.tries, 8)))
            guard now + wait < message.createdAt.milliseconds + limits.answerMilliseconds else {
                return try await end(&message, .done, "The answer did not arrive: \(reason.sentence)")
            }
            message.tries += 1
            message.holder = nil
            message.moment = Instant(milliseconds: now + wait)
            try await save(message)
        case .ambiguous(_, let reason), .dead(let reason), .channelStops(let reason):
            // Said twice would be worse than once too little: what was asked is done.
            try await end(&message, .done, "The answer may not have arrived: \(reason.sentence)")
        }
    }

    /// The address if it belongs to the platform: Slack's own host, or the workspace's Mattermost server. Others only
    /// where the administrator allowed the host.
    private func address(_ text: String, _ workspace: Workspace) -> WebhookURL? {
        guard let url = try? WebhookURL(text, allowing: office.allowance) else { return nil }
        switch workspace.platform {
        case .slack:
            let hosts = ["hooks.slack.com", "hooks.slack-gov.com"]
            return hosts.contains(url.host) || url.scope == .privateAllowed ? url : nil
        case .mattermost:
            let names = [url.host, "\(url.host):\(url.port)"]
            return names.contains(workspace.realm) ? url : nil
        }
    }

    private func end(
        _ message: inout InboundMessage, _ state: InboundMessage.State, _ outcome: String?
    ) async throws {
        message.state = state
        message.outcome = outcome
        message.sealedContent = ""
        message.sealedAnswer = ""
        message.holder = nil
        message.endedAt = office.ambient.now()
        try await save(message)
    }

    private func save(_ message: InboundMessage) async throws {
        let holder = holder
        _ = try await office.store.write { tx in try tx.update(message, ifHeldBy: holder) }
    }

    /// After a fault: tried again later, or given up.
    private func postpone(_ claimed: InboundMessage, _ words: String) async {
        var message = claimed
        message.tries += 1
        do {
            guard message.tries < limits.mostTries else {
                return try await end(&message, .failed, "Given up after \(message.tries) faults.")
            }
            message.holder = nil
            let wait = Int64(500) << Int64(min(message.tries, 10))
            message.moment = office.ambient.now().advanced(byMilliseconds: wait)
            try await save(message)
        } catch {
            // The lease ends by itself.
            report(.fault("\(error)"))
        }
    }
}

extension Workspace.Platform {
    /// The platform as Delivery knows it: answers are judged like any request to it.
    var delivery: DeliveryPlatform {
        switch self {
        case .slack: .slack
        case .mattermost: .mattermost
        }
    }
}

extension Office {
    /// Makes every claim due again: for a process that knows itself to be the only one, when it starts.
    package func endOrphanedInbound() async throws -> Int {
        try await store.write { tx in try tx.endInboundClaims() }
    }

    /// What a request that cannot wait longer is answered.
    package func takenBody(_ form: InboundMessage.Form, in language: Language) -> String {
        let texts = AnswerOutcomeTexts(language)
        let document: JSONValue =
            form == .press ? ["ephemeral_text": .string(texts.taken)] : ["text": .string(texts.takenInPublic)]
        return String(decoding: document.bytes, as: UTF8.self)
    }
}
