import Crypto
import Foundation
import Operations

/// Vectors on disk by the text they are of, so that a judged set is read by the encoder once.
///
/// A head of 48 bytes (mark, SHA-256 of the model's name, dimension, zeros), then for each text 32 bytes of SHA-256,
/// the scale and a byte for each value. Processes may append side by side; what is cut off at the end is left out.
struct VectorsCache {
    private static let mark = Array("IMVEC001".utf8)
    private static let headBytes = 48

    /// Where it is kept; nothing: in memory only.
    private let path: String?
    private let model: [UInt8]
    private(set) var vectors: [[UInt8]: PackedVector] = [:]
    private var dimension: Int?

    /// Reads the file if it is there and of this model; a cache of another model is begun anew.
    ///
    /// - Throws: `Failure` where the path names anything but a cache: it would be overwritten.
    init(path: String?, model: String) throws {
        self.path = path
        self.model = Array(SHA256.hash(data: Data(model.utf8)))
        guard let path, FileManager.default.fileExists(atPath: path) else { return }
        let kind = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
        let bytes = kind == .typeRegular ? FileManager.default.contents(atPath: path).map { Array($0) } : nil
        guard let bytes, bytes.isEmpty || bytes.starts(with: Self.mark) else {
            throw Failure(
                .usage, "\(path) is not a cache of vectors, and is left as it is.",
                "Name another file with --vectors-cache.")
        }
        guard bytes.count >= Self.headBytes, bytes.starts(with: Self.mark), Array(bytes[8..<40]) == self.model else {
            return
        }
        let dimension = Int(Self.word(bytes[40..<44]))
        guard (1...16_384).contains(dimension) else { return }
        self.dimension = dimension
        let record = 36 + dimension
        var start = Self.headBytes
        while start + record <= bytes.count {
            vectors[Array(bytes[start..<start + 32])] = PackedVector(
                bytes: Array(bytes[start + 36..<start + record]),
                scale: Float(bitPattern: Self.word(bytes[start + 32..<start + 36])))
            start += record
        }
    }

    static func key(_ text: String) -> [UInt8] { Array(SHA256.hash(data: Data(text.utf8))) }

    /// Keeps vectors, in memory and, where the file can be written, on disk.
    mutating func add(_ new: [(key: [UInt8], vector: PackedVector)]) {
        guard let first = new.first else { return }
        var bytes: [UInt8] = []
        if dimension != first.vector.bytes.count {
            dimension = first.vector.bytes.count
            bytes += Self.mark + model + Self.bytes(UInt32(first.vector.bytes.count)) + [0, 0, 0, 0]
            if let path { try? FileManager.default.removeItem(atPath: path) }
        }
        for (key, vector) in new {
            vectors[key] = vector
            bytes += key + Self.bytes(vector.scale.bitPattern) + vector.bytes
        }
        guard let path else { return }
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard file >= 0 else { return }
        // One call, so that records of two processes do not mix.
        _ = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        close(file)
    }

    private static func word(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static func bytes(_ word: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
    }
}
