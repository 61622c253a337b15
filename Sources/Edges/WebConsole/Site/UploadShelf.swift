import Operations
import Synchronization

/// Files between their upload and their import: in memory, for an hour, few at a time.
final class UploadShelf: Sendable {
    /// A file that waits to be imported, or what is left of it.
    struct Upload: Sendable {
        let subject: ImportSubject
        let name: String
        var bytes: [UInt8]
        /// Postings are published at once.
        let publishes: Bool
        /// What was written so far; nothing before the first time.
        var written: Written?
    }

    /// How many rows did what.
    struct Written: Sendable, Equatable {
        var created = 0
        var updated = 0
        var unchanged = 0
    }

    private struct Place {
        var upload: Upload
        var usedAt: Int64
    }

    /// Bytes of all files; the longest unused make room.
    private static let mostBytes = 64 * 1024 * 1024
    private static let milliseconds: Int64 = 3_600_000

    private let places = Mutex<[String: Place]>([:])

    /// Puts a file on the shelf under its name, or in the place of what was there.
    func put(_ upload: Upload, as name: String, at now: Int64) {
        places.withLock { places in
            places = places.filter { $0.value.usedAt > now - Self.milliseconds }
            places[name] = Place(upload: upload, usedAt: now)
            while places.values.reduce(0, { $0 + $1.upload.bytes.count }) > Self.mostBytes, places.count > 1,
                let oldest = places.filter({ $0.key != name }).min(by: { $0.value.usedAt < $1.value.usedAt })
            { places[oldest.key] = nil }
        }
    }

    /// The file of the name, if it is still there.
    func take(_ name: String, at now: Int64) -> Upload? {
        places.withLock { places in
            guard let place = places[name], place.usedAt > now - Self.milliseconds else { return nil }
            places[name]?.usedAt = now
            return place.upload
        }
    }
}
