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

    var slots: [String: Int] = [:]
    var records: [Record] = []
    var words = [PostingIndex](repeating: PostingIndex(), count: MatchLanguage.allCases.count)
    var bridges = PostingIndex()
    /// Meaning vectors by slot; postings without are matched by their words alone.
    package internal(set) var vectors = VectorTable() {
        didSet { ground = MeaningGround() }
    }
    /// What follows from all vectors together.
    private(set) var ground = MeaningGround()
    /// What the traversal needs of each slot, side by side: number of words and of distinct bridges, language.
    private(set) var lengths: [Int32] = []
    private(set) var bridgeCounts: [Int32] = []
    private(set) var languages: [UInt8] = []
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
        records.lazy.filter { $0.isLive && $0.side == side }.map(\.id).sorted()
    }

    /// Adds a posting, or replaces the one with the same identifier.
    package mutating func add(_ document: MatchDocument) {
        remove(document.id)
        let slot = records.count
        precondition(slot < PostingIndex.mostSlots, "more than 16 million postings")
        let text = document.text
        let shard = text.language.number
        let words = self.words[shard].add(text.terms.keys, slot: slot, side: document.side, language: text.language)
        let bridges = self.bridges.add(text.bridges.keys, slot: slot, side: document.side, language: text.language)
        slots[document.id] = slot
        lengths.append(words.length)
        bridgeCounts.append(Int32(bridges.entries.count))
        languages.append(UInt8(shard))
        records.append(
            Record(
                id: document.id, side: document.side, language: text.language, fields: document.fields,
                owner: document.owner, stage: document.stage, region: document.region,
                isAvailable: document.isAvailable, isLive: true,
                statesPurpose: document.facets.isPurposeStated, words: words, bridges: bridges))
        place(document.vectors, slot: slot, side: document.side, language: text.language)
    }

    /// Takes a posting out; does nothing if it is not there.
    package mutating func remove(_ id: String) {
        guard let slot = slots.removeValue(forKey: id) else { return }
        let record = records[slot]
        words[record.language.number].remove(record.words, language: record.language)
        bridges.remove(record.bridges, language: record.language)
        vectors.remove(slot)
        records[slot].isLive = false
        records[slot].words.entries = []
        records[slot].bridges.entries = []
        dead += 1
        if dead > 1_024 && dead * 4 > records.count { compact() }
    }

    /// Says whether a posting may be suggested, without reading its text again; does nothing if it is not there.
    package mutating func setAvailable(_ id: String, to isAvailable: Bool) {
        guard let slot = slots[id] else { return }
        records[slot].isAvailable = isAvailable
    }

    /// Gives the room of removed postings back.
    package mutating func compact() {
        var moved = [Int32](repeating: -1, count: records.count)
        var kept: [Record] = []
        kept.reserveCapacity(slots.count)
        for (slot, record) in records.enumerated() where record.isLive {
            moved[slot] = Int32(kept.count)
            slots[record.id] = kept.count
            kept.append(record)
        }
        records = kept
        lengths = kept.map(\.words.length)
        bridgeCounts = kept.map { Int32($0.bridges.entries.count) }
        languages = kept.map { UInt8($0.language.number) }
        for shard in words.indices { words[shard].compact(moved: moved) }
        bridges.compact(moved: moved)
        vectors.compact(moved: moved)
        dead = 0
    }
}
