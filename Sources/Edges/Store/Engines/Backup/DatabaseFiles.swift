import Foundation
import Glibc

/// Files of a database, handled so that a power cut leaves either the old or the new.
enum DatabaseFiles {
    static func size(_ path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }

    /// Removes a database with what stands beside it; silent if it is not there.
    static func remove(_ path: String) {
        unlink(path)
        removeJournals(path)
    }

    static func removeJournals(_ path: String) {
        for suffix in ["-wal", "-shm", "-journal"] { unlink(path + suffix) }
    }

    /// Brings a file to stable storage.
    static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw problem("open", path) }
        defer { Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw problem("fsync", path) }
    }

    /// Gives a file its final name, and brings the name to stable storage too.
    static func rename(_ source: String, to target: String) throws {
        guard Glibc.rename(source, target) == 0 else { throw problem("rename", target) }
        let folder = (target as NSString).deletingLastPathComponent
        try sync(folder.isEmpty ? "." : folder)
    }

    static func problem(_ call: String, _ path: String) -> StoreFault {
        switch errno {
        case ENOSPC, EDQUOT: .diskFull
        case EROFS, EACCES, EPERM: .readOnly
        default: .other(code: call, message: "\(path): \(String(cString: strerror(errno)))")
        }
    }
}
