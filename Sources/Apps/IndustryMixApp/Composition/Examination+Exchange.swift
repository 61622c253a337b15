import Exchange
import Operations
import Store

extension Examination {
    /// Durability, soundness, people.
    func database(_ exchange: OpenExchange, _ findings: inout [Finding]) async {
        do {
            let report = try await exchange.store.durability()
            let settings = report.settings.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
            if report.warnings.isEmpty {
                findings.append(
                    Finding(.good, "durability", "\(report.engine.rawValue) \(report.version): \(settings)."))
            } else {
                findings.append(
                    Finding(
                        .bad, "durability", report.warnings.joined(separator: " "), "Mend it, or commits may be lost."))
            }
            if report.engine == .sqlite {
                let verdict = try await exchange.store.engine.read(.long) { session in
                    try session.query("PRAGMA quick_check(3)", []) { try $0.text(0) }
                }
                findings.append(
                    verdict == ["ok"]
                        ? Finding(.good, "database", "quick_check found it sound.")
                        : Finding(
                            .bad, "database", "It is damaged: \(verdict.joined(separator: "; ")).",
                            "Stop the service and restore the last backup; keep the damaged file."))
            }
            let overview = try await exchange.office.overview(by: .system("doctor"))
            let people = overview.participants.values.reduce(0, +)
            let postings = overview.postings.reduce(0) { $0 + $1.count }
            findings.append(
                people == 0
                    ? Finding(.bad, "people", "Nobody takes part.", "industrymix init --email you@example.jp")
                    : Finding(.good, "people", "\(people) participants, \(postings) postings."))
        } catch {
            let failure = Failure(error)
            findings.append(Finding(.bad, "database", failure.what, failure.advice))
        }
    }

    /// Channels that stopped, and whether their addresses can be decrypted.
    func channels(_ exchange: OpenExchange, _ findings: inout [Finding]) async {
        do {
            let all = try await exchange.office.channels(by: .system("doctor"))
            let sealer = try exchange.directory.sealer()
            for channel in all {
                if (try? sealer.open(channel.sealedAddress, for: channel.id.text + ".address")) == nil {
                    findings.append(
                        Finding(
                            .bad, "channel",
                            "The address of \"\(channel.name)\" cannot be decrypted with this key file.",
                            "Restore the key file, or: industrymix channels edit \"\(channel.name)\" --address URL"))
                }
                if case .stopped(let reason, let at) = channel.state {
                    findings.append(
                        Finding(
                            .bad, "channel", "\"\(channel.name)\" stopped on \(at.rfc3339): \(reason)",
                            "Mend its address, then: industrymix channels resume \"\(channel.name)\""))
                }
            }
            if all.isEmpty {
                findings.append(
                    Finding(.hint, "channels", "There is none: alerts go nowhere.", "industrymix channels add -h"))
            } else {
                findings.append(Finding(.good, "channels", "\(all.count) channels."))
            }
        } catch {
            let failure = Failure(error)
            findings.append(Finding(.bad, "channels", failure.what, failure.advice))
        }
    }

    /// Deliveries that wait for long or are given up.
    func deliveries(_ exchange: OpenExchange, _ findings: inout [Finding]) async {
        do {
            let pulse = try await exchange.office.outboxPulse(late: 2_000)
            let counts = pulse.counts
            let isServed = ServeLock.isTaken(exchange.directory)
            let open = ["due", "claimed", "waiting"].reduce(0) { $0 + (counts[$1] ?? 0) }
            findings.append(
                isServed
                    ? Finding(.good, "service", "A service runs on this data directory.")
                    : Finding(
                        open > 0 ? .hint : .good, "service",
                        "No service runs here" + (open > 0 ? ", and \(open) deliveries wait." : "."),
                        open > 0 ? "industrymix serve" : nil))
            if isServed { findings += Self.stuck(pulse, now: SystemClock.now()) }
            if !pulse.behindStopped.isEmpty {
                let waiting = pulse.behindStopped.values.reduce(0, +)
                let names = try await exchange.office.channelNames(
                    Set(pulse.behindStopped.keys), by: .system("doctor"))
                findings.append(
                    Finding(
                        .bad, "deliveries",
                        "\(waiting) deliveries are kept for channels that stopped: \(names.joined(separator: ", ")).",
                        "Mend each address, then: industrymix channels resume NAME; or remove the channel."))
            }
            if let dead = counts["dead"], dead > 0 {
                findings.append(
                    Finding(
                        .hint, "deliveries", "\(dead) deliveries were given up.",
                        "See why: industrymix deliveries list --state dead; send again: deliveries replay ID."))
            } else {
                findings.append(Finding(.good, "deliveries", "\(open) open, none given up."))
            }
        } catch {
            let failure = Failure(error)
            findings.append(Finding(.bad, "deliveries", failure.what, failure.advice))
        }
    }

    /// What a running service should have done by now.
    private static func stuck(_ pulse: OutboxPulse, now: Instant) -> [Finding] {
        var findings: [Finding] = []
        if pulse.lapsed > 0 {
            findings.append(
                Finding(
                    .bad, "deliveries", "\(pulse.lapsed) deliveries are stuck in the hands of a sender that died.",
                    "Restart the service: it clears them up."))
        }
        if pulse.overdue > 0, let oldest = pulse.oldestDue {
            let seconds = (now.milliseconds - oldest.milliseconds) / 1_000
            findings.append(
                Finding(
                    seconds > 60 ? .bad : .hint, "deliveries",
                    "\(pulse.overdue) channels wait although they could be written to, the first for \(seconds) s.",
                    "If this stays so, look into the service's log and restart it."))
        }
        return findings
    }
}
