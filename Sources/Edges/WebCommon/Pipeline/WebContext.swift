package import Hummingbird
package import NIOCore
import Synchronization

/// What every web edge knows of one request besides the request itself.
package struct WebContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The connection; closed early when a client is too slow or sends too much.
    package let channel: any Channel
    /// Names the request in the answer and in the log. Set by `RequestIdentity`.
    package var requestID = ""
    /// The address of the caller as far as it can be trusted. Set by `RequestIdentity`.
    package var caller = "unknown"
    /// What the log line and the metrics say of the route; shared with the middleware outside of the router.
    package let trace = RequestTrace()

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}

/// What inner parts find out about a request and outer parts write down.
package final class RequestTrace: Sendable {
    private struct State {
        var route: String?
        var tokenID: String?
    }

    private let state = Mutex(State())

    package init() {}

    /// The template of the route, such as `/api/v1/postings/{id}`: never the address itself, which may hold secrets.
    package var route: String? {
        get { state.withLock { $0.route } }
        set { state.withLock { $0.route = newValue } }
    }

    /// The public identifier of the token that was used.
    package var tokenID: String? {
        get { state.withLock { $0.tokenID } }
        set { state.withLock { $0.tokenID = newValue } }
    }
}
