/// A platform's message: its bytes, and how many of the notice's list items they show.
package struct PlatformMessage: Sendable, Equatable {
    /// The request's body.
    package let bytes: [UInt8]
    /// Items that stand in the message themselves; further ones are only counted in words.
    package let shownItems: Int
}

/// Where a message goes on the wire, besides what every request has.
package struct PlatformCall: Sendable {
    package var method: WireMethod
    /// The whole address; as secret as the one it was made of.
    package var url: String
    package var headers: [WireHeader]
    package var body: [UInt8]
}

/// Everything that is particular to one kind of receiver: the form of its messages and their limits, its pace, what it
/// needs besides an address, and how its answers are read. One small type a platform conforms.
package protocol PlatformForm: Sendable {
    /// The message that says `content`, always valid whatever its texts hold.
    static func message(for content: NoticeContent) -> PlatformMessage
    /// The media type of the body.
    static var contentType: String { get }
    /// How fast one channel may be written to.
    static var rate: SendingRate { get }
    /// What to do when nobody knows whether the receiver acted.
    static var ambiguityPolicy: AmbiguityPolicy { get }
    /// Whether requests are signed by the Standard Webhooks rule.
    static var signs: Bool { get }
    /// The secret that is needed besides the address, in words; nothing where the address is the secret.
    static var credentialWords: String? { get }
    /// The header that carries the secret.
    static func header(for credential: String) throws(CredentialRefusal) -> WireHeader
    /// What is missing from an address, in a sentence; nothing when a request can be made of it.
    static func flaw(in url: WebhookURL) -> String?
    /// What looks like a mistake in an address that is accepted all the same.
    static func hints(for url: WebhookURL) -> [WebhookURLHint]
    /// The verdict when the answer is one of the platform's own; nothing leaves it to the status.
    static func verdict(on answer: WireAnswer) -> Verdict?
    /// Turns address and body into what this platform wants on the wire; `id` is the same for every try.
    static func call(_ url: WebhookURL, id: String, body: [UInt8]) -> PlatformCall
}

extension PlatformForm {
    /// JSON.
    package static var contentType: String { "application/json; charset=utf-8" }
    /// Receivers that cannot recognise a repetition are sent one more, marked.
    package static var ambiguityPolicy: AmbiguityPolicy { .resendOnceMarked }
    /// Only generic webhooks are signed.
    package static var signs: Bool { false }
    /// The address is the secret.
    package static var credentialWords: String? { nil }
    /// Refuses: this platform takes none.
    package static func header(for credential: String) throws(CredentialRefusal) -> WireHeader {
        throw .notWanted
    }
    /// Any address will do.
    package static func flaw(in url: WebhookURL) -> String? { nil }
    /// Nothing looks wrong.
    package static func hints(for url: WebhookURL) -> [WebhookURLHint] { [] }
    /// Left to the status.
    package static func verdict(on answer: WireAnswer) -> Verdict? { nil }
    /// A POST of the body to the address.
    package static func call(_ url: WebhookURL, id: String, body: [UInt8]) -> PlatformCall {
        PlatformCall(method: .post, url: url.text, headers: [], body: body)
    }
}

/// Why the secret that a platform needs besides its address was not accepted.
package enum CredentialRefusal: Error, Equatable, Sendable {
    /// It is needed and was not given; the words say what it is and where it is found.
    case missing(String)
    /// The platform takes none.
    case notWanted
    /// It cannot be what is needed; the words say what is.
    case malformed(String)

    /// One plain English sentence for a form or a command line.
    package var sentence: String {
        switch self {
        case .missing(let words): "This platform needs, besides the address, \(words)."
        case .notWanted: "This platform needs no credential: its address is the secret. Leave it out."
        case .malformed(let words): "This does not look right; needed is \(words)."
        }
    }
}

extension WebhookURL {
    /// Scheme, host and port, without a slash at the end.
    var origin: String { String(text.dropLast(target.count)) }

    /// The path without the query.
    var path: Substring { target.prefix { $0 != "?" } }

    /// The parts of the path between slashes.
    var steps: [Substring] { path.split(separator: "/") }

    /// The query's names and values in their order, still percent-encoded.
    var query: [(name: Substring, value: Substring)] {
        guard let mark = target.firstIndex(of: "?") else { return [] }
        return target[target.index(after: mark)...].split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (parts[0], parts.count == 2 ? parts[1] : "")
        }
    }

    /// The address with `name=value` behind its query, unless the name stands there already.
    func text(adding name: String, _ value: String) -> String {
        if query.contains(where: { $0.name == name }) { return text }
        return text + (target.contains("?") ? "&" : "?") + "\(name)=\(value)"
    }
}

/// `application/x-www-form-urlencoded`: letters, digits and `-._~` stand for themselves, all else is percent-encoded.
enum FormEncoding {
    private static let digits = Array("0123456789ABCDEF".utf8)

    static func bytes(_ text: String) -> [UInt8] {
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.append(byte)
            default:
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return result
    }

    /// `name=value` pairs, their values encoded.
    static func body(_ pairs: [(String, String)]) -> [UInt8] {
        Array(pairs.map { Array("\($0.0)=".utf8) + bytes($0.1) }.joined(separator: [UInt8(ascii: "&")]))
    }
}
