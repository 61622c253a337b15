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
    /// Likeness of words at which they count half of what they can: beyond, more shared words say little more.
    package var likenessHalf = 0.1
    /// Added to this across languages, divided by the number of bridges known (as many rare ones).
    package var unknownHalf = 0.25
    /// Share of meaning in relevance, where both postings have vectors; the rest is that of the words (Bruch et al.
    /// 2023: a convex combination, never ranks).
    package var meaningShare = 0.65
    /// What likeness of words alone is worth beside likeness of words and meaning: where nothing is known of the
    /// meaning, so much of it as it has on average for such words.
    package var wordsAlone = 0.61
    /// Share of the purpose in meaning, where both authors wrote it apart.
    package var purposeShare = 0.7
    /// The same, where cues told it apart in one of the two.
    package var foundPurposeShare = 0.3
    /// The mean shipped for a language weighs as much as so many postings.
    package var centringPrior = 25.0
    /// Nearest neighbours by which it is judged how near a posting is to everything.
    package var hubNeighbours = 10
    /// Share of that which is taken off, from either side (CSLS), across languages only.
    package var hubShare = 0.5
    /// Postings of a side and language at which what they show of the whole is half trusted.
    package var hubPrior = 20.0
    /// Postings of a side and language against which the others are measured.
    package var meaningSample = 1_024
    /// Of these, so many are measured themselves to know what is usual.
    package var levelSample = 64
    /// Bridges to another language, as many rare ones, at which they have half their say beside the meaning: two texts
    /// of which hardly a word is known can be alike in all that is known, and still say unlike things.
    package var bridgePrior = 3.0
    /// Added for the greatest field distance, to those above the floor.
    package var fieldBonus = 0.10
    /// Of the bonus, what is given where only words are known: they show less of what unlike fields have in common.
    package var wordsAloneBonus = 0.5
    /// Relevance below this share of the third best candidate's in a language gets no bonus. (The 90th percentile of
    /// all postings as a floor measured worse.)
    package var bonusFloor = 0.5
    /// The relevance at which the score shown is one half.
    package var half = 0.25

    /// The weights of the recipe.
    package init() {}

    /// The weights of the recipe.
    package static let standard = RankingWeights()
}
