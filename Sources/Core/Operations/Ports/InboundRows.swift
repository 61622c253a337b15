package import Exchange

/// A request of a chat platform that was believed and acknowledged: what it asks is done from this row.
package struct InboundMessage: Hashable, Sendable, Identified {
    package static let identifierPrefixes = ["inbound"]

    /// What came.
    package enum Form: String, Sendable, CaseIterable {
        /// A slash command.
        case command
        /// A button or a choice.
        case press
        /// A post with a trigger word.
        case post
    }

    /// Where it stands.
    package enum State: String, Sendable, CaseIterable {
        /// What it asks is not done yet.
        case waiting
        /// It is done, the answer is not sent yet.
        case answering
        case done
        /// Given up after faults; `outcome` says why.
        case failed
    }

    package let id: Identifier<InboundMessage>
    package let workspace: Identifier<Workspace>
    package let form: Form
    /// The same for the same request however often it comes; unique.
    package let requestKey: String
    /// `ChatAccount.key` of who sent it.
    package let account: String
    /// The request's content, encrypted: it holds the address for the answer, and what people wrote. Empty at the end.
    package var sealedContent: String
    /// The answer, encrypted; empty before and after.
    package var sealedAnswer: String
    package var state: State
    /// Whether a transaction has taken effect for it: then nothing is done a second time.
    package var hasEffect: Bool
    package var tries: Int
    /// When it is looked at next, or when the claim of `holder` ends.
    package var moment: Instant
    package var holder: String?
    /// What became of it, in a word or a sentence; never what people wrote.
    package var outcome: String?
    package let createdAt: Instant
    package var endedAt: Instant?

    /// A new one, to be worked on at once.
    package init(
        id: Identifier<InboundMessage>, workspace: Identifier<Workspace>, form: Form, requestKey: String,
        account: String, sealedContent: String, createdAt: Instant
    ) {
        self.init(
            id: id, workspace: workspace, form: form, requestKey: requestKey, account: account,
            sealedContent: sealedContent, sealedAnswer: "", state: .waiting, hasEffect: false, tries: 0,
            moment: createdAt, holder: nil, outcome: nil, createdAt: createdAt, endedAt: nil)
    }

    /// Takes every value.
    package init(
        id: Identifier<InboundMessage>, workspace: Identifier<Workspace>, form: Form, requestKey: String,
        account: String, sealedContent: String, sealedAnswer: String, state: State, hasEffect: Bool, tries: Int,
        moment: Instant, holder: String?, outcome: String?, createdAt: Instant, endedAt: Instant?
    ) {
        self.id = id
        self.workspace = workspace
        self.form = form
        self.requestKey = requestKey
        self.account = account
        self.sealedContent = sealedContent
        self.sealedAnswer = sealedAnswer
        self.state = state
        self.hasEffect = hasEffect
        self.tries = tries
        self.moment = moment
        self.holder = holder
        self.outcome = outcome
        self.createdAt = createdAt
        self.endedAt = endedAt
    }
}

/// Requests of chat platforms in the store.
package protocol InboundRows {
    /// Writes it; says whether it is new: a request with the same key is never taken twice.
    func insert(_ message: InboundMessage) throws -> Bool
    func inbound(_ id: Identifier<InboundMessage>) throws -> InboundMessage?
    /// Claims what is waiting or answering and due, in the order it came, until the instant.
    func claimInbound(by holder: String, at now: Instant, until: Instant, limit: Int) throws -> [InboundMessage]
    /// Writes the row if it is still held by `holder`; says whether it was.
    func update(_ message: InboundMessage, ifHeldBy holder: String) throws -> Bool
    /// Notes that this transaction takes effect for the message; throws if one has before.
    func markEffect(of message: Identifier<InboundMessage>) throws
    /// Makes every claim due again: for a process that knows itself to be the only one. How many there were.
    func endInboundClaims() throws -> Int
    /// The earliest moment at which an open message wants to be looked at, if any.
    func nextInbound() throws -> Instant?
    /// How many there are by state word, and since when the oldest open one waits.
    func inboundCounts() throws -> (states: [String: Int], oldestOpen: Instant?)
    /// Removes what ended before the instant; how many.
    func pruneInbound(endedBefore: Instant, limit: Int) throws -> Int
}

/// Workspaces in the store.
package protocol WorkspaceRows {
    func insert(_ workspace: Workspace) throws
    /// Notes when it was revoked.
    func update(_ workspace: Workspace) throws
    func workspace(_ id: Identifier<Workspace>) throws -> Workspace?
    /// All of them, oldest first, revoked ones included.
    func workspaces() throws -> [Workspace]
}

/// Chat accounts, link codes and wrong guesses in the store.
package protocol ChatAccountRows {
    /// Links the account; replaces what it was linked to before.
    func link(_ account: ChatAccount) throws
    func unlink(_ key: String) throws
    func chatAccount(_ key: String) throws -> ChatAccount?
    /// Oldest first.
    func chatAccounts(of participant: Identifier<Participant>) throws -> [ChatAccount]
    /// Writes the code in place of any other of the participant.
    func setCode(_ code: LinkCode) throws
    /// Removes and returns the code with this hash, expired or not.
    func takeCode(hash: String) throws -> LinkCode?
    func guesses(of subject: String) throws -> WrongGuesses?
    /// Writes the count, or forgets it.
    func setGuesses(_ guesses: WrongGuesses?, of subject: String) throws
}
