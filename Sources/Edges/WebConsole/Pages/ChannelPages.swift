import Delivery
import Exchange
import HTTPTypes
import Operations

/// Channels: where notices go, what each wants to hear, how it does, and what became of every message.
extension ConsoleSite {
    var channelPages: [ConsolePage] {
        let path = "/desk/channels"
        return [
            .get(path, .role(.coordinate)) { try await channels($0) },
            .get(path + "/new", .role(.coordinate)) { try await addingChannel($0, problems: []) },
            .post(path + "/new", .role(.coordinate)) { try await addChannel($0) },
            .get(path + "/{channel}", .role(.coordinate)) { try await channel($0, problems: []) },
            .post(path + "/{channel}", .role(.coordinate)) { try await reviseChannel($0) },
            .post(path + "/{channel}/test", .role(.coordinate)) { visit in
                let made = try await office.testChannel(visit.id("channel"), by: visit.actor())
                return .redirect("\(path)/\(made.channel)#deliveries", Note("done.tested"))
            },
            .post(path + "/{channel}/mute", .role(.coordinate)) { visit in
                let id = try visit.id("channel", Channel.self)
                _ = try await office.muteChannel(id, until: office.ambient.now().advanced(byDays: 1), by: visit.actor())
                return .redirect("\(path)/\(id)", Note("done.muted", undo: "\(path)/\(id)/resume"))
            },
            .post(path + "/{channel}/resume", .role(.coordinate)) { visit in
                let id = try visit.id("channel", Channel.self)
                _ = try await office.resumeChannel(id, by: visit.actor())
                return .redirect("\(path)/\(id)", Note("done.channel_resumed"))
            },
            .post(path + "/{channel}/remove", .role(.coordinate)) { visit in
                let id = try visit.id("channel", Channel.self)
                guard visit.form["sure"] == "yes" else {
                    return try await channel(visit, problems: [FieldProblem("sure", .required, "")])
                }
                try await office.removeChannel(id, by: visit.actor())
                return .redirect(path, Note("done.channel_removed"))
            },
            .get("/desk/deliveries/{delivery}", .role(.coordinate)) { try await delivery($0) },
            .post("/desk/deliveries/{delivery}/replay", .role(.coordinate)) { visit in
                let id = try visit.id("delivery", OutboxDelivery.self)
                _ = try await office.replay(id, by: visit.actor())
                return .redirect(backToDesk(visit, "/desk/deliveries/\(id)"), Note("done.replayed"))
            },
        ]
    }

    private func channels(_ visit: Visit) async throws -> Reply {
        let say = visit.say
        let actor = try visit.actor()
        var items: [View] = []
        for channel in try await office.channels(by: actor) {
            var filter = DeliveryFilter()
            filter.channel = channel.id
            let recent = try await office.deliveries(filter, PageRequest(limit: 10), by: actor).items
            items.append([
                "path": "/desk/channels/\(channel.id)", "name": channel.name, "platform": channel.platform.brand(say),
                "address": channel.shownAddress, "state": channel.state.word,
                "stateWord": say.word("channel.state", channel.state.word), "health": health(recent, say),
                "wish": wish(channel.rules, say),
            ])
        }
        return .page(
            "channels", title: say("nav.channels"), ["items": items, "hasItems": !items.isEmpty])
    }

    /// How the newest deliveries went, in a sentence.
    private func health(_ recent: [OutboxDelivery], _ say: Speech) -> String {
        guard let last = recent.first else { return say("channel.health.unused") }
        let failed = recent.filter { ["dead", "ambiguous"].contains($0.progress.state.word) }.count
        let open = recent.filter { ["due", "waiting", "claimed", "held"].contains($0.progress.state.word) }.count
        let when = say.moment(last.createdAt)
        if failed > 0 { return say("channel.health.failing", ["count": say.number(failed), "when": when]) }
        if open > 0 { return say("channel.health.waiting", ["count": say.number(open), "when": when]) }
        return say("channel.health.good", ["when": when])
    }

    /// What the channel wants to hear, in short.
    private func wish(_ rules: Channel.Rules, _ say: Speech) -> String {
        var parts = rules.topics.map { say.word("topic", $0.rawValue) }
        parts += rules.classes.map { say.word("class", $0.rawValue) }
        parts += rules.fields.map { office.taxonomy.label($0, in: say.language) }
        parts += rules.languages.map(Frame.ownName)
        if rules.minimumScore > 0 { parts.append(say("channel.at_least", ["share": say.percent(rules.minimumScore)])) }
        return parts.isEmpty ? say("channel.everything") : parts.joined(separator: " / ")
    }

    // MARK: Adding

    private func addingChannel(_ visit: Visit, problems: [FieldProblem]) async throws -> Reply {
        let say = visit.say
        let sent = visit.form
        var form = FormView(problems, say)
        form.text("name", "channel.name", .required, sent["name"], limit: TextLimits.name)
        form.choice(
            "platform", "channel.platform", .required,
            Channel.Platform.allCases.map { FormView.Option(value: $0.rawValue, label: $0.brand(say)) },
            chosen: [sent.text("platform") ?? "slack"])
        form.text("address", "channel.address", .required, sent["address"])
        addRules(to: &form, sent, Channel.Rules(), office.settings.defaultLanguage, isSent: sent.has("name"), say)
        return .page(
            "channel-new", title: say("channel.add"), ["form": form.view, "problems": form.summary],
            status: problems.isEmpty ? .ok : .unprocessableContent)
    }

    private func addRules(
        to form: inout FormView, _ sent: FormFields, _ rules: Channel.Rules, _ language: Language, isSent: Bool,
        _ say: Speech
    ) {
        func chosen(_ name: String, _ kept: [String]) -> [String] { isSent ? sent.all(name) : kept }
        form.choice(
            "language", "channel.language", .required,
            Language.allCases.map { FormView.Option(value: $0.rawValue, label: Frame.ownName($0)) },
            chosen: chosen("language", [language.rawValue]))
        form.choice(
            "topics", "channel.topics", .optional,
            Self.topics.map { FormView.Option(value: $0.rawValue, label: say.word("topic", $0.rawValue)) },
            chosen: chosen("topics", rules.topics.map(\.rawValue)))
        form.choice(
            "classes", "channel.classes", .optional,
            [Match.Class.bridge, .adjacent, .kindred, .wildcard].map {
                FormView.Option(value: $0.rawValue, label: say.word("class", $0.rawValue))
            }, chosen: chosen("classes", rules.classes.map(\.rawValue)))
        form.choice(
            "fields", "channel.fields", .optional,
            office.taxonomy.fields.filter { $0.parent == nil }.map {
                FormView.Option(value: $0.code.text, label: office.taxonomy.label($0.code, in: say.language))
            }, chosen: chosen("fields", rules.fields.map(\.text)))
        form.choice(
            "languages", "channel.languages", .optional,
            Language.allCases.map { FormView.Option(value: $0.rawValue, label: Frame.ownName($0)) },
            chosen: chosen("languages", rules.languages.map(\.rawValue)))
        form.choice(
            "minimum", "channel.minimum", .optional,
            ["0.5", "0.6", "0.7", "0.8", "0.9"].map {
                FormView.Option(value: $0, label: say("channel.at_least", ["share": say.percent(Double($0) ?? 0)]))
            }, chosen: chosen("minimum", rules.minimumScore > 0 ? ["\(rules.minimumScore)"] : []), empty: "form.any")
    }

    /// Topics that rules can name.
    private static var topics: [Channel.Topic] { [.matches, .introductions, .postings, .groups] }

    /// What the form says of the rules; fields of which only parts were chosen elsewhere stay chosen.
    private func rules(_ sent: FormFields, over old: Channel.Rules) -> Channel.Rules {
        var rules = old
        rules.topics = sent.all("topics").compactMap(Channel.Topic.init(rawValue:))
        rules.classes = sent.all("classes").compactMap(Match.Class.init(rawValue:))
        let parts = old.fields.filter { office.taxonomy[$0]?.parent != nil }
        rules.fields = sent.all("fields").map { FieldCode($0) } + parts
        rules.languages = sent.all("languages").compactMap(Language.init(rawValue:))
        rules.minimumScore = Double(sent["minimum"]) ?? 0
        return rules
    }

    private func addChannel(_ visit: Visit) async throws -> Reply {
        let sent = visit.form
        do {
            let made = try await office.addChannel(
                ChannelDraft(
                    name: sent["name"], platform: sent.choice("platform") ?? .slack, address: sent["address"],
                    language: sent.choice("language") ?? office.settings.defaultLanguage,
                    rules: rules(sent, over: Channel.Rules())), by: visit.actor())
            guard made.signingKey != nil || !made.hints.isEmpty else {
                return .redirect("/desk/channels/\(made.channel.id)", Note("done.channel_added"))
            }
            return .page(
                "channel-added", title: made.channel.name,
                [
                    "path": "/desk/channels/\(made.channel.id)",
                    "signingKey": made.signingKey.map { $0 as any Sendable } ?? false, "hints": made.hints,
                ])
        } catch Refusal.invalid(let problems) {
            return try await addingChannel(visit, problems: problems)
        } catch Refusal.conflict(.duplicate) {
            return try await addingChannel(visit, problems: [FieldProblem("name", .duplicate, "")])
        }
    }

    // MARK: One channel

    private func channel(_ visit: Visit, problems: [FieldProblem]) async throws -> Reply {
        let say = visit.say
        let actor = try visit.actor()
        let channel = try await office.channel(visit.id("channel"), by: actor)
        let path = "/desk/channels/\(channel.id)"
        var form = FormView(problems, say)
        let isSent = visit.form.has("name")
        form.text(
            "name", "channel.name", .required, isSent ? visit.form["name"] : channel.name, limit: TextLimits.name)
        form.text("address", "channel.new_address", .optional, isSent ? visit.form["address"] : "")
        addRules(to: &form, visit.form, channel.rules, channel.language, isSent: isSent, say)
        form.tick("sure", "channel.sure", false)
        var filter = DeliveryFilter()
        filter.channel = channel.id
        let states = visit.query["state"]
        if Self.deliveryStates.contains(states) { filter.states = [states] }
        let found = try await office.deliveries(
            filter, PageRequest(limit: 30, after: visit.query.text("after")), by: actor)
        var deeds = [deed(path + "/test", say("channel.test"), isMain: true)]
        var why: String?
        switch channel.state {
        case .active: deeds.append(deed(path + "/mute", say("channel.mute")))
        case .muted(let until):
            why = say("channel.muted_until", ["moment": say.moment(until)])
            deeds = [deed(path + "/resume", say("channel.resume"), isMain: true)]
        case .stopped(let reason, let at):
            why = say("channel.stopped_because", ["moment": say.moment(at), "reason": reason])
            deeds = [deed(path + "/resume", say("channel.resume"), isMain: true)]
        }
        let items = found.items.map { line($0, say) }
        return .page(
            "channel", title: channel.name,
            [
                "self": path, "platform": channel.platform.brand(say), "address": channel.shownAddress,
                "state": channel.state.word, "stateWord": say.word("channel.state", channel.state.word),
                "why": why.map { $0 as any Sendable } ?? false, "deeds": deeds, "form": form.view,
                "problems": form.summary, "version": String(channel.version), "items": items,
                "hasItems": !items.isEmpty,
                "states": Self.deliveryStates.map { word -> View in
                    [
                        "path": "\(path)?state=\(word)#deliveries", "label": say.word("delivery", word),
                        "current": word == states,
                    ]
                }, "isAll": filter.states.isEmpty, "all": path + "#deliveries",
                "more": found.next.map {
                    path + visit.query.query(setting: "after", to: $0) + "#deliveries" as any Sendable
                } ?? false,
            ], status: problems.isEmpty ? .ok : .unprocessableContent)
    }

    private static var deliveryStates: [String] {
        ["due", "claimed", "waiting", "ambiguous", "held", "delivered", "dead"]
    }

    /// A delivery as a line of the log.
    private func line(_ delivery: OutboxDelivery, _ say: Speech) -> View {
        let state = delivery.progress.state
        return [
            "path": "/desk/deliveries/\(delivery.id)", "when": say.moment(delivery.createdAt),
            "delivery": state.word, "deliveryWord": say.word("delivery", state.word),
            "code": state.reason.map { $0.code as any Sendable } ?? false,
            "sentence": state.reason.map { $0.sentence as any Sendable } ?? false,
            "next": state.nextLook.map { say.moment(Instant(milliseconds: $0)) as any Sendable } ?? false,
            "tries": say.number(delivery.progress.tries), "replay": "/desk/deliveries/\(delivery.id)/replay",
            "canReplay": state.word != "claimed",
        ]
    }

    private func reviseChannel(_ visit: Visit) async throws -> Reply {
        let id = try visit.id("channel", Channel.self)
        let sent = visit.form
        do {
            let present = try await office.channel(id, by: visit.actor())
            let rules = rules(sent, over: present.rules)
            let language = sent.choice("language", Language.self) ?? present.language
            _ = try await office.reviseChannel(
                id, address: sent.text("address"), expecting: sent.number("version"),
                { channel in
                    channel.name = sent["name"]
                    channel.language = language
                    channel.rules = rules
                }, by: visit.actor())
            return .redirect("/desk/channels/\(id)", Note("done.saved"))
        } catch Refusal.invalid(let problems) {
            return try await channel(visit, problems: problems)
        } catch Refusal.conflict(.duplicate) {
            return try await channel(visit, problems: [FieldProblem("name", .duplicate, "")])
        }
    }

    private func delivery(_ visit: Visit) async throws -> Reply {
        let say = visit.say
        let actor = try visit.actor()
        let report = try await office.delivery(visit.id("delivery"), by: actor)
        let channel = try? await office.channel(report.delivery.channel, by: actor)
        var view = line(report.delivery, say)
        view["channelPath"] = "/desk/channels/\(report.delivery.channel)"
        view["channel"] = channel?.name ?? say("topic.letter")
        view["isListed"] = channel?.purpose == .notices
        view["topic"] = report.topic.map { say.word("topic", $0.rawValue) as any Sendable } ?? false
        view["subject"] = report.subject.map { $0 as any Sendable } ?? false
        view["attempts"] = report.attempts.map { attempt -> View in
            [
                "number": String(attempt.number), "begun": say.moment(Instant(milliseconds: attempt.started)),
                "status": attempt.ending?.status.map { String($0) as any Sendable } ?? false,
                "attemptCode": attempt.ending.map { $0.reason.code as any Sendable } ?? false,
                "attemptWords": attempt.ending.map { $0.reason.sentence as any Sendable } ?? false,
            ]
        }
        return .page("delivery", title: say("delivery.title"), view)
    }
}

extension Channel.Platform {
    /// What people call it. Names of products are the same everywhere.
    func brand(_ say: Speech) -> String {
        switch rawValue {
        case "generic": say("platform.generic")
        case "mail": say("platform.mail")
        case "slack": "Slack"
        case "teams": "Microsoft Teams"
        case "google_chat": "Google Chat"
        case "rocket_chat": "Rocket.Chat"
        case "line_works": "LINE WORKS"
        default: rawValue.prefix(1).uppercased() + rawValue.dropFirst()
        }
    }
}
