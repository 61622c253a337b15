/// On which side of the exchange a text stands, which says what it is about where no cue does.
package enum FacetStandpoint: Sendable {
    /// A need: what is told without a cue is the trouble itself.
    case need
    /// A seed: what is told without a cue is neither.
    case seed
}

/// What a text is for and how it does it, as texts of their own.
package struct FacetTexts: Sendable, Equatable {
    /// What problem, for whom, to what effect; nil where nothing could be told apart from the rest.
    package var purpose: String?
    /// How; nil where nothing could be told apart from the rest.
    package var means: String?

    /// Takes both.
    package init(purpose: String? = nil, means: String? = nil) {
        self.purpose = purpose
        self.means = means
    }
}

extension Lexicon {
    /// Tells purpose and means of a text apart by its sentences and their cues.
    ///
    /// A sentence with cues of one kind is of that kind. A cue that ties clauses ("by", "ために") cuts the sentence: its
    /// own clause is of its kind, what it is tied to of the other. Where nothing is left for one of the facets, or too
    /// little to be compared, it is nil, and the whole text stands for it.
    package func facets(
        title: String, text: String, standpoint: FacetStandpoint, declared: TextLanguage? = nil
    ) -> FacetTexts {
        let language = declared ?? TextLanguage.find(in: NormalizedText(title + "\n" + text, limit: Self.longestText))
        var splitter = FacetSplitter(cues: .of(language), standpoint: standpoint)
        splitter.take(NormalizedText(title, limit: Self.longestText))
        // Line ends are sentence ends, and no longer seen in normalised text.
        var room = Self.longestText
        for line in text.split(whereSeparator: \.isNewline) where room > 0 {
            let line = NormalizedText(String(line), limit: room)
            room -= line.shown.count
            splitter.take(line)
        }
        return splitter.texts
    }
}

/// Collects the facets of one text.
struct FacetSplitter {
    private let cues: FacetCues
    private let standpoint: FacetStandpoint
    private var purpose: [String] = []
    private var means: [String] = []
    private var isAllPurpose = true

    /// A facet with fewer letters than this says too little to be compared (Latin letters count a third: a word has
    /// more of them).
    static let leastLetters = 5

    init(cues: FacetCues, standpoint: FacetStandpoint) {
        self.cues = cues
        self.standpoint = standpoint
    }

    /// What was found.
    var texts: FacetTexts {
        var texts = FacetTexts()
        // A purpose that is the whole text was not told apart from anything.
        if !isAllPurpose { texts.purpose = Self.joined(purpose) }
        texts.means = Self.joined(means)
        return texts
    }

    /// Reads a text sentence by sentence.
    mutating func take(_ text: NormalizedText) {
        for sentence in Sentences.find(in: text.folded) { take(sentence, text) }
    }

    private mutating func take(_ sentence: Range<Int>, _ text: NormalizedText) {
        var found: [(cue: FacetCue, start: Int, end: Int)] = []
        var place = sentence.lowerBound
        let folded = text.folded
        while place < sentence.upperBound {
            if let (cue, end) = cues.find(in: folded, at: place), end <= sentence.upperBound {
                found.append((cue, place, end))
                place = end
            } else {
                place += 1
            }
        }
        let isWish = found.contains { $0.cue.role == .wish }
        // "We want to find leaks" is a wish as a whole: what is tied to a wish is no means.
        let ties = found.filter { $0.cue.role == .tie && !(isWish && $0.cue.kind == .purpose) }
        if let tie = ties.first(where: { $0.cue.kind == .means }) ?? ties.first {
            cut(sentence, tie.cue.kind, from: tie.start, to: tie.end, text)
        } else if found.contains(where: { $0.cue.kind == .purpose }) {
            add(sentence, .purpose, text)
        } else if !found.isEmpty {
            add(sentence, .means, text)
        } else if standpoint == .need {
            add(sentence, .purpose, text)
        } else {
            isAllPurpose = false
        }
    }

    /// Cuts a sentence at a tie: its clause reaches from the tie to the next comma (prepositions), or from the last
    /// comma to the tie (postpositions).
    private mutating func cut(
        _ sentence: Range<Int>, _ kind: FacetKind, from start: Int, to end: Int, _ text: NormalizedText
    ) {
        var clause = sentence
        if cues.isTieFirst {
            let comma = text.folded[end..<sentence.upperBound].firstIndex(where: Sentences.isComma)
            // "By heating it, we ..." ends with its comma; "..., using heat, salt and time" reaches to the end.
            let ends = start == sentence.lowerBound ? comma : nil
            clause = start..<(ends ?? sentence.upperBound)
        } else {
            // A clause of its own after a comma, unless hardly anything stands between.
            let comma = text.folded[sentence.lowerBound..<start].lastIndex(where: Sentences.isComma)
            let begins = comma.map { $0 + 1 } ?? sentence.lowerBound
            clause = begins..<end
        }
        add(clause, kind, text)
        let other: FacetKind = kind == .purpose ? .means : .purpose
        add(sentence.lowerBound..<clause.lowerBound, other, text)
        add(clause.upperBound..<sentence.upperBound, other, text)
    }

    private mutating func add(_ range: Range<Int>, _ kind: FacetKind, _ text: NormalizedText) {
        let trimmed = Sentences.trimmed(range, text.folded)
        if trimmed.isEmpty { return }
        let words = string(text.shown[trimmed])
        if kind == .purpose {
            purpose.append(words)
        } else {
            means.append(words)
            isAllPurpose = false
        }
    }

    private static func joined(_ parts: [String]) -> String? {
        let text = parts.joined(separator: "\n")
        var letters = 0
        for scalar in text.unicodeScalars where Script.of(scalar.value) != .other {
            letters += scalar.value < 0x250 ? 1 : 3
            if letters >= leastLetters * 3 { return text }
        }
        return nil
    }
}
