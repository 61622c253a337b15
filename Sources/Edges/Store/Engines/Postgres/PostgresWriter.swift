/// The writing connection.
///
/// Isolation is READ COMMITTED under one lock for the whole schema, taken at the start of each writing transaction and
/// held to its end. So there is one writer at a time, as in SQLite: what a transaction has read cannot change before
/// its commit, nothing ever fails to serialise or dead-locks, and happenings are numbered in commit order without
/// gaps, which lets a follower on any node read them by number and never miss one that commits late. SERIALIZABLE
/// would give the first two only by making callers repeat their work, and the third not at all. What is lost, writing
/// side by side, is more than made up by sharing commits.
struct PostgresWriter: WritingConnection {
    let connection: PostgresConnection
    let clock: @Sendable () -> Int64

    func begin() throws {
        do {
            try connection.connect()
            try beginLocked()
        } catch StoreFault.connectionLost {
            // The server may have been restarted since the last use: nothing has happened yet, so begin anew.
            connection.disconnect()
            try connection.connect()
            try beginLocked()
        }
    }

    private func beginLocked() throws {
        try connection.run(
            "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(\(connection.writerKey))")
    }

    func commit() throws {
        guard connection.isInTransaction else { return }
        let transaction = try connection.scalar("SELECT pg_current_xact_id_if_assigned()::text")
        do {
            let tag = try connection.run("COMMIT")
            guard tag == "COMMIT" else {
                throw StoreFault.other(code: tag, message: "the server did not commit the transaction")
            }
        } catch StoreFault.connectionLost(_, let detail) {
            // A transaction without a number has changed nothing.
            guard let transaction else { return }
            try learnOutcome(of: transaction, detail)
        }
    }

    /// The connection broke while COMMIT was under way: the server remembers how it ended.
    private func learnOutcome(of transaction: String, _ detail: String) throws {
        connection.disconnect()
        let outcome: String?
        do {
            try connection.connect()
            // The lock is held until the lost transaction has ended, so taking it waits for the outcome.
            try beginLocked()
            outcome = try connection.scalar("SELECT pg_xact_status('\(transaction)'::xid8)")
            try connection.run("ROLLBACK")
        } catch { throw StoreFault.connectionLost(.unknown, detail) }
        switch outcome {
        case "committed": return
        case "aborted": throw StoreFault.connectionLost(.rolledBack, detail)
        default: throw StoreFault.connectionLost(.unknown, detail)
        }
    }

    func rollback() {
        guard connection.isInTransaction else { return }
        do { try connection.run("ROLLBACK") } catch {
            // A connection that cannot even roll back is of no use; the server undoes the transaction itself.
            connection.disconnect()
        }
    }

    func execute(_ sql: String) throws { try connection.run(sql) }

    var lostTransaction: Bool { !connection.isUsable || !connection.isInTransaction }

    func session() -> any FinishingSession { PostgresSession(connection, now: clock()) }
}
