/// Why a webhook address was not accepted. Each refusal's `sentence` says what to do.
package enum WebhookURLRefusal: Error, Equatable, Sendable {
    case empty
    /// Longer than `WebhookURL.longest` bytes.
    case tooLong(Int)
    /// A space, control or backslash somewhere.
    case badCharacter
    /// Letters outside ASCII; the host must be in punycode, the path percent-encoded.
    case notASCII
    /// Neither https nor http.
    case scheme(String)
    /// Plain http to a host that is not allowed for it.
    case plainHTTP
    /// `user:password@` before the host.
    case userInformation
    /// A `#` part, which no receiver would ever see.
    case fragment
    case badHost(String)
    /// A number spelled in a way that hides the address it stands for, such as `0x7f.1` or `2130706433`.
    case oddAddress(String)
    case badPort(String)
    /// The host is an address that is not public.
    case notPublic(String, SpecialRange)
    /// The host's name can only be resolved inside a network.
    case localName(String)

    /// One plain English sentence for a form or a command line.
    package var sentence: String {
        switch self {
        case .empty: "Enter the webhook's address; it begins with https://."
        case .tooLong(let count): "The address has \(count) bytes; at most \(WebhookURL.longest) are possible."
        case .badCharacter: "The address holds a space, line break or backslash; copy it again from the chat service."
        case .notASCII: "Write the host in punycode (xn--...) and other letters percent-encoded."
        case .scheme(let scheme): "\(scheme) is not possible here; use https."
        case .plainHTTP: "Plain http is only possible for hosts that an administrator allowed; use https."
        case .userInformation: "Remove the user name and password before the host; use a signed webhook instead."
        case .fragment: "Remove the part after #; it is never sent."
        case .badHost(let host): "\(host) is not a host name."
        case .oddAddress(let host): "Write the address \(host) as four decimal numbers, or use the host's name."
        case .badPort(let port): "The port \(port) is not possible; use 1 to 65535."
        case .notPublic(let address, let range):
            "The address \(address) is \(range.words); an administrator must allow this host first."
        case .localName(let host): "\(host) exists only inside a network; an administrator must allow this host first."
        }
    }
}

/// The address of a chat webhook, checked. For Slack, Mattermost and others the address *is* the secret.
package struct WebhookURL: Sendable, Hashable {
    /// The longest address, in bytes.
    package static let longest = 2000

    /// The whole address, secret included: for the wire and the encrypted store only.
    package let text: String
    /// In lower case; an IPv6 address stands in brackets.
    package let host: String
    /// The port, 443 or 80 where none was written.
    package let port: Int
    /// Path and query, beginning with `/`.
    package let target: String
    /// Which addresses a request to it may connect to, by the administrator's allowance.
    package let scope: AddressScope
    private let scheme: String

    /// Reads and checks `text` (spaces around it are dropped); throws the first reason against it.
    package init(_ text: String, allowing allowance: HostAllowance = .none) throws(WebhookURLRefusal) {
        let text = try Self.checkedText(text)
        guard let mark = text.firstRange(of: "://") else { throw .scheme("An address without https://") }
        scheme = text[..<mark.lowerBound].lowercased()
        guard scheme == "https" || scheme == "http" else { throw .scheme(scheme) }
        let rest = text[mark.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard !authority.contains("@") else { throw .userInformation }
        let (name, portText) = try Self.split(authority)
        host = name.lowercased()
        port = try Self.port(portText, default: scheme == "https" ? 443 : 80)
        let path = rest[authority.endIndex...]
        target = path.isEmpty ? "/" : path.first == "?" ? "/" + path : String(path)
        let allowed = allowance.permits(host: host, port: port)
        scope = allowed ? .privateAllowed : .publicOnly
        try Self.checkHost(host, allowed: allowed)
        guard scheme == "https" || allowed else { throw .plainHTTP }
        let shownPort = port == (scheme == "https" ? 443 : 80) ? "" : ":\(port)"
        self.text = "\(scheme)://\(host)\(shownPort)\(target)"
    }

    /// The address with everything hidden that could be a secret: scheme, host and port remain, and four last
    /// characters.
    package var redacted: String {
        let shownPort = port == (scheme == "https" ? 443 : 80) ? "" : ":\(port)"
        let tail = target.utf8.count >= 24 ? "..." + String(target.suffix(4)) : "..."
        return target == "/" ? "\(scheme)://\(host)\(shownPort)/" : "\(scheme)://\(host)\(shownPort)/\(tail)"
    }

    private static func checkedText(_ text: String) throws(WebhookURLRefusal) -> String {
        let trimmed = text.drop { $0.isWhitespace }
        let text = String(trimmed.reversed().drop { $0.isWhitespace }.reversed())
        guard !text.isEmpty else { throw .empty }
        guard text.utf8.count <= longest else { throw .tooLong(text.utf8.count) }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "\\") }) else { throw .badCharacter }
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else { throw .notASCII }
        guard !text.contains("#") else { throw .fragment }
        guard !text.utf8.contains(where: { "\"<>^`{|}".utf8.contains($0) }) else { throw .badCharacter }
        return text
    }

    private static func split(_ authority: Substring) throws(WebhookURLRefusal) -> (Substring, Substring?) {
        if authority.first == "[" {
            guard let close = authority.firstIndex(of: "]") else { throw .badHost(String(authority)) }
            let after = authority[authority.index(after: close)...]
            guard after.isEmpty || after.first == ":" else { throw .badHost(String(authority)) }
            return (authority[...close], after.isEmpty ? nil : after.dropFirst())
        }
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2 else { throw .badHost(String(authority)) }
        return (parts[0], parts.count == 2 ? parts[1] : nil)
    }

    private static func port(_ text: Substring?, default usual: Int) throws(WebhookURLRefusal) -> Int {
        guard let text else { return usual }
        guard (1...5).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(text), (1...65_535).contains(port)
        else { throw .badPort(String(text)) }
        return port
    }

    private static func checkHost(_ host: String, allowed: Bool) throws(WebhookURLRefusal) {
        if host.first == "[" {
            guard let address = IPAddress(String(host.dropFirst().dropLast())), case .v6 = address else {
                throw .badHost(host)
            }
            return try checkAddress(address, allowed: allowed)
        }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        let wellFormed = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d }
        }
        guard (1...253).contains(host.utf8.count), wellFormed, let last = labels.last else { throw .badHost(host) }
        if isNumber(last) {
            guard let address = IPAddress(host) else { throw .oddAddress(host) }
            return try checkAddress(address, allowed: allowed)
        }
        let local: Set<Substring> = [
            "localhost", "local", "internal", "lan", "home", "corp", "test", "invalid", "arpa",
        ]
        guard allowed || (labels.count > 1 && !local.contains(last)) else { throw .localName(host) }
    }

    private static func checkAddress(_ address: IPAddress, allowed: Bool) throws(WebhookURLRefusal) {
        if let range = AddressPolicy.refusal(of: address, in: allowed ? .privateAllowed : .publicOnly) {
            throw .notPublic(address.description, range)
        }
    }

    /// By the WHATWG URL rule a host whose last label is a number is an IPv4 address in some spelling.
    private static func isNumber(_ label: Substring) -> Bool {
        if label.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return true }
        return label.hasPrefix("0x")
            && label.utf8.dropFirst(2).allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
            }
    }
}

extension WebhookURL: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The redacted form, so that no log or crash text shows the secret.
    package var description: String { redacted }
    /// The redacted form.
    package var debugDescription: String { redacted }
    /// Only the redacted form, so that `dump` and test output show no secret.
    package var customMirror: Mirror { Mirror(self, children: ["redacted": redacted]) }
}
