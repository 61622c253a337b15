package import Exchange
package import Tabular

/// What came of an event, counted.
package struct EventReport: Sendable {
    package let event: Event
    /// The event of the series before it.
    package let previous: Event?
    /// From the end of the previous event (or the beginning of the exchange) to the beginning of this one.
    package let online: TimeSpan
    /// What people did online in that time.
    package let activity: Activity
    /// From the beginning of the event until now.
    package let since: TimeSpan
    package let attendance: Attendance
    package let programme: ProgrammeCounts
    package let encounters: Encounters
    /// Seeds and needs that name the event as their origin.
    package let born: [Posting]
    /// Money by fiscal year.
    package let budget: [BudgetTotal]

    /// What people did online between two events.
    package struct Activity: Hashable, Sendable {
        package let joined: Int
        package let published: Int
        package let matches: Int
        package let interests: Int
        package let mutual: Int
        package let introduced: Int
        package let met: Int
        package let concluded: Int

        init(_ counts: [Happening.Kind: Int]) {
            func count(_ kind: Happening.Kind) -> Int { counts[kind] ?? 0 }
            joined = count(.participantJoined)
            published = count(.postingPublished)
            matches = count(.matchFound)
            interests = count(.interestExpressed)
            mutual = count(.interestMutual)
            introduced = count(.introductionMade)
            met = count(.introductionMet)
            concluded = count(.introductionConcluded)
        }
    }

    /// Who came; people count with their companions.
    package struct Attendance: Hashable, Sendable {
        package let registrations: Int
        package let confirmed: Int
        package let arrived: Int
        package let remote: Int
        package let waiting: Int
        package let cancelled: Int
        /// Different organizations of participants with a place.
        package let organizations: Int
        /// Different regions of those organizations.
        package let regions: Int
    }

    /// What was presented.
    package struct ProgrammeCounts: Hashable, Sendable {
        package let proposed: Int
        package let accepted: Int
        package let sessions: Int
        package let releases: Int
        package let siteVisits: Int
        package let delegations: Int
        package let agreements: Int
    }

    /// Pairs that the event put before each other, and what became of them.
    package struct Encounters: Hashable, Sendable {
        package let pairs: Int
        /// Pairs that express interest, or more, since the event began.
        package let interested: Int
        package let introduced: Int
        package let met: Int
        package let concluded: Int
    }
}

extension Office {
    /// The results of an event, for coordinators.
    package func eventReport(_ id: Identifier<Event>, by actor: Actor) async throws -> EventReport {
        try actor.require(.coordinate)
        return try await store.read { tx in
            let event = try tx.require(id)
            let previous = try self.previous(of: event, tx)
            let now = tx.now
            let begins = min(self.begins(event) ?? now, now)
            let from = previous.flatMap { self.ends($0) } ?? Instant(milliseconds: 0)
            let online = TimeSpan(stored: min(from, begins), begins)
            let encounters = try tx.encounters(atExhibition: id)
            let pairs = Set(encounters.map { PostingPair(need: $0.need, seed: $0.seed) })
            let introductions = try tx.introductions(of: pairs, since: begins)
            return EventReport(
                event: event, previous: previous, online: online,
                activity: EventReport.Activity(try tx.happeningCounts(in: online)),
                since: TimeSpan(stored: begins, now), attendance: try tx.attendance(of: event),
                programme: try tx.programmeCounts(of: event),
                encounters: EventReport.Encounters(pairs: pairs.count, introductions),
                born: try tx.postings(origin: id.text), budget: event.content.budgetTotals)
        }
    }

    private func previous(of event: Event, _ tx: Store.Transaction) throws -> Event? {
        guard let series = event.series else { return nil }
        let earlier = try tx.events(of: series).filter { $0.state != .cancelled && Event.isEarlier($0, event) }
        return earlier.last { $0.id != event.id }
    }

    private func begins(_ event: Event) -> Instant? {
        event.span(ambient.zones)?.from ?? event.date?.first.start(offsetMinutes: settings.utcOffsetMinutes)
    }

    private func ends(_ event: Event) -> Instant? {
        event.span(ambient.zones)?.to ?? event.date?.last.end(offsetMinutes: settings.utcOffsetMinutes)
    }

    /// The results as a CSV file: one figure a row.
    package func eventReportTable(
        _ id: Identifier<Event>, in language: WordsLanguage, encoding: TextEncoding = .utf8BOM, by actor: Actor
    ) async throws -> [UInt8] {
        let report = try await eventReport(id, by: actor)
        var writer = CSVWriter(encoding: encoding)
        let say = NoticeTexts(Language(rawValue: language.rawValue) ?? .ja)
        writer.write([
            say.say("区分", "Part", "구분", "类别"), say.say("項目", "Figure", "항목", "项目"), say.say("値", "Value", "값", "数值"),
        ])
        for row in report.rows(say) { writer.write(row) }
        return try writer.drain()
    }
}

extension EventReport.Encounters {
    fileprivate init(pairs: Int, _ introductions: [Introduction]) {
        let words = introductions.map(\.state.word)
        self.init(
            pairs: pairs, interested: words.count { $0 != "refused" },
            introduced: words.count { ["introduced", "met", "concluded"].contains($0) },
            met: words.count { ["met", "concluded"].contains($0) }, concluded: words.count { $0 == "concluded" })
    }
}

extension ExchangeTransaction {
    fileprivate func attendance(of event: Event) throws -> EventReport.Attendance {
        let counts = try registrationCounts(of: event.id)
        func seats(_ state: Registration.State) -> Int {
            counts.filter { $0.state == state }.map(\.seats).reduce(0, +)
        }
        let people = try participants(Set(try confirmedRegistrations(at: event.id).compactMap(\.participant)))
        let homes = try organizations(Set(people.values.map(\.organization)))
        return EventReport.Attendance(
            registrations: counts.map(\.registrations).reduce(0, +), confirmed: seats(.confirmed),
            arrived: counts.map(\.arrivedSeats).reduce(0, +),
            remote: counts.filter { $0.state == .confirmed && $0.attendance == .remote }.map(\.seats).reduce(0, +),
            waiting: seats(.waiting),
            cancelled: counts.filter { $0.state == .cancelled }.map(\.registrations).reduce(0, +),
            organizations: homes.count, regions: Set(homes.values.compactMap(\.profile.region)).count)
    }

    fileprivate func programmeCounts(of event: Event) throws -> EventReport.ProgrammeCounts {
        var filter = PresentationFilter()
        filter.event = event.id
        let wanted = filter
        let presentations = try everything { try self.presentations(wanted, $0) }
        let programme = try programme(of: event.id)
        return EventReport.ProgrammeCounts(
            proposed: presentations.count, accepted: presentations.count { $0.state == .accepted },
            sessions: (programme.release?.sessions ?? programme.sessions).count,
            releases: programme.release?.number ?? 0, siteVisits: event.content.siteVisits.count,
            delegations: event.content.delegations.count, agreements: event.content.agreements.count)
    }
}

extension EventReport {
    /// Part, figure and value, in the order of a written report.
    fileprivate func rows(_ say: NoticeTexts) -> [[String]] {
        let before = say.say("開催まで(オンライン)", "Online before the event", "개최 전(온라인)", "活动前(线上)")
        let day = say.say("当日", "On the day", "당일", "当天")
        let after = say.say("その後", "Afterwards", "이후", "之后")
        let money = say.say("経費", "Money", "경비", "经费")
        let figures: [(String, String, Int)] = [
            (before, say.say("新規参加者", "People who joined", "신규 참가자", "新增参加者"), activity.joined),
            (before, say.say("掲載されたシーズ・ニーズ", "Postings published", "게시된 시즈·니즈", "发布的种子与需求"), activity.published),
            (before, say.say("見つかった組み合わせ", "Matches found", "찾은 매칭", "发现的匹配"), activity.matches),
            (before, say.say("関心の表明", "Interests expressed", "관심 표명", "表示兴趣"), activity.interests),
            (before, say.say("双方の関心", "Mutual interests", "쌍방 관심", "双方感兴趣"), activity.mutual),
            (before, say.say("おつなぎ", "Introductions made", "연결", "牵线"), activity.introduced),
            (before, say.say("面談", "Meetings held", "면담", "会面"), activity.met),
            (before, say.say("成果に至ったもの", "Introductions concluded", "성과로 이어진 것", "取得结果"), activity.concluded),
            (day, say.say("登録", "Registrations", "등록", "登记"), attendance.registrations),
            (day, say.say("確定人数", "People with a place", "확정 인원", "确认人数"), attendance.confirmed),
            (day, say.say("来場者数", "People who came", "참석 인원", "到场人数"), attendance.arrived),
            (day, say.say("うちオンライン", "Of them online", "그중 온라인", "其中线上"), attendance.remote),
            (day, say.say("団体数", "Organizations", "기관 수", "单位数"), attendance.organizations),
            (day, say.say("地域数", "Regions", "지역 수", "地区数"), attendance.regions),
            (day, say.say("発表の応募", "Presentations proposed", "발표 응모", "发言申请"), programme.proposed),
            (day, say.say("採択された発表", "Presentations accepted", "채택된 발표", "采纳的发言"), programme.accepted),
            (day, say.say("セッション", "Sessions", "세션", "环节"), programme.sessions),
            (day, say.say("訪問団", "Delegations", "방문단", "代表团"), programme.delegations),
            (day, say.say("現地視察", "Site visits", "현지 시찰", "实地考察"), programme.siteVisits),
            (day, say.say("締結された協定", "Agreements signed", "체결된 협정", "签署的协议"), programme.agreements),
            (after, say.say("引き合わせた組", "Pairs brought together", "만난 조합", "促成的组合"), encounters.pairs),
            (after, say.say("関心に至った組", "Pairs interested", "관심으로 이어진 조합", "感兴趣的组合"), encounters.interested),
            (after, say.say("おつなぎした組", "Pairs introduced", "연결된 조합", "牵线的组合"), encounters.introduced),
            (after, say.say("その後面談した組", "Pairs that met", "면담한 조합", "会面的组合"), encounters.met),
            (after, say.say("成果に至った組", "Pairs concluded", "성과로 이어진 조합", "取得结果的组合"), encounters.concluded),
            (after, say.say("生まれたシーズ", "Seeds born", "새로 나온 시즈", "新生种子"), born.count { $0.kind == .seed }),
            (after, say.say("生まれたニーズ", "Needs born", "새로 나온 니즈", "新生需求"), born.count { $0.kind == .need }),
        ]
        let sums = budget.flatMap { total -> [[String]] in
            let year = say.say(
                "\(total.fiscalYear)年度", "fiscal \(total.fiscalYear)", "\(total.fiscalYear)회계연도",
                "\(total.fiscalYear)财年")
            return [
                [money, year + say.say("要求額", " asked", " 요구액", "申请额"), "\(total.asked) \(total.currency)"],
                [money, year + say.say("予算額", " granted", " 예산액", "预算额"), "\(total.granted) \(total.currency)"],
                [money, year + say.say("支出額", " spent", " 지출액", "支出额"), "\(total.spent) \(total.currency)"],
            ]
        }
        return figures.map { [$0.0, $0.1, "\($0.2)"] } + sums
    }
}
