/// Every number that the ranking depends on; one value, stored with what it decided.
package struct RankingWeights: Sendable, Equatable, Codable {
    /// BM25 saturation of repeated terms.
    package var k1 = 1.2
    /// BM25 normalisation by length.
    package var b = 0.75
    /// Repetitions of a term beyond this add nothing to a match.
    package var mostRepetitions = 8
    /// Weight of concepts beside the words within one language (squared: a concept counts as a word that often).
    package var conceptShare = 0.5
    /// Exponent of the rarity of a word in cosines: below 1, one very rare shared term decides less.
    package var rarityPower = 0.8
    /// What evidence across languages weighs against evidence within one.
    package var acrossLanguages = 0.9
    /// Weight of a concept in cross-language vectors.
    package var concept = 1.0
    /// Weight of a code, an acronym or a foreign word in cross-language vectors.
    package var latin = 1.0
    /// Weight of an English word, written or from a dictionary, in cross-language vectors.
    package var english = 1.0
    /// Weight of a pair of ideographs between Japanese and Chinese.
    package var ideographs = 0.6
    /// Weight of a pair of Sino-Korean syllables between Korean and Japanese or Chinese.
    package var sinoKorean = 0.5
    /// Added for the greatest field distance, to those above the floor. Half the recipe's figure: cosines of words run
    /// lower than the mixed scores for which that was measured.
    package var fieldBonus = 0.05
    /// Relevance below this share of the best candidate's gets no bonus.
    package var bonusFloor = 0.5
    /// The relevance at which the score shown is one half.
    package var half = 0.15

    /// The weights of the recipe.
    package init() {}

    /// The weights of the recipe.
    package static let standard = RankingWeights()
}
