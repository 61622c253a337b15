import Exchange
import Logging
import Operations
import ServiceLifecycle
import Store

/// What has to be done as time passes: expiry, retention, forgetting. Once a minute.
struct Housekeeping: ServiceLifecycle.Service {
    let exchange: OpenExchange
    let logger: Logger

    /// Rows handled in one transaction; a long list is worked off in several.
    private static var batch: Int { 500 }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await clean() } catch is CancellationError { return } catch {
                    logger.error("housekeeping failed, trying again", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: .seconds(60))
            }
        }
    }

    /// One cleaning.
    func clean() async throws {
        let now = SystemClock.now()
        let settings = exchange.configuration
        let answers = now.advanced(byMilliseconds: -Int64(settings.api.rememberedHours) * 3_600_000)
        let texts = now.advanced(byDays: -settings.exchange.noticeRetentionDays)
        var expired = 0
        while true {
            let count = try await exchange.office.expireOverdue(limit: Self.batch)
            expired += count
            if count < Self.batch { break }
        }
        while try await exchange.office.followUpEvents(limit: Self.batch) == Self.batch {}
        var emptied = 0
        while true {
            let count = try await exchange.store.write { tx in
                try tx.purgeBodies(deliveredBefore: texts, limit: Self.batch)
            }
            emptied += count
            if count < Self.batch { break }
        }
        while try await exchange.store.write({ tx in try tx.pruneMeanings(limit: Self.batch) }) == Self.batch {}
        while try await exchange.store.write({ tx in
            try tx.pruneInbound(endedBefore: texts, limit: Self.batch)
        }) == Self.batch {}
        while try await exchange.office.forgetSignIns(limit: Self.batch) >= Self.batch {}
        let forgotten = try await exchange.store.write { tx in try tx.forgetAnswers(before: answers) }
        guard expired + emptied + forgotten > 0 else { return }
        logger.info(
            "housekeeping",
            metadata: [
                "expired": .stringConvertible(expired), "texts_emptied": .stringConvertible(emptied),
                "answers_forgotten": .stringConvertible(forgotten),
            ])
    }
}
