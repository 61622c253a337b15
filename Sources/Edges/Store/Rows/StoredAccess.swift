package import Exchange
package import Operations

extension StoredTransaction {
    private static let columns = """
        id, participant_id, name, scopes, secret_hash, created_at_ms, expires_at_ms, revoked_at_ms
        """

    private static func decode(_ row: borrowing SQLRow) throws -> AccessToken {
        AccessToken(
            id: try row.identifier(0), participant: try row.identifier(1), name: try row.text(2),
            scopes: Set(try row.choices(3, of: AccessToken.Scope.self)), hash: try row.text(4),
            createdAt: try row.instant(5), expiresAt: try row.instantOrNil(6), revokedAt: try row.instantOrNil(7))
    }

    package func insert(_ token: AccessToken) throws {
        try sql.execute(
            """
            INSERT INTO access_token (id, participant_id, name, scopes, secret_hash, created_at_ms, expires_at_ms,
                revoked_at_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                SQLValue(token.id), SQLValue(token.participant), .text(token.name),
                SQLValue(list: token.scopes.map(\.rawValue).sorted()), .text(token.hash), SQLValue(token.createdAt),
                SQLValue(token.expiresAt), SQLValue(token.revokedAt),
            ])
    }

    /// Only the revocation of a token can change.
    package func update(_ token: AccessToken) throws {
        let changed = try sql.execute(
            "UPDATE access_token SET revoked_at_ms = ? WHERE id = ?", [SQLValue(token.revokedAt), SQLValue(token.id)])
        guard changed == 1 else { throw Refusal.notFound(subject: "token", id: token.id.text) }
    }

    package func token(hash: String) throws -> AccessToken? {
        try sql.first("SELECT \(Self.columns) FROM access_token WHERE secret_hash = ?", [.text(hash)], Self.decode)
    }

    package func token(_ id: Identifier<AccessToken>) throws -> AccessToken? {
        try sql.first("SELECT \(Self.columns) FROM access_token WHERE id = ?", [SQLValue(id)], Self.decode)
    }

    package func tokens(of participant: Identifier<Participant>) throws -> [AccessToken] {
        try sql.query(
            "SELECT \(Self.columns) FROM access_token WHERE participant_id = ? ORDER BY id DESC",
            [SQLValue(participant)], Self.decode)
    }

    // MARK: Remembered answers

    package func remembered(key: String, of caller: String) throws -> RememberedAnswer? {
        try sql.first(
            """
            SELECT fingerprint, status, headers, body, created_at_ms FROM remembered_answer
            WHERE caller = ? AND request_key = ?
            """, [.text(caller), .text(key)]
        ) { row in
            RememberedAnswer(
                fingerprint: try row.text(0), status: try row.intOrNil(1), headers: try row.text(2),
                body: try row.text(3), createdAt: try row.instant(4))
        }
    }

    package func remember(_ answer: RememberedAnswer, key: String, of caller: String) throws {
        try sql.execute(
            """
            INSERT INTO remembered_answer (caller, request_key, fingerprint, status, headers, body, created_at_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (caller, request_key) DO UPDATE SET fingerprint = excluded.fingerprint,
                status = excluded.status, headers = excluded.headers, body = excluded.body,
                created_at_ms = excluded.created_at_ms
            """,
            [
                .text(caller), .text(key), .text(answer.fingerprint), SQLValue(answer.status), .text(answer.headers),
                .text(answer.body), SQLValue(answer.createdAt),
            ])
    }

    package func forget(key: String, of caller: String) throws {
        try sql.execute(
            "DELETE FROM remembered_answer WHERE caller = ? AND request_key = ?", [.text(caller), .text(key)])
    }

    package func forgetAnswers(before: Instant) throws -> Int {
        try sql.execute("DELETE FROM remembered_answer WHERE created_at_ms < ?", [SQLValue(before)])
    }

    // MARK: Standing facts

    package func standing(_ name: String) throws -> String? {
        try sql.first("SELECT value FROM standing WHERE name = ?", [.text(name)]) { try $0.text(0) }
    }

    package func setStanding(_ name: String, _ value: String?) throws {
        guard let value else {
            try sql.execute("DELETE FROM standing WHERE name = ?", [.text(name)])
            return
        }
        try sql.execute(
            "INSERT INTO standing (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [.text(name), .text(value)])
    }
}
