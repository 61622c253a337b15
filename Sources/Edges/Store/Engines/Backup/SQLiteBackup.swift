import Foundation
import GRDB

/// What a backup was found to hold, after reading it back.
package struct BackupReport: Sendable {
    package let path: String
    package let bytes: Int
    package let schemaVersion: Int
    /// Rows by table, counted in the backup and equal to those of the snapshot it was made from.
    package let rows: [String: Int]
}

extension SQLiteEngine {
    /// Copies the database while it is in use, to a file of its own, and checks the copy before it gets its name.
    ///
    /// - Throws: ``StoreFault/backup(_:)`` if there is a file at `target` already or the copy is not sound.
    package func backup(to target: String) async throws -> BackupReport {
        guard !FileManager.default.fileExists(atPath: target) else {
            throw StoreFault.backup("There is a file at \(target) already. Choose another name; nothing was written.")
        }
        let partial = target + ".partial"
        DatabaseFiles.remove(partial)
        defer { DatabaseFiles.remove(partial) }
        do {
            let expected = try await pool.read { source in
                // Counted in the very snapshot that is copied.
                let rows = try countRows(source)
                let copy = try DatabaseQueue(path: partial)
                try copy.inDatabase { try source.backup(to: $0) }
                try copy.close()
                return rows
            }
            let found = try SQLiteBackup.check(partial)
            guard found.rows == expected else {
                throw StoreFault.backup("The copy does not hold the rows of the original. Is the disk sound?")
            }
            try DatabaseFiles.sync(partial)
            try DatabaseFiles.rename(partial, to: target)
            return BackupReport(
                path: target, bytes: DatabaseFiles.size(target), schemaVersion: found.schemaVersion, rows: found.rows)
        } catch { throw SQLiteFaults.fault(error) }
    }
}

/// Checking and restoring copies of a SQLite database.
package enum SQLiteBackup {
    /// Whether a restore may take the place of data that is there.
    package enum Replacing: Sendable {
        case nothing
        case existingData
    }

    /// Whether the file begins as every SQLite database does.
    static func isDatabase(_ path: String) -> Bool {
        guard let handle = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? handle.close() }
        return (try? handle.read(upToCount: 16)) == Data("SQLite format 3\0".utf8)
    }

    /// Reads a copy through: structure, references, rows.
    static func check(_ path: String) throws -> (schemaVersion: Int, rows: [String: Int]) {
        guard FileManager.default.fileExists(atPath: path) else {
            throw StoreFault.backup("There is no file at \(path).")
        }
        do {
            let queue = try DatabaseQueue(path: path)
            defer { try? queue.close() }
            return try queue.inDatabase { database in
                // One file, without a journal beside it that could be forgotten.
                try database.execute(sql: "PRAGMA journal_mode = DELETE")
                let verdict = try String.fetchAll(database, sql: "PRAGMA integrity_check")
                guard verdict == ["ok"] else {
                    throw StoreFault.backup("\(path) is damaged: \(verdict.prefix(3).joined(separator: "; ")).")
                }
                let dangling = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check")
                guard dangling.isEmpty else {
                    throw StoreFault.backup("\(path) has \(dangling.count) rows that refer to missing ones.")
                }
                let version = try Int.fetchOne(database, sql: "SELECT max(version) FROM schema_migration") ?? 0
                return (version, try countRows(database))
            }
        } catch {
            guard let known = error as? DatabaseError else { throw error }
            throw StoreFault.backup("\(path) is not a backup of this store (\(known.message ?? "unreadable")).")
        }
    }

    /// Puts a checked copy in the place of the database at `target`. The service must be stopped.
    ///
    /// - Parameter known: the schema version this program knows; a newer backup is refused.
    package static func restore(
        from source: String, to target: String, known: Int, replacing: Replacing = .nothing
    ) throws -> BackupReport {
        let alone = try FileLock(path: target + ".lock", .exclusive)
        defer { alone.unlock() }
        if replacing == .nothing, try holdsData(target) {
            throw StoreFault.backup(
                "\(target) holds data. Nothing was changed; repeat with the flag that allows replacing it.")
        }
        let partial = target + ".restoring"
        DatabaseFiles.remove(partial)
        defer { DatabaseFiles.remove(partial) }
        guard FileManager.default.fileExists(atPath: source) else {
            throw StoreFault.backup("There is no file at \(source).")
        }
        try FileManager.default.copyItem(atPath: source, toPath: partial)
        let found = try check(partial)
        guard found.schemaVersion <= known else {
            throw StoreFault.newerSchema(found: found.schemaVersion, known: known)
        }
        try DatabaseFiles.sync(partial)
        // The old journal belongs to the old file and would be played into the new one. What it holds goes home first:
        // after a crash between the two steps the old file must be whole.
        settleJournal(target)
        DatabaseFiles.removeJournals(target)
        try DatabaseFiles.rename(partial, to: target)
        return BackupReport(
            path: target, bytes: DatabaseFiles.size(target), schemaVersion: found.schemaVersion, rows: found.rows)
    }

    /// Moves what the journal holds into the file. A file too damaged for that is about to be replaced, so errors do
    /// not matter.
    private static func settleJournal(_ path: String) {
        guard DatabaseFiles.size(path) > 0, let queue = try? DatabaseQueue(path: path) else { return }
        try? queue.inDatabase { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        try? queue.close()
    }

    private static func holdsData(_ path: String) throws -> Bool {
        guard DatabaseFiles.size(path) > 0 else { return false }
        let queue: DatabaseQueue
        do { queue = try DatabaseQueue(path: path) } catch { return true }
        defer { try? queue.close() }
        return try queue.inDatabase { database in
            try countRows(database).contains { $0.key != "schema_migration" && $0.value > 0 }
        }
    }
}

private func countRows(_ database: Database) throws -> [String: Int] {
    let names = try String.fetchAll(
        database, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")
    return try names.reduce(into: [:]) { rows, name in
        rows[name] = try Int.fetchOne(database, sql: "SELECT count(*) FROM \(quotedName(name))")
    }
}
