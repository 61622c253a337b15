import Delivery
import Exchange
import Foundation
import HTTPAPI
import Hummingbird
import Logging
import Metrics
import Operations
import Sender
import ServiceLifecycle
import Store
import WebCommon

/// The running service: HTTP, matching, sending, housekeeping, in one group that starts and ends together.
struct Service {
    let exchange: OpenExchange
    let portFile: String?

    /// One processor stays with those who wait for an answer.
    private static var planningThreads: Int { max(1, ProcessInfo.processInfo.activeProcessorCount - 1) }

    /// Runs until a signal, then ends in order: no new requests, then matching, then sending.
    func run() async throws {
        let configuration = exchange.configuration
        let logger = Logger(label: "industrymix")
        let registry = MetricsRegistry()
        MetricsSystem.bootstrap(registry)
        let matchmaker = try exchange.matchmaker()
        let rounds = RoundRunner(matchmaker: matchmaker)
        let planner = MeetingPlanRunner(
            office: exchange.office, executor: BackgroundExecutor(name: "planning", threads: Self.planningThreads))
        // The lock of an embedded database says that nobody else sends. With PostgreSQL other nodes may: leases decide
        // there.
        if configuration.databaseURL == nil {
            let orphaned = try await exchange.office.endOrphanedClaims()
            _ = try await exchange.office.endOrphanedInbound()
            if orphaned > 0 { logger.notice("deliveries cut short by a crash", metadata: ["count": "\(orphaned)"]) }
        }
        let sender = try exchange.sender()
        let loop = exchange.deliveryLoop(sender) { DeliveryLog(logger: logger).note($0) }
        let waiters = InboundWaiters()
        let inbound = exchange.inboundLoop(sender, waiters, reading: matchmaker.reading, logger: logger)
        let services: [any ServiceLifecycle.Service] = [
            GatheringService(gatherer: Gatherer(office: exchange.office), logger: logger),
            SendingService(loop: loop, sender: sender, seconds: max(1, configuration.shutdownSeconds - 1)),
            InboundService(loop: inbound),
            MatchingService(matchmaker: matchmaker, logger: logger),
            MeaningService(
                assembly: MeaningAssembly(configuration: configuration), matchmaker: matchmaker, sender: sender,
                logger: logger),
            RoundService(rounds: rounds, isAlone: configuration.databaseURL == nil, logger: logger),
            PlanningService(planner: planner), Housekeeping(exchange: exchange, logger: logger),
            DeliveryGauges(office: exchange.office),
            try application(matchmaker, rounds, planner, registry, waiters, logger),
        ]
        var settings = ServiceGroupConfiguration(
            services: services.map { .init(service: $0) }, logger: Logger(label: "lifecycle").quieter)
        settings.maximumGracefulShutdownDuration = .seconds(configuration.shutdownSeconds)
        // A write that waits for a lost database server ends with its TCP limit of 20 s.
        settings.maximumCancellationDuration = .seconds(25)
        logger.info(
            "starting",
            metadata: [
                "data": "\(exchange.directory.path)",
                "database": "\(configuration.databaseURL == nil ? "sqlite" : "postgres")",
            ])
        let group = ServiceGroup(configuration: settings)
        let trap = SignalTrap(for: group)
        try await group.run()
        trap.release()
        logger.info("stopped")
    }

    private func application(
        _ matchmaker: Matchmaker<StoredExchange>, _ rounds: RoundRunner<StoredExchange>,
        _ planner: MeetingPlanRunner<StoredExchange>, _ registry: MetricsRegistry, _ waiters: InboundWaiters,
        _ logger: Logger
    ) throws -> some ServiceLifecycle.Service {
        let configuration = exchange.configuration
        let host = configuration.host
        let portFile = portFile
        return Application(
            router: try WebAssembly(
                exchange: exchange, matchmaker: matchmaker, rounds: rounds, planner: planner, registry: registry,
                waiters: waiters
            ).router(),
            server: .http1(configuration: .init(idleTimeout: .seconds(Int64(configuration.idleSeconds)))),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: configuration.port), serverName: nil),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? 0
                if let portFile { try? PrivateFile.write("\(port)\n", to: portFile) }
                logger.notice(
                    "listening",
                    metadata: ["host": "\(host)", "port": .stringConvertible(port), "reference": "/api/v1"])
            }, logger: logger.quieter)
    }
}

/// Carries deliveries; when the service ends, what is on the wire may end and the rest goes back to the queue.
private struct SendingService: ServiceLifecycle.Service {
    let loop: DeliveryLoop<StoredExchange, CurlSender>
    let sender: CurlSender
    let seconds: Int

    func run() async throws {
        let sender = sender
        let seconds = seconds
        await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                await cancelWhenGracefulShutdown { await loop.run() }
            } onGracefulShutdown: {
                Task { await sender.shutdown(drainingFor: .seconds(seconds)) }
            }
            await sender.shutdown(drainingFor: .seconds(seconds))
        } onCancel: {
            // The time for an orderly end is over, or another service failed: of two moments the sender keeps the
            // earlier one.
            Task { await sender.shutdown(drainingFor: .milliseconds(500)) }
        }
    }
}

/// Moves notices into the outbox when their channel's hour has come.
private struct GatheringService: ServiceLifecycle.Service {
    let gatherer: Gatherer<StoredExchange>
    let logger: Logger

    func run() async throws {
        let (gatherer, logger) = (gatherer, logger)
        await cancelWhenGracefulShutdown {
            await gatherer.run { error in
                logger.error("gathered notices cannot be released, trying again", metadata: ["error": "\(error)"])
            }
        }
    }
}

/// Follows the log and matches.
private struct MatchingService: ServiceLifecycle.Service {
    let matchmaker: Matchmaker<StoredExchange>
    let logger: Logger

    func run() async throws {
        let logger = logger
        await cancelWhenGracefulShutdown {
            await matchmaker.run { error in
                logger.error("matching failed, trying again", metadata: ["error": "\(error)"])
            }
        }
    }
}

/// Goes on with a round that a crash or a restart interrupted, and lets go of it when the service ends.
private struct RoundService: ServiceLifecycle.Service {
    let rounds: RoundRunner<StoredExchange>
    let isAlone: Bool
    let logger: Logger

    /// How often a service beside others looks for a round whose process is gone.
    private static let patience = Duration.seconds(60)

    func run() async throws {
        let (rounds, isAlone, logger) = (rounds, isAlone, logger)
        await cancelWhenGracefulShutdown {
            repeat {
                do {
                    if try await rounds.resumeInterrupted(isAlone: isAlone) { logger.notice("going on with a round") }
                } catch {
                    logger.error("an interrupted round cannot be resumed", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: Self.patience)
            } while !Task.isCancelled
        }
        await rounds.leave()
    }
}

/// Ends the computation of timetables with the best that was found, when the service ends.
private struct PlanningService: ServiceLifecycle.Service {
    let planner: MeetingPlanRunner<StoredExchange>

    func run() async throws {
        try? await gracefulShutdown()
        await planner.leave()
    }
}
