import Logging
import Metrics
import Operations
import Sender
import ServiceLifecycle
import Store

/// Makes meaning vectors as long as the service runs.
struct MeaningService: ServiceLifecycle.Service {
    let assembly: MeaningAssembly
    let matchmaker: Matchmaker<StoredExchange>
    let sender: CurlSender
    let logger: Logger

    func run() async throws {
        let log = MeaningLog(logger: logger)
        guard matchmaker.meaning.model != nil else {
            if let reason = assembly.whyOff { logger.notice("without meaning vectors", metadata: ["why": "\(reason)"]) }
            try? await gracefulShutdown()
            return
        }
        let assembly = assembly
        let sender = sender
        let keeper = MeaningKeeper(
            matchmaker, report: { log.note($0) },
            open: { () async throws(MeaningFault) in
                let workers = assembly.configuration.meaning.workers
                guard let encoder = try await assembly.encoder(workers: workers, sender: sender) else {
                    throw MeaningFault(
                        .missing, "The encoder's files were here at the start and are gone.", "Run Deploy/run again.")
                }
                return encoder
            })
        await cancelWhenGracefulShutdown { await keeper.run() }
    }
}

/// Logs and counts what the keeper of meaning vectors tells.
struct MeaningLog: Sendable {
    let logger: Logger

    func note(_ event: MeaningEvent) {
        switch event {
        case .opened(let model): logger.info("making meaning vectors", metadata: ["model": "\(model)"])
        case .progress(let progress):
            for (state, count) in [
                ("ready", progress.ready), ("waiting", progress.waiting), ("given_up", progress.givenUp),
            ] {
                Meter(label: "meaning_postings", dimensions: [("state", state)]).set(count)
            }
            logger.info(
                "meaning vectors",
                metadata: [
                    "ready": .stringConvertible(progress.ready), "waiting": .stringConvertible(progress.waiting),
                    "given_up": .stringConvertible(progress.givenUp),
                ])
        case .fault(let fault):
            Counter(label: "meaning_faults_total", dimensions: [("kind", fault.kind.rawValue)]).increment()
            logger.warning(
                "no meaning vectors at the moment, trying again",
                metadata: ["error": "\(fault.what)", "advice": "\(fault.advice)"])
        case .gaveUp(let posting):
            logger.warning("a posting goes without meaning vectors", metadata: ["posting": "\(posting)"])
        }
    }
}
