import Foundation

extension LogicalDump {
    /// What a dump says of itself, after all of it was read and found whole.
    struct Contents {
        var header: DumpFormat.Header
        var rows: [String: Int]
    }

    /// Reads a dump through: form, counts, checksums.
    static func check(_ path: String) throws -> Contents {
        let lines = try LineReader(path: path)
        let first = try lines.next() ?? []
        let header = try decode(DumpFormat.Header.self, first, "header")
        guard header.format == DumpFormat.name, header.version == DumpFormat.version else {
            throw StoreFault.backup("\(path) is not a dump of version \(DumpFormat.version) of this store.")
        }
        var contents = Contents(header: header, rows: [:])
        var whole = CRC64()
        whole.update(first)
        whole.update([DumpFormat.newline])
        while let line = try lines.next() {
            if let closing = try? decode(DumpFormat.Closing.self, line, "end") {
                guard closing.end == DumpFormat.name, closing.crc64 == whole.hex,
                    closing.rows == contents.rows.values.reduce(0, +), try lines.next() == nil
                else { throw StoreFault.backup("\(path) is damaged: its total does not agree.") }
                return contents
            }
            let opening = try decode(DumpFormat.Opening.self, line, "table")
            whole.update(line)
            whole.update([DumpFormat.newline])
            contents.rows[opening.table] = try checkTable(opening.table, lines, &whole)
        }
        throw StoreFault.backup("\(path) is truncated: its end is missing.")
    }

    private static func checkTable(_ table: String, _ lines: LineReader, _ whole: inout CRC64) throws -> Int {
        var rows = 0
        var sum = CRC64()
        while let line = try lines.next() {
            whole.update(line)
            whole.update([DumpFormat.newline])
            if line.first == UInt8(ascii: "[") {
                sum.update(line)
                sum.update([DumpFormat.newline])
                rows += 1
                continue
            }
            let closing = try decode(DumpFormat.Closing.self, line, "end of \(table)")
            guard closing.end == table, closing.rows == rows, closing.crc64 == sum.hex else {
                throw StoreFault.backup("The dump is damaged: table \(table) does not agree with its checksum.")
            }
            return rows
        }
        throw StoreFault.backup("The dump is truncated in table \(table).")
    }

    private static func decode<Value: Decodable>(
        _ type: Value.Type, _ line: ArraySlice<UInt8>?, _ what: String
    ) throws -> Value {
        guard let line, let value = try? JSONDecoder().decode(type, from: Data(line)) else {
            throw StoreFault.backup("The dump is damaged or of another kind: no \(what) where it should be.")
        }
        return value
    }

    /// Fills an engine from a dump, all of it or nothing, and compares every table with the dump before the commit.
    ///
    /// An empty database is first brought to the schema of the dump and afterwards to that of this program.
    package func restore(
        from path: String, into engine: some StoreEngine, replacing: SQLiteBackup.Replacing = .nothing
    ) async throws -> BackupReport {
        let contents = try LogicalDump.check(path)
        let known = Migrator(migrations).known
        guard contents.header.schema <= known else {
            throw StoreFault.newerSchema(found: contents.header.schema, known: known)
        }
        if try await Migrator(migrations).version(of: engine) < contents.header.schema {
            _ = try await Migrator(Array(migrations.prefix(contents.header.schema))).migrate(engine)
        }
        let rows = try await engine.write(.alone) { session in
            try LogicalDump.fill(session, from: path, replacing)
        }
        _ = try await Migrator(migrations).migrate(engine)
        return BackupReport(
            path: path, bytes: DatabaseFiles.size(path), schemaVersion: contents.header.schema, rows: rows)
    }

    private static func fill(
        _ session: any SQLSession, from path: String, _ replacing: SQLiteBackup.Replacing
    ) throws -> [String: Int] {
        let tables = try dumpedTables(session)
        try makeRoom(tables, session, replacing)
        // References in a circle are looked at when all rows are there.
        try session.script(
            session.engine == .sqlite ? "PRAGMA defer_foreign_keys = ON" : "SET CONSTRAINTS ALL DEFERRED")
        let lines = try LineReader(path: path)
        _ = try lines.next()
        var rows: [String: Int] = [:]
        while let line = try lines.next() {
            guard let opening = try? decode(DumpFormat.Opening.self, line, "table") else { break }
            guard let table = tables.first(where: { $0.name == opening.table }) else {
                throw StoreFault.backup("This program has no table \(opening.table). Restore into a fresh database.")
            }
            rows[table.name] = try fill(table, opening.columns, lines, session)
        }
        return rows
    }

    private static func makeRoom(
        _ tables: [SchemaCatalogue.Table], _ session: any SQLSession, _ replacing: SQLiteBackup.Replacing
    ) throws {
        for table in tables.reversed() {
            let name = quotedName(table.name)
            if replacing == .existingData {
                try session.execute("DELETE FROM \(name)")
            } else if try session.exists("SELECT 1 FROM \(name) LIMIT 1") {
                throw StoreFault.backup(
                    "The database holds data (table \(table.name)). Nothing was changed; "
                        + "repeat with the flag that allows replacing it.")
            }
        }
    }

    private static func fill(
        _ table: SchemaCatalogue.Table, _ columns: [String], _ lines: LineReader, _ session: any SQLSession
    ) throws -> Int {
        let kinds = try columns.map { name in
            guard let column = table.columns.first(where: { $0.name == name }) else {
                throw StoreFault.backup("Table \(table.name) has no column \(name). Restore into a fresh database.")
            }
            return column.kind
        }
        let insert = """
            INSERT INTO \(quotedName(table.name)) (\(columns.map(quotedName).joined(separator: ", ")))
            VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
            """
        var batch: [[SQLValue]] = []
        while let line = try lines.next() {
            guard line.first == UInt8(ascii: "[") else {
                try session.executeMany(insert, batch)
                let closing = try decode(DumpFormat.Closing.self, line, "end of \(table.name)")
                try compare(table, columns, closing, session)
                return closing.rows
            }
            batch.append(try DumpRowParser.row(line, kinds: kinds))
            if batch.count == 1_000 {
                try session.executeMany(insert, batch)
                batch.removeAll(keepingCapacity: true)
            }
        }
        throw StoreFault.backup("The dump is truncated in table \(table.name).")
    }

    /// Reads the restored table back and compares it with what the dump says of it.
    private static func compare(
        _ table: SchemaCatalogue.Table, _ columns: [String], _ closing: DumpFormat.Closing, _ session: any SQLSession
    ) throws {
        let restored = SchemaCatalogue.Table(
            name: table.name, columns: columns.compactMap { name in table.columns.first { $0.name == name } })
        let digest = try scan(restored, session) { _ in }
        guard digest.rows == closing.rows, digest.crc64 == closing.crc64 else {
            throw StoreFault.backup("Table \(table.name) does not agree with the dump after restoring it.")
        }
    }
}
