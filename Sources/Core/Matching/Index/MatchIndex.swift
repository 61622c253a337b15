/// All open postings in memory, ready to be matched, searched and explained.
///
/// A value: a copy is a snapshot that a round may work on while the original goes on. Adding, replacing and removing
/// are visible at once, and leave the index as if it had been built from what it now holds.
package struct MatchIndex: Sendable {
    /// Distances between fields.
    package let geometry: FieldGeometry
    /// Weights of the ranking.
    package var weights: RankingWeights {
        didSet { ground = MeaningGround() }
    }

    var slots = SlotTable()
    /// Slots of what outsiders read, of postings that keep something from them.
    var faces = SlotTable()
    var records = Paged<Record>()
    var words = [PostingIndex](repeating: PostingIndex(), count: MatchLanguage.allCases.count)
    var bridges = PostingIndex()
    /// Meaning vectors by slot; postings without are matched by their words alone.
    package internal(set) var vectors = VectorTable() {
        didSet { ground = MeaningGround() }
    }
    /// What follows from all vectors together.
    private(set) var ground = MeaningGround()
    /// Lists for each language and side, at `2 * language + side`.
    private(set) var shelves = [Shelf](repeating: Shelf(), count: 2 * MatchLanguage.allCases.count)
    private var dead = 0

    /// One document in its slot; `isLive` is false once it has been replaced or removed.
    struct Record: Sendable {
        var id: String
        var side: MatchSide
        var language: MatchLanguage
        var fields: [String]
        var owner: String
        var stage: Int?
        var region: String
        var isAvailable: Bool
        var isLive: Bool
        /// Who reads these words of it.
        var reach = MatchReach.everyone
        /// Whether the purpose was told apart by its author.
        var statesPurpose = false
        var words: PostingIndex.Row
        var bridges: PostingIndex.Row
    }

    /// An empty index.
    package init(geometry: FieldGeometry = .flat, weights: RankingWeights = .standard) {
        self.geometry = geometry
        self.weights = weights
    }

    /// The number of postings.
    package var count: Int { slots.count }

    /// Whether a posting is in the index.
    package func contains(_ id: String) -> Bool { slots[id] != nil }

    /// Identifiers of the postings of one side, sorted.
    package func ids(_ side: MatchSide) -> [String] {
        records.lazy.filter { $0.isLive && $0.side == side && $0.reach != .outsiders }.map(\.id).sorted()
    }

    /// Adds a posting, or replaces the one with the same identifier.
    package mutating func add(_ document: MatchDocument) {
        remove(document.id)
        slots[document.id] = put(document, reach: .everyone)
    }

    /// Writes a document into the next slot.
    mutating func put(_ document: MatchDocument, reach: MatchReach) -> Int {
        let slot = records.count
        precondition(slot < PostingIndex.mostSlots, "more than 16 million postings")
        let text = document.text
        let shard = text.language.number
        let words = self.words[shard].add(text.terms.keys, language: text.language, reach: reach)
        let bridges = self.bridges.add(text.bridges.keys, language: text.language, reach: reach)
        records.append(
            Record(
                id: document.id, side: document.side, language: text.language, fields: document.fields,
                owner: document.owner, stage: document.stage, region: document.region,
                isAvailable: document.isAvailable, isLive: true, reach: reach,
                statesPurpose: document.facets.isPurposeStated, words: words, bridges: bridges))
        shelve(slot)
        place(document.vectors, slot: slot, side: document.side, language: text.language)
        return slot
    }

    /// Takes a posting out; does nothing if it is not there.
    package mutating func remove(_ id: String) {
        guard let slot = slots.removeValue(forKey: id) else { return }
        empty(slot)
        if let face = faces.removeValue(forKey: id) { empty(face) }
        if dead > 1_024 && dead * 4 > records.count { compact() }
    }

    private mutating func empty(_ slot: Int) {
        let record = records[slot]
        words[record.language.number].remove(record.words, language: record.language, reach: record.reach)
        bridges.remove(record.bridges, language: record.language, reach: record.reach)
        vectors.remove(slot)
        records[slot].isLive = false
        records[slot].words.entries = []
        records[slot].bridges.entries = []
        dead += 1
    }

    /// Says whether a posting may be suggested, without reading its text again; does nothing if it is not there.
    package mutating func setAvailable(_ id: String, to isAvailable: Bool) {
        for slot in [slots[id], faces[id]].compactMap({ $0 }) { records[slot].isAvailable = isAvailable }
    }

    /// Gives the room of removed postings back.
    package mutating func compact() {
        var moved = [Int32](repeating: -1, count: records.count)
        var kept = Paged<Record>()
        for (slot, record) in records.enumerated() where record.isLive {
            moved[slot] = Int32(kept.count)
            if record.reach == .outsiders { faces[record.id] = kept.count } else { slots[record.id] = kept.count }
            kept.append(record)
        }
        records = kept
        shelves = [Shelf](repeating: Shelf(), count: shelves.count)
        for slot in 0..<records.count { shelve(slot) }
        settle()
        vectors.compact(moved: moved)
        dead = 0
    }

    /// Puts a record into the lists of its shelf.
    private mutating func shelve(_ slot: Int) {
        let record = records[slot]
        let place = Shelf.place(record.language, record.side)
        let (scoring, records) = (wordScoring(record.language), records)
        shelves[place].append(record, slot: slot, scoring: scoring) { records[$0].isLive }
    }

    /// Makes few large pieces of many small ones, so that queries are as fast as they get: for the end of reading a
    /// whole collection. Nothing that can be asked changes.
    package mutating func settle() {
        for language in MatchLanguage.allCases {
            let (scoring, records) = (wordScoring(language), records)
            for side in MatchSide.allCases {
                shelves[Shelf.place(language, side)].settle(scoring: scoring) { records[$0].isLive }
            }
        }
    }

    /// How words of a language are weighed in the search for candidates: by the mean length of all texts, whoever
    /// asks. Of the score nothing depends on it.
    func wordScoring(_ language: MatchLanguage) -> ListScoring {
        let shard = words[language.number]
        let mean = Double(shard.lengths[language.number]) / Double(max(1, shard.documents[language.number]))
        return .bm25(k1: weights.k1, b: weights.b, mean: mean, most: max(1, weights.mostRepetitions))
    }

    /// Bytes that the index holds, without texts of fields and owners.
    package var bytes: Int {
        words.reduce(bridges.bytes) { $0 + $1.bytes } + shelves.reduce(0) { $0 + $1.bytes } + records.bytes
            + records.reduce(0) { $0 + ($1.words.entries.capacity + $1.bridges.entries.capacity) * 4 + 64 }
            + slots.count * 48
    }
}
