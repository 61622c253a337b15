/// Something in a text that tells who wrote it.
package struct GiveAway: Hashable, Sendable {
    /// What kind of trace it is.
    package enum Kind: String, Sendable, CaseIterable {
        case organizationName = "organization_name", personName = "person_name", link, email, phone
        case patentNumber = "patent_number", corporateNumber = "corporate_number"
    }

    package let kind: Kind
    /// The field it stands in, in snake_case.
    package let field: String
    /// The text found, as written.
    package let excerpt: String

    /// Takes every value.
    package init(kind: Kind, field: String, excerpt: String) {
        self.kind = kind
        self.field = field
        self.excerpt = excerpt
    }

    /// What to do about it, in plain English.
    package var words: String {
        let what =
            switch kind {
            case .organizationName: "the name of the organization"
            case .personName: "the name of a person of the organization"
            case .link: "a link"
            case .email: "a mail address"
            case .phone: "a phone number"
            case .patentNumber: "a patent number"
            case .corporateNumber: "a corporate number"
            }
        return "\"\(excerpt)\" is \(what) and would tell who is asking. Take it out, or show the posting by name."
    }
}

/// Finds what would tell who owns an anonymous posting.
package struct GiveAwayScanner: Sendable {
    private let organizationNames: [String]
    private let personNames: [String]

    /// Takes the names of the owner's organization and of its people, in every form that is known.
    package init(organization: Organization, people: [Participant]) {
        let names = [organization.profile.name, organization.profile.nameKana ?? ""]
        organizationNames = Set(names.map(Organization.nameCore) + names.map(\.foldedIdentity)).filter { $0.count >= 2 }
            .sorted { ($0.count, $0) > ($1.count, $1) }
        // Full names in Chinese characters may have two; a Latin name of two letters would be found everywhere.
        personNames = Set(people.flatMap { [$0.profile.name, $0.profile.nameKana ?? ""] }.map(\.foldedIdentity))
            .filter { $0.count >= ($0.utf8.count == $0.count ? 3 : 2) }.sorted { ($0.count, $0) > ($1.count, $1) }
    }

    /// Everything found, field by field, in the order of the text.
    package func scan(_ content: PostingContent) -> [GiveAway] {
        let texts: [(String, String)] = [
            ("title", content.title), ("summary", content.summary), ("detail", content.detail),
            ("purpose", content.purpose ?? ""), ("means", content.means ?? ""),
            ("keywords", content.keywords.joined(separator: "\n")),
        ]
        return texts.flatMap { scan($0.1, field: $0.0) }
    }

    private func scan(_ text: String, field: String) -> [GiveAway] {
        guard !text.isEmpty else { return [] }
        let patterns = GiveAwayPatterns.find(in: text.narrowedASCII).map {
            GiveAway(kind: $0.kind, field: field, excerpt: $0.excerpt)
        }
        let folded = FoldedText(text)
        let organizations = organizationNames.compactMap { folded.excerpt(of: $0) }.prefix(1)
        let people = personNames.compactMap { folded.excerpt(of: $0) }
        return patterns + organizations.map { GiveAway(kind: .organizationName, field: field, excerpt: $0) }
            + people.map { GiveAway(kind: .personName, field: field, excerpt: $0) }
    }
}

/// A text folded for comparison that remembers where each character came from.
private struct FoldedText {
    private var folded: [Character] = []
    private var origins: [String.Index] = []
    private let text: String

    init(_ text: String) {
        self.text = text
        for index in text.indices {
            for character in String(text[index]).foldedIdentity {
                folded.append(character)
                origins.append(index)
            }
        }
    }

    /// The original text where the name stands, if it does. A Latin name must stand as a word of its own.
    func excerpt(of name: String) -> String? {
        let pattern = Array(name)
        guard pattern.count <= folded.count else { return nil }
        for start in 0...(folded.count - pattern.count) where folded[start] == pattern[0] {
            guard folded[start..<(start + pattern.count)].elementsEqual(pattern) else { continue }
            let first = origins[start]
            let last = origins[start + pattern.count - 1]
            if name.utf8.allSatisfy({ $0 < 128 }), !standsAlone(first, last) { continue }
            return String(text[first...last])
        }
        return nil
    }

    private func standsAlone(_ first: String.Index, _ last: String.Index) -> Bool {
        let before = first > text.startIndex ? text[text.index(before: first)] : " "
        let next = text.index(after: last)
        let after = next < text.endIndex ? text[next] : " "
        func isASCIIWord(_ character: Character) -> Bool {
            character.isASCII && (character.isLetter || character.isNumber)
        }
        return !isASCIIWord(before) && !isASCIIWord(after)
    }
}
