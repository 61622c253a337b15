/// Something that takes time, people and perhaps a place at an event: a session, a 1:1 meeting, an absence.
///
/// Sessions and meetings are laid on one timeline, so that whoever plans either is warned of the other.
package struct TimelineItem: Hashable, Sendable {
    /// What it is.
    package enum Kind: String, Sendable, CaseIterable {
        case session, meeting
        /// A time at which the person cannot.
        case absence
    }

    package let kind: Kind
    /// The identifier of the session, meeting or registration.
    package let id: String
    package let title: String
    package let span: TimeSpan
    /// Everybody who has to be there.
    package let people: Set<Identifier<Participant>>
    /// A hall, a room as `Hall A/Room 2`, or a table as `Table 3`; nothing where it matters to nobody.
    package let place: String?

    /// Takes every value.
    package init(
        kind: Kind, id: String, title: String, span: TimeSpan, people: Set<Identifier<Participant>>,
        place: String? = nil
    ) {
        self.kind = kind
        self.id = id
        self.title = title
        self.span = span
        self.people = people
        self.place = place
    }
}

/// Two items of a timeline that get into each other's way. A warning, never a wall.
package struct TimelineClash: Hashable, Sendable {
    /// In which way.
    package enum Kind: String, Sendable, CaseIterable {
        /// Somebody would have to be at two places.
        case person
        /// Two things at one place.
        case place
        /// Somebody said that they cannot then.
        case absence
    }

    package let kind: Kind
    /// The earlier one.
    package let first: TimelineItem
    package let second: TimelineItem
    /// Whom it concerns; empty for a place.
    package let people: [Identifier<Participant>]

    /// Takes every value.
    package init(kind: Kind, first: TimelineItem, second: TimelineItem, people: [Identifier<Participant>]) {
        self.kind = kind
        self.first = first
        self.second = second
        self.people = people
    }
}

/// Finds clashes among sessions, meetings and absences, whoever of them is being planned.
package enum Timeline {
    /// Every pair that clashes, by time.
    ///
    /// A hall clashes with its own rooms: `Hall A` is taken while `Hall A/Room 2` is. An absence clashes with sessions
    /// and meetings of that person, never with another absence.
    package static func clashes(_ items: [TimelineItem]) -> [TimelineClash] {
        let sorted = items.sorted { ($0.span.from, $0.span.to, $0.id) < ($1.span.from, $1.span.to, $1.id) }
        var clashes: [TimelineClash] = []
        var running: [TimelineItem] = []
        for item in sorted {
            running.removeAll { $0.span.to <= item.span.from }
            for other in running { clashes += self.clashes(other, item) }
            running.append(item)
        }
        return clashes
    }

    /// In which ways two items clash; none unless they overlap.
    package static func clashes(_ first: TimelineItem, _ second: TimelineItem) -> [TimelineClash] {
        guard first.span.overlaps(second.span) else { return [] }
        let absences = [first, second].count { $0.kind == .absence }
        guard absences < 2 else { return [] }
        var found: [TimelineClash] = []
        let shared = first.people.intersection(second.people).sorted()
        if !shared.isEmpty {
            found.append(
                TimelineClash(kind: absences == 1 ? .absence : .person, first: first, second: second, people: shared))
        }
        if absences == 0, let one = first.place, let other = second.place,
            one == other || one.hasPrefix(other + "/") || other.hasPrefix(one + "/")
        {
            found.append(TimelineClash(kind: .place, first: first, second: second, people: []))
        }
        return found
    }
}

extension Registration {
    /// The person's absences as items of a timeline.
    package func absences(_ title: String = "") -> [TimelineItem] {
        guard let participant else { return [] }
        return wishes.unavailable.map {
            TimelineItem(kind: .absence, id: id.text, title: title, span: $0, people: [participant])
        }
    }
}
