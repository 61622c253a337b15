import Exchange
package import Operations
import WebCommon

/// The resources under `/api/v1`: each handler reads the request, asks one operation and writes the answer. No rule
/// lives here.
package struct ExchangeAPI<Store: ExchangeStore>: Sendable {
    let office: Office<Store>
    let matchmaker: Matchmaker<Store>
    let reading: PostingReading
    let rounds: RoundRunner<Store>
    let planner: MeetingPlanRunner<Store>
    /// Where requests of chat platforms wait for what they are answered.
    let waiters: InboundWaiters
    /// The schema of a field's code: one of those in the taxonomy.
    let fieldCode: Schema

    /// Takes the operations. `matchmaker`, `rounds`, `planner` and `reading` are those that the service runs with.
    package init(
        office: Office<Store>, matchmaker: Matchmaker<Store>, rounds: RoundRunner<Store>,
        planner: MeetingPlanRunner<Store>, reading: PostingReading, waiters: InboundWaiters = InboundWaiters()
    ) {
        self.office = office
        self.matchmaker = matchmaker
        self.reading = reading
        self.rounds = rounds
        self.planner = planner
        self.waiters = waiters
        fieldCode = FieldForm.code(office.taxonomy)
    }

    /// Every route, in the order of the reference.
    package var routes: [Route] {
        selfRoutes + organizationRoutes + participantRoutes + joiningRoutes + signInRoutes + fieldRoutes + postingRoutes
            + postingStateRoutes + draftRoutes + matchRoutes + answerRoutes + introductionRoutes + vetoRoutes
            + channelRoutes + channelStateRoutes + channelToolRoutes + deliveryRoutes + tokenRoutes + tableRoutes
            + roundRoutes + logRoutes + exposureRoutes + groupRoutes + learningRoutes + workspaceRoutes
            + chatAccountRoutes + inboundRoutes + seriesRoutes + eventRoutes + eventMoveRoutes + registrationRoutes
            + registrationMoveRoutes + doorRoutes + registrationTableRoutes + presentationRoutes + reviewRoutes
            + programmeRoutes + eventReportRoutes + meetingDayRoutes + meetingDraftRoutes + meetingRoutes + boothRoutes
            + feedRoutes
    }

    /// What the routes need around them. Remembered answers are kept in the store.
    package var services: APIServices {
        let office = office
        return APIServices(memory: StoredAnswers(store: office.store)) { secret in
            let signedIn = try await office.authenticate(secret)
            return Caller(actor: signedIn.actor, tokenID: signedIn.token.id.text)
        }
    }
}

extension ListPage {
    /// The stretch as operations ask for it.
    var request: Operations.PageRequest { Operations.PageRequest(limit: limit, after: after?.position.first) }

    /// The answer with a page that an operation gave.
    func answer<Item>(_ page: Page<Item>, _ json: (Item) -> JSONValue) -> APIResponse {
        answer(page.items.map(json), next: page.next.map { Cursor(position: [$0]) })
    }
}

/// The names under which the reference groups routes.
enum Tag {
    static let session = "Session"
    static let organizations = "Organizations"
    static let participants = "Participants"
    static let fields = "Fields"
    static let postings = "Postings"
    static let matches = "Matches"
    static let introductions = "Introductions"
    static let vetoes = "Vetoes"
    static let channels = "Channels"
    static let deliveries = "Deliveries"
    static let tokens = "Tokens"
    static let tables = "Import and export"
    static let rounds = "Rounds"
    static let groups = "Groups"
    static let learning = "Learning"
    static let events = "Events"
    static let registrations = "Registrations"
    static let programmes = "Programmes"
    static let meetings = "Meetings"
    static let booths = "Booths"
    static let feeds = "Calendars and feeds"
    static let log = "Log and counts"
    static let inbound = "Answers from chats"
}
