package import HTTPTypes

/// Every kind of problem the service answers with. The raw value is part of the stable address `/problems/{raw value}`.
package enum ProblemKind: String, CaseIterable, Sendable {
    case malformed, unauthenticated, forbidden
    case wrongSignature = "wrong-signature"
    case notFound = "not-found"
    case methodNotAllowed = "method-not-allowed"
    case notAcceptable = "not-acceptable"
    case requestTimeout = "request-timeout"
    case conflict
    case requestInProgress = "request-in-progress"
    case answerLost = "answer-lost"
    case gone
    case changedMeanwhile = "changed-meanwhile"
    case tooLarge = "too-large"
    case unsupportedMediaType = "unsupported-media-type"
    case invalidInput = "invalid-input"
    case idempotencyKeyReused = "idempotency-key-reused"
    case preconditionRequired = "precondition-required"
    case tooManyRequests = "too-many-requests"
    case internalError = "internal-error"
    case busy
    case storageFull = "storage-full"

    /// The address of the page that explains the kind.
    package var uri: String { "/problems/\(rawValue)" }

    package var status: HTTPResponse.Status {
        switch self {
        case .malformed: .badRequest
        case .unauthenticated, .wrongSignature: .unauthorized
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .notAcceptable: .notAcceptable
        case .requestTimeout: .requestTimeout
        case .conflict, .requestInProgress, .answerLost, .idempotencyKeyReused: .conflict
        case .gone: .gone
        case .changedMeanwhile: .preconditionFailed
        case .tooLarge: .contentTooLarge
        case .unsupportedMediaType: .unsupportedMediaType
        case .invalidInput: .unprocessableContent
        case .preconditionRequired: .preconditionRequired
        case .tooManyRequests: .tooManyRequests
        case .internalError: .internalServerError
        case .busy: .serviceUnavailable
        case .storageFull: .init(code: 507, reasonPhrase: "Insufficient Storage")
        }
    }

    package var title: String {
        switch self {
        case .malformed: "The request cannot be read"
        case .unauthenticated: "A valid token is needed"
        case .wrongSignature: "The request does not prove where it comes from"
        case .forbidden: "Not allowed"
        case .notFound: "Not found"
        case .methodNotAllowed: "This address does not take that method"
        case .notAcceptable: "The wanted format is not offered"
        case .requestTimeout: "The request took too long to arrive"
        case .conflict: "The present state does not allow this"
        case .requestInProgress: "The same request is still being worked on"
        case .answerLost: "The same request was done, but its answer was lost"
        case .gone: "No longer there"
        case .changedMeanwhile: "Changed by someone else meanwhile"
        case .tooLarge: "The request is too large"
        case .unsupportedMediaType: "The format of the body is not taken"
        case .invalidInput: "Something in the request is not right"
        case .idempotencyKeyReused: "The Idempotency-Key belongs to another request"
        case .preconditionRequired: "An If-Match header is needed"
        case .tooManyRequests: "Too many requests"
        case .internalError: "Internal error"
        case .busy: "Busy at the moment"
        case .storageFull: "No room left for writing"
        }
    }

    /// What happened, as one sentence; also the detail where nothing more precise is known.
    package var explanation: String {
        switch self {
        case .malformed: "The request could not be read, so nothing was done."
        case .unauthenticated: "The request carries no token, or one that is wrong, expired or revoked."
        case .wrongSignature: "The signature or token of the chat platform is missing, out of date or wrong."
        case .forbidden: "The token is valid, but its owner or its scope does not allow this."
        case .notFound: "There is nothing here, or nothing that this token may see."
        case .methodNotAllowed:
            "The address exists, but not with this method. The Allow header lists the methods it takes."
        case .notAcceptable: "The Accept header rules out every format that this address can answer in."
        case .requestTimeout: "The body did not arrive in time, so the connection is closed and nothing was done."
        case .conflict: "What was asked does not fit the present state of the thing it was asked of."
        case .requestInProgress: "A request with the same Idempotency-Key has not finished yet."
        case .answerLost:
            "The first request with this Idempotency-Key was done; the service stopped before its answer was kept."
        case .gone: "It was there, but has been removed for good."
        case .changedMeanwhile:
            "The If-Match header names an older version than the present one, so nothing was changed."
        case .tooLarge: "The body is larger than this address takes, so nothing was done."
        case .unsupportedMediaType: "The Content-Type of the body is missing or is not one that this address takes."
        case .invalidInput: "Some values are missing or not allowed. Nothing was done; errors lists every place."
        case .idempotencyKeyReused: "This Idempotency-Key was used before with another address or another body."
        case .preconditionRequired: "This change needs an If-Match header with the ETag of the version it is based on."
        case .tooManyRequests: "More requests came in a short time than are allowed for one token or one address."
        case .internalError: "Internal error."
        case .busy: "Another piece of work holds what this request needs."
        case .storageFull: "The service cannot write at the moment because its disk is full or read-only."
        }
    }

    /// What the caller can do about it, in plain words.
    package var advice: String {
        switch self {
        case .malformed: "Check that the body is JSON in UTF-8; the detail names the line and column."
        case .wrongSignature:
            "Compare the secret of the workspace with the platform's settings, and the clocks of both machines."
        case .unauthenticated: "Send \"Authorization: Bearer\" followed by a token made with: industrymix token create."
        case .forbidden: "Ask a coordinator or administrator of the exchange, or use a token with a wider scope."
        case .notFound: "Check the identifier. Things that you may not see are answered in the same way on purpose."
        case .methodNotAllowed: "Use one of the methods in the Allow header."
        case .notAcceptable: "Leave the Accept header out, or include application/json."
        case .requestTimeout: "Send the request again over a faster connection, or send less at a time."
        case .conflict: "Get the thing again, look at its state, and decide anew."
        case .requestInProgress: "Wait as long as Retry-After says and send the same request again with the same key."
        case .answerLost: "Get what the request changed and look at it. Nothing was done a second time."
        case .gone: "Use another one."
        case .changedMeanwhile: "Get the present version, apply your change to it, and send it with its ETag."
        case .tooLarge: "Send less: split an import into several files, or shorten the texts."
        case .unsupportedMediaType: "Send the Content-Type that the reference names for this address."
        case .invalidInput: "Mend every place listed in errors and send the request again."
        case .idempotencyKeyReused: "Make a new key for every new request; reuse a key only to repeat the same request."
        case .preconditionRequired: "Get the thing first and send its ETag in If-Match."
        case .tooManyRequests: "Wait as long as Retry-After says. Ask for larger pages instead of many small ones."
        case .internalError: "Send the request id to whoever runs the exchange: the cause stands in the log under it."
        case .busy: "Wait as long as Retry-After says and send the request again."
        case .storageFull: "Tell whoever runs the exchange. Nothing that was acknowledged before is lost."
        }
    }
}
