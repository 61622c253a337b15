import Exchange
import Foundation
import Operations
import Testing
import WebConsole

/// The console's sources as they stand in the tree.
enum ConsoleTree {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    static func files(_ folder: String, _ ending: String) -> [(name: String, text: String)] {
        let found = FileManager.default.enumerator(atPath: root + "/" + folder)
        var files: [(name: String, text: String)] = []
        while let name = found?.nextObject() as? String {
            guard name.hasSuffix(ending), let data = FileManager.default.contents(atPath: "\(root)/\(folder)/\(name)")
            else { continue }
            files.append((name, String(decoding: data, as: UTF8.self)))
        }
        return files.sorted { $0.name < $1.name }
    }
}

@Suite struct `The catalogue of texts` {
    private static let catalogue = Result { try Catalogue.embedded() }

    /// Families of keys, each with the members it needs: closed sets of the core, and those of pages.
    private static let families: [String: [String]] = [
        "role": Participant.Role.allCases.map(\.rawValue), "status": ["invited", "active", "paused", "left"],
        "state": Posting.State.words, "class": Match.Class.allCases.map(\.rawValue), "word": ["need", "seed"],
        "match.state": Match.State.allCases.map(\.rawValue), "intro.state": Introduction.State.words,
        "reason": Introduction.RefusalReason.allCases.map(\.rawValue), "certainty": ["strong", "fair", "slight"],
        "visibility": PostingContent.Visibility.allCases.map(\.rawValue),
        "preview": PostingContent.Visibility.allCases.map(\.rawValue),
        "cooperation": PostingContent.Cooperation.allCases.map(\.rawValue),
        "ipr": PostingContent.IPRStatus.allCases.map(\.rawValue), "stage": (1...9).map(String.init),
        "outcome": Posting.Closure.Outcome.allCases.map(\.rawValue).filter { $0 != "owner_left" },
        "means": BrowserSession.Means.allCases.map(\.rawValue), "channel.state": ["active", "muted", "stopped"],
        "problem": FieldProblem.Code.allCases.map(\.rawValue),
        "refusal": [
            "malformed", "unauthenticated", "forbidden", "not_found", "duplicate", "pair", "in_use", "state", "stale",
            "too_many", "busy",
        ],
        "post.new": ["need", "seed"], "post.edit": ["need", "seed"],
        "desk.task": ["review", "mutual", "held", "failed", "review.hint", "mutual.hint", "held.hint", "failed.hint"],
        "desk.tile": ["needs", "seeds", "introduced", "concluded"],
        "board.next": Introduction.State.words, "override": ["need", "seed"],
        "result": Introduction.Conclusion.Outcome.allCases.map(\.rawValue),
        "round": StoredRound.State.allCases.map(\.rawValue), "year": YearReport.kinds.map(\.rawValue),
        "topic": Channel.Topic.allCases.map(\.rawValue), "platform": ["generic", "mail"],
        "health": ChannelStanding.words, "cadence": ["immediate", "hourly", "daily", "weekly"],
        "delivery": ["due", "claimed", "waiting", "ambiguous", "held", "delivered", "dead"],
        "export": ExportSubject.allCases.map(\.rawValue), "fairness": ["never", "seldom", "fair", "often"],
    ]
    /// Ends of keys that are put after another: `post.need` and `.title`.
    private static let parts = ["title", "summary", "purpose", "means"]

    /// Every key that templates and code name.
    private static func used() -> Set<String> {
        var keys: Set<String> = []
        for template in ConsoleTree.files("Sources/Edges/WebConsole/Files/templates", ".mustache") {
            for found in template.text.matches(of: /\[\[([^\]]+)\]\]/) { keys.insert(String(found.output.1)) }
        }
        for source in ConsoleTree.files("Sources/Edges/WebConsole", ".swift") {
            for found in source.text.matches(of: /"([a-z][a-z_]*(?:\.[a-z0-9_]+)+)"/) {
                keys.insert(String(found.output.1))
            }
        }
        for (family, members) in families { keys.formUnion(members.map { "\(family).\($0)" }) }
        // Kinds of entries are added in many places; one without a text is shown as it is written.
        for kind in Happening.Kind.allCases {
            keys.formUnion(
                ["happening.\(kind.rawValue)", "noun.\(kind.rawValue.prefix { $0 != "." })"].filter { key in
                    (try? catalogue.get())?.text(key, in: .ja) != nil
                })
        }
        for kind in ["need", "seed"] { keys.formUnion(parts.map { "post.\(kind).\($0)" }) }
        return keys
    }

    @Test func `can be read and fits every template`() throws {
        let catalogue = try Self.catalogue.get()
        #expect(catalogue.keys.count > 250)
        _ = try Renderer(catalogue)
    }

    @Test func `has every text that a page asks for`() throws {
        let known = Set(try Self.catalogue.get().keys)
        // Names of files in the code are no keys.
        let missing = Self.used().subtracting(known).subtracting(["console.css", "console.js", "icon.svg"])
            .subtracting(Self.families.keys)
        #expect(missing.isEmpty, "no text for \(missing.sorted())")
    }

    @Test func `has no text that nobody asks for`() throws {
        let used = Self.used()
        let unused = try Self.catalogue.get().keys.filter { key in
            if used.contains(key) { return false }
            // A hint belongs to its label; a problem of one field to the rule.
            if key.hasSuffix(".hint"), used.contains(String(key.dropLast(5))) { return false }
            let segments = key.split(separator: ".")
            let codes = FieldProblem.Code.allCases.map(\.rawValue)
            return !(segments.count == 3 && segments[0] == "problem" && codes.contains(String(segments[2])))
        }
        #expect(unused.isEmpty, "nobody asks for \(unused)")
    }

    @Test func `names the same values in every language`() throws {
        let catalogue = try Self.catalogue.get()
        for key in catalogue.keys {
            let names = Language.allCases.map { language in
                Set((catalogue.text(key, in: language) ?? "").matches(of: /\{[a-z]+\}/).map { String($0.output) })
            }
            #expect(Set(names).count == 1 || key == "people.letter.text", "\(key): \(names)")
        }
    }

    @Test func `is embedded whole, and so are templates and assets`() {
        let folders = [
            ("Config/locales", "locales/"), ("Sources/Edges/WebConsole/Files/templates", "templates/"),
            ("Sources/Edges/WebConsole/Files/assets", "assets/"),
        ]
        var names: Set<String> = []
        for (folder, prefix) in folders {
            for file in ConsoleTree.files(folder, "") where file.name.contains(".") {
                names.insert(prefix + file.name)
                let embedded = ConsoleFiles.all[prefix + file.name].map { String(decoding: $0, as: UTF8.self) }
                #expect(embedded == file.text, "\(file.name) is not embedded as it stands")
            }
        }
        #expect(Set(ConsoleFiles.all.keys) == names)
    }
}

@Suite struct `A page's weight` {
    @Test func `of style and script together is small`() {
        let bytes = ConsoleFiles.all.filter { $0.key.hasPrefix("assets/") }.reduce(0) { $0 + $1.value.count }
        #expect(bytes < 60_000)
    }

    @Test func `holds no inline script or style and no foreign address`() {
        for file in ConsoleTree.files("Sources/Edges/WebConsole/Files/templates", ".mustache") {
            #expect(!file.text.contains(" style="), "\(file.name)")
            #expect(!file.text.contains("<style"), "\(file.name)")
            #expect(file.text.matches(of: /<script(?! src="\{\{js\}\}" defer><\/script>)/).isEmpty, "\(file.name)")
            #expect(file.text.matches(of: /\son[a-z]+=/).isEmpty, "\(file.name)")
            #expect(!file.text.contains("http:") && !file.text.contains("https:"), "\(file.name)")
        }
    }

    @Test func `has a token in every form that is sent`() {
        for file in ConsoleTree.files("Sources/Edges/WebConsole/Files/templates", ".mustache") {
            let forms = file.text.matches(of: /<form method="post"[^>]*>/).count
            let tokens = file.text.matches(of: /name="form_token" value="\{\{token\}\}"/).count
            #expect(forms == tokens, "\(file.name): \(forms) forms, \(tokens) tokens")
        }
    }
}
