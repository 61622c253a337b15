import Foundation
import Glibc
import Operations

/// The C interface of the encoder's shared library, found by name.
///
/// Its functions are plain code that stays loaded for as long as the process lives, so they may be called from every
/// thread; a model they work on belongs to one thread at a time.
struct NativeLibrary: Sendable {
    typealias Load = @convention(c) @Sendable (UnsafeRawPointer, Int) -> OpaquePointer?
    typealias Free = @convention(c) @Sendable (OpaquePointer) -> Void
    typealias Dimension = @convention(c) @Sendable (OpaquePointer) -> Int32
    typealias Embed =
        @convention(c) @Sendable (
            OpaquePointer, UnsafePointer<CChar>, Int32, UnsafeMutablePointer<Float>
        ) -> Int32
    typealias SetThreads = @convention(c) @Sendable (Int32) -> Void

    /// `e5_load_mem`: a model over bytes that must outlive it.
    let load: Load
    /// `e5_free`.
    let free: Free
    /// `e5_dim`.
    let dimension: Dimension
    /// `e5_embed`: a text as UTF-8, 1 for the prefix "query: ", room for the vector; 0 on success.
    let embed: Embed
    /// `omp_set_num_threads` of the OpenMP library that the encoder brought, for the calling thread.
    let setThreads: SetThreads?

    /// Loads the library. Its file was checked before.
    init(path: String) throws(MeaningFault) {
        guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
            throw MeaningFault(
                .damaged, "The encoder's library cannot be loaded: \(dlerror().map { String(cString: $0) } ?? path)",
                "Fetch its package again with Deploy/run, or set meaning.encoder to off.")
        }
        func symbol(_ name: String) throws(MeaningFault) -> UnsafeMutableRawPointer {
            guard let found = dlsym(handle, name) else {
                throw MeaningFault(
                    .damaged, "The encoder's library \(path) has no function \(name).",
                    "Fetch its package again with Deploy/run, or set meaning.encoder to off.")
            }
            return found
        }
        // The types are those of the package's header e5.h; the file is known by its checksum.
        load = unsafeBitCast(try symbol("e5_load_mem"), to: Load.self)
        free = unsafeBitCast(try symbol("e5_free"), to: Free.self)
        dimension = unsafeBitCast(try symbol("e5_dim"), to: Dimension.self)
        embed = unsafeBitCast(try symbol("e5_embed"), to: Embed.self)
        setThreads = dlsym(handle, "omp_set_num_threads").map { unsafeBitCast($0, to: SetThreads.self) }
    }

    /// What the library was compiled for; other processors would end the process at its first instruction.
    static func checkProcessor() throws(MeaningFault) {
        let text = FileManager.default.contents(atPath: "/proc/cpuinfo").map { String(decoding: $0, as: UTF8.self) }
        let flags = (text ?? "").split(separator: "\n").first { $0.hasPrefix("flags") }
        let words = Set((flags ?? "").split(separator: " "))
        guard words.contains("avx2"), words.contains("fma") else {
            throw MeaningFault(
                .unsuitable, "This processor has no AVX2, which the native encoder needs.",
                "Use an embeddings service (meaning.endpoint), or set meaning.encoder to off.")
        }
    }
}
