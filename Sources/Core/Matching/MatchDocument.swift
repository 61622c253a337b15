/// Which side of a match a posting stands on.
package enum MatchSide: UInt8, Sendable, Hashable, CaseIterable, Codable {
    case need, seed

    /// The side on which its partners stand.
    package var partner: MatchSide { self == .need ? .seed : .need }
}

/// A posting as matching sees it.
package struct MatchDocument: Sendable, Equatable {
    /// Chosen by the caller; ties are broken by it.
    package var id: String
    /// Need or seed.
    package var side: MatchSide
    /// Title and text together.
    package var text: MatchText
    /// Purpose and means told apart.
    package var facets: MatchFacets
    /// Meaning vectors, nil until they are computed (matching works without).
    package var vectors: MatchVectors?
    /// Field codes, the main one first; may be empty.
    package var fields: [String]
    /// The organization that posted it, empty if none: two postings of one organization are never matched.
    package var owner: String
    /// Technology readiness level (1-9), if stated.
    package var stage: Int?
    /// Region code, empty if not stated.
    package var region: String
    /// Region codes from which partners are wished; empty: from anywhere.
    package var regionWishes: [String]
    /// What it says about working together.
    package var conditions: MatchConditions
    /// Whether partners may be suggested now (false while its people are paused or it is not open).
    package var isAvailable: Bool

    /// Takes every value.
    package init(
        id: String, side: MatchSide, text: MatchText, facets: MatchFacets = MatchFacets(),
        vectors: MatchVectors? = nil, fields: [String] = [], owner: String = "", stage: Int? = nil, region: String = "",
        regionWishes: [String] = [], conditions: MatchConditions = MatchConditions(), isAvailable: Bool = true
    ) {
        self.id = id
        self.side = side
        self.text = text
        self.facets = facets
        self.vectors = vectors
        self.fields = fields
        self.owner = owner
        self.stage = stage
        self.region = region
        self.regionWishes = regionWishes
        self.conditions = conditions
        self.isAvailable = isAvailable
    }
}

/// What may not be suggested, whatever its score.
package struct MatchFilter: Sendable {
    /// Organizations whose postings are left out: the asker's own (added by `MatchIndex` itself) and those with a veto.
    package var excludedOwners: Set<String>
    /// Postings left out: shown within the repeat window, vetoed, hidden from the asker.
    package var excludedIDs: Set<String>
    /// If set, only these postings are considered, and each is answered even with a score of 0.
    package var pool: Set<String>?
    /// Which fields partners may come from.
    package var fields: FieldRule
    /// Whose eyes it is asked for.
    package var view: MatchView
    /// A last check by identifier, asked only of those that would be in the answer.
    package var admits: (@Sendable (String) -> Bool)?

    /// Which fields partners may come from.
    package enum FieldRule: Sendable { case any, differing }

    /// Takes every value.
    package init(
        excludedOwners: Set<String> = [], excludedIDs: Set<String> = [], pool: Set<String>? = nil,
        fields: FieldRule = .any, view: MatchView = .everything, admits: (@Sendable (String) -> Bool)? = nil
    ) {
        self.excludedOwners = excludedOwners
        self.excludedIDs = excludedIDs
        self.pool = pool
        self.fields = fields
        self.view = view
        self.admits = admits
    }
}
