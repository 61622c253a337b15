import ArgumentParser
import Exchange
import Foundation
import Logging
import WebCommon

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check everything and say what to do.",
        discussion: """
            Looks at configuration, data directory, key, disk, clock, database, channels and deliveries, and changes
            nothing. Ends with 0 if all is well or only hints were given, and with 1 if something must be mended.
            """)

    @Flag(help: "Show every setting with where it comes from.") var settings = false
    @OptionGroup var common: CommonOptions

    func run() async throws {
        LoggingSystem.bootstrap { LineLogHandler(label: $0, asJSON: false, level: .critical) }
        let configuration: AppConfiguration
        do { configuration = try common.configuration() } catch let problem as ConfigurationProblem {
            try finish([Finding(.bad, "configuration", problem.what, problem.advice)], nil)
            return
        }
        try finish(await Examination(configuration: configuration).findings(), configuration)
    }

    private func finish(_ findings: [Finding], _ configuration: AppConfiguration?) throws {
        let bad = findings.filter { $0.grade == .bad }.count
        if common.json {
            var members: [(String, JSON)] = [
                ("healthy", .bool(bad == 0)), ("findings", .array(findings.map(\.json))),
            ]
            if settings, let configuration {
                members.append(("settings", .array(configuration.origins.map(Self.json))))
            }
            Console.out(.object(JSONObject(members)))
        } else {
            for finding in findings { Console.out(finding.text) }
            if settings, let configuration {
                var table = TextTable(["key", "value", "from"])
                for origin in configuration.origins { table.add([origin.key, origin.value, origin.source]) }
                Console.out("\n" + table.text)
            }
        }
        guard bad > 0 else { return }
        throw Failure(
            .fault, "\(bad) finding\(bad == 1 ? "" : "s") must be mended.", "Each line marked !! says what to do.")
    }

    private static func json(_ origin: AppConfiguration.Origin) -> JSON {
        .members(["key": .string(origin.key), "value": .string(origin.value), "from": .string(origin.source)])
    }
}

/// One thing the doctor looked at.
struct Finding: Sendable {
    enum Grade: String, Sendable {
        case good, hint, bad

        var mark: String {
            switch self {
            case .good: "ok"
            case .hint: "? "
            case .bad: "!!"
            }
        }
    }

    let grade: Grade
    /// What was looked at.
    let subject: String
    let words: String
    /// What to do; nothing if all is well.
    let advice: String?

    init(_ grade: Grade, _ subject: String, _ words: String, _ advice: String? = nil) {
        self.grade = grade
        self.subject = subject
        self.words = words
        self.advice = advice
    }

    var text: String {
        let title = subject + String(repeating: " ", count: max(0, 14 - subject.count))
        return "\(grade.mark) \(title) \(words)" + (advice.map { "\n   -> " + $0 } ?? "")
    }

    var json: JSON {
        .members([
            "grade": .string(grade.rawValue), "subject": .string(subject), "words": .string(words),
            "advice": .optional(advice),
        ])
    }
}
