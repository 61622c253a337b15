package import Exchange
import Operations

extension StoredTransaction {
    private static let columns = """
        id, participant_id, secret_hash, device, means, created_at_ms, seen_at_ms, ended_at_ms
        """

    private static func decode(_ row: borrowing SQLRow) throws -> BrowserSession {
        BrowserSession(
            id: try row.identifier(0), participant: try row.identifier(1), hash: try row.text(2),
            device: try row.text(3), means: try row.choice(4), createdAt: try row.instant(5),
            seenAt: try row.instant(6), endedAt: try row.instantOrNil(7))
    }

    package func insert(_ session: BrowserSession) throws {
        try sql.execute(
            """
            INSERT INTO browser_session (id, participant_id, secret_hash, device, means, created_at_ms, seen_at_ms,
                ended_at_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                SQLValue(session.id), SQLValue(session.participant), .text(session.hash), .text(session.device),
                SQLValue(session.means), SQLValue(session.createdAt), SQLValue(session.seenAt),
                SQLValue(session.endedAt),
            ])
    }

    package func update(_ session: BrowserSession) throws {
        let changed = try sql.execute(
            "UPDATE browser_session SET seen_at_ms = ?, ended_at_ms = ? WHERE id = ?",
            [SQLValue(session.seenAt), SQLValue(session.endedAt), SQLValue(session.id)])
        guard changed == 1 else { throw Refusal.notFound(subject: "session", id: session.id.text) }
    }

    package func session(hash: String) throws -> BrowserSession? {
        try sql.first("SELECT \(Self.columns) FROM browser_session WHERE secret_hash = ?", [.text(hash)], Self.decode)
    }

    package func session(_ id: Identifier<BrowserSession>) throws -> BrowserSession? {
        try sql.first("SELECT \(Self.columns) FROM browser_session WHERE id = ?", [SQLValue(id)], Self.decode)
    }

    package func sessions(of participant: Identifier<Participant>) throws -> [BrowserSession] {
        try sql.query(
            "SELECT \(Self.columns) FROM browser_session WHERE participant_id = ? ORDER BY id DESC",
            [SQLValue(participant)], Self.decode)
    }

    package func forgetSessions(seenBefore instant: Instant, limit: Int) throws -> Int {
        try sql.execute(
            """
            DELETE FROM browser_session WHERE id IN (
                SELECT id FROM browser_session WHERE seen_at_ms < ? ORDER BY seen_at_ms, id LIMIT ?)
            """, [SQLValue(instant), SQLValue(limit)])
    }

    // MARK: Links

    package func insert(_ link: SignInLink) throws {
        try sql.execute(
            "INSERT INTO sign_in_link (secret_hash, participant_id, expires_at_ms) VALUES (?, ?, ?)",
            [.text(link.hash), SQLValue(link.participant), SQLValue(link.expiresAt)])
    }

    package func signInLink(hash: String) throws -> SignInLink? {
        try sql.first(
            "SELECT secret_hash, participant_id, expires_at_ms FROM sign_in_link WHERE secret_hash = ?", [.text(hash)]
        ) { row in
            SignInLink(hash: try row.text(0), participant: try row.identifier(1), expiresAt: try row.instant(2))
        }
    }

    package func openSignInLinks(of participant: Identifier<Participant>) throws -> Int {
        try sql.first(
            "SELECT count(*) FROM sign_in_link WHERE participant_id = ? AND expires_at_ms > ?",
            [SQLValue(participant), SQLValue(now)]
        ) { try $0.int(0) } ?? 0
    }

    package func removeSignInLinks(of participant: Identifier<Participant>) throws {
        try sql.execute("DELETE FROM sign_in_link WHERE participant_id = ?", [SQLValue(participant)])
    }

    package func forgetSignInLinks(expiredBefore instant: Instant) throws -> Int {
        try sql.execute("DELETE FROM sign_in_link WHERE expires_at_ms < ?", [SQLValue(instant)])
    }

    // MARK: Passwords

    package func password(of participant: Identifier<Participant>) throws -> String? {
        try sql.first(
            "SELECT scrypt FROM participant_password WHERE participant_id = ?", [SQLValue(participant)]
        ) { try $0.text(0) }
    }

    package func setPassword(_ text: String?, of participant: Identifier<Participant>) throws {
        guard let text else {
            try sql.execute("DELETE FROM participant_password WHERE participant_id = ?", [SQLValue(participant)])
            return
        }
        try sql.execute(
            """
            INSERT INTO participant_password (participant_id, scrypt, changed_at_ms) VALUES (?, ?, ?)
            ON CONFLICT (participant_id) DO UPDATE SET scrypt = excluded.scrypt, changed_at_ms = excluded.changed_at_ms
            """, [SQLValue(participant), .text(text), SQLValue(now)])
    }

    // MARK: Failures

    package func signInFailures(_ key: String) throws -> SignInFailures? {
        try sql.first("SELECT failures, last_at_ms FROM sign_in_failure WHERE place = ?", [.text(key)]) { row in
            SignInFailures(count: try row.int(0), lastAt: try row.instant(1))
        }
    }

    package func setSignInFailures(_ failures: SignInFailures?, _ key: String) throws {
        guard let failures else {
            try sql.execute("DELETE FROM sign_in_failure WHERE place = ?", [.text(key)])
            return
        }
        try sql.execute(
            """
            INSERT INTO sign_in_failure (place, failures, last_at_ms) VALUES (?, ?, ?)
            ON CONFLICT (place) DO UPDATE SET failures = excluded.failures, last_at_ms = excluded.last_at_ms
            """, [.text(key), SQLValue(failures.count), SQLValue(failures.lastAt)])
    }

    package func forgetSignInFailures(before instant: Instant) throws -> Int {
        try sql.execute("DELETE FROM sign_in_failure WHERE last_at_ms < ?", [SQLValue(instant)])
    }
}
