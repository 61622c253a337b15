/// Something that somebody offers to present at an event, and what organisers say to it.
package struct Presentation: Hashable, Sendable, Identified {
    package static let identifierPrefixes = ["presentation"]

    /// Where it stands.
    package enum State: String, Sendable, CaseIterable {
        case proposed
        /// Organisers have a question.
        case asked
        case accepted, declined, withdrawn
    }

    /// What the speaker writes.
    package struct Content: Hashable, Sendable, Codable {
        package var title: String
        package var abstract: String
        /// What it grew from: a posting, match, introduction, group, event or collaboration, by its identifier.
        package var subject: String?
        package var language: Language
        /// Minutes wished for.
        package var minutes: Int?
        /// Everybody who speaks and takes part in the exchange; whoever proposes it is among them unless they speak for
        /// others.
        package var speakers: [Identifier<Participant>] = []
        /// Speakers from outside, by name.
        package var guests: [String] = []
        /// What is needed: a table, power, a screen.
        package var needs: String?

        /// Takes what every presentation has.
        package init(title: String, abstract: String = "", language: Language) {
            self.title = title
            self.abstract = abstract
            self.language = language
        }

        /// The content with texts trimmed, or every problem in it.
        package func checked() throws(Refusal) -> Content {
            var rules = TextRules()
            var result = self
            result.title = rules.text(title, "title", limit: TextLimits.title, required: true)
            result.abstract = rules.text(abstract, "abstract", limit: TextLimits.detail, multiline: true)
            result.subject = rules.optionalText(subject, "subject", limit: 60)
            result.needs = rules.optionalText(needs, "needs", limit: TextLimits.note, multiline: true)
            if let minutes, !(1...600).contains(minutes) {
                rules.add(FieldProblem("minutes", .outOfRange, "A presentation takes 1 to 600 minutes."))
            }
            if Set(speakers).count != speakers.count {
                rules.add(FieldProblem("speakers", .duplicate, "A speaker is named twice."))
            }
            if speakers.count > EventLimits.people {
                rules.add(FieldProblem("speakers", .tooMany, "At most \(EventLimits.people) people can speak."))
            }
            result.guests = rules.list(guests, "guests", limit: EventLimits.people) {
                $0 = $1.text($0, "guests", limit: TextLimits.name, required: true)
            }
            try rules.finish()
            return result
        }
    }

    /// One step of the review.
    package struct Remark: Hashable, Sendable, Codable {
        /// What was done.
        package enum Kind: String, Sendable, CaseIterable, Codable {
            case asked, answered, accepted, declined
        }

        package let kind: Kind
        package let text: String?
        /// An actor's reference.
        package let by: String
        package let at: Instant

        /// Takes every value.
        package init(kind: Kind, text: String?, by: ActorReference, at: Instant) {
            self.kind = kind
            self.text = text
            self.by = by.text
            self.at = at
        }
    }

    package let id: Identifier<Presentation>
    package let event: Identifier<Event>
    /// Who proposed it.
    package let owner: Identifier<Participant>
    package var content: Content
    package var state: State
    /// The review, oldest first.
    package var remarks: [Remark]
    package var version: Int
    package let createdAt: Instant
    package var updatedAt: Instant

    /// Takes every value.
    package init(
        id: Identifier<Presentation>, event: Identifier<Event>, owner: Identifier<Participant>, content: Content,
        state: State = .proposed, remarks: [Remark] = [], version: Int = 1, createdAt: Instant, updatedAt: Instant
    ) {
        self.id = id
        self.event = event
        self.owner = owner
        self.content = content
        self.state = state
        self.remarks = remarks
        self.version = version
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// The proposer and everybody who speaks.
    package var people: Set<Identifier<Participant>> { Set([owner] + content.speakers) }
}

extension Presentation {
    /// The log entry of something done to the presentation.
    package func happening(
        _ kind: Happening.Kind, by actor: ActorReference, at now: Instant, _ details: [String: String] = [:]
    ) -> Happening {
        var facts = details
        facts["title"] = content.title
        return Happening(
            kind, subject: id.text, related: [event.text] + people.map(\.text).sorted(), by: actor, at: now,
            details: facts)
    }

    /// Replaces what the speaker wrote; unchanged content causes nothing. What was accepted changes by coordinators'
    /// hands only.
    package func revised(
        _ content: Content, coordinates: Bool, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Presentation> {
        guard content != self.content else { return Change(self, []) }
        switch state {
        case .proposed, .asked: break
        case .accepted where coordinates: break
        case .accepted, .declined, .withdrawn: throw refusal("revised")
        }
        return changed(.presentationRevised, by: actor, at: now) { $0.content = content }
    }

    /// Organisers ask something before they decide.
    package func ask(
        _ question: String, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Presentation> {
        guard state == .proposed || state == .asked else { throw refusal("asked about") }
        return try remarked(.asked, question, required: true, .presentationAsked, by: actor, at: now) {
            $0.state = .asked
        }
    }

    /// The speaker answers.
    package func answer(
        _ words: String, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Presentation> {
        guard state == .asked else { throw refusal("answered for") }
        return try remarked(.answered, words, required: true, .presentationAnswered, by: actor, at: now) {
            $0.state = .proposed
        }
    }

    /// Takes it into the programme.
    package func accept(
        note: String?, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Presentation> {
        switch state {
        case .proposed, .asked, .declined: break
        case .accepted, .withdrawn: throw refusal("accepted")
        }
        return try remarked(.accepted, note, required: false, .presentationAccepted, by: actor, at: now) {
            $0.state = .accepted
        }
    }

    /// Does not take it, with the reason.
    package func decline(
        because reason: String, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Presentation> {
        switch state {
        case .proposed, .asked, .accepted: break
        case .declined, .withdrawn: throw refusal("declined")
        }
        return try remarked(.declined, reason, required: true, .presentationDeclined, by: actor, at: now) {
            $0.state = .declined
        }
    }

    /// The speaker takes it back.
    package func withdraw(by actor: ActorReference, at now: Instant) throws(Refusal) -> Change<Presentation> {
        guard state != .withdrawn else { throw refusal("withdrawn") }
        return changed(.presentationWithdrawn, by: actor, at: now) { $0.state = .withdrawn }
    }

    private func remarked(
        _ kind: Remark.Kind, _ text: String?, required: Bool, _ entry: Happening.Kind, by actor: ActorReference,
        at now: Instant, _ edit: (inout Presentation) -> Void
    ) throws(Refusal) -> Change<Presentation> {
        var rules = TextRules()
        let words = rules.text(text ?? "", "text", limit: TextLimits.message, required: required, multiline: true)
        try rules.finish()
        return changed(entry, by: actor, at: now) {
            edit(&$0)
            $0.remarks.append(Remark(kind: kind, text: words.isEmpty ? nil : words, by: actor, at: now))
        }
    }

    private func changed(
        _ kind: Happening.Kind, by actor: ActorReference, at now: Instant, _ edit: (inout Presentation) -> Void
    ) -> Change<Presentation> {
        var next = self
        edit(&next)
        next.version += 1
        next.updatedAt = now
        return Change(next, [next.happening(kind, by: actor, at: now)])
    }

    private func refusal(_ verb: String) -> Refusal {
        .conflict(.state(subject: "presentation", state: state.rawValue, verb: verb))
    }
}
