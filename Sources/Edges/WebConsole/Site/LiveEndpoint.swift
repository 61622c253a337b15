import Exchange
import HTTPTypes
import Hummingbird
import Operations
import Synchronization
import WebCommon

/// Server-sent events for pages that live: says that something happened, never what. The page reads itself again and
/// gets what its reader may see.
struct LiveEndpoint<Store: ExchangeStore>: HTTPResponder {
    typealias Context = WebContext

    let site: ConsoleSite<Store>
    let pulse: LivePulse

    /// Streams at a time; browsers beyond that are told not to come back.
    private static var mostStreams: Int { 500 }
    /// A stream ends after so many looks, two seconds apart; the browser opens another.
    private static var looks: Int { 450 }

    func respond(to request: Request, context: WebContext) async throws -> Response {
        context.trace.route = "/live"
        let secret = Cookies.read(request)[Cookies.session] ?? ""
        do { _ = try await site.office.holder(of: secret) } catch Refusal.unauthenticated {
            // 204 tells an event source to give up.
            return Response(status: .noContent)
        }
        guard pulse.enter(most: Self.mostStreams) else { return Response(status: .noContent) }
        let (site, pulse) = (site, pulse)
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: ResponseBody { writer in
                defer { pulse.leave() }
                var last: Int64?
                for look in 0..<Self.looks {
                    if site.isEnding() { break }
                    let now = try await pulse.sequence(of: site.office.store)
                    if now != last {
                        last = now
                        try await writer.write(ByteBuffer(string: "data: \(Secret.hash("live \(now)").prefix(16))\n\n"))
                    } else if look % 8 == 7 {
                        // Keeps proxies and the idle clock of the connection content.
                        try await writer.write(ByteBuffer(string: ":\n\n"))
                    }
                    try await Task.sleep(for: .seconds(2))
                }
                try await writer.finish(nil)
            })
    }
}

/// Looks at the log once for all streams.
final class LivePulse: Sendable {
    private struct State {
        var streams = 0
        var sequence: Int64 = 0
        var readAt: ContinuousClock.Instant?
    }

    private let state = Mutex(State())

    func enter(most: Int) -> Bool {
        state.withLock { state in
            guard state.streams < most else { return false }
            state.streams += 1
            return true
        }
    }

    func leave() { state.withLock { $0.streams -= 1 } }

    /// The last number of the log, at most a second and a half old.
    func sequence(of store: some ExchangeStore) async throws -> Int64 {
        let known = state.withLock { state -> Int64? in
            guard let readAt = state.readAt, readAt.duration(to: .now) < .milliseconds(1500) else { return nil }
            return state.sequence
        }
        if let known { return known }
        let found = try await store.read { tx in try tx.lastSequence() }
        state.withLock { state in
            state.sequence = found
            state.readAt = .now
        }
        return found
    }
}
