import ArgumentParser
import Exchange
import Foundation
import Lexicon
import Matching
import Operations
import WebCommon

struct EngineEvaluate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Measure the engine against judged postings, beside BM25.",
        discussion: """
            POSTINGS has one JSON object a line (id, kind, lang, title, body, fields); QRELS has lines of need, seed and
            grade, tab-separated: 3 a solution from another field, 2 a partial one, 1 a look-alike that must not win.

            Every figure comes with the interval in which it lies in 95 of 100 resamples of the needs (paired bootstrap,
            2,000 draws from --seed), the difference to BM25 as well; --json adds every need. A page for people:

              industrymix engine evaluate --postings p.jsonl --qrels q.tsv --report report.html --language ja
            """)

    @Option(name: .long, help: "The postings, JSON lines.")
    var postings: String

    @Option(name: .long, help: "The judgements, tab-separated.")
    var qrels: String

    @Option(name: .long, help: ArgumentHelp("Write a page with plots and the worst and best needs.", valueName: "file"))
    var report: String?

    @Option(name: .long, help: "The language of the page.")
    var language = Language.en

    @Option(name: .long, help: "What the resamples follow from: the same seed gives the same intervals.")
    var seed: UInt64 = 1

    @OptionGroup var flags: EngineFlags

    func run() async throws {
        let (taxonomy, lexicon) = try flags.tools()
        var reader = EngineReader(lexicon: lexicon)
        let lines = try JudgedCollection.lines(of: postings)
        try await reader.prepare(lines.map(\.text), flags, cache: flags.vectorsCache)
        let collection = try JudgedCollection(postings: postings, lines, qrels: qrels, reader: reader)
        let evaluation = EngineEvaluation(
            judgements: collection.judgements, languages: collection.postings.mapValues(\.document.text.language),
            fields: collection.postings.mapValues(\.document.fields), geometry: FieldGeometry(taxonomy))
        let comparison = evaluation.compare(
            rankings(collection, taxonomy, .match), rankings(collection, taxonomy, .bm25),
            documents: collection.seeds.map(\.id), bootstrap: Bootstrap(seed: seed))
        if let report {
            let page = EvaluationReport(
                comparison: comparison, collection: collection, taxonomy: taxonomy, language: language)
            try Self.write(page.html, to: report)
        }
        if flags.common.json {
            Console.out(EvaluationTable.json(comparison, collection))
        } else {
            Console.out(EvaluationTable.text(comparison))
            if let report { Console.note("The page is in \(report).") }
        }
    }

    private func rankings(
        _ collection: JudgedCollection, _ taxonomy: FieldTaxonomy, _ method: EngineFlags.Ranking
    ) -> [String: [String]] {
        var ranking = EngineRanking(options: flags.options(taxonomy, top: 100, ranking: method))
        for seed in collection.seeds { ranking.add(seed) }
        let needs = collection.documents.filter { $0.side == .need }
        for need in needs { ranking.expect(need) }
        return Dictionary(needs.map { ($0.id, ranking.rank($0).map(\.id)) }, uniquingKeysWith: { $1 })
    }

    private static func write(_ text: String, to path: String) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw Failure(
                .fault, "The page could not be written to \(path).", "Check that the folder exists and has room.")
        }
    }
}

/// Judged postings as read from two files.
struct JudgedCollection {
    /// In the order of the file.
    let documents: [MatchDocument]
    /// By identifier.
    let postings: [String: JudgedPosting]
    /// Grades by need and seed.
    let judgements: [String: [String: Double]]

    /// The seeds in the order of the file.
    var seeds: [MatchDocument] { documents.filter { $0.side == .seed } }

    /// Reads both files; an error names file and line.
    init(
        postings path: String, _ lines: [(text: String, number: Int)], qrels: String, reader: EngineReader
    ) throws {
        var documents: [MatchDocument] = []
        var postings: [String: JudgedPosting] = [:]
        for line in lines {
            let posting: JudgedPosting
            do {
                posting = try reader.posting(line.text, number: line.number)
            } catch let failure as Failure {
                throw Failure(failure.status, "\(path): \(failure.what)", failure.advice)
            }
            guard postings.updateValue(posting, forKey: posting.document.id) == nil else {
                throw EngineReader.fault(
                    line.number, "the posting \"\(posting.document.id)\" was given before", in: path)
            }
            documents.append(posting.document)
        }
        self.documents = documents
        self.postings = postings
        judgements = try Self.judgements(qrels, postings)
        if judgements.isEmpty { throw EngineReader.fault(1, "there is no judgement", in: qrels) }
    }

    private static func judgements(
        _ path: String, _ postings: [String: JudgedPosting]
    ) throws -> [String: [String: Double]] {
        var result: [String: [String: Double]] = [:]
        for line in try lines(of: path) {
            let cells = line.text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard cells.count >= 3, let grade = Double(cells[2]), (0...10).contains(grade) else {
                throw EngineReader.fault(
                    line.number, "need, seed and grade (0 to 10) are needed with tabs between them", in: path)
            }
            for (cell, side) in [(cells[0], MatchSide.need), (cells[1], .seed)]
            where postings[cell]?.document.side != side {
                throw EngineReader.fault(line.number, "there is no \(side) \"\(cell)\" among the postings", in: path)
            }
            guard result[cells[0], default: [:]].updateValue(grade, forKey: cells[1]) == nil else {
                throw EngineReader.fault(line.number, "this pair was judged before", in: path)
            }
        }
        return result
    }

    /// Lines of a file that hold something, with their numbers.
    static func lines(of path: String) throws -> [(text: String, number: Int)] {
        try ShippedFiles.text(at: path).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated().map { (String($1), $0 + 1) }.filter { !$0.0.allSatisfy(\.isWhitespace) }
    }
}
