import Foundation
import Glibc

/// Writes a dump to a file, in large pieces.
final class DumpWriter {
    private let descriptor: Int32
    private let path: String
    private var buffer: [UInt8] = []
    private var whole = CRC64()
    private static let pieceBytes = 1 << 20

    var crc64: String { whole.hex }

    init(path: String) throws {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DatabaseFiles.problem("open", path) }
    }

    deinit { Glibc.close(descriptor) }

    func write(_ line: [UInt8]) throws {
        whole.update(line)
        buffer += line
        if buffer.count >= DumpWriter.pieceBytes { try flush() }
    }

    /// Brings everything to stable storage.
    func finish() throws {
        try flush()
        guard fsync(descriptor) == 0 else { throw DatabaseFiles.problem("fsync", path) }
    }

    private func flush() throws {
        try buffer.withUnsafeBytes { bytes in
            var written = 0
            while written < bytes.count {
                let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw DatabaseFiles.problem("write", path) }
                written += count
            }
        }
        buffer.removeAll(keepingCapacity: true)
    }
}

/// Reads a file line by line, in large pieces.
final class LineReader {
    private let handle: FileHandle
    private var buffer: [UInt8] = []
    private var position = 0

    init(path: String) throws {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw StoreFault.backup("There is no readable file at \(path).")
        }
        self.handle = handle
    }

    deinit { try? handle.close() }

    /// The next line without its end; nil after the last one. A last line without an end is a truncated file.
    func next() throws -> ArraySlice<UInt8>? {
        var searched = position
        while true {
            if let end = buffer[searched...].firstIndex(of: DumpFormat.newline) {
                defer { position = end + 1 }
                return buffer[position..<end]
            }
            searched = buffer.count - position
            buffer.removeFirst(position)
            position = 0
            guard let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty else {
                guard buffer.isEmpty else { throw StoreFault.backup("The dump ends in the middle of a line.") }
                return nil
            }
            buffer += piece
        }
    }
}
