import Foundation
import Synchronization

/// Held by the one process that sends for a data directory: the `serve` over it, or for some seconds a command that
/// carries a message itself. The system drops it when the process ends.
final class ServeLock: Sendable {
    /// Who holds it, as the file says.
    enum Holder: String {
        case service
        case command
    }

    private let descriptor: Mutex<Int32>

    /// Takes the lock at once.
    init(_ directory: DataDirectory, for holder: Holder) throws {
        let descriptor = open(directory.serveLock, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Failure(
                .fault, "\(directory.serveLock) cannot be opened: \(String(cString: strerror(errno)))",
                "The data directory must be writable.")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw Failure(
                .conflict, "Another `industrymix serve` runs on \(directory.path).",
                "Stop it first, or choose another folder with --data.")
        }
        self.descriptor = Mutex(descriptor)
        // Only a hint for whoever waits: what cannot be written is taken for a service's.
        _ = ftruncate(descriptor, 0)
        _ = holder.rawValue.withCString { pwrite(descriptor, $0, strlen($0), 0) }
    }

    /// Takes the lock for a service; waits while a command holds it, but not for another service.
    ///
    /// - Parameter patience: how long a command may take; those that send give up earlier by themselves.
    static func forService(_ directory: DataDirectory, patience: Duration = .seconds(60)) async throws -> ServeLock {
        let end = ContinuousClock.now + patience
        var services = 0
        var isTold = false
        while true {
            do { return try ServeLock(directory, for: .service) } catch let failure as Failure {
                guard failure.status == .conflict, ContinuousClock.now < end else { throw failure }
                // A holder writes its name a moment after it has taken the lock: one look may see the name before.
                services = holder(directory) == .command ? 0 : services + 1
                guard services < 3 else { throw failure }
                if services == 0, !isTold {
                    isTold = true
                    Console.note("A command is sending messages for \(directory.path); waiting for its end.")
                }
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    private static func holder(_ directory: DataDirectory) -> Holder? {
        (try? String(contentsOfFile: directory.serveLock, encoding: .utf8)).flatMap(Holder.init(rawValue:))
    }

    /// Whether somebody sends for the directory.
    static func isTaken(_ directory: DataDirectory) -> Bool {
        let descriptor = open(directory.serveLock, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0
    }

    func release() {
        descriptor.withLock { descriptor in
            if descriptor >= 0 { close(descriptor) }
            descriptor = -1
        }
    }

    deinit { release() }
}
