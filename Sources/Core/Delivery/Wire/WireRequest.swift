/// Which addresses a request may connect to.
package enum AddressScope: String, Sendable, Equatable {
    /// Only addresses that `AddressPolicy` calls public.
    case publicOnly
    /// Any address: the administrator allowed this host by name.
    case privateAllowed
}

/// The request's verb.
package enum WireMethod: String, Sendable, Equatable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
}

/// How long a request may take, each in milliseconds.
package struct WireTimeouts: Sendable, Equatable {
    /// Name resolution, connection and TLS together.
    package let connect: Int
    /// Everything, from the start to the last byte of the answer.
    package let total: Int
    /// The longest silence on the connection (rounded up to whole seconds by libcurl).
    package let stall: Int

    /// The defaults follow Standard Webhooks' advice of 15 s for the whole request. Values are held within 1 ms to 10
    /// min.
    package init(connect: Int = 5000, total: Int = 15_000, stall: Int = 10_000) {
        self.connect = min(max(connect, 1), 600_000)
        self.total = min(max(total, 1), 600_000)
        self.stall = min(max(stall, 1), 600_000)
    }
}

/// One request as it is to go on the wire, complete: the sender adds nothing that changes its meaning.
package struct WireRequest: Sendable, Equatable {
    /// The delivery's identifier: the same for every try of one delivery; used in logs instead of the secret URL.
    package let id: String
    /// The absolute address. It may hold a secret, so it is never logged.
    package let url: String
    /// The verb.
    package let method: WireMethod
    /// Headers besides those the sender writes itself.
    package let headers: [WireHeader]
    /// The exact bytes that are sent and signed.
    package let body: [UInt8]
    /// How long it may take.
    package let timeouts: WireTimeouts
    /// Which addresses it may connect to.
    package let scope: AddressScope
    /// How many bytes of the answer's body are kept.
    package let answerBytes: Int
    /// Whom it is from and to, when it is a mail.
    package let mail: MailEnvelope?

    /// Any text as address. The sender refuses what it cannot send; prefer the initialiser that takes a `WebhookURL`.
    package init(
        id: String, url: String, method: WireMethod = .post, headers: [WireHeader] = [], body: [UInt8] = [],
        timeouts: WireTimeouts = WireTimeouts(), scope: AddressScope = .publicOnly,
        answerBytes: Int = WireAnswer.bodyBytes, mail: MailEnvelope? = nil
    ) {
        self.id = id
        self.url = url
        self.method = method
        self.headers = headers
        self.body = body
        self.timeouts = timeouts
        self.scope = scope
        self.answerBytes = answerBytes
        self.mail = mail
    }

    /// A request to a validated address; its scope is what the administrator's allowance gave that host.
    package init(
        id: String, to url: WebhookURL, method: WireMethod = .post, headers: [WireHeader] = [], body: [UInt8] = [],
        timeouts: WireTimeouts = WireTimeouts()
    ) {
        self.init(
            id: id, url: url.text, method: method, headers: headers, body: body, timeouts: timeouts, scope: url.scope)
    }
}

/// Sends one request and says what became of it. Never throws: every end is an outcome.
package protocol WireSender: Sendable {
    /// Sends at most once on the wire; a resend is the caller's decision, recorded as another attempt.
    func send(_ request: WireRequest) async -> WireOutcome
}
