/// What a posting is for and how it does it, as texts of their own: a near purpose with far means is the prize.
package struct MatchFacets: Sendable, Equatable {
    /// What problem, for whom, to what effect; nil where the text says nothing of it that could be told apart.
    package var purpose: MatchText?
    /// How: the material, process or device; nil where the text says nothing of it that could be told apart.
    package var means: MatchText?

    /// Whether the author wrote the purpose apart; if not, it was found by cues and counts for less.
    package var isPurposeStated: Bool

    /// Takes every value.
    package init(purpose: MatchText? = nil, means: MatchText? = nil, isPurposeStated: Bool = false) {
        self.purpose = purpose
        self.means = means
        self.isPurposeStated = isPurposeStated
    }
}

/// Meaning vectors of a posting, all by one model and of its dimension, each of unit length as the model gave it (not
/// centred).
package struct MatchVectors: Sendable, Equatable {
    /// The model's name; vectors of two models are never compared.
    package var model: String
    /// Of the whole text.
    package var full: [Float]
    /// Of the purpose, where there is one.
    package var purpose: [Float]?
    /// Of the means, where there are any.
    package var means: [Float]?

    /// Takes every value.
    package init(model: String, full: [Float], purpose: [Float]? = nil, means: [Float]? = nil) {
        self.model = model
        self.full = full
        self.purpose = purpose
        self.means = means
    }
}
