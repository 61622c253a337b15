import Exchange
import Foundation
import Lexicon
import Operations
import Store

/// What the doctor looks at, one thing after the other; a broken thing does not hide the ones behind it.
struct Examination {
    let configuration: AppConfiguration

    private var directory: DataDirectory { DataDirectory(configuration) }

    func findings() async -> [Finding] {
        var findings = [settings, shipped, dictionaries] + clock()
        findings += folder()
        guard directory.exists else {
            return findings + [Finding(.bad, "exchange", directory.missing.what, directory.missing.advice)]
        }
        findings.append(key())
        let exchange: OpenExchange
        do {
            try await schema(&findings)
            exchange = try await OpenExchange.open(configuration)
        } catch {
            let failure = Failure(error)
            return findings + [Finding(.bad, "database", failure.what, failure.advice)]
        }
        await database(exchange, &findings)
        await meaning(exchange, &findings)
        await channels(exchange, &findings)
        await deliveries(exchange, &findings)
        await inbound(exchange, &findings)
        await exchange.store.close()
        return findings
    }

    private var settings: Finding {
        let known = Set(configuration.origins.map { LayeredValues.variable(of: $0.key) })
        let others: Set = ["INDUSTRYMIX_CONFIG", "INDUSTRYMIX_TESTS"]
        let strange = ProcessInfo.processInfo.environment.keys.filter {
            $0.hasPrefix("INDUSTRYMIX_") && !known.contains($0) && !others.contains($0)
        }.sorted()
        let changed = configuration.origins.filter { $0.source != "default" }.count
        if let first = strange.first {
            return Finding(
                .hint, "configuration", "The environment variable \(first) sets nothing.",
                Nearest.find(first, among: known).map { "Did you mean \($0)?" } ?? "Keys: Config/industrymix.yaml.")
        }
        if configuration.exchange.publicAddress.hasPrefix("http://127."), configuration.host != "127.0.0.1" {
            return Finding(
                .hint, "configuration", "Links in notices point to \(configuration.exchange.publicAddress).",
                "Set exchange.public_address to where people's browsers reach the service.")
        }
        return Finding(
            .good, "configuration", "\(changed) of \(configuration.origins.count) settings differ from the defaults.")
    }

    private var shipped: Finding {
        do {
            let taxonomy = try OpenExchange.taxonomy(configuration)
            let concepts = try OpenExchange.concepts(configuration)
            return Finding(
                .good, "shipped files", "\(taxonomy.fields.count) fields, \(concepts.entries.count) concepts.")
        } catch {
            let failure = Failure(error)
            return Finding(.bad, "shipped files", failure.what, failure.advice)
        }
    }

    /// Matching does without dictionaries; with them more texts meet across languages.
    private var dictionaries: Finding {
        do {
            let found = try Dictionaries.load(configuration)
            let words = found.map { "\($0.dictionary.language.rawValue): \($0.dictionary.count) words, \($0.path)" }
            if configuration.dictionaries == .none { return Finding(.good, "dictionaries", "Off.") }
            let missing = [TextLanguage.ja, .zh].filter { language in
                !found.contains { $0.dictionary.language == language }
            }
            if missing.isEmpty { return Finding(.good, "dictionaries", words.joined(separator: "; ") + ".") }
            let languages = missing.map(\.rawValue).joined(separator: " and ")
            return Finding(
                .hint, "dictionaries", (words + ["none for \(languages)"]).joined(separator: "; ") + ".",
                "Install Debian's package edict (ja), run Deploy/dictionaries (zh), or set exchange.dictionaries.")
        } catch {
            let failure = Failure(error)
            return Finding(.bad, "dictionaries", failure.what, failure.advice)
        }
    }

    private func clock() -> [Finding] {
        let now = SystemClock.now()
        // No event of the exchange can lie before the year in which this program was written.
        guard let floor = Instant(rfc3339: "2025-01-01T00:00:00Z"), now > floor else {
            return [Finding(.bad, "clock", "The clock says \(now.rfc3339).", "Set it, and let it be kept by NTP.")]
        }
        return [Finding(.good, "clock", "\(now.rfc3339), days are counted in \(configuration.timeZone).")]
    }

    private func folder() -> [Finding] {
        let path = directory.path
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        guard FileManager.default.isWritableFile(atPath: path) else {
            return [
                Finding(
                    .bad, "data directory", "\(path) cannot be written.", "Give it to the user of the service: chown.")
            ]
        }
        guard let free = DiskSpace.freeBytes(at: path) else { return [] }
        let words = "\(path), \(free >> 20) MiB free on its disk."
        if free < DiskSpace.least {
            return [Finding(.bad, "data directory", words, "Free some space: below 100 MiB the service is not ready.")]
        }
        return [Finding(.good, "data directory", words)]
    }

    private func key() -> Finding {
        do { _ = try directory.sealer() } catch {
            let failure = Failure(error)
            return Finding(.bad, "key file", failure.what, failure.advice)
        }
        guard directory.keyComesFromFile else {
            return Finding(.good, "key file", "None: the key comes from the configuration (data.key).")
        }
        var status = stat()
        guard stat(directory.keyFile, &status) == 0 else {
            return Finding(.bad, "key file", "\(directory.keyFile) cannot be looked at.", "Check its folder.")
        }
        if status.st_mode & 0o077 != 0 {
            return Finding(
                .bad, "key file", "\(directory.keyFile) can be read by others.", "chmod 600 \(directory.keyFile)")
        }
        return Finding(.good, "key file", "\(directory.keyFile), readable by its owner only.")
    }

    /// Looks at the schema before anything migrates it.
    private func schema(_ findings: inout [Finding]) async throws {
        let store = StoredExchange(
            engine: try configuration.location(in: directory).opened(configuration.engineLimits, SystemClock.now))
        do {
            let version = try await store.schemaVersion()
            await store.close()
            if version.found < version.known {
                findings.append(
                    Finding(
                        .hint, "schema",
                        "Version \(version.found); this program brings it to \(version.known) when it starts.",
                        "Make a backup first: industrymix backup FILE."))
            } else {
                findings.append(Finding(.good, "schema", "Version \(version.found), which this program knows."))
            }
        } catch {
            await store.close()
            throw error
        }
    }
}
