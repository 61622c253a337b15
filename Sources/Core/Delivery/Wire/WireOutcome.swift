/// What became of one request.
package struct WireOutcome: Sendable, Equatable {
    /// How it ended.
    package let result: WireResult
    /// What was measured on the way.
    package let measure: WireMeasure

    /// Pairs a result with what was measured on the way.
    package init(_ result: WireResult, _ measure: WireMeasure = WireMeasure()) {
        self.result = result
        self.measure = measure
    }
}

/// The four ways a request can end. The difference that matters is whether the receiver may have acted on it.
package enum WireResult: Sendable, Equatable {
    /// A final status came, even if the body after it broke off.
    case answered(WireAnswer)
    /// No byte of the request left this machine: it may be sent again freely.
    case notSent(NotSentReason)
    /// The request left, wholly or partly, and no status came back: the receiver may have acted on it.
    case ambiguous(AmbiguousReason)
    /// The request was not allowed to leave.
    case refused(WireRefusal)
}

/// How much of the answer's body arrived.
package enum AnswerBody: String, Sendable, Equatable {
    case complete
    /// Longer than what is kept; the rest was read and dropped, or the connection was closed.
    case cut
    /// The connection broke or timed out inside the body.
    case broken
}

/// What the receiver answered.
package struct WireAnswer: Sendable, Equatable {
    /// How much of a body is kept, in bytes, unless a request asks for more.
    package static let bodyBytes = 16_384
    /// The headers worth keeping, in lower case.
    package static let keptHeaders: Set<String> = [
        "retry-after", "date", "content-type", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset",
        "x-ratelimit-reset-after", "ratelimit-limit", "ratelimit-remaining", "ratelimit-reset", "x-request-id",
        "x-slack-req-id",
    ]

    /// The bytes with which the names of kept headers begin: a look that costs nothing.
    package static let keptInitials: Set<UInt8> = Set(
        keptHeaders.compactMap(\.utf8.first).flatMap { [$0, $0 & 0xdf] })

    /// The final status, 200 to 599 (receivers also send other three-digit numbers).
    package let status: Int
    /// Kept headers by lower-case name; the last one wins when a name is repeated.
    package let headers: [String: String]
    /// The first bytes of the body.
    package let body: [UInt8]
    /// How much of the body arrived.
    package let bodyState: AnswerBody

    /// Keeps only the headers in `keptHeaders` and the first `longest` bytes.
    package init(
        status: Int, headers: [String: String] = [:], body: [UInt8] = [], bodyState: AnswerBody = .complete,
        keeping longest: Int = WireAnswer.bodyBytes
    ) {
        self.status = status
        self.headers = headers.filter { Self.keptHeaders.contains($0.key) }
        self.body = body.count > longest ? Array(body[..<longest]) : body
        self.bodyState = body.count > longest ? .cut : bodyState
    }
}

/// Why nothing was sent.
package enum NotSentReason: String, Sendable, Equatable, CaseIterable {
    case nameNotFound
    case connectionFailed
    case connectTimedOut
    case tlsFailed
    case senderStopped
    case other

    /// One plain English sentence for logs and the delivery log.
    package var sentence: String {
        switch self {
        case .nameNotFound: "The host name could not be resolved."
        case .connectionFailed: "No connection could be made to the receiver."
        case .connectTimedOut: "The receiver did not accept a connection in time."
        case .tlsFailed: "No trusted TLS connection could be made: check the receiver's certificate."
        case .senderStopped: "The service was stopping; nothing was sent."
        case .other: "The request could not be sent; nothing left this machine."
        }
    }
}

/// Why nobody knows whether the receiver acted.
package enum AmbiguousReason: String, Sendable, Equatable, CaseIterable {
    case timedOut
    case closedWithoutAnswer
    case connectionReset
    case sendBroken
    case notHTTP
    case senderStopped
    case other

    /// One plain English sentence for logs and the delivery log.
    package var sentence: String {
        switch self {
        case .timedOut: "The request was sent, but no answer came in time."
        case .closedWithoutAnswer: "The request was sent, but the receiver closed the connection without answering."
        case .connectionReset: "The request was sent, but the connection broke before an answer."
        case .sendBroken: "The connection broke while the request was being sent."
        case .notHTTP: "The receiver answered with something that is not HTTP."
        case .senderStopped: "The service stopped before the answer came."
        case .other: "The request was sent, but its answer could not be read."
        }
    }
}

/// Why a request was not allowed to leave.
package enum WireRefusal: Sendable, Equatable {
    /// The host stands for an address that is not public and that the administrator did not allow.
    case addressNotPublic(String, SpecialRange)
    /// The address text or its scheme cannot be used.
    case badURL

    /// One plain English sentence that says what to do.
    package var sentence: String {
        switch self {
        case .addressNotPublic(let address, let range):
            "The address \(address) is \(range.words); an administrator must allow this host before anything is sent."
        case .badURL:
            "The address is not a usable http or https URL; enter the channel's URL again."
        }
    }
}

/// What was measured during one request.
package struct WireMeasure: Sendable, Equatable {
    /// From hand-over to libcurl to the end, in milliseconds.
    package let totalMilliseconds: Double
    /// Until the connection stood (TLS included); 0 on a reused connection.
    package let connectMilliseconds: Double
    /// Until the first byte of the answer; 0 when none came.
    package let firstByteMilliseconds: Double
    /// Bytes of the request that were handed to the connection, headers included.
    package let requestBytes: Int
    /// Bytes of the answer's body that were read (also those not kept).
    package let answerBytes: Int
    /// Connections opened for this request: 0 means one was reused.
    package let connectionsOpened: Int

    /// All zero when nothing happened.
    package init(
        totalMilliseconds: Double = 0, connectMilliseconds: Double = 0, firstByteMilliseconds: Double = 0,
        requestBytes: Int = 0, answerBytes: Int = 0, connectionsOpened: Int = 0
    ) {
        self.totalMilliseconds = totalMilliseconds
        self.connectMilliseconds = connectMilliseconds
        self.firstByteMilliseconds = firstByteMilliseconds
        self.requestBytes = requestBytes
        self.answerBytes = answerBytes
        self.connectionsOpened = connectionsOpened
    }
}
