/// What a database really contains, read from its own catalogue; for dumps and for comparing schemas.
package struct SchemaCatalogue: Sendable, Equatable {
    package struct Table: Sendable, Equatable {
        package let name: String
        package let columns: [Column]
    }

    package struct Column: Sendable, Equatable {
        package let name: String
        package let kind: Kind
        /// 1 for the first column of the primary key, 0 for a column outside it.
        package let keyPosition: Int
    }

    package enum Kind: String, Sendable, Equatable {
        case integer
        case real
        case text
        case blob
    }

    /// Parents before the tables that refer to them.
    package let tables: [Table]

    package static func read(_ session: any SQLSession) throws -> SchemaCatalogue {
        let names: [String]
        let references: [(child: String, parent: String)]
        switch session.engine {
        case .sqlite:
            names = try session.query(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
            ) { try $0.text(0) }
            references = try session.query(
                """
                SELECT DISTINCT t.name, f."table" FROM sqlite_schema t, pragma_foreign_key_list(t.name) f
                WHERE t.type = 'table' ORDER BY 1, 2
                """
            ) { (try $0.text(0), try $0.text(1)) }
        case .postgres:
            names = try session.query(
                "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
            ) { try $0.text(0) }
            references = try session.query(
                """
                SELECT DISTINCT c.relname, p.relname FROM pg_constraint k
                JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE k.contype = 'f' AND n.nspname = current_schema() ORDER BY 1, 2
                """
            ) { (try $0.text(0), try $0.text(1)) }
        }
        let tables = try parentsFirst(names, references).map { name in
            Table(name: name, columns: try columns(of: name, session))
        }
        return SchemaCatalogue(tables: tables)
    }

    private static func columns(of table: String, _ session: any SQLSession) throws -> [Column] {
        switch session.engine {
        case .sqlite:
            return try session.query(
                "SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid", [.text(table)]
            ) { row in
                Column(name: try row.text(0), kind: try kind(row.text(1)), keyPosition: try row.int(2))
            }
        case .postgres:
            return try session.query(
                """
                SELECT a.attname, format_type(a.atttypid, NULL),
                    coalesce(array_position(i.indkey::int2[], a.attnum), -1) + 1
                FROM pg_attribute a
                JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
                WHERE n.nspname = current_schema() AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped
                ORDER BY a.attnum
                """, [.text(table)]
            ) { row in
                Column(name: try row.text(0), kind: try kind(row.text(1)), keyPosition: try row.int(2))
            }
        }
    }

    private static func kind(_ type: String) throws -> Kind {
        switch type.lowercased() {
        case "integer", "int", "bigint", "smallint": return .integer
        case "real", "double precision": return .real
        case "text", "character varying": return .text
        case "blob", "bytea": return .blob
        default: throw StoreFault.undecodable("a column of type \(type)")
        }
    }

    /// Orders tables so that rows can be inserted table after table. References in a circle (and to the table itself)
    /// are left to deferred foreign keys.
    private static func parentsFirst(
        _ names: [String], _ references: [(child: String, parent: String)]
    ) -> [String] {
        var ordered: [String] = []
        var rest = names
        while !rest.isEmpty {
            let ready = rest.filter { name in
                references.allSatisfy { $0.child != name || $0.parent == name || ordered.contains($0.parent) }
            }
            let next = ready.isEmpty ? [rest[0]] : ready
            ordered += next
            rest.removeAll { next.contains($0) }
        }
        return ordered
    }
}
