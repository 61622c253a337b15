import Glibc
import Synchronization

/// An advisory lock between processes, held through an open file; the system drops it if the process dies.
final class FileLock: Sendable {
    enum Kind {
        case shared
        case exclusive
    }

    private let descriptor: Mutex<Int32>

    /// Takes the lock at once, or throws ``StoreFault/busy(_:)``.
    init(path: String, _ kind: Kind) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            if errno == EROFS || errno == EACCES { throw StoreFault.readOnly }
            if errno == ENOSPC { throw StoreFault.diskFull }
            throw StoreFault.other(code: "open", message: "\(path): \(String(cString: strerror(errno)))")
        }
        guard flock(descriptor, (kind == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 else {
            Glibc.close(descriptor)
            throw StoreFault.busy(
                kind == .shared
                    ? "the database is being restored" : "another process has the database open, stop it first")
        }
        self.descriptor = Mutex(descriptor)
    }

    func unlock() {
        descriptor.withLock { descriptor in
            if descriptor >= 0 { Glibc.close(descriptor) }
            descriptor = -1
        }
    }

    deinit { unlock() }
}
