/// The language of a text, as matching distinguishes them.
package enum MatchLanguage: String, Sendable, Hashable, CaseIterable, Codable {
    case ja, en, ko, zh

    /// Place in tables that have a row for each language.
    var number: Int {
        switch self {
        case .ja: 0
        case .en: 1
        case .ko: 2
        case .zh: 3
        }
    }
}

/// Terms of a text in reading order with the places where they stand; without places (both arrays empty) they can be
/// matched but not explained.
package struct TermList: Sendable, Equatable {
    /// What is compared.
    package var keys: [String]
    /// First scalar of each term in `MatchText.shown`.
    package var starts: [Int32]
    /// End (exclusive) of each term in `MatchText.shown`.
    package var ends: [Int32]

    /// Takes every value.
    package init(keys: [String] = [], starts: [Int32] = [], ends: [Int32] = []) {
        self.keys = keys
        self.starts = starts
        self.ends = ends
    }
}

/// A text as the lexicon read it.
package struct MatchText: Sendable, Equatable {
    /// The language of the text.
    package var language: MatchLanguage
    /// The text as shown, scalar by scalar; may be empty where nothing will be explained.
    package var shown: [UInt32]
    /// Terms that compare within one language.
    package var terms: TermList
    /// Terms that compare across languages; the first letter of a key tells the kind (see `BridgeKind`).
    package var bridges: TermList

    /// Takes every value.
    package init(language: MatchLanguage, shown: [UInt32] = [], terms: TermList, bridges: TermList = TermList()) {
        self.language = language
        self.shown = shown
        self.terms = terms
        self.bridges = bridges
    }
}

/// What carries a term from one language to another.
enum BridgeKind: UInt8 {
    /// A concept of the lexicon.
    case concept = 0x63
    /// A code or an acronym.
    case latin = 0x6C
    /// An English word: written in any text, or what a dictionary gives for a Japanese or Chinese word.
    case english = 0x67
    /// A word of Latin script inside a text that is not English.
    case foreign = 0x77
    /// Two ideographs.
    case ideographs = 0x68
    /// Two Sino-Korean syllables.
    case sinoKorean = 0x73

    init?(key: String) {
        guard let first = key.utf8.first, let kind = BridgeKind(rawValue: first) else { return nil }
        self = kind
    }

    /// Whether terms of this kind may carry between two languages. Within one language only concepts do: the words
    /// themselves are compared anyway.
    func carries(_ one: MatchLanguage, _ other: MatchLanguage) -> Bool {
        switch self {
        case .concept: return true
        case .latin: return one != other
        // Korean has no dictionary: translations of a Japanese word would only dilute what it can meet there.
        case .english: return one != other && (one == .en || other == .en || (one != .ko && other != .ko))
        case .foreign: return one != other && one != .en && other != .en && (one == .ko || other == .ko)
        case .ideographs: return one != other && one != .ko && other != .ko
        case .sinoKorean: return one != other && (one == .ko || other == .ko)
        }
    }
}
