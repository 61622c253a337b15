import Foundation
import Operations

/// The folder of an exchange: database, key, lock.
struct DataDirectory: Sendable {
    let path: String
    let keyFile: String
    /// The key itself, where the environment gives it; then no file is read or made.
    private let key: String?
    private let hasServer: Bool

    var database: String { path + "/industrymix.sqlite" }
    var serveLock: String { path + "/serve.lock" }
    /// Whether there is an exchange. A server's database is asked when it is opened.
    var exists: Bool {
        guard key != nil else { return FileManager.default.fileExists(atPath: keyFile) }
        return hasServer || FileManager.default.fileExists(atPath: database)
    }
    var keyComesFromFile: Bool { key == nil }

    init(_ configuration: AppConfiguration) {
        path = configuration.dataDirectory
        keyFile = configuration.keyFile
        key = configuration.key
        hasServer = configuration.databaseURL != nil
    }

    /// Makes the folder, readable by its owner only, if it is not there.
    func create() throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Failure(
                .fault, "The data directory \(path) cannot be made: \(error.localizedDescription)",
                "Choose another with --data, or let its owner make it.")
        }
    }

    /// Writes a new key, readable by its owner only; never over an old one.
    func createKey(_ ambient: Ambient) throws {
        guard key == nil else { return }
        let descriptor = open(keyFile, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Failure(
                .fault, "The key file \(keyFile) cannot be made: \(String(cString: strerror(errno)))",
                "If it is there already, this folder holds an exchange: use it, or choose another with --data.")
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: Data((Hexadecimal.encode(ambient.bytes(32)) + "\n").utf8))
        guard fsync(descriptor) == 0 else { throw Failure(.fault, "The key file could not be brought to the disk.") }
    }

    /// Opens the key.
    func sealer() throws -> Sealer {
        if let key {
            guard let bytes = Hexadecimal.decode(key.lowercased()), let sealer = Sealer(key: bytes) else {
                throw Failure(
                    .usage, "data.key does not hold 64 hexadecimal digits.", "Make one: openssl rand -hex 32")
            }
            return sealer
        }
        guard let data = FileManager.default.contents(atPath: keyFile) else {
            if FileManager.default.fileExists(atPath: keyFile) {
                throw Failure(
                    .fault, "The key file \(keyFile) cannot be read.", "Run this as the user whom the file belongs to.")
            }
            throw missing
        }
        let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard let bytes = Hexadecimal.decode(text.lowercased()), let sealer = Sealer(key: bytes) else {
            throw Failure(
                .fault, "The key file \(keyFile) does not hold 64 hexadecimal digits.", "Restore it from your backup.")
        }
        return sealer
    }

    /// There is no exchange here.
    var missing: Failure {
        Failure(
            .notFound, "There is no exchange in \(path).",
            "Make one: industrymix init --data \(path) --email you@example.jp  (or name its folder with --data).")
    }
}
