package import Exchange
package import Lexicon
package import Matching

/// Turns postings into what the engine indexes.
package struct PostingReading: Sendable {
    package let lexicon: Lexicon

    /// What a posting is read for.
    package enum Aim: Sendable {
        /// To be ranked: the texts of purpose and means are not needed.
        case ranking
        /// To be explained, or to be looked at as a whole.
        case explaining
    }

    /// Takes the lexicon with its concepts.
    package init(lexicon: Lexicon) {
        self.lexicon = lexicon
    }

    /// The posting as a document: all its words under its title, its fields, its owner's organization.
    package func document(
        _ posting: Posting, region: RegionCode?, isAvailable: Bool = true, for aim: Aim = .explaining
    ) -> MatchDocument {
        document(
            id: posting.id.text, posting.kind, posting.content, owner: posting.organization.text,
            region: region?.text ?? "", isAvailable: isAvailable, for: aim)
    }

    /// The same of a text that is not saved yet.
    package func document(
        id: String, _ kind: Posting.Kind, _ content: PostingContent, owner: String, region: String,
        isAvailable: Bool = true, for aim: Aim = .explaining
    ) -> MatchDocument {
        let body = [
            content.summary, content.purpose ?? "", content.means ?? "", content.detail,
            content.keywords.joined(separator: "\n"),
        ].filter { !$0.isEmpty }.joined(separator: "\n")
        let analysis = lexicon.analyze(
            title: content.title, text: body, declared: TextLanguage(rawValue: content.language.rawValue))
        return MatchDocument(
            id: id, side: kind == .need ? .need : .seed, text: MatchText(analysis),
            facets: aim == .ranking
                ? MatchFacets(isPurposeStated: content.purpose?.isEmpty == false)
                : facets(of: content, kind, analysis.language), fields: content.fields.map(\.text), owner: owner,
            stage: content.stage, region: region, regionWishes: content.regionWishes.map(\.text),
            conditions: MatchConditions(content),
            isAvailable: isAvailable)
    }

    /// Purpose and means: what the author wrote apart, else what the cues of the text tell apart.
    private func facets(
        of content: PostingContent, _ kind: Posting.Kind, _ language: TextLanguage
    ) -> MatchFacets {
        let body = [content.summary, content.detail].filter { !$0.isEmpty }.joined(separator: "\n")
        return facets(
            title: content.title, text: body, kind == .need ? .need : .seed, language, purpose: content.purpose,
            means: content.means)
    }

    /// The same of any text; `purpose` and `means` as the author wrote them, nil or empty if not.
    package func facets(
        title: String, text: String, _ standpoint: FacetStandpoint, _ language: TextLanguage, purpose: String? = nil,
        means: String? = nil
    ) -> MatchFacets {
        let own = FacetTexts(
            purpose: purpose.flatMap { $0.isEmpty ? nil : $0 }, means: means.flatMap { $0.isEmpty ? nil : $0 })
        var texts = own
        if own.purpose == nil || own.means == nil {
            let found = lexicon.facets(title: title, text: text, standpoint: standpoint, declared: language)
            texts.purpose = own.purpose ?? found.purpose
            texts.means = own.means ?? found.means
        }
        func read(_ text: String?) -> MatchText? {
            text.map { MatchText(lexicon.analyze($0, declared: language)) }
        }
        return MatchFacets(
            purpose: read(texts.purpose), means: read(texts.means), isPurposeStated: own.purpose != nil)
    }

    /// The posting's texts of which meaning vectors are made.
    package func meaningTexts(_ content: PostingContent) -> MeaningTexts { MeaningTexts(content) }

    /// The name of a concept in a language, or its code.
    package func conceptName(_ concept: String, in language: MatchLanguage) -> String {
        TextLanguage(rawValue: language.rawValue).flatMap { lexicon.name(ofConcept: concept, in: $0) } ?? concept
    }
}

extension MatchConditions {
    /// What the content says of cooperation and rights.
    init(_ content: PostingContent) {
        self.init(
            cooperation: Set(content.cooperation.compactMap { Cooperation(rawValue: $0.rawValue) }),
            rights: content.ipr.flatMap { Rights(rawValue: $0.rawValue) })
    }
}

extension MatchText {
    /// What the lexicon found, in the engine's form.
    package init(_ analysis: TextAnalysis) {
        self.init(
            language: MatchLanguage(rawValue: analysis.language.rawValue) ?? .en, shown: analysis.shown,
            terms: TermList(keys: analysis.terms.keys, starts: analysis.terms.starts, ends: analysis.terms.ends),
            bridges: TermList(
                keys: analysis.bridges.keys, starts: analysis.bridges.starts, ends: analysis.bridges.ends))
    }
}

extension FieldGeometry {
    /// The distances of the taxonomy.
    package init(_ taxonomy: FieldTaxonomy) {
        self.init(
            nodes: taxonomy.fields.map { field in
                FieldGeometry.Node(
                    code: field.code.text, parent: field.parent?.text, neighbours: field.neighbours.map(\.text).sorted()
                )
            })
    }
}
