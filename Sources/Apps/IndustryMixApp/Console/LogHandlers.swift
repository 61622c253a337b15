import Exchange
import Foundation
import Logging
import WebCommon

/// One line on stderr for each entry: JSON for machines or text for people. Never buffered.
struct LineLogHandler: LogHandler {
    let label: String
    let asJSON: Bool
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    init(label: String, asJSON: Bool, level: Logger.Level) {
        self.label = label
        self.asJSON = asJSON
        logLevel = level
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
        if let own = event.metadata { all.merge(own) { $1 } }
        let line = asJSON ? json(event.level, "\(event.message)", all) : text(event.level, "\(event.message)", all)
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }

    private func json(_ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata) -> String {
        var object = JSONObject([
            ("time", .string(SystemClock.now().rfc3339)), ("level", .string(level.rawValue)),
            ("logger", .string(label)), ("message", .string(message)),
        ])
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { object.append(key, Self.value(value)) }
        return JSONValue.object(object).text
    }

    private static func value(_ value: Logger.MetadataValue) -> JSONValue {
        switch value {
        case .string(let text): .string(text)
        case .stringConvertible(let item):
            if let number = item as? Int { .integer(number) } else { .string("\(item)") }
        case .array(let items): .array(items.map(Self.value))
        case .dictionary(let members):
            .object(JSONObject(members.sorted { $0.key < $1.key }.map { ($0.key, Self.value($0.value)) }))
        }
    }

    private func text(_ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata) -> String {
        let details = metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        let time = SystemClock.now().rfc3339
        let line = "\(time) \(level.rawValue) \(message)" + (details.isEmpty ? "" : "  " + details)
        return TextTable.harmless(line.replacing("\n", with: " "))
    }
}

extension Logger {
    /// Sets up logging for the process; once, before anything logs.
    static func setUp(_ configuration: AppConfiguration) {
        let level = Logger.Level(rawValue: configuration.logLevel) ?? .info
        let asJSON =
            switch configuration.logFormat {
            case .json: true
            case .text: false
            case .auto: !Console.errorsGoToTerminal
            }
        LoggingSystem.bootstrap { LineLogHandler(label: $0, asJSON: asJSON, level: level) }
    }
}
