import Dispatch
import Foundation
import ServiceLifecycle

/// Ends a group of services on SIGTERM and SIGINT; a second signal ends the process at once.
struct SignalTrap {
    private let sources: [any DispatchSourceSignal]

    /// Listens from now on.
    init(for group: ServiceGroup) {
        let queue = DispatchQueue(label: "signals")
        sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                signal(number, SIG_DFL)
                Task { await group.triggerGracefulShutdown() }
            }
            source.resume()
            return source
        }
    }

    /// Listens no more.
    func release() {
        for source in sources { source.cancel() }
    }
}
