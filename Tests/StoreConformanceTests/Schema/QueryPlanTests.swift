import Exchange
import Operations
import Store
import Testing

/// A list or look-up that is asked for often or over much, and the index that must answer it.
struct HotQuery: Sendable, CustomTestStringConvertible {
    let name: String
    let indexes: [String]
    let run: @Sendable (StoredTransaction) throws -> Void

    var testDescription: String { name }

    init(_ name: String, uses indexes: String..., run: @escaping @Sendable (StoredTransaction) throws -> Void) {
        self.name = name
        self.indexes = indexes
        self.run = run
    }

    private static let org: Identifier<Organization> = Identifier(stored: "org_00000000000000000000000000")
    private static let person: Identifier<Participant> = Identifier(stored: "person_00000000000000000000000000")
    private static let need: Identifier<Posting> = Identifier(stored: "need_00000000000000000000000000")
    private static let seed: Identifier<Posting> = Identifier(stored: "seed_00000000000000000000000000")
    private static let event: Identifier<Event> = Identifier(stored: "event_00000000000000000000000000")
    private static let series: Identifier<EventSeries> = Identifier(stored: "series_00000000000000000000000000")
    private static let channel: Identifier<Channel> = Identifier(stored: "channel_00000000000000000000000000")
    private static let page = PageRequest(limit: 20, after: nil)
    private static let since = Sample.noon

    private static func edited<Filter>(_ filter: Filter, _ edit: (inout Filter) -> Void) -> Filter {
        var filter = filter
        edit(&filter)
        return filter
    }

    static let all: [HotQuery] = [
        HotQuery("organization by corporate number", uses: "organization__corporate_number") {
            _ = try $0.organization(corporateNumber: CorporateNumber(stored: "1234567890123"))
        },
        HotQuery("organizations of one name", uses: "organization_name_core") {
            _ = try $0.organizations(nameCore: "nanbu")
        },
        HotQuery("participant by mail address", uses: "participant__email") {
            _ = try $0.participant(email: EmailAddress(stored: "a@example.jp"))
        },
        HotQuery("people of an organization", uses: "participant_organization") {
            _ = try $0.participants(of: org)
        },
        HotQuery("session by its hash", uses: "browser_session__secret_hash") { _ = try $0.session(hash: "h") },
        HotQuery("sessions of a person", uses: "browser_session_participant") { _ = try $0.sessions(of: person) },
        HotQuery("sign-in links of a person", uses: "sign_in_link_") {
            _ = try $0.openSignInLinks(of: person)
        },
        HotQuery("token by its hash", uses: "access_token__secret_hash") { _ = try $0.token(hash: "h") },
        HotQuery("posting by external identity", uses: "posting__organization_id__external_id") {
            _ = try $0.posting(externalID: "x", of: org)
        },
        HotQuery("postings by external identities", uses: "posting__organization_id__external_id") {
            let left = try $0.organizations(nameCore: "nanbu").first?.id ?? org
            _ = try $0.postings(externalIDs: ["x", "y"], of: left)
        },
        HotQuery("published postings, newest first", uses: "posting_state") {
            _ = try $0.postings(edited(PostingFilter()) { $0.states = ["published"] }, page)
        },
        HotQuery("postings of an organization", uses: "posting_organization") {
            _ = try $0.postings(edited(PostingFilter()) { $0.organization = org }, page)
        },
        HotQuery("postings of a person", uses: "posting_owner") { _ = try $0.openPostings(of: person) },
        HotQuery("overdue postings", uses: "posting_expiry") { _ = try $0.overduePostings(at: since, limit: 10) },
        HotQuery("postings for the index", uses: "posting_state_id") {
            _ = try $0.publishedPostings(after: need, limit: 100)
        },
        HotQuery("match of a pair", uses: "match__need_id__seed_id") {
            _ = try $0.match(PostingPair(need: need, seed: seed))
        },
        HotQuery("matches of a posting, best first", uses: "match_need", "match_seed") {
            _ = try $0.matches(edited(MatchListFilter()) { $0.posting = need }, page)
        },
        HotQuery("matches of an organization", uses: "match_need_organization", "match_seed_organization") {
            _ = try $0.matches(edited(MatchListFilter()) { $0.organization = org }, page)
        },
        HotQuery("match by its last characters", uses: "match_reference") {
            _ = try $0.matches(endingWith: "12345678")
        },
        HotQuery("encounters of a posting", uses: "encounter", "encounter_seed") {
            _ = try $0.encounters(of: need, since: since)
        },
        HotQuery("encounters for a round", uses: "encounter_at") { _ = try $0.encounters(since: since) },
        HotQuery("exposures of postings", uses: "encounter", "encounter_seed") {
            _ = try $0.exposures(of: [need], from: since, to: since.advanced(byDays: 30))
        },
        HotQuery("matches of a round", uses: "match_round") { _ = try $0.matches(ofRound: "round_1") },
        HotQuery("kept rows of a round", uses: "matching_round_row") {
            _ = try $0.rows(of: "round_1", after: "", limit: 10)
        },
        HotQuery("open groups", uses: "group_proposal_state") { _ = try $0.groups([.proposed], page) },
        HotQuery("introductions to a posting", uses: "introduction_seed_organization") {
            _ = try $0.isIntroduced(org, to: need)
        },
        HotQuery("vetoes of an organization", uses: "veto__first_id__second_id", "veto_second") {
            _ = try $0.vetoed(by: org)
        },
        HotQuery("when to look next", uses: "delivery_open") { _ = try $0.nextLook(at: since) },
        HotQuery("what may be sent", uses: "delivery_open") {
            _ = try $0.claimable(at: since, perChannel: 16, limit: 64)
        },
        HotQuery("claims that have lapsed", uses: "delivery_state") {
            _ = try $0.lapsedClaims(at: since, limit: 64)
        },
        HotQuery("the length of a channel's line", uses: "delivery_open") {
            _ = try $0.openDeliveryCount(of: channel, upTo: 12)
        },
        HotQuery("what waits for a channel's hour", uses: "gathered_notice_") {
            _ = try $0.gatheredCount(of: channel)
        },
        HotQuery("the next hour of any channel", uses: "gathered_notice_moment") {
            _ = try $0.nextRelease(after: since)
        },
        HotQuery("texts to forget", uses: "delivery_state") {
            _ = try $0.purgeBodies(deliveredBefore: since, limit: 64)
        },
        HotQuery("the log about a subject", uses: "happening_subject") {
            _ = try $0.happenings(edited(HappeningFilter()) { $0.subject = need.text }, page)
        },
        HotQuery("how often something happened", uses: "happening_kind") {
            _ = try $0.happeningCount(.matchFound, after: 10, through: 5_000)
        },
        HotQuery("vectors of postings", uses: "posting_meaning") { _ = try $0.meanings(of: [need]) },
        HotQuery("acknowledged requests to work on", uses: "inbound_open") {
            _ = try $0.claimInbound(by: "h", at: since, until: since, limit: 16)
        },
        HotQuery("the next acknowledged request", uses: "inbound_open") { _ = try $0.nextInbound() },
        HotQuery("acknowledged requests to forget", uses: "inbound_ended") {
            _ = try $0.pruneInbound(endedBefore: since, limit: 64)
        },
        HotQuery("who a chat user is", uses: "chat_account") { _ = try $0.chatAccount("slack:T1:U1") },
        HotQuery("chat accounts of a person", uses: "chat_account_participant") {
            _ = try $0.chatAccounts(of: person)
        },
        HotQuery("a link code", uses: "link_code__code_hash") { _ = try $0.takeCode(hash: "h") },
        HotQuery("how many postings have vectors", uses: "posting_meaning_model") { _ = try $0.meaningCounts() },
        HotQuery("vectors of postings that are over", uses: "posting_meaning") {
            _ = try $0.pruneMeanings(limit: 10)
        },
        HotQuery("vectors with which was matched", uses: "posting_meaning") { try $0.markMeaningsMatched([need]) },
        HotQuery("the last number of the log", uses: "happening") { _ = try $0.lastSequence() },
        HotQuery("events by date", uses: "event_day") { _ = try $0.events(EventFilter(), page) },
        HotQuery("events of a series", uses: "event_series_event") { _ = try $0.events(of: series) },
        HotQuery("events to follow up", uses: "event_follow_up") {
            _ = try $0.eventsToFollowUp(endedBy: CalendarDay(daysSinceEpoch: 20_000), limit: 10)
        },
        HotQuery("registration by its code", uses: "registration__code") { _ = try $0.registration(code: "c") },
        HotQuery("registration of a person", uses: "registration__participant_id__event_id") {
            _ = try $0.registration(of: person, at: event)
        },
        HotQuery("registrations of an event", uses: "registration_event") {
            _ = try $0.registrations(edited(RegistrationFilter()) { $0.event = event }, page)
        },
        HotQuery("waiting list", uses: "registration_state") {
            _ = try $0.waitingList(of: event, .onSite, limit: 10)
        },
        HotQuery("places taken", uses: "registration_") { _ = try $0.registrationCounts(of: event) },
        HotQuery("programme", uses: "event_session_event") { _ = try $0.programme(of: event) },
        HotQuery("presentations of an event", uses: "presentation_event") {
            _ = try $0.presentations(edited(PresentationFilter()) { $0.event = event }, page)
        },
        HotQuery("postings that came of an event", uses: "posting_origin") { _ = try $0.postings(origin: "x") },
        HotQuery("meetings of an event", uses: "meeting_event") { _ = try $0.meetings(at: event) },
        HotQuery("meetings of a person", uses: "meeting_second") { _ = try $0.meetings(of: person, since: since) },
        HotQuery("drafts of an event", uses: "meeting_draft_event") { _ = try $0.meetingDrafts(of: event, page) },
        HotQuery("whose calendar", uses: "calendar_key__hash") { _ = try $0.participant(calendarKey: "x") },
        HotQuery("encounters at an event", uses: "encounter_exhibition") {
            _ = try $0.encounters(atExhibition: event)
        },
    ]
}

@Suite struct `Hot queries` {
    /// Fills the tables, so that the planner has something to choose between.
    private func fill(_ store: StoredExchange) async throws {
        let (left, right) = try await Sample.twoSides(store)
        let channel = Sample.channel()
        let needs = (0..<120).map { _ in Sample.posting(.need, by: left, external: Sample.id(of: Veto.self).text) }
        let seeds = (0..<120).map { _ in Sample.posting(.seed, by: right) }
        let drafts = (0..<900).map { _ in Sample.posting(.seed, by: right, state: .draft) }
        try await store.write { tx in
            try tx.insert(channel)
            for posting in needs + drafts + seeds { try tx.insert(posting) }
            for offset in 0..<4 {
                for (need, seed) in zip(needs, seeds[offset...] + seeds[..<offset]) {
                    _ = try tx.insert(Sample.match(need, seed))
                    try tx.remember(Encounter(.suggestion, need: need, seed: seed, subject: "round_1", at: Sample.noon))
                }
            }
            for (need, seed) in zip(needs, seeds).prefix(40) { try tx.insert(Sample.introduction(need, seed)) }
            try tx.insert(
                StoredRound(
                    id: "round_1", holder: "a", startedBy: .system("cli"), startedAt: Sample.noon,
                    updatedAt: Sample.noon))
            try tx.insert(rows: needs.map { ($0.id.text, "[]") }, of: "round_1")
            for _ in 0..<200 { try tx.enqueue(Sample.notice(to: channel), delivery: Sample.id()) }
            for posting in needs + seeds {
                let meanings = PostingMeaning.Facet.allCases.map { facet in
                    PostingMeaning(
                        facet: facet, model: "m", textKey: MeaningTexts.key(facet.rawValue),
                        vector: PackedVector(bytes: [1, 2, 3], scale: 0.01), isMatched: false)
                }
                try tx.setMeanings(meanings, of: posting.id)
            }
            try tx.append(needs.map { Sample.happening($0.id.text, related: [left.id.text]) })
        }
        try await fillEvents(store, left)
        // A server gathers statistics by itself after a while; SQLite plans by rules alone unless told otherwise.
        if store.engine.kind == .postgres { try await store.engine.write(.alone) { try $0.script("ANALYZE") } }
    }

    private func fillEvents(_ store: StoredExchange, _ person: Participant) async throws {
        let series = (0..<4).map { _ in
            EventSeries(
                id: Sample.id(), kind: .forum, content: EventSeries.Content(title: "x"), createdAt: Sample.noon,
                updatedAt: Sample.noon)
        }
        let events = (0..<80).map {
            Sample.event(series: series[$0 % 4].id, edition: 1 + $0 / 4, date: .year(1_950 + $0), state: .held)
        }
        try await store.write { tx in
            for one in series { try tx.insert(one) }
            for event in events {
                try tx.insert(event)
                try tx.insert(Sample.registration(.participant(person.id), at: event))
                for _ in 0..<5 {
                    try tx.insert(Sample.registration(.guest(Registration.Guest(name: "G")), at: event, .waiting))
                }
            }
        }
    }

    @Test(arguments: TestEngines.available)
    func `are answered by the indexes made for them`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            try await fill(store)
            for query in HotQuery.all {
                let plans = try await store.engine.write(.alone) { session in
                    let planner = PlanningSession(session)
                    try query.run(StoredTransaction(planner))
                    return planner.plans
                }
                for index in query.indexes {
                    #expect(
                        plans.contains { $0.contains(index) },
                        "\(query.name) does not use \(index): \(plans)")
                }
                if kind == .sqlite {
                    let scans = plans.filter { $0.hasPrefix("SCAN ") && !$0.contains("USING") }
                    #expect(
                        scans.allSatisfy {
                            $0.contains("SCAN c") || $0.contains("SCAN busy") || $0.contains("SCAN line")
                                || $0.contains("SCAN l") || $0.contains("_side") || $0.contains("SUBQUERY")
                                || $0.contains("shown")
                        },
                        "\(query.name) reads a whole table: \(plans)")
                }
            }
        }
    }
}

/// Explains each statement before it runs it.
final class PlanningSession: SQLSession {
    private let session: any SQLSession
    private(set) var plans: [String] = []

    init(_ session: any SQLSession) {
        self.session = session
    }

    var engine: EngineKind { session.engine }
    var now: Int64 { session.now }

    private func explain(_ sql: String, _ arguments: [SQLValue]) throws {
        switch engine {
        case .sqlite:
            plans += try session.query("EXPLAIN QUERY PLAN " + sql, arguments) { try $0.text(3) }
        case .postgres:
            // The tables here are small; what matters is which index serves a large one.
            try session.script("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
            try session.script("SET LOCAL plan_cache_mode = force_custom_plan")
            plans += try session.query("EXPLAIN " + sql, arguments) { try $0.text(0) }
        }
    }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
        try explain(sql, arguments)
        return try session.execute(sql, arguments)
    }

    func executeMany(_ sql: String, _ rows: [[SQLValue]]) throws -> Int {
        if let first = rows.first { try explain(sql, first) }
        return try session.executeMany(sql, rows)
    }

    func executeMany(_ sql: String, _ batch: SQLBatch) throws -> Int { try session.executeMany(sql, batch) }

    func forEach(_ sql: String, _ arguments: [SQLValue], _ body: (borrowing SQLRow) throws -> Reading) throws {
        try explain(sql, arguments)
        try session.forEach(sql, arguments, body)
    }

    func script(_ sql: String) throws { try session.script(sql) }
    func tableExists(_ name: String) throws -> Bool { try session.tableExists(name) }
}
