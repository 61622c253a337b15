import Foundation
import Matching
import Operations
import Sender
import WebCommon

/// Meaning vectors for `engine` commands: all texts of a run first, then one lookup for each.
struct EngineVectors {
    private let encoder: any MeaningEncoder
    private var cache: VectorsCache
    private var computed = 0
    private var asked = 0
    private var seconds = 0.0
    private var cpu = 0.0

    /// Texts between two lines of progress.
    private static let reported = 256

    /// The encoder that the command wants; nothing where it is off, or where `auto` finds none, which is said.
    static func open(
        _ wanted: MeaningSettings.Encoder, _ configuration: AppConfiguration, cache path: String?
    ) async throws -> EngineVectors? {
        let assembly = MeaningAssembly(configuration: configuration)
        let named = path ?? assembly.folder.map { $0 + "/vectors.cache" }
        let found: any MeaningEncoder
        do throws(MeaningFault) {
            let sender: CurlSender
            do { sender = try CurlSender(CurlSenderSettings()) } catch {
                throw MeaningFault(.unsuitable, "libcurl could not be started (\(error)).", "Is it installed?")
            }
            let workers = ProcessInfo.processInfo.activeProcessorCount
            guard let encoder = try await assembly.encoder(wanted, workers: workers, niceness: 0, sender: sender) else {
                return nil
            }
            found = encoder
        } catch {
            guard wanted == .auto else { throw Failure(.fault, error.what, error.advice) }
            Console.note("Without meaning vectors: \(error.what)")
            return nil
        }
        return EngineVectors(encoder: found, cache: try VectorsCache(path: named, model: found.model))
    }

    private init(encoder: any MeaningEncoder, cache: VectorsCache) {
        self.encoder = encoder
        self.cache = cache
    }

    /// Makes what is missing.
    mutating func prepare(_ texts: [MeaningTexts]) async throws {
        var missing: [(key: [UInt8], text: String)] = []
        var seen: Set<[UInt8]> = []
        // An empty text means nothing, whatever a model makes of it.
        for text in texts.flatMap(\.all) where !text.isEmpty {
            let key = VectorsCache.key(text)
            guard seen.insert(key).inserted else { continue }
            asked += 1
            if cache.vectors[key] == nil { missing.append((key, text)) }
        }
        let began = ContinuousClock.now
        let cpuBegan = EngineMeter.cpuSeconds
        // Long texts together and first: the workers end at about the same time.
        missing.sort { $0.text.utf8.count > $1.text.utf8.count }
        let portion = max(encoder.batch, 32)
        for start in stride(from: 0, to: missing.count, by: portion) {
            let part = missing[start..<min(start + portion, missing.count)]
            do throws(MeaningFault) {
                let vectors = try await encoder.embed(part.map(\.text))
                var packed: [(key: [UInt8], vector: PackedVector)] = []
                for (item, values) in zip(part, vectors) { packed.append((item.key, try PackedVector(values))) }
                cache.add(packed)
            } catch { throw Failure(.fault, error.what, error.advice) }
            computed += part.count
            if computed / Self.reported != (computed - part.count) / Self.reported {
                Console.note("\(computed) of \(missing.count) texts have vectors")
            }
        }
        seconds += Double((ContinuousClock.now - began) / .milliseconds(1)) / 1_000
        cpu += EngineMeter.cpuSeconds - cpuBegan
    }

    /// The vectors of a document's texts, which were prepared.
    func vectors(_ texts: MeaningTexts) -> MatchVectors? {
        func values(_ text: String) -> [Float]? { cache.vectors[VectorsCache.key(text)]?.values }
        guard !texts.full.isEmpty, let full = values(texts.full) else { return nil }
        return MatchVectors(
            model: encoder.model, full: full, purpose: texts.purpose.flatMap(values), means: texts.means.flatMap(values)
        )
    }

    /// What was done, for the figures at the end.
    var json: JSON {
        .members([
            "model": .string(encoder.model), "texts": .integer(asked), "computed": .integer(computed),
            "seconds": .number(EngineMeter.rounded(seconds)), "cpu_s": .number(EngineMeter.rounded(cpu)),
        ])
    }
}
