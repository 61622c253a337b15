import Exchange
import HTTPTypes
import Operations
import WebCommon

extension ConsoleSite {
    /// Coming in and going out.
    var signInPages: [ConsolePage] {
        [
            .get("/sign-in", .anyone) { visit in
                if visit.holder != nil { return .redirect(Self.next(visit.query)) }
                return signIn(visit, problems: [])
            },
            .post("/sign-in", .anyone) { try await enter($0) },
            .post("/sign-in/link", .anyone) { try await sendLink($0) },
            .get("/sign-in/{link}", .anyone) { visit in
                let person = try await office.signInLinkHolder(visit.path["link"] ?? "")
                return .page(
                    "sign-in-link", title: visit.say("signin.link.title"),
                    [
                        "greeting": visit.say("signin.link.greeting", ["name": person.profile.name]),
                        "art": sign(visit.say),
                    ])
            },
            .post("/sign-in/{link}", .anyone) { visit in
                let opened = try await office.signIn(byLink: visit.path["link"] ?? "", device: visit.device)
                return welcome(opened, to: "/")
            },
            .get("/join/{invitation}", .anyone) { try await join($0, problems: []) },
            .post("/join/{invitation}", .anyone) { try await accept($0) },
            .post("/sign-out", .anyone) { try await signOut($0) },
            .post("/language", .anyone) { try await speak($0) },
        ]
    }

    /// Whether mail can be sent, so that links can be asked for.
    var mails: Bool { office.sendsMail }

    /// The exchange's sign.
    func sign(_ say: Speech) -> String { Bridge(need: 6, seed: 10, kind: .bridge).svg(say("bridge.sign")) }

    private func signIn(
        _ visit: Visit, problems: [FieldProblem], words: String? = nil, status: HTTPResponse.Status = .ok
    ) -> Reply {
        var form = FormView(problems, visit.say)
        form.text(
            "email", "signin.email", .required, visit.form["email"], type: "email", autocomplete: "username")
        form.text(
            "account", "signin.account", .required, visit.form["account"], type: "email", autocomplete: "username")
        form.text(
            "password", "signin.password", .required, nil, type: "password", autocomplete: "current-password")
        let summary: any Sendable =
            words.map { ["items": [["target": false, "words": $0] as View]] as View }
            ?? form.summary
        let next = visit.form.text("next") ?? visit.query.text("next") ?? ""
        return .page(
            "sign-in", title: visit.say("signin.title"),
            ["form": form.view, "problems": summary, "next": next, "mails": mails, "art": sign(visit.say)],
            status: status)
    }

    private func enter(_ visit: Visit) async throws -> Reply {
        // One address may try often enough for a whole office, and not much more.
        if let wait = limiter.spend("sign-in " + visit.caller, .init(perSecond: 0.5, burst: 30)).retryAfter {
            throw Refusal.tooMany("Too many tries.", retryAfterSeconds: wait)
        }
        let email = visit.form["account"]
        do {
            let opened = try await office.signIn(
                email: email, password: visit.form["password"], address: visit.caller, mark: visit.mark,
                device: visit.device, desk: desk)
            return welcome(opened, to: Self.next(visit.form))
        } catch Refusal.unauthenticated {
            return signIn(
                visit, problems: [], words: visit.say("signin.wrong"), status: .unprocessableContent)
        } catch Refusal.tooMany(let words, let seconds) {
            let refusal = Refusal.tooMany(words, retryAfterSeconds: seconds)
            return signIn(visit, problems: [], words: visit.say.refusal(refusal), status: .tooManyRequests)
        }
    }

    private func sendLink(_ visit: Visit) async throws -> Reply {
        guard mails else { throw Refusal.notFound(subject: "page", id: visit.address) }
        if let wait = limiter.spend("link " + visit.caller, .init(perSecond: 0.02, burst: 10)).retryAfter {
            throw Refusal.tooMany("Too many links were asked for.", retryAfterSeconds: wait)
        }
        do { try await office.mailSignInLink(to: EmailAddress(visit.form["email"])) } catch Refusal.invalid(
            let problems)
        {
            return signIn(visit, problems: problems, status: .unprocessableContent)
        }
        return .page("sign-in-sent", title: visit.say("signin.sent.title"))
    }

    private func welcome(_ opened: OpenedSession, to path: String, note: Note? = nil) -> Reply {
        var reply = Reply.redirect(path, note)
        reply.cookies = [
            cookies.set(Cookies.session, opened.secret, seconds: BrowserSession.longestDays * 86_400),
            cookies.set(Cookies.mark, opened.mark, seconds: 365 * 86_400),
            cookies.remove(Cookies.visit),
        ]
        return reply
    }

    private func signOut(_ visit: Visit) async throws -> Reply {
        if let holder = visit.holder { try await office.endSession(holder.session.id, by: holder.actor) }
        var reply = Reply.redirect("/sign-in", Note("done.signed_out"))
        reply.cookies = [cookies.remove(Cookies.session)]
        // Pages that the browser keeps for its back button go with the session.
        if let name = HTTPField.Name("Clear-Site-Data") { reply.headers[name] = "\"cache\"" }
        return reply
    }

    private func join(_ visit: Visit, problems: [FieldProblem]) async throws -> Reply {
        let (person, organization) = try await office.invited(by: visit.path["invitation"] ?? "")
        // Until somebody has chosen, the invitation speaks the language that it was written in.
        let chosen = visit.query.choice("lang", Language.self) ?? person.profile.language
        let say = speech(chosen)
        var form = FormView(problems, say)
        form.choice(
            "language", "join.language", .required,
            Language.allCases.map { FormView.Option(value: $0.rawValue, label: Frame.ownName($0)) },
            chosen: [chosen.rawValue])
        form.tick("listed", "join.listed", true)
        form.tick("contacted", "join.contacted", true)
        return .page(
            "join", title: visit.say("join.title"),
            [
                "greeting": visit.say(
                    "join.greeting", ["name": person.profile.name, "organization": organization.profile.name]),
                "form": form.view, "problems": form.summary, "art": sign(visit.say),
            ])
    }

    private func accept(_ visit: Visit) async throws -> Reply {
        let opened = try await office.join(
            byInvitation: visit.path["invitation"] ?? "", listed: visit.form["listed"] == "yes",
            contacted: visit.form["contacted"] == "yes",
            language: visit.form.choice("language") ?? visit.language, device: visit.device)
        return welcome(opened, to: "/", note: Note("done.joined"))
    }

    private func speak(_ visit: Visit) async throws -> Reply {
        guard let language = visit.form.choice("language", Language.self) else {
            throw Refusal.malformed("There is no such language.")
        }
        if let holder = visit.holder, holder.actor.may(.take) {
            _ = try await office.revise(
                holder.participant.id, { person in person.profile.language = language }, by: holder.actor)
        }
        var reply = Reply.redirect(OwnAddress.own(visit.form["back"]))
        reply.cookies = [cookies.set(Cookies.language, language.rawValue, seconds: 365 * 86_400)]
        return reply
    }

    /// Where to go after signing in.
    static func next(_ fields: FormFields) -> String { OwnAddress.own(fields["next"]) }
}

/// Addresses that came from outside.
enum OwnAddress {
    /// The address if it is one of this service, else the first page. Nobody can send people elsewhere with our links.
    static func own(_ address: String) -> String {
        let isOwn =
            address.hasPrefix("/") && !address.hasPrefix("//") && !address.contains("\\")
            && address.utf8.allSatisfy { $0 > 32 && $0 < 127 } && address.utf8.count < 1000
        return isOwn ? address : "/"
    }
}
