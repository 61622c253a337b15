import Exchange
import HTTPTypes
import Operations
import WebCommon

/// What people see and change of themselves: profile, consent, signing in, rest, data, channels.
extension ConsoleSite {
    var mePages: [ConsolePage] {
        [
            .get("/me", .role(.read)) { try await me($0, problems: []) },
            .post("/me", .role(.take)) { try await reviseMe($0) },
            .post("/me/password", .role(.read)) { try await changePassword($0) },
            .post("/me/sessions/{session}/end", .role(.read)) { visit in
                try await office.endSession(visit.id("session"), by: visit.actor())
                return .redirect("/me#sessions", Note("done.session_ended"))
            },
            .post("/me/sessions/end-others", .role(.read)) { visit in
                guard let holder = visit.holder else { throw Refusal.unauthenticated }
                try await office.endSessions(
                    of: holder.participant.id, except: holder.session.id, by: holder.actor)
                return .redirect("/me#sessions", Note("done.session_ended"))
            },
            .post("/me/pause", .role(.take)) { visit in
                guard let id = try visit.actor().participant else { throw Refusal.unauthenticated }
                let days = min(max(visit.form.number("days") ?? 30, 1), 730)
                let until = office.ambient.now().advanced(byDays: days)
                _ = try await office.pause(id, until: until, by: visit.actor())
                return .redirect("/me", Note("done.paused", undo: "/me/resume"))
            },
            .post("/me/resume", .role(.take)) { visit in
                guard let id = try visit.actor().participant else { throw Refusal.unauthenticated }
                _ = try await office.resume(id, by: visit.actor())
                return .redirect("/me", Note("done.resumed", undo: "/me/pause"))
            },
            .get("/me/export", .role(.read)) { try await exportMe($0) },
            .get("/me/leave", .role(.take)) { visit in leaving(visit, problems: []) },
            .post("/me/leave", .role(.take)) { try await leave($0) },
        ]
    }

    private func me(_ visit: Visit, problems: [FieldProblem]) async throws -> Reply {
        let say = visit.say
        guard let holder = visit.holder else { throw Refusal.unauthenticated }
        let (actor, person) = (holder.actor, holder.participant)
        let sent = visit.form
        func value(_ name: String, _ stored: String?) -> String? { sent.has(name) ? sent[name] : stored }
        var form = FormView(problems, say)
        form.text("name", "people.name", .required, value("name", person.profile.name), limit: TextLimits.name)
        form.text("name_kana", "people.kana", .optional, value("name_kana", person.profile.nameKana))
        form.text("phone", "me.phone", .optional, value("phone", person.profile.phone), type: "tel")
        form.choice(
            "language", "join.language", .required,
            Language.allCases.map { FormView.Option(value: $0.rawValue, label: Frame.ownName($0)) },
            chosen: [value("language", person.profile.language.rawValue) ?? ""])
        form.tick("listed", "join.listed", person.consent.listedAt != nil)
        form.tick("contacted", "join.contacted", person.consent.contactedAt != nil)
        let hasPassword = try await office.hasPassword(by: actor)
        if hasPassword {
            form.text("current", "me.current", .required, nil, type: "password", autocomplete: "current-password")
        }
        form.text("password", "me.password", .required, nil, type: "password", autocomplete: "new-password")
        let sessions = try await office.sessions(of: person.id, by: actor).map { session -> View in
            [
                "id": session.id.text, "device": Self.shortName(session.device), "seen": say.moment(session.seenAt),
                "means": say.word("means", session.means.rawValue), "isThis": session.id == holder.session.id,
            ]
        }
        var until: any Sendable = false
        if case .paused(let end) = person.status(at: office.ambient.now()) {
            until = say("me.paused_until", ["moment": say.date(end)])
        }
        let channels = actor.may(.take) ? try await ownChannels(actor, say) : []
        return .page(
            "me", title: say("nav.me"),
            [
                "form": form.view, "problems": form.summary, "sessions": sessions, "pausedUntil": until,
                "email": person.profile.email.text, "organization": holder.organization.profile.name,
                "passwordState": say(hasPassword ? "me.password.set" : "me.password.none"), "channels": channels,
                "hasChannels": !channels.isEmpty, "canTake": actor.may(.take), "hasOthers": sessions.count > 1,
            ], status: problems.isEmpty ? .ok : .unprocessableContent)
    }

    private func ownChannels(_ actor: Actor, _ say: Speech) async throws -> [View] {
        try await office.channels(by: actor).filter { $0.owner == actor.participant }.map { channel in
            [
                "name": channel.name, "platform": channel.platform.rawValue, "address": channel.shownAddress,
                "stateWord": say.word("channel.state", channel.state.word), "state": channel.state.word,
            ]
        }
    }

    private func reviseMe(_ visit: Visit) async throws -> Reply {
        guard let holder = visit.holder else { throw Refusal.unauthenticated }
        let sent = visit.form
        let now = office.ambient.now()
        do {
            _ = try await office.revise(
                holder.participant.id,
                { person in
                    person.profile.name = sent["name"]
                    person.profile.nameKana = sent.text("name_kana")
                    person.profile.phone = sent.text("phone")
                    person.profile.language = sent.choice("language") ?? person.profile.language
                    let listed = sent["listed"] == "yes"
                    let contacted = sent["contacted"] == "yes"
                    person.consent.listedAt = listed ? person.consent.listedAt ?? now : nil
                    person.consent.contactedAt = contacted ? person.consent.contactedAt ?? now : nil
                }, by: holder.actor)
            return .redirect("/me", Note("done.saved"))
        } catch Refusal.invalid(let problems) {
            return try await me(visit, problems: problems)
        }
    }

    private func changePassword(_ visit: Visit) async throws -> Reply {
        guard let holder = visit.holder else { throw Refusal.unauthenticated }
        if let wait = limiter.spend("password " + holder.participant.id.text, .init(perSecond: 0.1, burst: 6))
            .retryAfter
        {
            throw Refusal.tooMany("Too many tries.", retryAfterSeconds: wait)
        }
        do {
            try await office.setPassword(
                visit.form["password"], replacing: visit.form.text("current"), keeping: holder.session.id,
                by: holder.actor, desk: desk)
            return .redirect("/me", Note("done.password"))
        } catch Refusal.invalid(let problems) {
            return try await me(visit, problems: problems)
        }
    }

    private func leaving(_ visit: Visit, problems: [FieldProblem]) -> Reply {
        var form = FormView(problems, visit.say)
        form.tick("sure", "leave.sure", false)
        return .page(
            "leave", title: visit.say("leave.title"), ["form": form.view, "problems": form.summary],
            status: problems.isEmpty ? .ok : .unprocessableContent)
    }

    private func leave(_ visit: Visit) async throws -> Reply {
        guard let holder = visit.holder else { throw Refusal.unauthenticated }
        guard visit.form["sure"] == "yes" else {
            return leaving(visit, problems: [FieldProblem("sure", .required, "")])
        }
        _ = try await office.leave(holder.participant.id, by: holder.actor)
        var reply = Reply.redirect("/sign-in", Note("done.left"))
        reply.cookies = [cookies.remove(Cookies.session), cookies.remove(Cookies.mark)]
        return reply
    }

    /// A browser's name in a few words.
    static func shortName(_ device: String) -> String {
        let browsers = [
            ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
        ]
        let systems = [
            ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
            ("Mac OS", "Mac"), ("Linux", "Linux"),
        ]
        let browser = browsers.first { device.contains($0.0) }?.1
        let system = systems.first { device.contains($0.0) }?.1
        let words = [browser, system].compactMap(\.self)
        return words.isEmpty ? String(device.prefix(40)) : words.joined(separator: ", ")
    }
}
