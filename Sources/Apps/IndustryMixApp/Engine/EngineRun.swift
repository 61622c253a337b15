import Exchange
import Foundation
import Lexicon
import Matching
import Operations
import Synchronization
import WebCommon

/// One run of `engine rank`: documents first, then queries.
struct EngineRun {
    let reader: EngineReader
    let explainer: HitExplainer?
    var ranking: EngineRanking
    private(set) var meter = EngineMeter()
    private var documents: [String: MatchDocument] = [:]
    private var seen: Set<String> = []
    private var hasQueries = false
    /// If set, queries wait until all lines were read, and are then answered on so many threads.
    private let threads: Int?
    private var waiting: [EngineItem] = []
    /// Whether queries are only kept, for lists over all of them.
    var keepsQueries = false
    private var kept: [MatchDocument] = []

    init(reader: EngineReader, explainer: HitExplainer?, ranking: EngineRanking, threads: Int? = nil) {
        self.threads = threads
        self.reader = reader
        self.explainer = explainer
        self.ranking = ranking
        meter.meaning = reader.vectors?.json
    }

    /// Whether nothing was taken yet.
    var isEmpty: Bool { seen.isEmpty }

    /// Tells the ranking which queries will come, where their meaning is known. Lines that cannot be read are told of
    /// when their turn comes.
    mutating func expect(_ lines: [(text: String, number: Int)]) {
        guard reader.vectors != nil else { return }
        for line in lines {
            if let item = try? reader.item(line.text, number: line.number), item.operation == .query {
                ranking.expect(item.document)
            }
        }
    }

    /// Takes a line; answers if it is a query.
    mutating func take(_ line: String, number: Int) throws -> JSON? {
        let item = try reader.item(line, number: number)
        switch item.operation {
        case .doc:
            if hasQueries { throw EngineReader.fault(number, "documents come before the first query") }
            guard seen.insert(item.document.id).inserted else {
                throw EngineReader.fault(number, "the document \"\(item.document.id)\" was given before")
            }
            let start = EngineMeter.cpuSeconds
            ranking.add(item.document)
            meter.added(since: start)
            if explainer != nil { documents[item.document.id] = item.document }
            return nil
        case .query:
            if seen.isEmpty { throw EngineReader.fault(number, "documents come before the first query") }
            complete()
            if keepsQueries {
                kept.append(item.document)
                return nil
            }
            guard threads == nil else {
                waiting.append(item)
                return nil
            }
            let start = EngineMeter.cpuSeconds
            let hits = ranking.rank(item.document, pool: item.pool)
            meter.ranked(since: start)
            return answer(item.document, hits)
        }
    }

    /// Completes the run and answers the queries that waited, in their order.
    mutating func finish() -> [JSON] {
        complete()
        guard let threads, !waiting.isEmpty else { return [] }
        let (queries, ranking) = (waiting, ranking)
        let answered = Mutex<[(number: Int, hits: [EngineHit], seconds: Double)]>([])
        let start = EngineMeter.wallSeconds
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            var mine: [(number: Int, hits: [EngineHit], seconds: Double)] = []
            for number in stride(from: thread, to: queries.count, by: threads) {
                let start = EngineMeter.cpuSeconds
                let hits = ranking.rank(queries[number].document, pool: queries[number].pool)
                mine.append((number, hits, EngineMeter.cpuSeconds - start))
            }
            answered.withLock { $0 += mine }
        }
        let wall = EngineMeter.wallSeconds - start
        let sorted = answered.withLock { $0 }.sorted { $0.number < $1.number }
        meter.ranked(sorted.map(\.seconds), threads: threads, wall: wall)
        return sorted.map { answer(queries[$0.number].document, $0.hits) }
    }

    /// The lists of all kept queries, dealt out together.
    mutating func lists(length: Int, wildcards: Int) -> [JSON] {
        guard !kept.isEmpty else { return [] }
        let start = EngineMeter.cpuSeconds
        let dealt = ranking.lists(kept, length: length, wildcards: wildcards)
        meter.ranked(since: start)
        return zip(kept, dealt).map { answer($0, $1.hits) }
    }

    /// The first query has come, or the end: the index is complete.
    private mutating func complete() {
        guard !hasQueries else { return }
        hasQueries = true
        let start = EngineMeter.cpuSeconds
        ranking.settle()
        meter.completed(since: start, bytes: ranking.bytes)
    }

    private func answer(_ query: MatchDocument, _ hits: [EngineHit]) -> JSON {
        var members: [(String, JSON)] = [
            ("id", .string(query.id)),
            ("ranking", .array(hits.map { .array([.string($0.id), .number($0.score)]) })),
        ]
        if let explainer {
            let explained = hits.compactMap { hit in
                documents[hit.id].map { explainer.json(query, hit, $0, ranking.matchIndex) }
            }
            members.append(("hits", .array(explained)))
        }
        return .object(JSONObject(members))
    }
}

/// Says of a hit which class it is of and why it came.
struct HitExplainer {
    private let taxonomy: FieldTaxonomy
    private let reading: PostingReading

    init(_ taxonomy: FieldTaxonomy, _ lexicon: Lexicon) {
        self.taxonomy = taxonomy
        reading = PostingReading(lexicon: lexicon)
    }

    /// The hit with `class`, `reasons` in the query's language, and the `parts` of its score.
    func json(_ query: MatchDocument, _ hit: EngineHit, _ document: MatchDocument, _ index: MatchIndex) -> JSON {
        guard let match = hit.match else {
            return .members(["id": .string(hit.id), "score": .number(hit.score)])
        }
        let (need, seed) = query.side == .need ? (query, document) : (document, query)
        let reason = index.reason(need: need, seed: seed, score: match.score, kind: match.kind)
        let words = reason.words(in: query.text.language, taxonomy: taxonomy, reading: reading)
        let parts = match.score.parts.sorted { $0.key < $1.key }.map { ($0.key, JSON.number($0.value)) }
        return .members([
            "id": .string(hit.id), "score": .number(hit.score), "class": .string(match.kind.rawValue),
            "reasons": .array(words.map(JSON.string)), "parts": .object(JSONObject(parts)),
        ])
    }
}
