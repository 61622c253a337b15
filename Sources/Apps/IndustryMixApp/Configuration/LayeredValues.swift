import Configuration
import Foundation

/// The sources over each other: flags, environment, file, defaults. Says of each value where it comes from.
struct LayeredValues {
    private let reader: ConfigReader
    private let defaults: [String: ConfigContent]
    private let file: [String: ConfigContent]
    private let fileName: String?
    private let environment: [String: String]
    private let flags: [String: ConfigContent]

    init(
        defaults: [String: ConfigContent], file: [String: ConfigContent], fileName: String?,
        environment: [String: String], flags: [String: ConfigContent]
    ) {
        self.defaults = defaults
        self.file = file
        self.fileName = fileName
        self.environment = environment
        self.flags = flags
        reader = ConfigReader(providers: [
            Self.provider("flags", flags),
            EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "industrymix"),
            Self.provider("file", file),
            Self.provider("defaults", defaults),
        ])
    }

    private static func provider(_ name: String, _ values: [String: ConfigContent]) -> InMemoryProvider {
        InMemoryProvider(
            name: name,
            values: Dictionary(
                uniqueKeysWithValues: values.map { key, content in
                    (AbsoluteConfigKey(ConfigKey(key)), ConfigValue(content, isSecret: isSecret(key)))
                }))
    }

    /// Keys whose values hold a password, or may.
    private static func isSecret(_ key: String) -> Bool {
        ["data.key", "database.url", "meaning.key", "mail.password"].contains(key)
    }

    static func variable(of key: String) -> String {
        "INDUSTRYMIX_" + key.replacing(".", with: "_").uppercased()
    }

    func text(_ key: String) throws(ConfigurationProblem) -> String {
        do {
            return try reader.requiredString(forKey: ConfigKey(key), isSecret: Self.isSecret(key))
                .trimmingCharacters(in: .whitespacesAndNewlines)
        } catch { throw mismatch(key, "a text") }
    }

    func optional(_ key: String) throws(ConfigurationProblem) -> String? {
        let text = try text(key)
        return text.isEmpty ? nil : text
    }

    func number(_ key: String, in range: ClosedRange<Int>) throws(ConfigurationProblem) -> Int {
        let value: Int
        do { value = try reader.requiredInt(forKey: ConfigKey(key)) } catch { throw mismatch(key, "a whole number") }
        guard range.contains(value) else {
            throw mismatch(key, "from \(range.lowerBound) to \(range.upperBound), not \(value)")
        }
        return value
    }

    func decimal(_ key: String, in range: ClosedRange<Double>) throws(ConfigurationProblem) -> Double {
        let value: Double
        do { value = try reader.requiredDouble(forKey: ConfigKey(key)) } catch { throw mismatch(key, "a number") }
        guard range.contains(value) else {
            throw mismatch(key, "from \(range.lowerBound) to \(range.upperBound), not \(value)")
        }
        return value
    }

    func list(_ key: String) throws(ConfigurationProblem) -> [String] {
        do {
            return try reader.requiredStringArray(forKey: ConfigKey(key))
                .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.filter { !$0.isEmpty }
        } catch { throw mismatch(key, "a list of texts") }
    }

    func word(_ key: String, of words: [String]) throws(ConfigurationProblem) -> String {
        let text = try text(key)
        guard words.contains(text) else {
            throw mismatch(key, "one of \(words.joined(separator: ", ")), not \"\(text)\"")
        }
        return text
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, of _: Choice.Type = Choice.self
    ) throws(ConfigurationProblem) -> Choice where Choice.RawValue == String {
        let text = try word(key, of: Choice.allCases.map(\.rawValue))
        guard let choice = Choice(rawValue: text) else { throw mismatch(key, "a known word") }
        return choice
    }

    /// A path; one that the configuration file names counts from that file's folder.
    func path(_ key: String, base: String?) throws(ConfigurationProblem) -> String? {
        guard let text = try optional(key) else { return nil }
        if text.hasPrefix("~/") { return NSHomeDirectory() + text.dropFirst(1) }
        guard let base, source(of: key) == fileName, !text.hasPrefix("/") else { return text }
        return base == "." ? text : base + "/" + text
    }

    var origins: [AppConfiguration.Origin] {
        defaults.keys.sorted().map { key in
            let content = flags[key] ?? file[key] ?? defaults[key]
            let value =
                environment[Self.variable(of: key)].flatMap { flags[key] == nil ? $0 : nil } ?? Self.words(content)
            let hidden = Self.isSecret(key) && !value.isEmpty
            return AppConfiguration.Origin(
                key: key, value: hidden ? "(set, not shown)" : value, source: source(of: key))
        }
    }

    private func source(of key: String) -> String {
        if flags[key] != nil { return "command line" }
        if environment[Self.variable(of: key)] != nil { return Self.variable(of: key) }
        if file[key] != nil { return fileName ?? "file" }
        return "default"
    }

    private static func words(_ content: ConfigContent?) -> String {
        switch content {
        case .string(let text): text
        case .int(let number): "\(number)"
        case .double(let number): "\(number)"
        case .stringArray(let texts): texts.joined(separator: ", ")
        default: ""
        }
    }

    private func mismatch(_ key: String, _ wanted: String) -> ConfigurationProblem {
        ConfigurationProblem(
            "\(key) (from \(source(of: key))) must be \(wanted).",
            "Its default and its meaning stand in Config/industrymix.yaml.")
    }
}
