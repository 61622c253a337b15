import Exchange
import HTTPTypes
import Operations
import WebCommon

/// The pattern of a list with its filter, of a form with its errors, and of deeds with their undoing.
extension ConsoleSite {
    /// The people of the exchange, for coordinators.
    var participantPages: [ConsolePage] {
        let path = "/desk/participants"
        return [
            .get(path, .role(.coordinate)) { try await participants($0) },
            .get(path + "/new", .role(.coordinate)) { try await inviting($0, problems: []) },
            .post(path + "/new", .role(.coordinate)) { try await invite($0) },
            .get(path + "/{person}", .role(.coordinate)) { try await participant($0) },
            .post(path + "/{person}/link", .role(.coordinate)) { visit in
                let made = try await office.makeSignInLink(for: visit.id("person"), by: visit.actor())
                return try await handOver(
                    made.participant, "people.link.signin", "/sign-in/" + made.secret, made.expiresAt, visit)
            },
            .post(path + "/{person}/invitation", .role(.coordinate)) { visit in
                let made = try await office.inviteAgain(visit.id("person"), by: visit.actor())
                return try await handOver(
                    made.participant, "people.link.invited", "/join/" + made.secret, made.expiresAt, visit)
            },
            .post(path + "/{person}/pause", .role(.coordinate)) { visit in
                let id = try visit.id("person", Participant.self)
                _ = try await office.pause(id, until: office.ambient.now().advanced(byDays: 30), by: visit.actor())
                return .redirect("\(path)/\(id)", Note("done.paused", undo: "\(path)/\(id)/resume"))
            },
            .post(path + "/{person}/resume", .role(.coordinate)) { visit in
                let id = try visit.id("person", Participant.self)
                _ = try await office.resume(id, by: visit.actor())
                return .redirect("\(path)/\(id)", Note("done.resumed", undo: "\(path)/\(id)/pause"))
            },
        ]
    }

    private func participants(_ visit: Visit) async throws -> Reply {
        let say = visit.say
        var filter = ParticipantFilter()
        filter.text = visit.query.text("q")
        filter.role = visit.query.choice("role")
        let statuses = ["invited", "active", "paused", "left"]
        filter.status = statuses.contains(visit.query["status"]) ? visit.query["status"] : nil
        let found = try await office.participants(
            filter, PageRequest(limit: 50, after: visit.query.text("after")), by: visit.actor())
        let bodies = try await office.names(of: Set(found.items.map(\.organization)))
        var form = FormView([], say)
        form.text("q", "people.q", .optional, filter.text, type: "search")
        form.choice(
            "role", "people.role", .optional,
            Participant.Role.allCases.map { FormView.Option(value: $0.rawValue, label: say.word("role", $0.rawValue)) },
            chosen: [visit.query["role"]], empty: "form.any")
        form.choice(
            "status", "people.status", .optional,
            statuses.map { FormView.Option(value: $0, label: say.word("status", $0)) },
            chosen: [visit.query["status"]], empty: "form.any")
        let now = office.ambient.now()
        let items = found.items.map { person -> View in
            let status = person.status(at: now).word
            let kana = person.profile.nameKana ?? ""
            return [
                "id": person.id.text, "name": person.profile.name,
                "kana": kana.isEmpty || kana == person.profile.name ? false : kana as any Sendable,
                "organization": bodies[person.organization] ?? "", "role": say.word("role", person.role.rawValue),
                "status": status, "statusWord": say.word("status", status), "since": say.date(person.createdAt),
            ]
        }
        return .page(
            "participants", title: say("people.title"),
            [
                "form": form.view, "items": items, "hasItems": !items.isEmpty,
                "more": found.next.map {
                    "/desk/participants" + visit.query.query(setting: "after", to: $0) as any Sendable
                } ?? false,
            ])
    }

    private func inviting(_ visit: Visit, problems: [FieldProblem]) async throws -> Reply {
        let say = visit.say
        let sent = visit.form
        var form = FormView(problems, say)
        form.text("name", "people.name", .required, sent["name"], limit: TextLimits.name)
        form.text("name_kana", "people.kana", .optional, sent["name_kana"], limit: TextLimits.name)
        form.text("email", "people.email", .required, sent["email"], type: "email")
        form.text("organization", "people.organization", .required, sent["organization"], limit: TextLimits.name)
        let roles: [Participant.Role] =
            try visit.actor().may(.administer) ? Participant.Role.allCases.reversed() : [.member, .observer]
        form.choice(
            "role", "people.role", .required,
            roles.map { FormView.Option(value: $0.rawValue, label: say.word("role", $0.rawValue)) },
            chosen: [sent.text("role") ?? "member"])
        form.choice(
            "language", "people.language", .required,
            Language.allCases.map { FormView.Option(value: $0.rawValue, label: Frame.ownName($0)) },
            chosen: [sent.text("language") ?? office.settings.defaultLanguage.rawValue])
        return .page(
            "participant-new", title: say("people.invite.title"),
            ["form": form.view, "problems": form.summary, "bodies": false],
            status: problems.isEmpty ? .ok : .unprocessableContent)
    }

    private func invite(_ visit: Visit) async throws -> Reply {
        let sent = visit.form
        do {
            let organization = try await organization(named: sent["organization"], by: visit.actor())
            let profile = Participant.Profile(
                name: sent["name"], nameKana: sent.text("name_kana"), email: try EmailAddress(sent["email"]),
                language: sent.choice("language") ?? office.settings.defaultLanguage)
            let made = try await office.invite(
                profile, of: organization, as: sent.choice("role") ?? .member, by: visit.actor())
            return try await handOver(
                made.participant, "people.link.invited", "/join/" + made.secret, made.expiresAt, visit)
        } catch Refusal.invalid(let problems) {
            return try await inviting(visit, problems: problems)
        } catch Refusal.conflict(.duplicate) {
            return try await inviting(visit, problems: [FieldProblem("email", .duplicate, "")])
        }
    }

    /// The organization of that name or corporate number.
    func organization(named text: String, by actor: Actor) async throws -> Identifier<Organization> {
        var filter = OrganizationFilter()
        filter.text = text
        guard !text.isEmpty else { throw Refusal.invalid("organization", .required, "Name the organization.") }
        let found = try await office.organizations(filter, PageRequest(limit: 20), by: actor).items
        let folded = Organization.nameCore(text)
        let exact = found.filter { Organization.nameCore($0.profile.name) == folded }
        if let one = exact.first ?? (found.count == 1 ? found.first : nil) { return one.id }
        if let number = try? CorporateNumber(text), let one = try await office.organization(number, by: actor) {
            return one
        }
        throw Refusal.invalid("organization", .unknown, "There is no organization of that name.")
    }

    private func participant(_ visit: Visit) async throws -> Reply {
        let say = visit.say
        let actor = try visit.actor()
        let person = try await office.participant(visit.id("person"), by: actor)
        let bodies = try await office.names(of: [person.organization])
        var filter = PostingFilter()
        filter.owner = person.id
        let postings = try await office.postings(filter, PageRequest(limit: 50), by: actor).items
        let status = person.status(at: office.ambient.now()).word
        let ranks = person.role == .member || person.role == .observer || actor.may(.administer)
        return .page(
            "participant", title: person.profile.name,
            [
                "organization": bodies[person.organization] ?? "", "email": person.profile.email.text,
                "role": say.word("role", person.role.rawValue), "status": status,
                "statusWord": say.word("status", status), "since": say.dateWithEra(person.createdAt),
                "noted": person.profile.note.map { $0 as any Sendable } ?? false,
                "isInvited": status == "invited" && ranks,
                "canLink": ["active", "paused"].contains(status) && ranks, "canPause": status == "active",
                "isPaused": status == "paused", "postings": postings.map { row($0, say) },
            ])
    }

    /// A posting as a line of a list.
    func row(_ shown: DisclosedPosting, _ say: Speech) -> View {
        let posting = shown.posting
        return [
            "path": "/postings/\(posting.id)", "title": posting.content.title,
            "lang": posting.content.language.rawValue,
            "kindWord": say.word("word", posting.kind.rawValue), "state": posting.state.word,
            "stateWord": say.word("state", posting.state.word), "colour": colours.colour(of: posting.content.fields),
        ]
    }

    /// A link that a coordinator gives to somebody, with words to send it by.
    private func handOver(
        _ person: Participant, _ how: String, _ path: String, _ until: Instant, _ visit: Visit
    ) async throws -> Reply {
        let bodies = try await office.names(of: [person.organization])
        let link = office.settings.publicAddress + path
        let theirs = speech(person.profile.language)
        return .page(
            "participant-link", title: person.profile.name,
            [
                "how": visit.say(how, ["name": person.profile.name]), "link": link,
                "until": visit.say("people.link.until", ["moment": visit.say.moment(until)]),
                "letter": theirs(
                    "people.letter.text",
                    [
                        "organization": bodies[person.organization] ?? "", "name": person.profile.name,
                        "exchange": office.settings.name, "link": link, "moment": theirs.moment(until),
                    ]),
            ])
    }
}
