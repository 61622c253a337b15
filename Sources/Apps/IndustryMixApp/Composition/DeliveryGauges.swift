import Exchange
import Metrics
import Operations
import ServiceLifecycle
import Store

/// Keeps the gauges of the outbox: how much waits, for how long, and how channels do.
struct DeliveryGauges: ServiceLifecycle.Service {
    let office: Office<StoredExchange>

    /// How often they are set.
    private static let pause = Duration.seconds(10)
    private static let states = ["due", "claimed", "waiting", "ambiguous", "held", "delivered", "dead"]

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // A fault of the store is told by whoever writes; a gauge that keeps its value does no harm.
                try? await set()
                try? await Task.sleep(for: Self.pause)
            }
        }
    }

    private func set() async throws {
        let pulse = try await office.outboxPulse(late: 2_000)
        for state in Self.states {
            Gauge(label: "delivery_queue", dimensions: [("state", state)]).record(pulse.counts[state] ?? 0)
        }
        let now = office.ambient.now()
        let age = pulse.oldestDue.map { Double(now.milliseconds - $0.milliseconds) / 1_000 } ?? 0
        Gauge(label: "delivery_oldest_due_seconds").record(max(age, 0))
        Gauge(label: "delivery_overdue_channels").record(pulse.overdue)
        Gauge(label: "delivery_lapsed_claims").record(pulse.lapsed)
        var words = Dictionary(uniqueKeysWithValues: ChannelStanding.words.map { ($0, 0) })
        for standing in try await office.channelStandings(by: .system("metrics")) {
            words[standing.word(at: now), default: 0] += 1
        }
        // Breakers that are open are the channels that rest.
        for (word, count) in words {
            Gauge(label: "delivery_channels", dimensions: [("health", word)]).record(count)
        }
    }
}
