/// Meaning vectors of the postings of an index.
extension MatchIndex {
    /// Gives a posting its meaning vectors, or takes them away; does nothing if it is not there. Visible at once.
    ///
    /// - Throws: `VectorRefusal`; the posting then keeps what it had. The first vectors an index gets decide the model
    ///   and the dimension.
    package mutating func setVectors(_ id: String, _ new: MatchVectors?) throws(VectorRefusal) {
        guard let slot = slots[id] else { return }
        guard let new else { return vectors.remove(slot) }
        let record = records[slot]
        try vectors.set(new, slot: slot, side: record.side, language: record.language)
    }

    /// Whether a posting has meaning vectors.
    package func hasVectors(_ id: String) -> Bool { slots[id].map { vectors.contains($0) } ?? false }

    /// Forgets the vectors of all postings, and with them the model: before those of another one are given.
    package mutating func removeAllVectors() { vectors.removeAll() }

    /// Vectors that cannot be used are left out: the posting is then matched by its words.
    mutating func place(_ new: MatchVectors?, slot: Int, side: MatchSide, language: MatchLanguage) {
        guard let new else { return }
        try? vectors.set(new, slot: slot, side: side, language: language)
    }
}
