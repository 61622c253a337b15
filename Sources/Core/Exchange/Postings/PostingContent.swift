/// What the owner writes: everything of a posting that can be edited and is kept in revisions.
package struct PostingContent: Hashable, Sendable {
    package var title: String
    /// May be shown without naming the owner.
    package var summary: String
    /// The whole story; of an anonymous posting shown only after disclosure.
    package var detail: String
    /// What problem, for whom, which effect.
    package var purpose: String?
    /// How it is done.
    package var means: String?
    /// Main field first.
    package var fields: [FieldCode]
    package var keywords: [String]
    /// Technology readiness level, 1...9.
    package var stage: Int?
    package var ipr: IPRStatus?
    package var cooperation: [Cooperation]
    /// Where the other side should be; empty means anywhere.
    package var regionWishes: [RegionCode]
    package var language: Language
    package var visibility: Visibility
    /// The first moment at which the posting no longer counts.
    package var expiresAt: Instant?
    /// The identity in the owner's or coordinator's own list; importing again with the same one updates.
    package var externalID: String?
    /// What this posting came from: a posting, introduction or collaboration.
    package var origin: String?

    /// Takes every value; title and language are required.
    package init(
        title: String, summary: String = "", detail: String = "", purpose: String? = nil, means: String? = nil,
        fields: [FieldCode] = [], keywords: [String] = [], stage: Int? = nil, ipr: IPRStatus? = nil,
        cooperation: [Cooperation] = [], regionWishes: [RegionCode] = [], language: Language,
        visibility: Visibility = .named, expiresAt: Instant? = nil, externalID: String? = nil, origin: String? = nil
    ) {
        self.title = title
        self.summary = summary
        self.detail = detail
        self.purpose = purpose
        self.means = means
        self.fields = fields
        self.keywords = keywords
        self.stage = stage
        self.ipr = ipr
        self.cooperation = cooperation
        self.regionWishes = regionWishes
        self.language = language
        self.visibility = visibility
        self.expiresAt = expiresAt
        self.externalID = externalID
        self.origin = origin
    }

    /// How the rights in it stand.
    package enum IPRStatus: String, Sendable, CaseIterable {
        case none, knowHow = "know_how", patentPending = "patent_pending", patented, licensed, secret
    }

    /// What kind of cooperation is sought.
    package enum Cooperation: String, Sendable, CaseIterable {
        case jointResearch = "joint_research", technicalAdvice = "technical_advice", supply, licence
        case testUse = "test_use", jointDevelopment = "joint_development", investment, other
    }

    /// Who may know what.
    package enum Visibility: String, Sendable, CaseIterable {
        /// Everybody sees the organization.
        case named
        /// Everybody sees the posting, nobody the owner until the owner is introduced.
        case anonymous
        /// Only coordinators see it; it is matched, and they carry it to the other side.
        case coordinators
    }
}

extension PostingContent {
    /// The content with texts trimmed and keywords without doubles, or every problem in it.
    ///
    /// A draft needs a title only; `forReview` asks for all that a reader needs.
    package func checked(against taxonomy: FieldTaxonomy, forReview: Bool) throws(Refusal) -> PostingContent {
        var rules = TextRules()
        var result = self
        result.title = rules.text(title, "title", limit: TextLimits.title, required: true)
        result.summary = rules.text(summary, "summary", limit: TextLimits.summary, required: forReview, multiline: true)
        result.detail = rules.text(detail, "detail", limit: TextLimits.detail, multiline: true)
        result.purpose = rules.optionalText(purpose, "purpose", limit: TextLimits.detail, multiline: true)
        result.means = rules.optionalText(means, "means", limit: TextLimits.detail, multiline: true)
        result.externalID = rules.optionalText(externalID, "external_id", limit: TextLimits.externalID)
        result.origin = rules.optionalText(origin, "origin", limit: 60)
        taxonomy.check(fields, "fields", required: forReview, &rules)
        result.keywords = Self.checkedKeywords(keywords, &rules)
        if let stage, !(1...9).contains(stage) {
            rules.add(FieldProblem("stage", .outOfRange, "The stage is a technology readiness level from 1 to 9."))
        }
        if cooperation.count > 1, Set(cooperation).count != cooperation.count {
            rules.add(FieldProblem("cooperation", .duplicate, "A kind of cooperation is named twice."))
        }
        if regionWishes.count > TextLimits.regions {
            rules.add(FieldProblem("region_wishes", .tooMany, "At most \(TextLimits.regions) regions can be named."))
        }
        try rules.finish()
        return result
    }

    private static func checkedKeywords(_ keywords: [String], _ rules: inout TextRules) -> [String] {
        var kept: [String] = []
        var seen: Set<String> = []
        for keyword in keywords {
            let text = rules.text(keyword, "keywords", limit: TextLimits.keyword)
            guard !text.isEmpty else { continue }
            if keywords.count == 1 || seen.insert(text.foldedIdentity).inserted { kept.append(text) }
        }
        if kept.count > TextLimits.keywords {
            rules.add(FieldProblem("keywords", .tooMany, "At most \(TextLimits.keywords) keywords are kept."))
        }
        return kept
    }
}
