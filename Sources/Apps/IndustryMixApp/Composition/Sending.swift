import Delivery
import Exchange
import Foundation
import Operations
import Sender
import Store
import Synchronization

extension OpenExchange {
    /// A sender as the configuration wants it.
    func sender() throws -> CurlSender {
        var settings = CurlSenderSettings()
        settings.concurrentRequests = configuration.channelsAtOnce
        settings.authorities = configuration.authoritiesFile
        do { return try CurlSender(settings) } catch {
            throw Failure(
                .fault, "libcurl could not be started (\(error)).", "Is the machine out of memory, or libcurl damaged?")
        }
    }

    /// The delivery loop of this process.
    func deliveryLoop(
        _ sender: CurlSender, report: @escaping @Sendable (DeliveryEvent) -> Void
    ) -> DeliveryLoop<StoredExchange, CurlSender> {
        var limits = DeliveryLoop<StoredExchange, CurlSender>.Limits()
        limits.channelsAtOnce = configuration.channelsAtOnce
        let holder =
            "\(ProcessInfo.processInfo.hostName):\(ProcessInfo.processInfo.processIdentifier):"
            + Hexadecimal.encode(office.ambient.bytes(4))
        return DeliveryLoop(
            office: office, sender: sender, signal: queued, holder: holder, limits: limits, report: report)
    }

    /// Waits until a delivery has come to an end or the patience is over. Without a running service this process sends,
    /// as the service for that while: nobody else may then take this sender's claims for those of a crash.
    func carry(_ id: Identifier<OutboxDelivery>, patience: Duration, by actor: Actor) async throws -> DeliveryReport {
        let end = ContinuousClock.now + patience
        while true {
            if let lock = try? ServeLock(directory, for: .command) {
                defer { lock.release() }
                return try await carryHere(id, by: actor)
            }
            let report = try await office.delivery(id, by: actor)
            let isOpen = ["due", "claimed"].contains(report.delivery.progress.state.word)
            if !isOpen || ContinuousClock.now >= end { return report }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    private func carryHere(_ id: Identifier<OutboxDelivery>, by actor: Actor) async throws -> DeliveryReport {
        let sender = try sender()
        let faults = Mutex<[String]>([])
        try await deliveryLoop(sender) { event in
            if case .fault(let words) = event { faults.withLock { $0.append(words) } }
        }.drain()
        await sender.shutdown(drainingFor: .seconds(5))
        let report = try await office.delivery(id, by: actor)
        if report.delivery.progress.state.word == "claimed", let words = faults.withLock({ $0.last }) {
            throw Failure(
                .fault, "The message could not be sent: \(words)",
                "Correct the channel or the configuration (delivery.allowed_hosts, key file) and repeat.")
        }
        return report
    }
}
