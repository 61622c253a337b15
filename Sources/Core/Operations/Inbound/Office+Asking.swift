import Delivery
package import Exchange

extension Office {
    /// Asks the coordinators about a match. The words go into the log, which they read; channels only hear that
    /// somebody asks. Asking the same again within a day changes nothing; says whether it was new.
    @discardableResult
    package func askCoordinator(
        about match: Identifier<Match>, _ words: String?, by actor: Actor
    ) async throws -> Bool {
        try actor.require(.take)
        var rules = TextRules()
        let question = rules.optionalText(words, "words", limit: TextLimits.message, multiline: true)
        try rules.finish()
        defer { nudge(.outbox) }
        return try await write { tx in
            let found = try tx.requireVisible(match, by: actor)
            guard found.state != .held || actor.coordinates else {
                throw Refusal.notFound(subject: "match", id: match.text)
            }
            var filter = HappeningFilter()
            filter.subject = match.text
            filter.kind = .coordinatorAsked
            let before = try tx.happenings(filter, PageRequest(limit: 50)).items.map(\.happening)
            let day: Int64 = 86_400_000
            let isSaid = before.contains { asked in
                asked.actor == actor.reference && asked.at.milliseconds > tx.now.milliseconds - day
                    && (question == nil || asked.details["words"] == question)
            }
            guard !isSaid else { return false }
            let need = try tx.require(found.need)
            let seed = try tx.require(found.seed)
            try tx.append([
                Happening(
                    .coordinatorAsked, subject: match.text, related: [need.id.text, seed.id.text],
                    by: actor.reference, at: tx.now, details: question.map { ["words": $0] } ?? [:])
            ])
            guard need.isToldInChannels, seed.isToldInChannels else { return true }
            let composer = NoticeComposer(settings: settings, taxonomy: taxonomy)
            // The two sides do not hear who asks what; channels of the exchange hear that someone does.
            let occasion = Channel.Occasion(
                topic: .introductions, fields: need.content.fields + seed.content.fields,
                languages: [need.content.language, seed.content.language])
            let now = tx.now
            try tx.notify(occasion, subject: match.text, in: taxonomy, ambient) { channel in
                composer.asked(found, need: need, seed: seed, for: channel, at: now)
            }
            return true
        }
    }
}
