/// Text to terms: one way for postings, queries and searches, so that what is said alike is compared alike.
package struct Lexicon: Sendable {
    /// Raised whenever the same text may give other terms: what was stored with another version is computed again.
    package static let version = 3

    /// The concepts that this lexicon finds.
    package let concepts: ConceptLexicon

    /// Dictionaries by which words meet their English translations; one a language.
    package let dictionaries: [GlossDictionary]

    /// A lexicon that also finds these concepts and, where a dictionary is there, what words are in English.
    package init(concepts: ConceptLexicon = .empty, dictionaries: [GlossDictionary] = []) {
        self.concepts = concepts
        self.dictionaries = dictionaries
    }

    /// Longest text that is read, in characters of the normalised form; what follows adds nothing to a comparison of
    /// postings.
    package static let longestText = 60_000

    /// Reads a text of any length and content (empty text gives no terms).
    /// `declared` wins over the language found by the text itself.
    package func analyze(_ text: String, declared: TextLanguage? = nil) -> TextAnalysis {
        let text = NormalizedText(text, limit: Self.longestText)
        let language = declared ?? TextLanguage.find(in: text)
        var segmenter = Segmenter(text, language: language)
        segmenter.run()
        var bridges = segmenter.bridges
        concepts.find(in: text, words: segmenter.words, into: &bridges)
        look(up: text, language, into: &bridges)
        return TextAnalysis(language: language, shown: text.shown, terms: segmenter.terms, bridges: bridges)
    }

    /// Adds what words are in English, each sentence by the dictionary of its own language.
    private func look(up text: NormalizedText, _ language: TextLanguage, into bridges: inout TermStream) {
        if dictionaries.isEmpty { return }
        let strangers = TextLanguage.strangers(in: text, of: language)
        for dictionary in dictionaries {
            for (range, own) in strangers where own == dictionary.language {
                dictionary.find(in: text, range, into: &bridges)
            }
            guard dictionary.language == language else { continue }
            var start = 0
            for (range, _) in strangers {
                dictionary.find(in: text, start..<range.lowerBound, into: &bridges)
                start = range.upperBound
            }
            dictionary.find(in: text, start..<text.folded.count, into: &bridges)
        }
    }

    /// Title and text of a posting as one (a title weighs no more than a sentence: measured, no gain).
    package func analyze(title: String, text: String, declared: TextLanguage? = nil) -> TextAnalysis {
        analyze(title.isEmpty ? text : text.isEmpty ? title : title + "\n" + text, declared: declared)
    }

    /// The name to show for a concept in a language, in any language if that one has none, or nil if there is no such
    /// concept.
    package func name(ofConcept id: String, in language: TextLanguage) -> String? {
        guard let index = concepts.index[id] else { return nil }
        let forms = concepts.entries[index].forms
        if let own = forms[language]?.first { return own }
        return TextLanguage.allCases.lazy.compactMap { forms[$0]?.first }.first
    }
}
