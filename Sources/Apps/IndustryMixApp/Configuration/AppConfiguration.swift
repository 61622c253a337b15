import Configuration
import Delivery
import Exchange
import Foundation
import Operations

/// Everything that is set, checked and typed. Made once at start and passed along.
struct AppConfiguration: Sendable {
    var exchange: ExchangeSettings
    var timeZone: String
    var fieldsFile: String?
    var lexicon: String?
    var dictionaries: Dictionaries.Source
    var dataDirectory: String
    var keyFile: String
    var key: String?
    var databaseURL: String?
    var databaseSchema: String?
    var readers: Int
    var lockWaitMilliseconds: Int
    var sharesCommits: Bool
    var host: String
    var port: Int
    var trustedProxies: [String]
    var allowedOrigins: [String]
    var idleSeconds: Int
    var shutdownSeconds: Int
    var api: APISettings
    var allowedHosts: [String]
    var channelsAtOnce: Int
    var authoritiesFile: String?
    var meaning: MeaningSettings
    var mail: MailSettings
    var logLevel: String
    var logFormat: LogFormat
    /// Each key with its value as text and where it comes from; secrets are hidden.
    var origins: [Origin]

    /// The limits of the API.
    struct APISettings: Sendable {
        var bodyBytes: Int
        var patienceSeconds: Int
        var requestsPerSecond: Int
        var burst: Int
        var anonymousPerSecond: Int
        var anonymousBurst: Int
        var rememberedHours: Int
    }

    enum LogFormat: String, Sendable, CaseIterable {
        case auto, json, text
    }

    /// One setting as the doctor shows it.
    struct Origin: Sendable {
        let key: String
        let value: String
        let source: String
    }
}

/// What the command line and the process say of the configuration.
struct ConfigurationSources: Sendable {
    var file: String?
    var environment: [String: String]
    /// `KEY=VALUE` of `--set`, and flags that stand for keys.
    var assignments: [String]

    init(file: String?, environment: [String: String], assignments: [String]) {
        self.file = file
        self.environment = environment
        self.assignments = assignments
    }
}

extension AppConfiguration {
    /// Reads all sources.
    init(_ sources: ConfigurationSources) throws(ConfigurationProblem) {
        let defaults = try ConfigurationFile.defaults()
        var values: [String: ConfigContent] = [:]
        var base: String?
        if let file = sources.file {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw ConfigurationProblem(
                    "The configuration file \(file) cannot be read.", "Check its name and its permissions.")
            }
            guard let text = String(data: data, encoding: .utf8) else {
                throw ConfigurationProblem("The configuration file \(file) is not UTF-8.", "Save it as UTF-8.")
            }
            values = try ConfigurationFile(text: text, named: file, known: defaults).values
            base = URL(fileURLWithPath: file).deletingLastPathComponent().path
        }
        let flags = try Self.assignments(sources.assignments, known: defaults)
        let layered = LayeredValues(
            defaults: defaults.values, file: values, fileName: sources.file, environment: sources.environment,
            flags: flags)
        try self.init(layered, base: base)
    }

    private static func assignments(
        _ texts: [String], known: ConfigurationFile
    ) throws(ConfigurationProblem) -> [String: ConfigContent] {
        var result: [String: ConfigContent] = [:]
        for text in texts {
            guard let equals = text.firstIndex(of: "="), let dot = text[..<equals].firstIndex(of: ".") else {
                throw ConfigurationProblem(
                    "\"--set \(text)\" is not KEY=VALUE.", "Write for example --set server.port=9000.")
            }
            let key = String(text[..<equals])
            let raw = String(text[text.index(after: equals)...])
            let shown: String
            if case .stringArray = known.values[key] {
                let items = raw.split(separator: ",").map { quoted(String($0)) }
                shown = "[\(items.joined(separator: ", "))]"
            } else if case .string = known.values[key] {
                shown = quoted(raw)
            } else {
                shown = raw
            }
            let yaml = "\(key[..<dot]):\n  \(key[key.index(after: dot)...]): \(shown)\n"
            result.merge(try ConfigurationFile(text: yaml, named: "--set", known: known).values) { $1 }
        }
        return result
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    private init(_ all: LayeredValues, base: String?) throws(ConfigurationProblem) {
        let host = try all.text("server.host")
        let port = try all.number("server.port", in: 0...65_535)
        let zone = try all.text("exchange.time_zone")
        guard let offset = TimeZone(identifier: zone)?.secondsFromGMT() else {
            throw ConfigurationProblem(
                "exchange.time_zone: there is no time zone \"\(zone)\".", "Write an IANA name such as Asia/Tokyo.")
        }
        let data = try all.path("data.directory", base: base) ?? "data"
        let address = try all.text("exchange.public_address")
        exchange = ExchangeSettings(
            name: try all.text("exchange.name"),
            publicAddress: try Self.address(address) ?? "http://\(host.contains(":") ? "[\(host)]" : host):\(port)",
            utcOffsetMinutes: offset / 60, defaultLanguage: try all.choice("exchange.language"),
            postingLifeDays: try all.number("exchange.posting_life_days", in: 1...3_650),
            repeatWindowDays: try all.number("exchange.repeat_window_days", in: 0...3_650),
            invitationDays: try all.number("exchange.invitation_days", in: 1...365),
            matchesPerPosting: try all.number("matching.per_posting", in: 1...100),
            minimumScore: try all.decimal("matching.minimum_score", in: 0...1),
            participantTarget: try all.number("exchange.participant_target", in: 0...1_000_000),
            noticeRetentionDays: try all.number("delivery.notice_retention_days", in: 1...3_650), eventZone: zone,
            eventFollowUpDays: try all.number("exchange.event_follow_up_days", in: 1...365))
        timeZone = zone
        fieldsFile = try all.path("exchange.fields_file", base: base)
        lexicon = try all.path("exchange.lexicon", base: base)
        dictionaries = Dictionaries.Source(try all.list("exchange.dictionaries"))
        dataDirectory = data
        keyFile = try all.path("data.key_file", base: base) ?? data + "/secret.key"
        key = try all.optional("data.key")
        databaseURL = try all.optional("database.url")
        databaseSchema = try all.optional("database.schema")
        readers = try all.number("database.readers", in: 1...64)
        lockWaitMilliseconds = try all.number("database.lock_wait_ms", in: 100...600_000)
        sharesCommits = try all.word("database.commits", of: ["shared", "each"]) == "shared"
        self.host = host
        self.port = port
        trustedProxies = try all.list("server.trusted_proxies")
        allowedOrigins = try all.list("server.allowed_origins")
        idleSeconds = try all.number("server.idle_seconds", in: 1...3_600)
        shutdownSeconds = try all.number("server.shutdown_seconds", in: 1...300)
        api = APISettings(
            bodyBytes: try all.number("api.body_bytes", in: 1_024...1 << 30),
            patienceSeconds: try all.number("api.patience_seconds", in: 1...600),
            requestsPerSecond: try all.number("api.requests_per_second", in: 1...100_000),
            burst: try all.number("api.burst", in: 1...1_000_000),
            anonymousPerSecond: try all.number("api.anonymous_per_second", in: 1...100_000),
            anonymousBurst: try all.number("api.anonymous_burst", in: 1...1_000_000),
            rememberedHours: try all.number("api.remembered_hours", in: 1...720))
        allowedHosts = try all.list("delivery.allowed_hosts")
        channelsAtOnce = try all.number("delivery.channels_at_once", in: 1...1_024)
        authoritiesFile = try all.path("delivery.authorities_file", base: base)
        meaning = try MeaningSettings(all, base: base)
        mail = try MailSettings(all, base: base)
        logLevel = try all.word("log.level", of: LogLevels.words)
        logFormat = try all.choice("log.format")
        origins = all.origins
    }

    private static func address(_ text: String) throws(ConfigurationProblem) -> String? {
        guard !text.isEmpty else { return nil }
        guard text.hasPrefix("http://") || text.hasPrefix("https://") else {
            throw ConfigurationProblem(
                "exchange.public_address is \"\(text)\", which is no web address.",
                "Write it with https://, such as https://mix.example.jp.")
        }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}

/// The words for log levels, in order of weight.
enum LogLevels {
    static let words = ["trace", "debug", "info", "notice", "warning", "error", "critical"]
}
