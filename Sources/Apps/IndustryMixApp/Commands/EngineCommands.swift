import ArgumentParser
import Exchange
import Foundation
import Lexicon
import Matching
import Operations
import WebCommon

struct EngineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "engine", abstract: "Measure the matching engine on your own texts and judgements.",
        discussion: """
            Needs no exchange: texts come on standard input or from files, one JSON object a line.

              industrymix engine rank --top 10 < items.jsonl
              industrymix engine score < pairs.jsonl
              industrymix engine evaluate --postings postings.jsonl --qrels qrels.tsv
              industrymix engine read < items.jsonl
            """, subcommands: [EngineRank.self, EngineScore.self, EngineEvaluate.self, EngineRead.self])
}

/// Flags of all engine commands.
struct EngineFlags: ParsableArguments {
    enum Ranking: String, CaseIterable, ExpressibleByArgument {
        case match, bm25
    }

    enum Fields: String, CaseIterable, ExpressibleByArgument {
        case cross, any
    }

    @Option(
        name: .long,
        help: "Meaning vectors. auto: by what the configuration names or Deploy/run fetched, else without.")
    var meaning = MeaningSettings.Encoder.auto

    @Option(name: .long, help: "Keeps vectors, so that a text is read by the encoder once. Default: beside the model.")
    var vectorsCache: String?

    @Option(name: .long, help: "match: the engine. bm25: plain BM25 over its terms (k1 1.2, b 0.75), as a baseline.")
    var ranking = Ranking.match

    @Option(name: .long, help: "cross: leave out documents that share a field with the query. any: keep them.")
    var fields = Fields.any

    enum DictionaryUse: String, CaseIterable, ExpressibleByArgument {
        case auto, off
    }

    @Option(name: .long, help: "auto: the dictionaries of the configuration, if installed. off: without any.")
    var dictionaries = DictionaryUse.auto

    @OptionGroup var common: CommonOptions

    /// The taxonomy and the lexicon that the configuration names.
    func tools() throws -> (taxonomy: FieldTaxonomy, lexicon: Lexicon) {
        var configuration = try common.configuration()
        if dictionaries == .off { configuration.dictionaries = .none }
        return (try OpenExchange.taxonomy(configuration), try OpenExchange.lexicon(configuration))
    }

    func options(_ taxonomy: FieldTaxonomy, top: Int, ranking: Ranking? = nil) -> EngineOptions {
        EngineOptions(
            top: top, method: (ranking ?? self.ranking) == .bm25 ? .bm25 : .match,
            fields: fields == .cross ? .differing : .any, geometry: FieldGeometry(taxonomy))
    }
}

extension MeaningSettings.Encoder: ExpressibleByArgument {}

struct EngineRank: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rank", abstract: "Rank documents for queries: JSON lines in, JSON lines out.",
        discussion: """
            First every document, then every query, one JSON object a line:

              {"op":"doc","id":"s1","kind":"seed","lang":"ja","title":"...","text":"...","fields":["..."]}
              {"op":"query","id":"n1","kind":"need","title":"...","text":"...","pool":["s1"]}

            lang, fields and pool may be left out. Instead of title and text, "terms" may give the terms themselves,
            with blanks between them. Each query is answered with {"id","ranking":[["id",score],...]}, best first; at
            the end the figures of the run stand on stderr as one JSON object. A broken line ends the run with its
            number and exit code 3; what was answered before it stands.
            """)

    @OptionGroup var flags: EngineFlags

    @Option(name: .long, help: "The longest answer; a query with a pool is answered with the whole pool.")
    var top = 100

    @Flag(
        name: .long,
        help: "Add \"hits\" with the class of each hit, the reasons in the query's language and the parts of its score."
    )
    var explain = false

    @Option(name: .long, help: "Read all lines first, then answer the queries on so many threads side by side.")
    var threads: Int?

    func validate() throws {
        if let threads, !(1...256).contains(threads) { throw ValidationError("--threads must be 1 to 256.") }
    }

    /// How lists are made.
    enum Lists: String, CaseIterable, ExpressibleByArgument {
        case best, fair
    }

    @Option(
        name: .long,
        help: """
            best: each query by itself. fair: all queries together, as a round deals out matches: nobody shown more \
            than twice or less than half the mean, alike documents apart, two of unlike fields; the query's own document \
            is left out and pools are ignored. Answers come after the last query.
            """) var lists = Lists.best

    @Option(name: .long, help: "With --lists fair: so many places of each list go to chance picks from unlike fields.")
    var wildcards = 0

    func run() async throws {
        let (taxonomy, lexicon) = try flags.tools()
        var reader = EngineReader(lexicon: lexicon)
        // Vectors are made of all texts at once; plain BM25 needs none, and no room for all lines either.
        var lines: any Sequence<(text: String, number: Int)> = InputLines()
        var expected: [(text: String, number: Int)] = []
        if flags.ranking == .match {
            expected = Array(InputLines())
            try await reader.prepare(expected.map(\.text), flags, cache: flags.vectorsCache)
            lines = expected
        }
        var run = EngineRun(
            reader: reader, explainer: explain ? HitExplainer(taxonomy, lexicon) : nil,
            ranking: EngineRanking(
                options: flags.options(taxonomy, top: lists == .fair ? max(top, EngineRanking.depth) : top)),
            threads: threads)
        run.keepsQueries = lists == .fair
        run.expect(expected)
        for line in lines {
            if let answer = try run.take(line.text, number: line.number) { Console.out(answer.text) }
        }
        if run.isEmpty { throw EngineReader.nothingRead("industrymix engine rank < items.jsonl") }
        for answer in run.finish() { Console.out(answer.text) }
        for answer in run.lists(length: top, wildcards: wildcards) { Console.out(answer.text) }
        Console.note(run.meter.json.text)
    }
}

struct EngineScore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score", abstract: "Score pairs of texts from 0 to 1: JSON lines in, JSON lines out.",
        discussion: """
            {"id":"1","a":{"kind":"need","lang":"ja","title":"...","text":"..."},"b":{...}}  ->  {"id":"1","score":0.42}

            How rare a word is, is learnt from all the texts given.
            """)

    @OptionGroup var flags: EngineFlags

    func run() async throws {
        let (taxonomy, lexicon) = try flags.tools()
        var reader = EngineReader(lexicon: lexicon)
        let lines = Array(InputLines())
        try await reader.prepare(lines.map(\.text), flags, cache: flags.vectorsCache)
        let pairs = try lines.map { [reader] in try reader.pair($0.text, number: $0.number) }
        if pairs.isEmpty { throw EngineReader.nothingRead("industrymix engine score < pairs.jsonl") }
        for result in EngineRanking.score(pairs, options: flags.options(taxonomy, top: 1)) {
            Console.out(JSON.members(["id": .string(result.id), "score": .number(result.score)]).text)
        }
    }
}
