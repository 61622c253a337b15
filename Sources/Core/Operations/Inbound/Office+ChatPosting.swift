import Exchange

/// What became of a posting that was typed in a chat.
struct ChatPosted: Sendable {
    let posting: Posting
    /// What would tell who owns an anonymous posting.
    let giveAways: [GiveAway]
    /// What a reader needs and is missing.
    let problems: [FieldProblem]
}

extension Office {
    /// Writes a draft for the actor and sends it to review, unless something in it gives its anonymous owner away or is
    /// missing: then it stays a draft. All in one transaction.
    func post(
        _ kind: Posting.Kind, _ typed: ChatPosting, in language: Language, by actor: Actor
    ) async throws -> ChatPosted {
        try actor.require(.take)
        guard let owner = actor.participant else {
            throw Refusal.invalid("owner", .required, "Name the participant whose posting it is.")
        }
        var unknown: [FieldProblem] = []
        var named: [FieldCode] = []
        for text in typed.fields {
            if let code = taxonomy.find(text) {
                if !named.contains(code) { named.append(code) }
            } else {
                unknown.append(FieldProblem("fields", .unknown, "There is no field \"\(text.prefix(60))\"."))
            }
        }
        let (fields, problems, taxonomy) = (named, unknown, taxonomy)
        return try await write { tx in
            let person = try tx.require(owner)
            let home = try tx.require(person.organization)
            let content = PostingContent(
                title: typed.title, summary: typed.summary,
                fields: fields.isEmpty ? Array(home.profile.fields.prefix(TextLimits.fields)) : fields,
                language: language, visibility: typed.visibility)
            let checked = try content.checked(against: taxonomy, forReview: false)
            let change = Posting.draft(
                checked, kind: kind, owner: person, id: ambient.identifier(prefix: kind.rawValue, at: tx.now),
                by: actor.reference, at: tx.now)
            try tx.insertDrafted(change, by: actor.reference)
            let giveAways = try tx.giveAways(in: change.value)
            var missing = problems
            do throws(Refusal) { _ = try checked.checked(against: taxonomy, forReview: true) } catch {
                if case .invalid(let found) = error { missing += found }
            }
            guard giveAways.isEmpty, missing.isEmpty else {
                return ChatPosted(posting: change.value, giveAways: giveAways, problems: missing)
            }
            let submitted = try change.value.submit(by: actor.reference, at: tx.now)
            try tx.save(submitted, over: change.value, by: actor.reference)
            return ChatPosted(posting: submitted.value, giveAways: [], problems: [])
        }
    }
}
