import Exchange
import HTTPTypes
import Operations
import Tabular
import WebCommon

extension ExchangeAPI {
    private var eventPath: String { "/api/v1/events/{event}" }
    private var form: Schema { RegistrationForm.schema }

    /// Registrations for events.
    var registrationRoutes: [Route] {
        let input = Schema.named(
            "RegistrationInput", .object(RegistrationForm.attendee + RegistrationForm.wishes))
        let change = Schema.object(
            RegistrationForm.wishes + [.optional("guest", RegistrationForm.guest, "For coordinators.")], minimum: 1)
        return [
            listingRegistrations,
            .post(
                eventPath + "/registrations", "register", Tag.registrations, "Registers for an event", needs: .take,
                gives: .created(form, "Registered: with a place, waiting for one, or waiting for a coordinator.")
            ) { request in
                let shown = try await office.register(
                    for: request.id("event"), RegistrationForm.attendee(request.body),
                    RegistrationForm.wishes(request.body, over: Registration.Wishes()), by: request.actor())
                let made = shown.registration
                return .created(
                    try EventView.json(shown), at: "/api/v1/registrations/\(made.id)", version: made.version)
            }.noting("Members register themselves while registration is open; coordinators anybody.")
                .taking(.id("event", Event.self)).keyed().refusing(.conflict).body(input),
            .get(
                "/api/v1/registrations/{registration}", "getRegistration", Tag.registrations, "One registration",
                needs: .read, gives: .ok(form, "It.")
            ) { request in
                let shown = try await office.registration(request.id("registration"), by: request.actor())
                return try answer(shown)
            }.noting("One's own; any for coordinators.").taking(.id("registration", Registration.self)).tagged(),
            .patch(
                "/api/v1/registrations/{registration}", "changeRegistration", Tag.registrations,
                "Changes wishes, companions and absences", needs: .take, gives: .ok(form, "As it is now.")
            ) { request in
                let body = request.body
                return try answer(
                    try await office.reviseRegistration(
                        request.id("registration"), expecting: request.expectedVersion(),
                        { try RegistrationForm.apply(body, to: &$0) }, by: request.actor()))
            }.taking(.id("registration", Registration.self)).checksVersion().refusing(.conflict).body(change),
        ]
    }

    private var listingRegistrations: Route {
        .get(
            eventPath + "/registrations", "listRegistrations", Tag.registrations, "Registrations, newest first",
            needs: .read, gives: .ok(ListPage.schema(of: form), "A page.")
        ) { request in
            let page = try ListPage(request, route: "listRegistrations")
            var filter = RegistrationFilter()
            filter.event = try request.id("event")
            filter.states = request.filters.choices("state") ?? []
            filter.attendance = request.filters.choice("attendance")
            filter.presence = request.filters.choice("presence")
            filter.text = request.filters.text("q")
            let found = try await office.registrations(filter, page.request, by: request.actor())
            return page.answer(
                try found.items.map(EventView.json), next: found.next.map { Cursor(position: [$0]) })
        }.noting("All of them for coordinators; others see their own.").taking(.id("event", Event.self)).paged()
            .taking(
                .query("state", .array(.choice(Registration.State.self), 0...5, .unique), "Only in one of these."),
                .query("attendance", .choice(Registration.Attendance.self), "Only of that kind."),
                .query("presence", .choice(RegistrationFilter.Presence.self), "Only those who are there, or not."),
                .query("q", .name(TextLimits.name), "Part of the name, organization or mail address."))
    }

    /// Decisions about registrations.
    var registrationMoveRoutes: [Route] {
        let reason = Schema.object([.optional("reason", Schema.lines(TextLimits.note).orNull)])
        return [
            moving("approval", "approveRegistration", "Lets somebody in", needs: .coordinate) {
                try await office.approve($0.id("registration"), expecting: $0.expectedVersion(), by: $0.actor())
            },
            moving(
                "promotion", "promoteRegistration", "Gives somebody of the waiting list a place, full or not",
                needs: .coordinate
            ) {
                try await office.moveUp($0.id("registration"), expecting: $0.expectedVersion(), by: $0.actor())
            },
            moving("refusal", "declineRegistration", "Does not let somebody in", needs: .coordinate) {
                try await office.decline(
                    $0.id("registration"), because: $0.body.text("reason"), expecting: $0.expectedVersion(),
                    by: $0.actor())
            }.optionalBody(reason),
            moving(
                "cancellation", "cancelRegistration", "Gives a place back; the waiting list moves up", needs: .take
            ) {
                try await office.cancelRegistration(
                    $0.id("registration"), because: $0.body.text("reason"), expecting: $0.expectedVersion(),
                    by: $0.actor())
            }.optionalBody(reason),
            moving("arrival", "checkInRegistration", "Checks somebody in without a badge", needs: .coordinate) {
                try await office.checkIn($0.id("registration"), expecting: $0.expectedVersion(), by: $0.actor())
            },
            moving("departure", "undoCheckIn", "Takes a check-in back", needs: .coordinate) {
                try await office.undoCheckIn($0.id("registration"), expecting: $0.expectedVersion(), by: $0.actor())
            },
        ]
    }

    private func moving(
        _ name: String, _ id: String, _ summary: String, needs permission: Permission,
        _ move: @escaping @Sendable (APIRequest) async throws -> ShownRegistration
    ) -> Route {
        .post(
            "/api/v1/registrations/{registration}/\(name)", id, Tag.registrations, summary, needs: permission,
            gives: .ok(form, "As it is now.")
        ) { request in try answer(try await move(request)) }
        .taking(.id("registration", Registration.self)).checksVersion().refusing(.conflict)
    }

    /// The door.
    var doorRoutes: [Route] {
        [
            .post(
                eventPath + "/arrivals", "checkIn", Tag.registrations, "Checks in by the code of a badge",
                needs: .coordinate, gives: .ok(form, "Who it is.")
            ) { request in
                try answer(
                    try await office.checkIn(
                        code: request.body.text("code") ?? "", at: request.id("event"), by: request.actor()))
            }.noting("Takes what a scanner reads from the QR sign, or the ten signs typed by hand.")
                .taking(.id("event", Event.self)).refusing(.conflict)
                .body(.object([.required("code", .name(300))])),
            .post(
                eventPath + "/walk-ins", "walkIn", Tag.registrations,
                "Lets somebody in at the door who is not registered, and checks them in", needs: .coordinate,
                gives: .created(form, "Registered and checked in.")
            ) { request in
                guard let attendee = try RegistrationForm.attendee(request.body) else {
                    throw Refusal.invalid("guest", .required, "Say who it is: a participant or a guest.")
                }
                let shown = try await office.walkIn(
                    at: request.id("event"), attendee,
                    RegistrationForm.wishes(request.body, over: Registration.Wishes()), by: request.actor())
                let made = shown.registration
                return .created(
                    try EventView.json(shown), at: "/api/v1/registrations/\(made.id)", version: made.version)
            }.taking(.id("event", Event.self)).keyed().refusing(.conflict)
                .body(.object(RegistrationForm.attendee + RegistrationForm.wishes)),
        ]
    }

    private func answer(_ shown: ShownRegistration) throws -> APIResponse {
        .ok(try EventView.json(shown), version: shown.registration.version)
    }

    /// Registration lists as files, and one's own data.
    var registrationTableRoutes: [Route] {
        [importingRegistrations, exportingRegistrations, ownEvents]
    }

    private var importingRegistrations: Route {
        importing(
            at: eventPath + "/registrations/import", "importRegistrations", "Registers the people of a file"
        ) { request, options in
            try await office.importRegistrations(
                request.bytes, for: request.id("event"), options, by: request.actor())
        }.taking(.id("event", Event.self))
    }

    private var exportingRegistrations: Route {
        .get(
            eventPath + "/registrations/export", "exportRegistrations", Tag.registrations,
            "The registration list as a CSV file", needs: .coordinate,
            gives: Answer(.ok, "The file.", .text(mediaType: "text/csv"))
        ) { request in
            try await table(request, "registrations") { language, encoding in
                try await office.exportRegistrations(
                    of: request.id("event"), in: language, encoding: encoding, by: request.actor())
            }
        }.taking(
            .id("event", Event.self),
            .query("encoding", .choice(TextEncoding.self), "utf8BOM when not given, which Excel reads."), .language)
    }

    /// Answers with a CSV file in the reader's encoding.
    func table(
        _ request: APIRequest, _ name: String,
        _ make: (WordsLanguage, TextEncoding) async throws -> [UInt8]
    ) async throws -> APIResponse {
        let encoding = request.filters.text("encoding").flatMap(TextEncoding.init(rawValue:)) ?? .utf8BOM
        let language = WordsLanguage(rawValue: request.language.rawValue) ?? .ja
        do {
            var response = APIResponse(.ok, .bytes(try await make(language, encoding), mediaType: "text/csv"))
            response.headers[.contentDisposition] = "attachment; filename=\"\(name).csv\""
            return response
        } catch let character as UnencodableCharacter {
            throw Problem.invalid(.query(name: "encoding"), "unencodable", character.words.text(in: language))
        }
    }

    private var ownEvents: Route {
        let part = Schema.object([
            .required("event", .id(Event.self)), .required("title", .stored),
            .required("date", EventForm.date.orNull), .required("state", .choice(Event.State.self)),
        ])
        let schema = Schema.named(
            "OwnEvents",
            .object([
                .required(
                    "registrations", .array(.object([.required("at", part), .required("registration", form)]))),
                .required(
                    "presentations",
                    .array(.object([.required("at", part), .required("presentation", PresentationForm.schema)]))),
            ]))
        return .get(
            "/api/v1/me/events", "getOwnEvents", Tag.registrations,
            "Everything that is kept of one's part in events", needs: .read, gives: .ok(schema, "To take along.")
        ) { request in
            .ok(try EventView.json(try await office.ownEvents(of: try request.filters.id("of"), by: request.actor())))
        }.taking(.query("of", .id(Participant.self), "For coordinators: whose data."))
            .refusing(.notFound)
    }
}
