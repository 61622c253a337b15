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
        let now = office.ambient.now()
        let items = try await office.channelStandings(by: actor).map { standing -> View in
            let channel = standing.channel
            let word = standing.word(at: now)
            return [
                "path": "/desk/channels/\(channel.id)", "name": channel.name, "platform": channel.platform.brand(say),
                "address": channel.shownAddress, "state": word, "stateWord": say.word("health", word),
                "health": waiting(standing, say).map { $0 as any Sendable } ?? false, "wish": wish(channel.rules, say),
            ]
        }
        return .page(
            "channels", title: say("nav.channels"), ["items": items, "hasItems": !items.isEmpty])
    }

    /// What waits for a channel, in a sentence; nothing when nothing does.
    private func waiting(_ standing: ChannelStanding, _ say: Speech) -> String? {
        guard standing.waiting > 0, let oldest = standing.oldest else { return nil }
        return say("channel.waiting", ["count": say.number(standing.waiting), "when": say.moment(oldest)])
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
        form.text("credential", "channel.credential", .optional, sent["credential"])
        addRules(to: &form, sent, Channel.Rules(), office.settings.defaultLanguage, isSent: sent.has("name"), say)
        return .page(
            "channel-new", title: say("channel.add"), ["form": form.view, "problems": form.summary],
            status: problems.isEmpty ? .ok : .unprocessableContent)
    }

    private func addChannel(_ visit: Visit) async throws -> Reply {
        let sent = visit.form
        do {
            let made = try await office.addChannel(
                ChannelDraft(
                    name: sent["name"], platform: sent.choice("platform") ?? .slack, address: sent["address"],
                    credential: sent.text("credential"),
                    language: sent.choice("language") ?? office.settings.defaultLanguage,
                    rules: try rules(sent, over: Channel.Rules())), by: visit.actor())
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
        form.text("credential", "channel.new_credential", .optional, "")
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
        var past: (any Sendable) = false
        // Looks through the log of a month, so only when asked for.
        if visit.query.has("preview") {
            past = preview(try await office.previewChannel(channel.id, days: 30, by: actor), say)
        }
        return .page(
            "channel", title: channel.name,
            [
                "self": path, "platform": channel.platform.brand(say), "address": channel.shownAddress,
                "state": channel.state.word, "stateWord": say.word("channel.state", channel.state.word),
                "why": why.map { $0 as any Sendable } ?? false, "deeds": deeds, "form": form.view,
                "problems": form.summary, "version": String(channel.version), "items": items,
                "hasItems": !items.isEmpty, "preview": past,
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

    /// What would have come in the last days under the rules as they are.
    private func preview(_ past: ChannelPreview, _ say: Speech) -> View {
        [
            "previewWords": say(
                "channel.preview.words",
                [
                    "days": say.number(past.days), "total": say.number(past.total),
                    "messages": say.number(past.messages), "considered": say.number(past.considered),
                ]),
            "notices": past.notices.prefix(10).map { notice -> View in
                [
                    "noticeTopic": say.word("topic", notice.topic.rawValue), "noticeTitle": notice.title,
                    "sent": say.moment(notice.sentAt),
                ]
            },
        ]
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
            "sentence": state.reason.map { told($0, say) as any Sendable } ?? false,
            "next": state.nextLook.map { say.moment(Instant(milliseconds: $0)) as any Sendable } ?? false,
            "tries": say.number(delivery.progress.tries), "replay": "/desk/deliveries/\(delivery.id)/replay",
            "canReplay": state.word != "claimed",
        ]
    }

    /// A reason in the reader's language.
    private func told(_ reason: JudgedReason, _ say: Speech) -> String {
        ReasonWords(NoticeLanguage(rawValue: say.language.rawValue) ?? .ja).sentence(reason)
    }

    private func reviseChannel(_ visit: Visit) async throws -> Reply {
        let id = try visit.id("channel", Channel.self)
        let sent = visit.form
        do {
            let present = try await office.channel(id, by: visit.actor())
            let rules = try rules(sent, over: present.rules)
            let language = sent.choice("language", Language.self) ?? present.language
            _ = try await office.reviseChannel(
                id, address: sent.text("address"), credential: sent.text("credential"),
                expecting: sent.number("version"),
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
                "attemptWords": attempt.ending.map { told($0.reason, say) as any Sendable } ?? false,
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
