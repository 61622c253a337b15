import ArgumentParser
import Lexicon
import WebCommon

struct EngineRead: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read", abstract: "Show what the lexicon reads in texts: JSON lines in, JSON lines out.",
        discussion: """
            For those who tend the lexicon's tables: which language a text is taken for, which concepts are found in it
            and where, and by what else it can meet texts of other languages.

              {"id":"1","title":"...","text":"...","lang":"ja"}
              ->  {"id":"1","language":"ja","terms":[...],"concepts":[{"id":"cooling","as":"冷却"}],"bridges":[...]}

            title and lang may be left out. At the end the pace of the reading stands on stderr as one JSON object.
            """)

    @OptionGroup var flags: EngineFlags

    @Flag(name: .long, help: "Only measure the pace.")
    var paceOnly = false

    func run() throws {
        let (_, lexicon) = try flags.tools()
        var pace = ReadingPace()
        for line in InputLines() {
            let object = try EngineReader.parse(line.text, number: line.number)
            let title = object["title"]?.string ?? ""
            let text = object["text"]?.string ?? object["body"]?.string ?? ""
            let declared = object["lang"]?.string.flatMap(TextLanguage.init(rawValue:))
            let analysis = pace.measure { lexicon.analyze(title: title, text: text, declared: declared) }
            if !paceOnly { Console.out(Self.answer(object["id"]?.string ?? "\(line.number)", analysis).text) }
        }
        Console.note(pace.json.text)
    }

    private static func answer(_ id: String, _ analysis: TextAnalysis) -> JSON {
        var concepts: [JSON] = []
        var bridges: [JSON] = []
        for (index, key) in analysis.bridges.keys.enumerated() {
            let range = Int(analysis.bridges.starts[index])..<Int(analysis.bridges.ends[index])
            if key.hasPrefix("c") {
                concepts.append(
                    .members(["id": .string(String(key.dropFirst())), "as": .string(analysis.surface(range))]))
            } else {
                bridges.append(.string(key))
            }
        }
        return .members([
            "id": .string(id), "language": .string(analysis.language.rawValue),
            "terms": .array(analysis.terms.keys.map(JSON.string)), "concepts": .array(concepts),
            "bridges": .array(bridges),
        ])
    }
}

/// How fast texts are read, in characters of the normalised form per second of CPU time.
private struct ReadingPace {
    private var texts = 0
    private var characters = 0
    private var terms = 0
    private var seconds = 0.0

    mutating func measure(_ read: () -> TextAnalysis) -> TextAnalysis {
        let start = EngineMeter.cpuSeconds
        let analysis = read()
        seconds += EngineMeter.cpuSeconds - start
        texts += 1
        characters += analysis.shown.count
        terms += analysis.terms.count + analysis.bridges.count
        return analysis
    }

    var json: JSON {
        .members([
            "texts": .integer(texts), "characters": .integer(characters), "terms": .integer(terms),
            "cpu_s": .number(EngineMeter.rounded(seconds)),
            "characters_per_cpu_s": .integer(seconds > 0 ? Int(Double(characters) / seconds) : 0),
        ])
    }
}
