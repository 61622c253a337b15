package import Exchange

/// Something in a programme that a coordinator should look at. Nothing is forbidden by it.
package struct ProgrammeWarning: Hashable, Sendable {
    /// What it is about.
    package enum Kind: String, Sendable, CaseIterable {
        /// Somebody would have to be at two places.
        case personTwice = "person_twice"
        case placeTwice = "place_twice"
        /// Somebody said that they cannot then.
        case absent
        /// Somebody with a part has no place at the event.
        case notRegistered = "not_registered"
        /// Somebody with a part has left the exchange.
        case left
        /// Outside the event's days or opening hours.
        case outsideHours = "outside_hours"
        /// A place that the venue does not list.
        case unknownPlace = "unknown_place"
        /// A presentation stands in two sessions.
        case presentationTwice = "presentation_twice"
        /// A presentation that was withdrawn or declined after it was scheduled.
        case presentationGone = "presentation_gone"
        /// An accepted presentation that stands in no session.
        case unscheduled
        /// More presentations than fit, by the minutes that their speakers wish for.
        case tooShort = "too_short"
    }

    package let kind: Kind
    /// Titles of what it is about: sessions, meetings, presentations, places.
    package let titles: [String]
    /// Identifiers of the sessions and meetings.
    package let items: [String]
    /// Whom it concerns.
    package let people: [Identifier<Participant>]
    package let names: [String]

    /// Takes every value.
    package init(
        kind: Kind, titles: [String], items: [String], people: [Identifier<Participant>] = [], names: [String] = []
    ) {
        self.kind = kind
        self.titles = titles
        self.items = items
        self.people = people
        self.names = names
    }

    /// The warning in a sentence.
    package func words(in language: Language) -> String {
        let say = NoticeTexts(language)
        let who = names.joined(separator: say.say("、", ", ", ", ", "、"))
        let what = titles.map { say.say("「\($0)」", "“\($0)”", "'\($0)'", "“\($0)”") }.joined(
            separator: say.say("と", " and ", ", ", "和"))
        switch kind {
        case .personTwice:
            return say.say(
                "\(who)さんの\(what)が同じ時間に重なっています。", "\(who) would have to be in \(what) at the same time.",
                "\(who) 님의 \(what) 시간이 겹칩니다.", "\(who)的\(what)时间重叠。")
        case .placeTwice:
            return say.say(
                "\(what)の会場が同じ時間に重なっています。", "\(what) take place in the same room at the same time.",
                "\(what)의 장소가 같은 시간에 겹칩니다.", "\(what)在同一时间使用同一场地。")
        case .absent:
            return say.say(
                "\(who)さんは\(what)の時間に都合がつきません。", "\(who) cannot come at the time of \(what).",
                "\(who) 님은 \(what) 시간에 참석할 수 없습니다.", "\(who)在\(what)的时间不便出席。")
        case .notRegistered:
            return say.say(
                "\(who)さん(\(what))は参加登録がまだです。", "\(who) (\(what)) has not registered yet.",
                "\(who) 님(\(what))은 아직 참가 등록을 하지 않았습니다.", "\(who)(\(what))尚未登记参加。")
        case .left:
            return say.say(
                "\(who)さん(\(what))は退会しています。", "\(who) (\(what)) has left the exchange.",
                "\(who) 님(\(what))은 탈퇴했습니다.", "\(who)(\(what))已退出。")
        case .outsideHours:
            return say.say(
                "\(what)は開催日・開場時間の外です。", "\(what) lies outside the event's days or opening hours.",
                "\(what)은(는) 개최일 또는 개장 시간 밖입니다.", "\(what)不在活动日期或开放时间内。")
        case .unknownPlace, .presentationTwice, .presentationGone, .unscheduled, .tooShort:
            return presentationWords(what, say)
        }
    }

    private func presentationWords(_ what: String, _ say: NoticeTexts) -> String {
        switch kind {
        case .unknownPlace:
            say.say(
                "\(what):会場の一覧にない場所です。", "\(what): the venue lists no such place.", "\(what): 행사장 목록에 없는 장소입니다.",
                "\(what):场地列表中没有该地点。")
        case .presentationTwice:
            say.say(
                "\(what)が二つのセッションに入っています。", "\(what) stands in two sessions.", "\(what)이(가) 두 세션에 들어 있습니다.",
                "\(what)出现在两个环节中。")
        case .presentationGone:
            say.say(
                "\(what)は取り下げられたか、不採択になっています。", "\(what) was withdrawn or declined.",
                "\(what)은(는) 철회되었거나 채택되지 않았습니다.", "\(what)已撤回或未被采纳。")
        case .unscheduled:
            say.say(
                "採択した\(what)がまだ時間割に入っていません。", "\(what) was accepted and stands in no session yet.",
                "채택한 \(what)이(가) 아직 시간표에 없습니다.", "已采纳的\(what)尚未排入日程。")
        default:
            say.say(
                "\(what)の時間が、発表者の希望する合計時間に足りません。", "\(what) is shorter than its speakers' wishes together.",
                "\(what)의 시간이 발표자 희망 시간의 합보다 짧습니다.", "\(what)的时间少于发言人希望的总时长。")
        }
    }
}

extension ExchangeTransaction {
    /// The draft's sessions as items of the event's timeline, each with everybody who has a part in it: whoever plans
    /// meetings lays them beside the meetings (`Timeline.clashes`).
    package func sessionItems(_ sessions: [ProgrammeSession]) throws -> [TimelineItem] {
        let presentations = try presentations(Set(sessions.flatMap(\.presentations)))
        return sessions.map { session in
            let speakers = session.presentations.compactMap { presentations[$0] }.flatMap(\.content.speakers)
            return TimelineItem(
                kind: .session, id: session.id.text, title: session.title, span: session.span,
                people: Set(session.people + speakers), place: session.place)
        }
    }
}

extension Office {
    /// Everything to look at in a draft.
    func warnings(_ programme: Programme, of event: Event, _ tx: Store.Transaction) throws -> [ProgrammeWarning] {
        let items = try tx.sessionItems(programme.sessions)
        let registrations = try tx.confirmedRegistrations(at: event.id)
        let absences = registrations.flatMap { $0.absences() }
        let people = try tx.participants(Set(items.flatMap(\.people)))
        let names = people.mapValues(\.profile.name)
        let clashes = Timeline.clashes(items + absences).map { ProgrammeWarning($0, names) }
        let registered = Set(registrations.compactMap(\.participant))
        var missing: [ProgrammeWarning] = []
        for person in people.values.sorted(by: { $0.id < $1.id }) {
            let kind: ProgrammeWarning.Kind? =
                person.status == .left ? .left : registered.contains(person.id) ? nil : .notRegistered
            guard let kind else { continue }
            let parts = items.filter { $0.people.contains(person.id) }
            missing.append(
                ProgrammeWarning(
                    kind: kind, titles: parts.map(\.title), items: parts.map(\.id), people: [person.id],
                    names: [person.profile.name]))
        }
        return clashes + missing + places(programme, event) + (try presentations(programme, event, tx))
    }

    private func places(_ programme: Programme, _ event: Event) -> [ProgrammeWarning] {
        let openings = event.openings(ambient.zones)
        let known = event.content.venue?.places ?? []
        return programme.sessions.flatMap { session -> [ProgrammeWarning] in
            var found: [ProgrammeWarning] = []
            let isInside = openings.contains { $0.from <= session.span.from && session.span.to <= $0.to }
            if !openings.isEmpty, !isInside {
                found.append(ProgrammeWarning(kind: .outsideHours, titles: [session.title], items: [session.id.text]))
            }
            if let place = session.place, !known.isEmpty, !known.contains(place) {
                found.append(
                    ProgrammeWarning(kind: .unknownPlace, titles: [session.title, place], items: [session.id.text]))
            }
            return found
        }
    }

    private func presentations(
        _ programme: Programme, _ event: Event, _ tx: Store.Transaction
    ) throws -> [ProgrammeWarning] {
        let scheduled = programme.sessions.flatMap { session in session.presentations.map { ($0, session) } }
        let known = try tx.presentations(Set(scheduled.map(\.0)))
        var found: [ProgrammeWarning] = []
        var seen: [Identifier<Presentation>: ProgrammeSession] = [:]
        for (id, session) in scheduled {
            guard let presentation = known[id] else { continue }
            if presentation.state != .accepted {
                found.append(
                    ProgrammeWarning(
                        kind: .presentationGone, titles: [presentation.content.title], items: [session.id.text]))
            }
            if let first = seen.updateValue(session, forKey: id) {
                found.append(
                    ProgrammeWarning(
                        kind: .presentationTwice, titles: [presentation.content.title],
                        items: [first.id.text, session.id.text]))
            }
        }
        for session in programme.sessions {
            let wished = session.presentations.compactMap { known[$0]?.content.minutes }.reduce(0, +)
            if wished > session.span.minutes {
                found.append(ProgrammeWarning(kind: .tooShort, titles: [session.title], items: [session.id.text]))
            }
        }
        var filter = PresentationFilter()
        filter.event = event.id
        filter.states = [.accepted]
        var page = PageRequest(limit: PageRequest.largest)
        while true {
            let accepted = try tx.presentations(filter, page)
            for presentation in accepted.items where seen[presentation.id] == nil {
                found.append(ProgrammeWarning(kind: .unscheduled, titles: [presentation.content.title], items: []))
            }
            guard let next = accepted.next else { return found }
            page = PageRequest(limit: PageRequest.largest, after: next)
        }
    }
}

extension ProgrammeWarning {
    /// A clash on the timeline, with people's names.
    package init(_ clash: TimelineClash, _ names: [Identifier<Participant>: String]) {
        let kind: Kind =
            switch clash.kind {
            case .person: .personTwice
            case .place: .placeTwice
            case .absence: .absent
            }
        let items = [clash.first, clash.second].filter { $0.kind != .absence }
        self.init(
            kind: kind, titles: items.map(\.title), items: items.map(\.id), people: clash.people,
            names: clash.people.compactMap { names[$0] })
    }
}
