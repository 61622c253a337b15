import CCurl
package import Delivery

/// The sender could not be set up.
package enum CurlSenderFault: Error {
    /// libcurl could not be initialised or gave no handle: the machine is out of memory or its TLS library is broken.
    case noHandle
    /// The operating system gave no thread.
    case noThread
}

/// How a `CurlSender` behaves.
package struct CurlSenderSettings: Sendable {
    /// Requests on the wire at once; further ones wait without using up their time-outs.
    package var concurrentRequests = 128
    /// What receivers see as the program.
    package var userAgent = "IndustryMix/1"
    /// A PEM file of certificate authorities to trust instead of the system's.
    package var authorities: String?

    /// The defaults, which suit a service on two cores.
    package init() {}
}

/// Sends requests through libcurl's multi interface on a thread of its own.
///
/// Callers on any thread hand requests over through a lock-protected queue and wait without blocking a thread. The
/// first
/// handed over is the first started.
package final class CurlSender: WireSender {
    private let mailbox: Mailbox

    /// Starts the thread. One sender per process is enough; end it with `shutdown`.
    package init(_ settings: CurlSenderSettings = CurlSenderSettings()) throws(CurlSenderFault) {
        guard curlIsReady, let multi = curl_multi_init() else { throw .noHandle }
        mailbox = Mailbox(multi: MultiHandle(pointer: multi))
        let loop = CurlLoop(multi: multi, mailbox: mailbox, settings: settings)
        guard Self.start(loop) else {
            curl_multi_cleanup(multi)
            throw .noThread
        }
    }

    /// Sends at most once. After `shutdown` began nothing is sent any more: `notSent(.senderStopped)`.
    ///
    /// A cancelled task still gets its outcome, since the receiver may have acted; the time-outs bound the wait.
    package func send(_ request: WireRequest) async -> WireOutcome {
        await withCheckedContinuation { continuation in
            let accepted = mailbox.post(Job(request: request, continuation: continuation))
            if !accepted { continuation.resume(returning: WireOutcome(.notSent(.senderStopped))) }
        }
    }

    /// Ends the sender: requests that were not started come back as not sent, those on the wire may end until `limit`
    /// has
    /// passed, the rest come back as ambiguous. Returns when the thread is gone; may be called more than once.
    package func shutdown(drainingFor limit: Duration) async {
        await withCheckedContinuation { continuation in
            let waits = mailbox.stop(at: .now + limit, waiting: continuation)
            if !waits { continuation.resume() }
        }
    }

    private static func start(_ loop: CurlLoop) -> Bool {
        let handle = LoopHandle(loop: loop)
        return startThread(named: "curl-sender") { handle.loop.run() }
    }
}

/// Initialised once per process, before any handle, as libcurl demands.
private let curlIsReady = im_curl_global_init() == CURLE_OK

/// Carries the loop to its thread.
///
/// Sendable although `CurlLoop` is not: the creator gives its only reference away and never touches the loop again.
private struct LoopHandle: @unchecked Sendable {
    let loop: CurlLoop
}
