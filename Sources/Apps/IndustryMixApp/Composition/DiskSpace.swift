import Foundation

/// Room on the disk of the data directory.
enum DiskSpace {
    /// Below this much the service says that it is not ready: room for a day's work and a checkpoint.
    static let least = 100 << 20

    /// Bytes that this user may still write.
    static func freeBytes(at path: String) -> Int? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        return Int(status.f_bavail) * Int(status.f_frsize)
    }
}
