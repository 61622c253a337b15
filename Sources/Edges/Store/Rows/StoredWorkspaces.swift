package import Exchange
import Operations

extension StoredTransaction {
    private static let columns = """
        id, name, platform, realm, sealed_secret, language, added_by, created_at_ms, revoked_at_ms
        """

    private static func decode(_ row: borrowing SQLRow) throws -> Workspace {
        Workspace(
            id: try row.identifier(0), name: try row.text(1), platform: try row.choice(2), realm: try row.text(3),
            sealedSecret: try row.text(4), language: try row.choice(5),
            addedBy: ActorReference(stored: try row.text(6)), createdAt: try row.instant(7),
            revokedAt: try row.instantOrNil(8))
    }

    package func insert(_ workspace: Workspace) throws {
        try sql.execute(
            "INSERT INTO workspace (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                SQLValue(workspace.id), .text(workspace.name), SQLValue(workspace.platform), .text(workspace.realm),
                .text(workspace.sealedSecret), SQLValue(workspace.language), .text(workspace.addedBy.text),
                SQLValue(workspace.createdAt), SQLValue(workspace.revokedAt),
            ])
    }

    package func update(_ workspace: Workspace) throws {
        try sql.execute(
            "UPDATE workspace SET revoked_at_ms = ? WHERE id = ?",
            [SQLValue(workspace.revokedAt), SQLValue(workspace.id)])
    }

    package func workspace(_ id: Identifier<Workspace>) throws -> Workspace? {
        try sql.first("SELECT \(Self.columns) FROM workspace WHERE id = ?", [SQLValue(id)], Self.decode)
    }

    package func workspaces() throws -> [Workspace] {
        try sql.query("SELECT \(Self.columns) FROM workspace ORDER BY id", [], Self.decode)
    }

    // MARK: Chat accounts

    private static let accountColumns = "account, participant_id, workspace_id, label, linked_at_ms"

    private static func decodeAccount(_ row: borrowing SQLRow) throws -> ChatAccount {
        ChatAccount(
            key: try row.text(0), participant: try row.identifier(1), workspace: try row.identifier(2),
            label: try row.text(3), linkedAt: try row.instant(4))
    }

    package func link(_ account: ChatAccount) throws {
        try sql.execute(
            """
            INSERT INTO chat_account (\(Self.accountColumns)) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (account) DO UPDATE SET participant_id = excluded.participant_id,
                workspace_id = excluded.workspace_id, label = excluded.label, linked_at_ms = excluded.linked_at_ms
            """,
            [
                .text(account.key), SQLValue(account.participant), SQLValue(account.workspace), .text(account.label),
                SQLValue(account.linkedAt),
            ])
    }

    package func unlink(_ key: String) throws {
        try sql.execute("DELETE FROM chat_account WHERE account = ?", [.text(key)])
    }

    package func chatAccount(_ key: String) throws -> ChatAccount? {
        try sql.first(
            "SELECT \(Self.accountColumns) FROM chat_account WHERE account = ?", [.text(key)], Self.decodeAccount)
    }

    package func chatAccounts(of participant: Identifier<Participant>) throws -> [ChatAccount] {
        try sql.query(
            """
            SELECT \(Self.accountColumns) FROM chat_account WHERE participant_id = ? ORDER BY linked_at_ms, account
            """, [SQLValue(participant)], Self.decodeAccount)
    }

    package func setCode(_ code: LinkCode) throws {
        try sql.execute(
            """
            INSERT INTO link_code (participant_id, code_hash, created_at_ms, expires_at_ms) VALUES (?, ?, ?, ?)
            ON CONFLICT (participant_id) DO UPDATE SET code_hash = excluded.code_hash,
                created_at_ms = excluded.created_at_ms, expires_at_ms = excluded.expires_at_ms
            """,
            [SQLValue(code.participant), .text(code.hash), SQLValue(code.createdAt), SQLValue(code.expiresAt)])
    }

    package func takeCode(hash: String) throws -> LinkCode? {
        let found = try sql.first(
            "SELECT code_hash, participant_id, created_at_ms, expires_at_ms FROM link_code WHERE code_hash = ?",
            [.text(hash)]
        ) { row in
            LinkCode(
                hash: try row.text(0), participant: try row.identifier(1), createdAt: try row.instant(2),
                expiresAt: try row.instant(3))
        }
        // Of two who come at the same time one deletes it, and the other finds nothing.
        guard let found, try sql.execute("DELETE FROM link_code WHERE code_hash = ?", [.text(hash)]) == 1 else {
            return nil
        }
        return found
    }

    package func guesses(of subject: String) throws -> WrongGuesses? {
        try sql.first("SELECT wrong, since_ms FROM wrong_guess WHERE subject = ?", [.text(subject)]) {
            WrongGuesses(count: try $0.int(0), since: try $0.instant(1))
        }
    }

    package func setGuesses(_ guesses: WrongGuesses?, of subject: String) throws {
        guard let guesses else {
            try sql.execute("DELETE FROM wrong_guess WHERE subject = ?", [.text(subject)])
            return
        }
        try sql.execute(
            """
            INSERT INTO wrong_guess (subject, wrong, since_ms) VALUES (?, ?, ?)
            ON CONFLICT (subject) DO UPDATE SET wrong = excluded.wrong, since_ms = excluded.since_ms
            """, [.text(subject), SQLValue(guesses.count), SQLValue(guesses.since)])
    }
}
