import Exchange
import Matching

/// Makes the meaning vectors of published postings in the background, a few at a time, and keeps them in the store.
///
/// Nothing waits for it: a posting without vectors is matched by its words, and again when its vectors have come. What
/// was made is kept, so a restart goes on where it stood. A posting's vectors are made again when its text or the model
/// changes, and only of the texts that did.
package actor MeaningKeeper<Store: ExchangeStore> {
    private let matchmaker: Matchmaker<Store>
    private let open: @Sendable () async throws(MeaningFault) -> any MeaningEncoder
    private let report: @Sendable (MeaningEvent) -> Void
    private let quiet = Signal()
    private var encoder: (any MeaningEncoder)?
    private var made = 0

    /// The first and the longest wait after trouble, in seconds.
    private static var firstWait: Int { 2 }
    private static var longestWait: Int { 600 }
    /// Vectors between two reports of progress.
    private static var stretch: Int { 200 }

    /// Takes whom it works for, how the encoder is opened, and who is told.
    package init(
        _ matchmaker: Matchmaker<Store>, report: @escaping @Sendable (MeaningEvent) -> Void,
        open: @escaping @Sendable () async throws(MeaningFault) -> any MeaningEncoder
    ) {
        self.matchmaker = matchmaker
        self.open = open
        self.report = report
    }

    /// Works until the task is cancelled.
    package func run() async {
        var wait = Self.firstWait
        while !Task.isCancelled {
            do throws(MeaningFault) {
                if try await step() == 0 {
                    matchmaker.catalogue.setEncoding(false)
                    await quiet.wait(milliseconds: 500)
                }
                wait = Self.firstWait
            } catch {
                if error.kind == .stopped { break }
                matchmaker.catalogue.setEncoding(false, fault: error)
                matchmaker.signal.fire()
                report(.fault(error))
                let seconds = min(error.retryAfterSeconds ?? wait, Self.longestWait)
                await quiet.wait(milliseconds: Int64(seconds) * 1_000)
                wait = min(wait * 2, Self.longestWait)
            }
        }
        matchmaker.catalogue.setEncoding(false)
    }

    /// Makes the vectors of the next few postings; returns how many postings were looked at, 0 when none waits.
    package func step() async throws(MeaningFault) -> Int {
        let catalogue = matchmaker.catalogue
        guard let model = matchmaker.meaning.model, !catalogue.waitingForMeaning(1).isEmpty else { return 0 }
        let encoder = try await opened(model)
        let ids = catalogue.waitingForMeaning(encoder.batch)
        catalogue.setEncoding(true)
        let jobs = try await jobs(ids, model)
        let vectors = try await vectors(of: jobs, encoder)
        let failed = jobs.filter { $0.missing.contains { vectors[$0.text] == nil } }.map(\.posting.id)
        let whole = jobs.filter { !failed.contains($0.posting.id) }
        let refused = try await keep(whole, vectors, model)
        catalogue.giveUpMeaning(of: failed + refused)
        for id in failed + refused { report(.gaveUp(id.text)) }
        made += whole.count
        let progress = matchmaker.meaning
        if progress.waiting == 0 {
            catalogue.setEncoding(false)
            matchmaker.signal.fire()
        }
        if progress.waiting == 0 || made / Self.stretch != (made - whole.count) / Self.stretch {
            report(.progress(progress))
        }
        return jobs.count
    }

    private func opened(_ model: String) async throws(MeaningFault) -> any MeaningEncoder {
        if let encoder { return encoder }
        let new = try await open()
        guard new.model == model else {
            throw MeaningFault(
                .malformed, "The encoder's model is \(new.model), not \(model) as at the start.",
                "Restart the service.")
        }
        encoder = new
        report(.opened(model))
        return new
    }

    /// One posting with what is to be made for it.
    private struct Job: Sendable {
        let posting: Posting
        let texts: MeaningTexts
        let kept: [PostingMeaning.Facet: PostingMeaning]
        let missing: [(facet: PostingMeaning.Facet, text: String)]
    }

    private func jobs(_ ids: [Identifier<Posting>], _ model: String) async throws(MeaningFault) -> [Job] {
        let found: ([Identifier<Posting>: Posting], [Identifier<Posting>: [PostingMeaning]])
        do {
            found = try await matchmaker.office.store.read { tx in
                (try tx.postings(Set(ids)), try tx.meanings(of: Set(ids)))
            }
        } catch { throw .store(error) }
        return ids.compactMap { id in
            guard let posting = found.0[id] else { return nil }
            let texts = matchmaker.reading.meaningTexts(posting.content)
            let current = CurrentMeaning(texts, found.1[id] ?? [], model: model)
            let missing = PostingMeaning.Facet.allCases.compactMap { facet in
                current.kept[facet] == nil ? texts[facet].map { (facet, $0) } : nil
            }
            return Job(posting: posting, texts: texts, kept: current.kept, missing: missing)
        }
    }

    /// The vectors by text. When the encoder refuses several at once, each is tried alone: one text must not hold up
    /// the others.
    private func vectors(
        of jobs: [Job], _ encoder: any MeaningEncoder
    ) async throws(MeaningFault) -> [String: PackedVector] {
        let texts = Array(Set(jobs.flatMap { $0.missing.map(\.text) })).sorted()
        var made: [String: PackedVector] = [:]
        for start in stride(from: 0, to: texts.count, by: encoder.batch) {
            let part = Array(texts[start..<min(start + encoder.batch, texts.count)])
            do throws(MeaningFault) {
                try take(part, try await encoder.embed(part), into: &made)
            } catch {
                guard [.malformed, .refused].contains(error.kind), part.count > 1 else { throw error }
                try await oneByOne(part, encoder, error, into: &made)
            }
        }
        return made
    }

    private func oneByOne(
        _ texts: [String], _ encoder: any MeaningEncoder, _ first: MeaningFault,
        into made: inout [String: PackedVector]
    ) async throws(MeaningFault) {
        var failures = 0
        for text in texts {
            do throws(MeaningFault) {
                try take([text], try await encoder.embed([text]), into: &made)
            } catch {
                guard [.malformed, .refused].contains(error.kind) else { throw error }
                failures += 1
            }
        }
        // It is not the texts then.
        if failures == texts.count { throw first }
    }

    private func take(
        _ texts: [String], _ vectors: [[Float]], into made: inout [String: PackedVector]
    ) throws(MeaningFault) {
        guard vectors.count == texts.count else {
            throw MeaningFault(
                .malformed, "The encoder gave \(vectors.count) vectors for \(texts.count) texts.", "Check the model.")
        }
        for (text, values) in zip(texts, vectors) { made[text] = try PackedVector(values) }
    }

    /// Writes the vectors of postings that are still as they were, and hands them to the matchmaker.
    private func keep(
        _ jobs: [Job], _ vectors: [String: PackedVector], _ model: String
    ) async throws(MeaningFault) -> [Identifier<Posting>] {
        var ready: [(job: Job, meanings: [PostingMeaning])] = []
        for job in jobs {
            let new = job.missing.compactMap { item in
                vectors[item.text].map {
                    PostingMeaning(
                        facet: item.facet, model: model, textKey: MeaningTexts.key(item.text), vector: $0,
                        isMatched: false)
                }
            }
            let old = job.kept.values.map {
                PostingMeaning(
                    facet: $0.facet, model: model, textKey: $0.textKey, vector: $0.vector, isMatched: false)
            }
            ready.append((job, new + old))
        }
        let rows = ready.map { (id: $0.job.posting.id, revision: $0.job.posting.revision, meanings: $0.meanings) }
        do {
            try await matchmaker.office.store.write { tx in
                let now = try tx.postings(Set(rows.map(\.id)))
                for row in rows where now[row.id]?.revision == row.revision {
                    try tx.setMeanings(row.meanings, of: row.id)
                }
            }
        } catch { throw .store(error) }
        return matchmaker.catalogue.take(
            ready.compactMap { job, meanings in
                CurrentMeaning(job.texts, meanings, model: model).vectors.map {
                    MadeMeaning(id: job.posting.id, revision: job.posting.revision, vectors: $0)
                }
            })
    }
}

/// What the keeper tells.
package enum MeaningEvent: Sendable {
    /// The encoder is ready.
    case opened(String)
    /// How far it is: now and then, and when nothing waits any more.
    case progress(MeaningProgress)
    /// It goes on later.
    case fault(MeaningFault)
    /// A posting goes without vectors until it is revised.
    case gaveUp(String)
}

extension MeaningFault {
    static func store(_ error: any Error) -> MeaningFault {
        if error is CancellationError { return .stopped }
        return MeaningFault(.unreachable, "The store: \(error)", "It is tried again; run industrymix doctor.")
    }
}
