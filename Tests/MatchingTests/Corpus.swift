import Lexicon
import Matching

/// A small generator of reproducible random numbers (SplitMix64).
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

private let lexicon = Lexicon(
    concepts: ConceptLexicon(entries: [
        Concept(id: "cooling", forms: [.ja: ["冷却"], .en: ["cooling"], .ko: ["냉각"], .zh: ["冷却"]]),
        Concept(id: "freshness", forms: [.ja: ["鮮度"], .en: ["freshness"], .ko: ["신선도"], .zh: ["保鲜"]]),
    ]))

/// A posting from text, read by the real lexicon.
func posting(
    _ id: String, _ side: MatchSide, _ text: String, fields: [String] = [], owner: String = "", stage: Int? = nil,
    region: String = "", isAvailable: Bool = true
) -> MatchDocument {
    let analysis = lexicon.analyze(text)
    let text = MatchText(
        language: MatchLanguage(rawValue: analysis.language.rawValue) ?? .en, shown: analysis.shown,
        terms: TermList(keys: analysis.terms.keys, starts: analysis.terms.starts, ends: analysis.terms.ends),
        bridges: TermList(keys: analysis.bridges.keys, starts: analysis.bridges.starts, ends: analysis.bridges.ends))
    return MatchDocument(
        id: id, side: side, text: text, fields: fields, owner: owner, stage: stage, region: region,
        isAvailable: isAvailable)
}

/// Random postings: words drawn with a long tail, three languages, five fields, six organizations.
func randomPosting(_ number: Int, _ dice: inout Dice) -> MatchDocument {
    let language = [MatchLanguage.ja, .en, .ko].randomElement(using: &dice) ?? .ja
    var words: [String] = []
    for _ in 0..<Int.random(in: 0...30, using: &dice) {
        let rank = Int.random(in: 1...40, using: &dice) * Int.random(in: 1...40, using: &dice)
        words.append("w\(rank)")
    }
    var bridges: [String] = []
    for _ in 0..<Int.random(in: 0...6, using: &dice) { bridges.append("cc\(Int.random(in: 1...30, using: &dice))") }
    return MatchDocument(
        id: "p\(number)", side: Bool.random(using: &dice) ? .need : .seed,
        text: MatchText(language: language, terms: TermList(keys: words), bridges: TermList(keys: bridges)),
        fields: ["f\(Int.random(in: 1...5, using: &dice))"], owner: "o\(Int.random(in: 1...6, using: &dice))",
        isAvailable: Int.random(in: 0...9, using: &dice) > 0)
}
