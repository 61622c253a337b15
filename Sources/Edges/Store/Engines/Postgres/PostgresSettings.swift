/// Where a PostgreSQL server is and how this store uses it.
package struct PostgresSettings: Sendable {
    /// A libpq URL or keyword string: `postgresql://user@host:port/database`.
    package var url: String
    /// The schema the tables stand in; nil leaves the server's search path.
    package var schema: String?
    package var limits: EngineLimits

    package init(url: String, schema: String? = nil, limits: EngineLimits = EngineLimits()) {
        self.url = url
        self.schema = schema
        self.limits = limits
    }

    /// Makes a fresh connection what the SQL of this store expects. A setting that the server or its pooler forced
    /// otherwise is found by asking for it afterwards.
    var sessionSetup: String {
        var setup = """
            SET client_encoding = 'UTF8';
            SET synchronous_commit = on;
            SET TimeZone = 'UTC';
            SET standard_conforming_strings = on;
            SET bytea_output = 'hex';
            SET lock_timeout = \(limits.lockWaitMilliseconds);
            SET application_name = 'industrymix';
            """
        if let schema { setup += "\nSET search_path = \(quotedName(schema));" }
        return setup
    }
}

/// A name as SQL identifier, whatever characters it has.
func quotedName(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}
