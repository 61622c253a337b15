/// A copy of a store that any engine can take in: for PostgreSQL's backups, and for moving between engines.
package struct LogicalDump: Sendable {
    let migrations: [Migration]

    package init(migrations: [Migration]) { self.migrations = migrations }

    /// Writes every row of one snapshot to a new file, while the store is in use.
    package func write(_ engine: some StoreEngine, to path: String) async throws -> BackupReport {
        let partial = path + ".partial"
        guard DatabaseFiles.size(path) == 0 else {
            throw StoreFault.backup("There is a file at \(path) already. Choose another name; nothing was written.")
        }
        DatabaseFiles.remove(partial)
        defer { DatabaseFiles.remove(partial) }
        let migrator = Migrator(migrations)
        let written = try await engine.read(.long) { session in
            let version = try migrator.version(in: session)
            return (version, try LogicalDump.write(session, schema: version, to: partial))
        }
        // Read back before it gets its name.
        let checked = try LogicalDump.check(partial)
        guard checked.rows == written.1 else {
            throw StoreFault.backup("The dump does not hold the rows of the store. Is the disk sound?")
        }
        try DatabaseFiles.rename(partial, to: path)
        return BackupReport(
            path: path, bytes: DatabaseFiles.size(path), schemaVersion: written.0, rows: checked.rows)
    }

    private static func write(_ session: any SQLSession, schema: Int, to path: String) throws -> [String: Int] {
        let writer = try DumpWriter(path: path)
        try writer.write(
            DumpFormat.line(
                DumpFormat.Header(
                    format: DumpFormat.name, version: DumpFormat.version, schema: schema, createdAtMs: session.now,
                    engine: session.engine.rawValue)))
        var rows: [String: Int] = [:]
        for table in try dumpedTables(session) {
            try writer.write(
                DumpFormat.line(DumpFormat.Opening(table: table.name, columns: table.columns.map(\.name))))
            let digest = try scan(table, session) { try writer.write($0) }
            rows[table.name] = digest.rows
            try writer.write(
                DumpFormat.line(DumpFormat.Closing(end: table.name, rows: digest.rows, crc64: digest.crc64)))
        }
        let total = rows.values.reduce(0, +)
        try writer.write(
            DumpFormat.line(DumpFormat.Closing(end: DumpFormat.name, rows: total, crc64: writer.crc64)))
        try writer.finish()
        return rows
    }

    /// The tables with data; the record of migrations belongs to the database, not to its contents.
    static func dumpedTables(_ session: any SQLSession) throws -> [SchemaCatalogue.Table] {
        try SchemaCatalogue.read(session).tables.filter { $0.name != "schema_migration" }
    }

    /// Hands out each row of a table as its line in the dump, in the order of its key, and sums them up.
    @discardableResult
    static func scan(
        _ table: SchemaCatalogue.Table, _ session: any SQLSession, _ take: ([UInt8]) throws -> Void
    ) throws -> (rows: Int, crc64: String) {
        let names = table.columns.map { quotedName($0.name) }.joined(separator: ", ")
        let key = table.columns.filter { $0.keyPosition > 0 }.sorted { $0.keyPosition < $1.keyPosition }
        let order = key.isEmpty ? names : key.map { quotedName($0.name) }.joined(separator: ", ")
        var rows = 0
        var sum = CRC64()
        var line: [UInt8] = []
        try stream("SELECT \(names) FROM \(quotedName(table.name)) ORDER BY \(order)", table.name, session) { row in
            line.removeAll(keepingCapacity: true)
            try DumpFormat.append(try (0..<table.columns.count).map { try row.value($0) }, to: &line)
            sum.update(line)
            rows += 1
            try take(line)
        }
        return (rows, sum.hex)
    }

    /// SQLite hands out rows as it finds them; libpq would first fetch them all, so there a cursor is used.
    private static func stream(
        _ sql: String, _ table: String, _ session: any SQLSession, _ body: (borrowing SQLRow) throws -> Void
    ) throws {
        guard session.engine == .postgres else { return try session.each(sql, [], body) }
        let cursor = quotedName("dump_\(table)")
        try session.script("DECLARE \(cursor) NO SCROLL CURSOR FOR \(sql)")
        var more = true
        while more {
            more = false
            try session.each("FETCH 1000 FROM \(cursor)") { row in
                more = true
                try body(row)
            }
        }
        try session.script("CLOSE \(cursor)")
    }
}
