import Exchange
import Logging
import Metrics
import Operations

/// Logs and counts the ends of attempts.
struct DeliveryLog: Sendable {
    let logger: Logger

    func note(_ event: DeliveryEvent) {
        switch event {
        case .attempted(let channel, let verdict, let milliseconds):
            Counter(
                label: "delivery_attempts_total",
                dimensions: [("platform", channel.platform.rawValue), ("verdict", verdict)]
            ).increment()
            Metrics.Timer(label: "delivery_duration", dimensions: [("platform", channel.platform.rawValue)])
                .recordMilliseconds(Int64(milliseconds))
            logger.log(
                level: verdict == "delivered" ? .info : .warning, "delivery",
                metadata: [
                    "channel": "\(channel.id)", "platform": "\(channel.platform.rawValue)", "verdict": "\(verdict)",
                    "milliseconds": .stringConvertible(Int(milliseconds)),
                ])
        case .fault(let words):
            logger.error("delivery failed, trying again", metadata: ["error": "\(words)"])
        }
    }
}
