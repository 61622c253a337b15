/// The hosts an administrator allowed although they are private or speak plain http.
package struct HostAllowance: Sendable, Equatable {
    /// Nothing beyond public https.
    package static let none = HostAllowance()

    private let entries: Set<String>

    /// Each entry is `host` (any port) or `host:port`, an IPv6 address in brackets; compared without case.
    package init(_ entries: [String] = []) {
        self.entries = Set(entries.map { $0.lowercased() })
    }

    /// Whether `host` (lower case, IPv6 in brackets) is allowed at `port`.
    package func permits(host: String, port: Int) -> Bool {
        entries.contains(host) || entries.contains("\(host):\(port)")
    }
}
