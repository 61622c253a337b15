import Exchange
import Matching

/// Matching anew with meaning vectors: partners that share no word are found once both have theirs.
extension Matchmaker {
    /// How far the vectors are.
    package nonisolated var meaning: MeaningProgress { catalogue.meaningProgress }

    /// Postings that are matched with their new vectors in one transaction.
    private static var portion: Int { 500 }

    /// Matches postings whose vectors have come, once no more are about to come; returns how many matches are new.
    ///
    /// A posting was matched by its words when it was published. Now its best partners are found again, with those it
    /// was shown before among them, and only who newly belongs to the best is proposed: a posting is not given a second
    /// helping. Many at once are announced together.
    func matchByMeaning() async throws -> Int {
        let ids = catalogue.takeUnmatchedMeaning()
        var done = 0
        var found = 0
        do {
            while done < ids.count {
                try Task.checkCancellation()
                let part = Array(ids[done..<min(done + Self.portion, ids.count)])
                found += try await matchByMeaning(part, isBulk: ids.count > Self.single)
                done += part.count
            }
        } catch {
            catalogue.putBackUnmatchedMeaning(Array(ids[done...]))
            throw error
        }
        return found
    }

    private func matchByMeaning(_ ids: [Identifier<Posting>], isBulk: Bool) async throws -> Int {
        let work = try await listWork(for: ids)
        var picks: [RoundPick] = []
        for id in ids {
            try Task.checkCancellation()
            guard let owner = work.scope.owner(of: id.text), !isPaused(owner) else { continue }
            picks += work.newcomers(for: id.text, id.prefix == "need" ? .need : .seed)
        }
        let written = try await office.record(
            try await explained(picks, in: work), round: nil, announcing: isBulk ? .together : .each, standing: nil,
            reading: reading)
        // After a crash between the two the same pairs are found again, and have their match already.
        try await office.store.write { tx in try tx.markMeaningsMatched(ids) }
        return written
    }
}
