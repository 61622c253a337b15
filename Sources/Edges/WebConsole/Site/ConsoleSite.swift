import Exchange
import HTTPTypes
package import Hummingbird
import Logging
package import Operations
package import WebCommon

/// The web console: pages for members and coordinators, drawn on the server.
///
/// Pages ask the operations like the HTTP API does. A page's folder under `Pages/` extends this type with its handlers
/// and a list of `ConsolePage`; `pages` below gathers them.
package struct ConsoleSite<Store: ExchangeStore>: Sendable {
    let office: Office<Store>
    let matchmaker: Matchmaker<Store>
    let reading: PostingReading
    let desk: PasswordDesk
    let catalogue: Catalogue
    let renderer: Renderer
    let frame: Frame
    let cookies: Cookies
    let colours: FieldColours
    let limiter = RateLimiter()
    /// Whether the service is about to end, so that long answers should.
    let isEnding: @Sendable () -> Bool
    let rounds: RoundRunner<Store>
    let shelf = UploadShelf()

    /// Takes the operations, those that the service runs with. Throws when an embedded text or template is broken.
    package init(
        office: Office<Store>, matchmaker: Matchmaker<Store>, reading: PostingReading,
        rounds: RoundRunner<Store>? = nil, passwordCost: PasswordHash.Cost = .usual,
        isEnding: @escaping @Sendable () -> Bool = { false }
    ) throws {
        self.isEnding = isEnding
        self.office = office
        self.matchmaker = matchmaker
        self.rounds = rounds ?? RoundRunner(matchmaker: matchmaker)
        self.reading = reading
        desk = PasswordDesk(office.ambient, cost: passwordCost)
        catalogue = try Catalogue.embedded()
        renderer = try Renderer(catalogue)
        frame = Frame(exchange: office.settings.name, assets: Assets())
        cookies = Cookies(isSecure: office.settings.publicAddress.hasPrefix("https:"))
        colours = FieldColours(office.taxonomy)
    }

    /// Every page, in the order of the navigation.
    package var pages: [ConsolePage] {
        signInPages + homePages + writingPages + postingPages + matchPages + mePages + deskPages + reviewPages
            + matchDeskPages + participantPages + furtherDeskPages
    }

    /// Waits until no round that was begun on a page runs in this process.
    package func settled() async { await rounds.settled() }

    /// What coordinators do beyond the daily list.
    private var furtherDeskPages: [ConsolePage] {
        matchWorkPages + boardPages + reportPages + logPages + enginePages + importPages + channelPages + coursePages
    }

    /// Puts the pages and their files on the service's router.
    package func add(to router: Router<WebContext>) {
        let shown = Set(pages.filter { $0.method == .get }.map(\.path))
        for page in pages {
            let endpoint = ConsoleEndpoint(page: page, site: self, canBeOpened: shown.contains(page.path))
            router.on(RouterPath(page.path), method: page.method, responder: endpoint)
            if page.method == .get { router.on(RouterPath(page.path), method: .head, responder: endpoint) }
        }
        router.on("/live", method: .get, responder: LiveEndpoint(site: self, pulse: LivePulse()))
        let assets = frame.assets
        router.get("/assets/{name}") { _, context in
            context.trace.route = "/assets/{name}"
            guard let answer = assets.answer(context.parameters["name"].map(String.init) ?? "") else {
                throw HTTPError(.notFound)
            }
            return answer
        }
        addMissing(to: router)
    }

    /// Answers people who went astray with a page; programs get the problem that they expect.
    private func addMissing(to router: Router<WebContext>) {
        let missing = ConsolePage.get("", .anyone) { visit in
            throw Refusal.notFound(subject: "page", id: visit.address)
        }
        let endpoint = ConsoleEndpoint(page: missing, site: self, canBeOpened: true)
        router.get("**") { request, context in
            guard request.headers[.accept]?.contains("text/html") == true, !request.uri.path.hasPrefix("/api/") else {
                throw HTTPError(.notFound)
            }
            return try await endpoint.respond(to: request, context: context)
        }
    }

    /// The speech for a reader.
    func speech(_ language: Language) -> Speech {
        Speech(catalogue: catalogue, language: language, offsetMinutes: office.settings.utcOffsetMinutes)
    }
}
