import Crypto
package import Exchange

/// The texts of a posting of which vectors are made: the whole, and what it is for and how it does it where these are
/// told apart.
package struct MeaningTexts: Hashable, Sendable {
    /// The longest text that is read, in characters: what a posting is about stands at its beginning, and the time a
    /// vector takes grows with the length.
    package static let longest = 1_600

    package let full: String
    package let purpose: String?
    package let means: String?

    /// Takes the texts; each is cut to the longest, and an empty one counts as none.
    package init(full: String, purpose: String? = nil, means: String? = nil) {
        self.full = Self.prepared(full)
        self.purpose = purpose.map(Self.prepared).flatMap { $0.isEmpty ? nil : $0 }
        self.means = means.map(Self.prepared).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The texts of a posting. The detail of an anonymous one stays out: whoever is compared with it must not be able
    /// to find out by trial what stands there.
    package init(_ content: PostingContent) {
        let detail = content.visibility == .anonymous ? "" : content.detail
        let parts = [content.title, content.summary, content.purpose ?? "", content.means ?? "", detail]
        self.init(
            full: (parts + content.keywords).filter { !$0.isEmpty }.joined(separator: "\n"), purpose: content.purpose,
            means: content.means)
    }

    /// All of them, the whole first.
    package var all: [String] { [full] + [purpose, means].compactMap { $0 } }

    /// What a text is known by: equal exactly if the text is.
    package static func key(_ text: String) -> String {
        let digest = SHA256.hash(data: Array(text.utf8))
        return digest.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    private static func prepared(_ text: String) -> String {
        let cut = text.count > longest ? String(text.prefix(longest)) : text
        return String(cut.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    }
}
