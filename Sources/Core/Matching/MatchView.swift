/// Whose eyes a query is answered for.
///
/// A posting may keep part of its text from other organizations. It then stands in the index twice: whole, and as its
/// face, which is what anybody may read. A query that a reader has in hand (a draft, a search, a posting revised again
/// and again) must not depend on what the reader may not read: neither the order nor any number of an answer, nor how
/// rare a word is taken to be. What the exchange does of itself may rest on everything.
package enum MatchView: Sendable, Equatable {
    /// The whole texts.
    case everything
    /// What somebody of an organization may read, who besides knows the owners of the postings introduced. Without
    /// either: what anybody may.
    case reader(organization: String = "", introduced: Set<String> = [])

    /// Whether the text of a record is what such a reader reads of that posting.
    func reads(_ record: borrowing MatchIndex.Record) -> Bool {
        switch record.reach {
        case .everyone: true
        case .insiders: readsWhole(record.owner, record.id)
        case .outsiders: !readsWhole(record.owner, record.id)
        }
    }

    private func readsWhole(_ owner: String, _ id: String) -> Bool {
        switch self {
        case .everything: true
        case .reader(let organization, let introduced):
            !organization.isEmpty && owner == organization || introduced.contains(id)
        }
    }
}

/// Who reads the words of a record.
enum MatchReach: UInt8, Sendable {
    /// There is one text for all.
    case everyone
    /// The whole text of a posting of which others read less, or nothing.
    case insiders
    /// What others read of such a posting.
    case outsiders
}

/// Postings of which not everybody reads everything.
extension MatchIndex {
    /// Adds a posting, or replaces the one with the same identifier, of which outsiders read only the face; without one
    /// they do not learn that it is there.
    package mutating func add(_ document: MatchDocument, face: MatchDocument?) {
        remove(document.id)
        slots[document.id] = put(document, reach: .insiders)
        guard var face else { return }
        // The meaning of both is kept with the whole.
        face.vectors = nil
        faces[document.id] = put(face, reach: .outsiders)
    }

    /// The slot of what is read of a posting.
    func slot(of id: String, in view: MatchView) -> Int? {
        guard let whole = slots[id] else { return nil }
        return view.reads(records[whole]) ? whole : faces[id]
    }

    /// The same by the slot of the whole.
    func seen(_ whole: Int, in view: MatchView) -> Int? {
        view.reads(records[whole]) ? whole : faces[records[whole].id]
    }

    /// The slot at which a posting's vectors are kept.
    func vectorSlot(_ slot: Int) -> Int {
        records[slot].reach == .outsiders ? slots[records[slot].id] ?? slot : slot
    }

    /// The score of two postings of the index by what is read of both in a view; nil if one is not there or nothing of
    /// it is read.
    package func score(of one: String, _ other: String, in view: MatchView) -> MatchScore? {
        guard let first = slot(of: one, in: view), let second = slot(of: other, in: view) else { return nil }
        let (asking, asked) = (records[first], records[second])
        var query = QueryVectors(asking, in: self, for: view)
        var evidence = query.compare(asked)
        evidence.meaning = MeaningQuery(slot: vectorSlot(first), in: self)?.compare(vectorSlot(second), asked)
        return score(evidence, asking.language, asked, fields: asking.fields, floor: 0)
    }

    /// Whether somebody reads less of the posting than what it is matched by.
    package func isVeiled(_ id: String) -> Bool { slots[id].map { records[$0].reach == .insiders } ?? false }
}
