import CCurl
import Delivery

/// What libcurl's result codes mean once it is known how far a request came.
enum CurlCodes {
    /// Nothing had left.
    static func notSent(_ code: CURLcode) -> NotSentReason {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: .nameNotFound
        case CURLE_COULDNT_CONNECT: .connectionFailed
        case CURLE_OPERATION_TIMEDOUT: .connectTimedOut
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
            .tlsFailed
        default: .other
        }
    }

    /// Something had left and no status came. A prevented resend means that the connection closed without an answer.
    static func ambiguous(_ code: CURLcode, resendPrevented: Bool) -> AmbiguousReason {
        if resendPrevented { return .closedWithoutAnswer }
        switch code {
        case CURLE_OPERATION_TIMEDOUT: return .timedOut
        case CURLE_GOT_NOTHING: return .closedWithoutAnswer
        case CURLE_RECV_ERROR: return .connectionReset
        case CURLE_SEND_ERROR, CURLE_SEND_FAIL_REWIND: return .sendBroken
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY: return .notHTTP
        default: return .other
        }
    }
}
