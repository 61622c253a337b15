import Exchange
package import Operations

extension StoredTransaction {
    /// Postings that are packed at a time: enough that each table's pages stay in the processor's cache while they are
    /// filled, and no more memory than some megabytes.
    private static let portion = 1_024

    package func insert(_ count: Int, _ make: @escaping @Sendable (Int) throws -> FreshPosting) throws {
        let portion = Self.portion
        // The numbers go on from each portion to the next.
        try Ahead.each(
            of: (count + portion - 1) / portion, from: try lastSequence(),
            make: { index, sequence in
                let start = index * portion
                let batch = try FreshBatch(start..<min(start + portion, count), after: sequence, make)
                sequence = batch.happenings.lastSequence
                return batch
            },
            take: { try insert($0, make) })
    }

    /// Table by table, parents first.
    private func insert(_ batch: FreshBatch, _ make: (Int) throws -> FreshPosting) throws {
        let written = try sql.executeMany(Self.insertStatement, batch.postings)
        guard written == batch.places.count else {
            for place in batch.places { try refuseDouble(of: make(place).posting) }
            throw Self.duplicate("A posting", "")
        }
        try sql.executeMany(Self.insertFieldStatement, batch.fields)
        try sql.executeMany(Self.insertRevisionStatement, batch.revisions)
        try append(batch.happenings)
    }
}

/// The rows of some new postings, ready to be written.
private struct FreshBatch: Sendable {
    /// Which postings of the whole these are.
    let places: Range<Int>
    private(set) var postings: SQLBatch
    private(set) var fields: SQLBatch
    private(set) var revisions: SQLBatch
    private(set) var happenings: HappeningBatch

    init(_ places: Range<Int>, after sequence: Int64, _ make: (Int) throws -> FreshPosting) throws {
        self.places = places
        postings = SQLBatch(arity: StoredTransaction.insertArity, rows: places.count, bytesPerRow: 1_024)
        fields = SQLBatch(arity: 3, rows: places.count * 2, bytesPerRow: 96)
        revisions = SQLBatch(arity: 5, rows: places.count, bytesPerRow: 1_024)
        happenings = HappeningBatch(after: sequence, expecting: places.count * 2)
        for place in places {
            let fresh = try make(place)
            let posting = fresh.posting
            StoredTransaction.append(posting, to: &postings)
            let key = StoredTransaction.place(posting.id.text)
            for field in posting.content.fields {
                fields.append(field.text)
                fields.append(key)
                fields.append(posting.id.text)
            }
            revisions.append(posting.id.text)
            revisions.append(1)
            revisions.append { StoredContent.write(posting.content, to: &$0) }
            revisions.append(fresh.by.text)
            revisions.append(posting.createdAt.milliseconds)
            for happening in fresh.happenings { happenings.append(happening) }
        }
    }
}
