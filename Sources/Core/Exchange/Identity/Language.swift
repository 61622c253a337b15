/// The languages of the exchange: of texts, channels and people.
package enum Language: String, Hashable, Sendable, CaseIterable, Codable {
    case ja, en, ko, zh
}
