package import Exchange

extension Office {
    /// What one of the two says of a meeting. It notes the meeting as kept, is remembered, and answers the match that
    /// the two had to talk about: the introduction moves, and the engine learns.
    package func rate(
        _ id: Identifier<Meeting>, rating: Int, next: MeetingFeedback.Next, reason: Introduction.RefusalReason? = nil,
        note: String? = nil, for person: Identifier<Participant>? = nil, by actor: Actor
    ) async throws -> MeetingFeedback {
        let own = try self.person(person, actor)
        var rules = TextRules()
        let words = rules.optionalText(note, "note", limit: TextLimits.message, multiline: true)
        try rules.finish()
        let ambient = ambient
        return try await write { tx in
            let meeting = try tx.requireVisible(id, by: actor)
            guard meeting.partner(of: own) != nil else {
                throw Refusal.forbidden("Only the two who met can say how it was.")
            }
            let feedback = try MeetingFeedback(
                meeting: id, by: own, rating: rating, next: next, reason: reason, note: words, at: tx.now)
            if meeting.state != .kept {
                let change = try meeting.kept(by: actor.reference, at: tx.now)
                try tx.update(change.value, expecting: meeting.version)
                try tx.append(change.happenings)
                try tx.rememberTalk(of: meeting, by: actor)
            }
            let before = try tx.feedback(on: id).first { $0.by == own }
            try tx.set(feedback)
            try tx.append([
                Happening(
                    .meetingRated, subject: id.text, related: [meeting.event.text, own.text], by: actor.reference,
                    at: tx.now, details: ["rating": "\(rating)", "next": next.rawValue])
            ])
            if before?.next != next || before?.reason != feedback.reason {
                try tx.carry(feedback, of: meeting, by: actor, ambient)
            }
            return feedback
        }
    }

    /// What was said of an event's meetings: for coordinators.
    package func meetingFeedback(at event: Identifier<Event>, by actor: Actor) async throws -> [MeetingFeedback] {
        try actor.require(.coordinate)
        return try await store.read { tx in
            _ = try tx.requireVisible(event, by: actor)
            return try tx.meetingFeedback(at: event)
        }
    }
}

extension ExchangeTransaction {
    /// Remembers that the owners of two postings have talked, so that nobody suggests them to each other again, and
    /// moves an introduction of theirs.
    func rememberTalk(of meeting: Meeting, by actor: Actor) throws {
        guard let needID = meeting.ground.need, let seedID = meeting.ground.seed, let need = try posting(needID),
            let seed = try posting(seedID)
        else { return }
        try remember(Encounter(.exhibition, need: need, seed: seed, subject: meeting.event.text, at: now))
        try remember(Encounter(.meeting, need: need, seed: seed, subject: meeting.id.text, at: now))
        guard let open = try introduction(PostingPair(need: needID, seed: seedID)) else { return }
        switch open.state {
        case .introduced: try step(try open.meet(by: actor.reference, at: now), over: open)
        case .mutual: try step(try open.introduce(by: .system("exhibitions"), at: now), over: open, thenMeeting: actor)
        case .interested, .refused, .met, .concluded: break
        }
    }

    private func step(_ change: Change<Introduction>, over old: Introduction, thenMeeting actor: Actor? = nil) throws {
        try update(change.value, expecting: old.version)
        try append(change.happenings)
        if let actor {
            try step(try change.value.meet(by: actor.reference, at: now), over: change.value)
        }
    }

    /// Carries what was said into the introduction of the two: a yes is an interest, a no with a reason a refusal; both
    /// teach. Two who both want to go on have met, and are introduced by that.
    func carry(
        _ feedback: MeetingFeedback, of meeting: Meeting, by actor: Actor, _ ambient: Ambient
    ) throws {
        guard let needID = meeting.ground.need, let seedID = meeting.ground.seed, let need = try posting(needID),
            let seed = try posting(seedID), need.isLive(at: now), seed.isLive(at: now)
        else { return }
        let pair = PostingPair(need: needID, seed: seedID)
        if let open = try introduction(pair) {
            switch open.state {
            case .introduced, .met, .concluded: return
            case .interested, .mutual, .refused: break
            }
        }
        let side: Introduction.Side = need.owner == feedback.by ? .need : .seed
        let said: SideAnswer
        switch feedback.next {
        case .goOn: said = .interested(message: feedback.note)
        case .no: said = .refused(feedback.reason ?? .noClearAdvantage, note: feedback.note)
        case .later: return
        }
        let speaker = Actor(
            reference: actor.reference, organization: side == .need ? need.organization : seed.organization,
            role: actor.role, scopes: actor.scopes)
        let answered = try answer(pair, match: try match(pair), said, for: side, by: speaker, ambient)
        if answered.state == .mutual { try rememberTalk(of: meeting, by: actor) }
    }
}
