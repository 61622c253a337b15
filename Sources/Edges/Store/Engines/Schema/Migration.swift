/// One step of the schema. Never changed after it has shipped: the database outlives the program.
///
/// The text is SQL for both engines with these tokens where they differ:
/// `{{int}}`, `{{real}}`, `{{text}}`, `{{blob}}` for the column types, `{{strict}}` after a table.
package struct Migration: Sendable {
    package let version: Int
    package let name: String
    package let sql: String

    package init(version: Int, name: String, sql: String) {
        self.version = version
        self.name = name
        self.sql = sql
    }

    /// Of the text with its tokens, so the same on both engines.
    var checksum: String {
        var sum = CRC64()
        sum.update(sql.utf8)
        return sum.hex
    }

    /// The text for one engine.
    package func sql(for engine: EngineKind) -> String {
        Migration.replacements(engine).reduce(sql) { text, replacement in
            text.split(separator: replacement.token, omittingEmptySubsequences: false)
                .joined(separator: replacement.sql)
        }
    }

    private static func replacements(_ engine: EngineKind) -> [(token: String, sql: String)] {
        switch engine {
        case .sqlite:
            return [
                ("{{int}}", "INTEGER"), ("{{real}}", "REAL"), ("{{text}}", "TEXT"), ("{{blob}}", "BLOB"),
                ("{{strict}}", "STRICT"),
            ]
        case .postgres:
            // Texts compare by bytes, as SQLite's do; the language of the server must not change an order or a page.
            return [
                ("{{int}}", "BIGINT"), ("{{real}}", "DOUBLE PRECISION"), ("{{text}}", "TEXT COLLATE \"C\""),
                ("{{blob}}", "BYTEA"), ("{{strict}}", ""),
            ]
        }
    }
}
