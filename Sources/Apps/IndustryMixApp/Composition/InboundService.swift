import Delivery
import Exchange
import Foundation
import Logging
import Metrics
import Operations
import Sender
import ServiceLifecycle
import Store

/// Does what chat platforms were acknowledged, and answers.
struct InboundService: ServiceLifecycle.Service {
    let loop: InboundLoop<StoredExchange, CurlSender>

    func run() async throws {
        let loop = loop
        await cancelWhenGracefulShutdown { await loop.run() }
    }
}

extension OpenExchange {
    /// The loop of this process for messages from chats.
    func inboundLoop(
        _ sender: CurlSender, _ waiters: InboundWaiters, reading: PostingReading, logger: Logger
    ) -> InboundLoop<StoredExchange, CurlSender> {
        let holder =
            "\(ProcessInfo.processInfo.hostName):\(ProcessInfo.processInfo.processIdentifier):"
            + Hexadecimal.encode(office.ambient.bytes(4))
        return InboundLoop(
            office: office, reading: reading, sender: sender, signal: received, waiters: waiters, holder: holder
        ) { InboundLog(logger: logger).note($0) }
    }
}

/// Logs and counts what chat users asked, never what they wrote.
struct InboundLog: Sendable {
    let logger: Logger

    func note(_ event: InboundEvent) {
        switch event {
        case .acted(let platform, let form, let outcome):
            Counter(
                label: "inbound_acts_total",
                dimensions: [
                    ("platform", platform.rawValue), ("form", form.rawValue), ("outcome", outcome),
                ]
            ).increment()
            logger.info(
                "inbound",
                metadata: [
                    "platform": "\(platform.rawValue)", "form": "\(form.rawValue)", "outcome": "\(outcome)",
                ])
        case .answered(let platform, let verdict):
            Counter(
                label: "inbound_answers_total",
                dimensions: [("platform", platform.rawValue), ("verdict", verdict)]
            ).increment()
        case .fault(let words):
            logger.error("an inbound message failed, trying again", metadata: ["error": "\(words)"])
        }
    }
}

extension Examination {
    /// Acknowledged messages that nobody has worked on, and workspaces whose secrets cannot be read.
    func inbound(_ exchange: OpenExchange, _ findings: inout [Finding]) async {
        do {
            let sealer = try exchange.directory.sealer()
            let open = try await exchange.office.workspaces(by: .system("doctor")).filter { $0.revokedAt == nil }
            for workspace in open
            where (try? sealer.open(workspace.sealedSecret, for: workspace.id.text + ".secret")) == nil {
                findings.append(
                    Finding(
                        .bad, "workspace",
                        "The secret of \"\(workspace.name)\" cannot be decrypted with this key file.",
                        "Restore the key file, or add the workspace again and revoke \(workspace.id)."))
            }
            let (counts, oldest) = try await exchange.store.read { tx in try tx.inboundCounts() }
            let now = exchange.office.ambient.now()
            if let oldest, now.milliseconds - oldest.milliseconds > 120_000 {
                findings.append(
                    Finding(
                        .bad, "answers", "Messages from chats have waited since \(oldest.rfc3339).",
                        "Is the service running? Its log names the fault."))
            }
            if let failed = counts["failed"], failed > 0 {
                findings.append(
                    Finding(
                        .hint, "answers", "\(failed) messages from chats were given up after faults.",
                        "Their senders were told nothing: see the log for \"an inbound message failed\"."))
            }
            if !open.isEmpty { findings.append(Finding(.good, "answers", "\(open.count) workspaces are taken.")) }
        } catch {
            let failure = Failure(error)
            findings.append(Finding(.bad, "answers", failure.what, failure.advice))
        }
    }
}
