/// An entry of the append-only log of what was done, by whom, when: audit trail and change feed in one.
package struct Happening: Hashable, Sendable, Identified {
    package static let identifierPrefixes = ["happening"]

    /// What was done.
    package let kind: Kind
    /// The identifier of what it was done to.
    package let subject: String
    /// Identifiers of everything else it touches: the other posting of a match, the owner of a posting.
    package let related: [String]
    package let actor: ActorReference
    package let at: Instant
    /// Facts worth keeping, by name; never secrets.
    package let details: [String: String]

    /// Takes every value but kind and subject by label.
    package init(
        _ kind: Kind, subject: String, related: [String] = [], by actor: ActorReference, at: Instant,
        details: [String: String] = [:]
    ) {
        self.kind = kind
        self.subject = subject
        self.related = related
        self.actor = actor
        self.at = at
        self.details = details
    }
}

/// A happening with its place in the log.
package struct RecordedHappening: Hashable, Sendable {
    /// Counts up from 1 without gaps in the order of commits: a follower that remembers the last one misses nothing.
    package let sequence: Int64
    package let happening: Happening

    /// Takes both values.
    package init(sequence: Int64, happening: Happening) {
        self.sequence = sequence
        self.happening = happening
    }
}

extension Happening {
    /// Every kind of entry, written in the log as `noun.verb`.
    package enum Kind: String, Sendable, CaseIterable {
        case organizationRegistered = "organization.registered"
        case organizationRevised = "organization.revised"
        case participantInvited = "participant.invited"
        case participantJoined = "participant.joined"
        case participantRevised = "participant.revised"
        case participantRoleChanged = "participant.role_changed"
        case participantPaused = "participant.paused"
        case participantResumed = "participant.resumed"
        case participantLeft = "participant.left"
        case postingDrafted = "posting.drafted"
        case postingRevised = "posting.revised"
        case postingSubmitted = "posting.submitted"
        case postingReturned = "posting.returned"
        case postingPublished = "posting.published"
        case postingPaused = "posting.paused"
        case postingResumed = "posting.resumed"
        case postingRenewed = "posting.renewed"
        case postingExpired = "posting.expired"
        case postingClosed = "posting.closed"
        case matchFound = "match.found"
        case matchHeld = "match.held"
        case matchReleased = "match.released"
        case matchDismissed = "match.dismissed"
        case interestExpressed = "introduction.interest_expressed"
        case interestRefused = "introduction.refused"
        case interestMutual = "introduction.mutual"
        case introductionMade = "introduction.introduced"
        case introductionMet = "introduction.met"
        case introductionConcluded = "introduction.concluded"
        case groupProposed = "group.proposed"
        case groupAccepted = "group.accepted"
        case groupDeclined = "group.declined"
        case learningReset = "learning.reset"
        case vetoPlaced = "veto.placed"
        case vetoLifted = "veto.lifted"
        case channelAdded = "channel.added"
        case channelRevised = "channel.revised"
        case channelStopped = "channel.stopped"
        case channelResumed = "channel.resumed"
        case channelRemoved = "channel.removed"
        case deliveryDead = "delivery.dead"
        case deliveryReplayed = "delivery.replayed"
        case tokenIssued = "token.issued"
        case tokenRevoked = "token.revoked"
        case importCompleted = "import.completed"
        case roundStarted = "round.started"
        case roundStopped = "round.stopped"
        case roundCancelled = "round.cancelled"
        case roundCompleted = "round.completed"
        case exchangeFounded = "exchange.founded"
        case coordinatorAsked = "match.asked_about"
        case workspaceAdded = "workspace.added"
        case workspaceRevoked = "workspace.revoked"
        case chatLinked = "participant.chat_linked"
        case chatUnlinked = "participant.chat_unlinked"
        case seriesAdded = "series.added"
        case seriesRevised = "series.revised"
        case seriesRemoved = "series.removed"
        case eventAdded = "event.added"
        case eventRevised = "event.revised"
        case eventAnnounced = "event.announced"
        case eventOpened = "event.opened"
        case eventClosed = "event.registration_closed"
        case eventPostponed = "event.postponed"
        case eventReplanned = "event.replanned"
        case eventHeld = "event.held"
        case eventReported = "event.reported"
        case eventCancelled = "event.cancelled"
        case eventRemoved = "event.removed"
        case eventFollowUpDue = "event.follow_up_due"
        case registrationRequested = "registration.requested"
        case registrationWaiting = "registration.waiting"
        case registrationConfirmed = "registration.confirmed"
        case registrationMovedUp = "registration.moved_up"
        case registrationDeclined = "registration.declined"
        case registrationCancelled = "registration.cancelled"
        case registrationRevised = "registration.revised"
        case registrationArrived = "registration.arrived"
        case registrationArrivalUndone = "registration.arrival_undone"
        case presentationProposed = "presentation.proposed"
        case presentationRevised = "presentation.revised"
        case presentationAsked = "presentation.asked"
        case presentationAnswered = "presentation.answered"
        case presentationAccepted = "presentation.accepted"
        case presentationDeclined = "presentation.declined"
        case presentationWithdrawn = "presentation.withdrawn"
        case programmeChanged = "programme.changed"
        case programmeReleased = "programme.released"
        case meetingDayRevised = "meeting_day.revised"
        case meetingWished = "meeting.wished"
        case meetingsPlanned = "meetings.planned"
        case meetingsPublished = "meetings.published"
        case meetingArranged = "meeting.arranged"
        case meetingMoved = "meeting.moved"
        case meetingConfirmed = "meeting.confirmed"
        case meetingCancelled = "meeting.cancelled"
        case meetingKept = "meeting.kept"
        case meetingMissed = "meeting.missed"
        case meetingRated = "meeting.rated"
        case boothsRevised = "booths.revised"
        case boothsLaidOut = "booths.laid_out"
        case calendarShared = "calendar.shared"
        case calendarHidden = "calendar.hidden"
        case signedIn = "session.opened"
        case sessionEnded = "session.ended"
        case signInLinkMade = "sign_in_link.made"
        case passwordSet = "password.set"
    }
}
