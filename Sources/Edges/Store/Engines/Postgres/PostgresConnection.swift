import CPostgres
import Glibc

/// One libpq connection. Used by one thread at a time.
final class PostgresConnection {
    private let settings: PostgresSettings
    private var handle: OpaquePointer?
    private var prepared: [String: Prepared] = [:]
    private var preparedCount = 0
    /// Identifies the schema's writer among all clients of the database.
    private(set) var writerKey: Int64 = 0

    fileprivate struct Prepared {
        let name: String
        let arity: Int
    }

    init(_ settings: PostgresSettings) { self.settings = settings }

    deinit { disconnect() }

    var isUsable: Bool { handle.map { PQstatus($0) == CONNECTION_OK } ?? false }

    var isInTransaction: Bool { handle.map { PQtransactionStatus($0) != PQTRANS_IDLE } ?? false }

    func disconnect() {
        if let handle { PQfinish(handle) }
        handle = nil
        prepared = [:]
    }

    /// Connects if there is no working connection, and makes the session what this store relies on.
    func connect() throws {
        if isUsable { return }
        disconnect()
        guard let fresh = PostgresConnection.open(settings.url) else {
            throw StoreFault.connectionLost(.rolledBack, "out of memory while connecting")
        }
        handle = fresh
        guard PQstatus(fresh) == CONNECTION_OK else {
            let fault = PostgresFaults.fault(of: nil, on: fresh)
            disconnect()
            throw fault
        }
        // Notices (“table exists, skipping”) are not for the service's standard error.
        PQsetNoticeProcessor(fresh, { _, _ in }, nil)
        do {
            try run(settings.sessionSetup)
            let confirmed = try setting("synchronous_commit")
            guard ["on", "remote_apply"].contains(confirmed) else {
                throw StoreFault.notDurable("synchronous_commit is \(confirmed), not on")
            }
            let encoding = try setting("server_encoding")
            guard encoding == "UTF8" else {
                throw StoreFault.other(
                    code: "encoding", message: "the database is encoded as \(encoding); create it with ENCODING 'UTF8'")
            }
            writerKey = Int64(
                bitPattern: CRC64.checksum("industrymix writer in \(try scalar("SELECT current_schema()::text") ?? "")")
            )
        } catch {
            disconnect()
            throw error
        }
    }

    /// A server that has become unreachable without a word must be noticed: without limits the one writer would wait
    /// for as long as the system's own, which is a quarter of an hour and more. What the address says itself counts.
    private static func open(_ url: String) -> OpaquePointer? {
        let parameters = [
            ("connect_timeout", "5"), ("keepalives_idle", "10"), ("keepalives_interval", "5"),
            ("keepalives_count", "3"), ("tcp_user_timeout", "20000"), ("dbname", url),
        ]
        let keywords = parameters.map { UnsafePointer<CChar>(strdup($0.0)) }
        let values = parameters.map { UnsafePointer<CChar>(strdup($0.1)) }
        defer { for text in keywords + values { free(UnsafeMutablePointer(mutating: text)) } }
        // A list ends at its first nil, so one that could not be copied would be cut short.
        guard !keywords.contains(nil), !values.contains(nil) else { return nil }
        return PQconnectdbParams(keywords + [nil], values + [nil], 1)
    }

    private func live() throws -> OpaquePointer {
        guard let handle else { throw StoreFault.connectionLost(.rolledBack, "not connected") }
        return handle
    }

    /// Runs statements without values, in one round trip; answers the tag of the last one (`COMMIT`, `ROLLBACK`).
    @discardableResult
    func run(_ sql: String) throws -> String {
        let handle = try live()
        let result = PQexec(handle, sql)
        defer { PQclear(result) }
        try check(result, handle)
        return PQcmdStatus(result).map { String(cString: $0) } ?? ""
    }

    func setting(_ name: String) throws -> String { try scalar("SHOW \(name)") ?? "" }

    /// The first column of the first row, as text.
    func scalar(_ sql: String) throws -> String? {
        let handle = try live()
        let result = PQexec(handle, sql)
        defer { PQclear(result) }
        try check(result, handle)
        guard let result, PQntuples(result) > 0, PQgetisnull(result, 0, 0) == 0 else { return nil }
        return PQgetvalue(result, 0, 0).map { String(cString: $0) }
    }

    /// Runs a prepared statement and lends its result.
    func withResult<Value>(
        _ sql: String, _ arguments: [SQLValue], _ body: (OpaquePointer) throws -> Value
    ) throws -> Value {
        let handle = try live()
        let statement = try prepare(sql, arguments)
        try statement.accepts(arguments, sql)
        let result = try PostgresArguments(arguments).withParameters { count, values, lengths, formats in
            PQexecPrepared(handle, statement.name, count, values, lengths, formats, 1)
        }
        defer { PQclear(result) }
        try check(result, handle)
        guard let result else { throw PostgresFaults.fault(of: nil, on: handle) }
        return try body(result)
    }

    /// Sends many executions of one statement without waiting for each answer.
    func pipeline(_ sql: String, _ rows: ArraySlice<[SQLValue]>) throws -> Int {
        let handle = try live()
        guard let first = rows.first else { return 0 }
        let statement = try prepare(sql, first)
        guard PQenterPipelineMode(handle) == 1 else { throw PostgresFaults.fault(of: nil, on: handle) }
        defer { PQexitPipelineMode(handle) }
        var refused: (any Error)?
        var sent = 0
        do {
            for row in rows {
                try statement.accepts(row, sql)
                let accepted = try PostgresArguments(row).withParameters { count, values, lengths, formats in
                    PQsendQueryPrepared(handle, statement.name, count, values, lengths, formats, 1)
                }
                guard accepted == 1 else { throw PostgresFaults.fault(of: nil, on: handle) }
                sent += 1
            }
        } catch { refused = error }
        guard PQpipelineSync(handle) == 1 else { throw PostgresFaults.fault(of: nil, on: handle) }
        var changes = 0
        for _ in 0..<sent {
            let result = PQgetResult(handle)
            do { try check(result, handle) } catch { refused = refused ?? error }
            changes += PostgresConnection.changes(result)
            PQclear(result)
            // Each statement's results end with a nil.
            while let rest = PQgetResult(handle) { PQclear(rest) }
            if !isUsable { break }
        }
        while let sync = PQgetResult(handle) {
            let reached = PQresultStatus(sync) == PGRES_PIPELINE_SYNC
            PQclear(sync)
            if reached { break }
        }
        if let refused { throw refused }
        return changes
    }

    static func changes(_ result: OpaquePointer?) -> Int {
        guard let result, let text = PQcmdTuples(result) else { return 0 }
        return Int(String(cString: text)) ?? 0
    }

    private func prepare(_ sql: String, _ arguments: [SQLValue]) throws -> Prepared {
        if let known = prepared[sql] { return known }
        let handle = try live()
        let rewritten = rewritePlaceholders(sql)
        preparedCount += 1
        let statement = Prepared(name: "s\(preparedCount)", arity: rewritten.count)
        // Texts and bytes say what they are; numbers and NULL take the type their place in the statement wants.
        let types: [Oid] = arguments.map { argument in
            switch argument {
            case .text: PostgresType.text
            case .blob: PostgresType.bytea
            case .null, .integer, .real: 0
            }
        }
        let hint = types.count == rewritten.count ? types : []
        let result = PQprepare(handle, statement.name, rewritten.text, Int32(hint.count), hint)
        defer { PQclear(result) }
        try check(result, handle)
        prepared[sql] = statement
        return statement
    }

    private func check(_ result: OpaquePointer?, _ handle: OpaquePointer) throws {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_SINGLE_TUPLE: return
        default: throw PostgresFaults.fault(of: result, on: handle)
        }
    }
}

extension PostgresConnection.Prepared {
    fileprivate func accepts(_ arguments: [SQLValue], _ sql: String) throws {
        guard arguments.count == arity else {
            throw StoreFault.other(code: "arguments", message: "\(arguments.count) values for \(arity) in: \(sql)")
        }
    }
}
