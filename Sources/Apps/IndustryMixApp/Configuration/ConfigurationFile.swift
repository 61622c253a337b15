import Configuration
import Yams

/// Why a configuration cannot be used: one sentence what is wrong, one what to do.
struct ConfigurationProblem: Error, Hashable, Sendable {
    let what: String
    let advice: String

    init(_ what: String, _ advice: String) {
        self.what = what
        self.advice = advice
    }
}

/// Reads configuration texts: sections of keys, two levels deep.
struct ConfigurationFile: Sendable {
    /// Values by key, such as `server.port`.
    let values: [String: ConfigContent]

    /// The shipped defaults; their keys are all the keys there are.
    static func defaults() throws(ConfigurationProblem) -> ConfigurationFile {
        ConfigurationFile(values: try read(DefaultConfiguration.text, named: "the shipped defaults", known: nil))
    }

    private init(values: [String: ConfigContent]) {
        self.values = values
    }

    /// Reads a text whose keys must be among the known ones and of the same types.
    init(text: String, named name: String, known: ConfigurationFile) throws(ConfigurationProblem) {
        values = try Self.read(text, named: name, known: known.values)
    }

    private static func read(
        _ text: String, named name: String, known: [String: ConfigContent]?
    ) throws(ConfigurationProblem) -> [String: ConfigContent] {
        let root: Node?
        do { root = try Yams.compose(yaml: text) } catch {
            throw ConfigurationProblem(
                "\(name) is not YAML: \(error)", "Mend the line named above; texts with : or # need quotation marks.")
        }
        guard let root else { return [:] }
        if case .scalar(let scalar) = root, scalar.string.isEmpty { return [:] }
        guard case .mapping(let sections) = root else {
            throw ConfigurationProblem("\(name) has no sections.", "Write it like Config/industrymix.yaml.")
        }
        var values: [String: ConfigContent] = [:]
        for (sectionNode, body) in sections {
            let section = sectionNode.string ?? ""
            let place = place(sectionNode, name)
            if let known, !known.keys.contains(where: { $0.hasPrefix(section + ".") }) {
                let names = Set(known.keys.map { String($0.prefix { $0 != "." }) })
                throw unknown("section", section, place, among: names)
            }
            if case .scalar(let scalar) = body, scalar.string.isEmpty || scalar.string == "~" { continue }
            guard case .mapping(let entries) = body else {
                throw ConfigurationProblem(
                    "\(place): \"\(section)\" is a section and holds keys, not a value.",
                    "Indent its keys under it, as in Config/industrymix.yaml.")
            }
            for (keyNode, valueNode) in entries {
                let key = section + "." + (keyNode.string ?? "")
                let place = Self.place(keyNode, name)
                if let known, known[key] == nil { throw unknown("key", key, place, among: Set(known.keys)) }
                values[key] = try value(valueNode, of: key, at: place, like: known?[key])
            }
        }
        return values
    }

    private static func value(
        _ node: Node, of key: String, at place: String, like model: ConfigContent?
    ) throws(ConfigurationProblem) -> ConfigContent {
        func mismatch(_ wanted: String) -> ConfigurationProblem {
            ConfigurationProblem(
                "\(place): \(key) must be \(wanted).", "Its default and its meaning stand in Config/industrymix.yaml.")
        }
        switch (node, model) {
        case (.sequence(let items), nil), (.sequence(let items), .stringArray):
            var texts: [String] = []
            for item in items {
                guard let text = item.string else { throw mismatch("a list of texts") }
                texts.append(text)
            }
            return .stringArray(texts)
        case (.scalar(let scalar), .stringArray):
            return .stringArray(scalar.string.isEmpty ? [] : [scalar.string])
        case (.scalar(let scalar), .int):
            guard let number = node.int else { throw mismatch("a whole number, not \"\(scalar.string)\"") }
            return .int(number)
        case (.scalar(let scalar), .double):
            guard let number = node.float else { throw mismatch("a number, not \"\(scalar.string)\"") }
            return .double(number)
        case (.scalar(let scalar), .string): return .string(scalar.string)
        case (.scalar(let scalar), _):
            if scalar.style == .any || scalar.style == .plain {
                if let number = node.int { return .int(number) }
                if let number = node.float { return .double(number) }
            }
            return .string(scalar.string)
        default: throw mismatch("a single value")
        }
    }

    private static func place(_ node: Node, _ name: String) -> String {
        node.mark.map { "\(name), line \($0.line)" } ?? name
    }

    private static func unknown(
        _ what: String, _ name: String, _ place: String, among known: Set<String>
    ) -> ConfigurationProblem {
        let nearest = Nearest.find(name, among: known)
        return ConfigurationProblem(
            "\(place): there is no \(what) \"\(name)\".",
            nearest.map { "Did you mean \"\($0)\"?" } ?? "All keys stand in Config/industrymix.yaml.")
    }
}

/// The nearest of some known names, for people who mistyped one.
enum Nearest {
    /// The name with the fewest edits, if they are few enough for a slip of the hand.
    static func find(_ name: String, among known: some Collection<String>) -> String? {
        let lower = name.lowercased()
        let best = known.map { (edits(Array(lower), Array($0.lowercased())), $0) }.min { ($0.0, $0.1) < ($1.0, $1.1) }
        guard let best, best.0 <= max(3, name.count / 3) else { return nil }
        return best.1
    }

    /// The Levenshtein distance.
    static func edits(_ left: [Character], _ right: [Character]) -> Int {
        var row = Array(0...right.count)
        for (i, first) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, second) in right.enumerated() {
                let changed = diagonal + (first == second ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(changed, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[right.count]
    }
}
