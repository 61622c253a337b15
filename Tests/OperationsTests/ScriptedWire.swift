import Delivery
import Exchange
import Operations
import Store
import Synchronization

/// The far end of the wire, following a script: what it answers to each request, in order; 200 when the script has
/// ended.
final class ScriptedWire: WireSender {
    private let state: Mutex<(script: [WireResult], seen: [WireRequest])>
    /// What happens in the world while a request is on the wire.
    private let meanwhile: @Sendable () async -> Void

    init(_ script: [WireResult] = [], meanwhile: @escaping @Sendable () async -> Void = {}) {
        state = Mutex((script, []))
        self.meanwhile = meanwhile
    }

    var seen: [WireRequest] { state.withLock { $0.seen } }

    func send(_ request: WireRequest) async -> WireOutcome {
        await meanwhile()
        return state.withLock { state in
            state.seen.append(request)
            let result =
                state.script.isEmpty ? WireResult.answered(WireAnswer(status: 200)) : state.script.removeFirst()
            return WireOutcome(result)
        }
    }
}

func status(_ code: Int, _ headers: [String: String] = [:]) -> WireResult {
    .answered(WireAnswer(status: code, headers: headers))
}

extension World {
    func loop(_ wire: ScriptedWire, holder: String = "one") -> DeliveryLoop<StoredExchange, ScriptedWire> {
        DeliveryLoop(office: office, sender: wire, signal: Signal(), holder: holder)
    }

    func states(of channel: Channel) async throws -> [String] {
        var filter = DeliveryFilter()
        filter.channel = channel.id
        return try await office.deliveries(filter, PageRequest(), by: desk).items
            .sorted { $0.sequence < $1.sequence }.map(\.progress.state.word)
    }
}
