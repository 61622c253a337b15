/// A posting as one reader may see it.
package struct DisclosedPosting: Hashable, Sendable {
    /// How much of it the reader sees.
    package enum Degree: String, Sendable {
        /// Everything, the reader may also edit it or works for the owner.
        case full
        /// Everything but notes of the coordinators.
        case named
        /// Nothing that tells who owns it.
        case anonymous
    }

    /// The posting; where the degree is anonymous, without detail, rights, external identity and origin.
    package let posting: Posting
    package let degree: Degree

    /// The owner, unless the reader may not know.
    package var owner: Identifier<Participant>? { degree == .anonymous ? nil : posting.owner }
    /// The owner's organization, unless the reader may not know.
    package var organization: Identifier<Organization>? { degree == .anonymous ? nil : posting.organization }
}

extension Posting {
    /// What a reader may see of the posting, or nothing if the reader may not know that it exists.
    ///
    /// - Parameters:
    ///   - actor: The reader.
    ///   - isIntroduced: Whether a coordinator has introduced the reader's organization to the owner for this posting.
    package func disclosed(to actor: Actor, isIntroduced: Bool, at now: Instant) -> DisclosedPosting? {
        guard actor.may(.read) else { return nil }
        let owns = actor.organization == organization
        if actor.coordinates || (owns && actor.participant == owner) {
            return DisclosedPosting(posting: self, degree: .full)
        }
        if owns || isIntroduced { return state == .draft ? nil : DisclosedPosting(posting: named, degree: .named) }
        guard isLive(at: now) else { return nil }
        return outward.map { DisclosedPosting(posting: $0, degree: content.visibility == .named ? .named : .anonymous) }
    }

    /// What anybody who takes part may read of it while it is live, or nothing.
    package var outward: Posting? {
        switch content.visibility {
        case .named: named
        case .anonymous: anonymous
        case .coordinators: nil
        }
    }

    /// Whether it has words that not everybody may read.
    package var isVeiled: Bool {
        switch content.visibility {
        case .named: false
        case .anonymous: !content.detail.isEmpty
        case .coordinators: true
        }
    }

    /// Whether channels and the pages behind their links may speak of it: what is for coordinators only is not told.
    package var isToldInChannels: Bool { content.visibility != .coordinators }

    /// Whether the actor may edit it: its owner, or a coordinator.
    package func isEditable(by actor: Actor) -> Bool {
        (actor.may(.take) && actor.participant == owner) || actor.coordinates
    }

    private var named: Posting {
        var shown = self
        shown.content.externalID = nil
        return shown
    }

    private var anonymous: Posting {
        var shown = self
        shown.content.detail = ""
        shown.content.ipr = nil
        shown.content.externalID = nil
        shown.content.origin = nil
        return shown
    }
}
