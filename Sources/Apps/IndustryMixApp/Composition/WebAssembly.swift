import Exchange
import HTTPAPI
import Hummingbird
import Operations
import ServiceLifecycle
import Store
import WebCommon
import WebConsole

/// Puts the API on a router with the limits and allowances of the configuration.
struct WebAssembly {
    let exchange: OpenExchange
    let matchmaker: Matchmaker<StoredExchange>
    let rounds: RoundRunner<StoredExchange>
    let planner: MeetingPlanRunner<StoredExchange>
    let registry: MetricsRegistry
    /// Where requests of chat platforms wait for what they are answered.
    let waiters: InboundWaiters

    func router() throws -> Router<WebContext> {
        var settings = WebSettings()
        settings.trustedProxies = Set(exchange.configuration.trustedProxies)
        settings.allowedOrigins = Set(exchange.configuration.allowedOrigins)
        let api = ExchangeAPI(
            office: exchange.office, matchmaker: matchmaker, rounds: rounds, planner: planner,
            reading: matchmaker.reading, waiters: waiters)
        var services = api.services
        services.limits = limits
        let table = RouteTable.complete(
            api.routes, title: exchange.configuration.exchange.name, version: IndustryMix.version, health: health)
        let router = makeRouter(
            table, services: services, settings: settings, registry: registry, translate: Self.problem)
        AnswerPages(office: exchange.office, reading: matchmaker.reading).add(to: router)
        try ConsoleSite(
            office: exchange.office, matchmaker: matchmaker, reading: matchmaker.reading, rounds: rounds,
            isEnding: { Task.isShuttingDownGracefully }
        ).add(to: router)
        return router
    }

    private var limits: APILimits {
        let api = exchange.configuration.api
        var limits = APILimits()
        limits.jsonBytes = api.bodyBytes
        limits.patience = .seconds(api.patienceSeconds)
        limits.perToken = RateLimiter.Allowance(perSecond: Double(api.requestsPerSecond), burst: api.burst)
        limits.perAddress = RateLimiter.Allowance(perSecond: Double(api.anonymousPerSecond), burst: api.anonymousBurst)
        return limits
    }

    private var health: Health {
        let exchange = exchange
        return Health(registry: registry) { await Readiness(exchange: exchange).obstacles() }
    }

    /// Faults that the caller should know the kind of; all others are "Internal error." with a request id.
    private static func problem(_ error: any Error) -> Problem? {
        guard let fault = error as? StoreFault else { return nil }
        switch fault {
        case .diskFull, .readOnly: return Problem(.storageFull)
        case .busy, .serialization, .connectionLost(.rolledBack, _): return Problem(.busy, retryAfter: 1)
        default: return nil
        }
    }
}

/// Whether requests can be taken.
struct Readiness {
    let exchange: OpenExchange

    /// What stands in the way, in plain words without secrets; empty when nothing does.
    func obstacles() async -> [String] {
        var obstacles: [String] = []
        do { _ = try await exchange.store.read { tx in try tx.lastSequence() } } catch {
            obstacles.append("The database cannot be read.")
        }
        if let free = DiskSpace.freeBytes(at: exchange.directory.path), free < DiskSpace.least {
            obstacles.append("The disk of the data directory is nearly full.")
        }
        return obstacles
    }
}
