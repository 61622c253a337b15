import Exchange
import HTTPTypes
import Matching
import Operations

/// The engine: what it has learnt in plain words, rounds over everything, and proposed groups.
extension ConsoleSite {
    var enginePages: [ConsolePage] {
        let path = "/desk/engine"
        return [
            .get(path, .role(.coordinate)) { try await engine($0) },
            .post(path + "/start", .role(.coordinate)) { visit in
                _ = try await rounds.start(by: visit.actor())
                return .redirect(path + "#round", Note("done.round_started"))
            },
            .post(path + "/stop", .role(.coordinate)) { visit in
                _ = try await rounds.stop(by: visit.actor())
                return .redirect(path + "#round", Note("done.round_stopped", undo: path + "/resume"))
            },
            .post(path + "/resume", .role(.coordinate)) { visit in
                _ = try await rounds.resume(by: visit.actor())
                return .redirect(path + "#round", Note("done.round_started"))
            },
            .post(path + "/cancel", .role(.coordinate)) { visit in
                _ = try await rounds.cancel(by: visit.actor())
                return .redirect(path + "#round", Note("done.round_cancelled"))
            },
            .post(path + "/reset", .role(.administer)) { visit in
                try await office.resetLearning(by: visit.actor())
                return .redirect(path, Note("done.learning_reset"))
            },
            .post(path + "/groups", .role(.coordinate)) { visit in
                let found = try await matchmaker.proposeGroups(limit: 5, by: visit.actor())
                return .redirect(path + "#groups", Note(found.isEmpty ? "done.no_groups" : "done.groups"))
            },
            .post(path + "/groups/{group}/accept", .role(.coordinate)) { visit in
                _ = try await office.decide(
                    visit.id("group"), .accepted, note: visit.form.text("note"), by: visit.actor())
                return .redirect(path + "#groups", Note("done.group_accepted"))
            },
            .post(path + "/groups/{group}/decline", .role(.coordinate)) { visit in
                _ = try await office.decide(
                    visit.id("group"), .declined, note: visit.form.text("note"), by: visit.actor())
                return .redirect(path + "#groups", Note("done.group_declined"))
            },
        ]
    }

    private func engine(_ visit: Visit) async throws -> Reply {
        let say = visit.say
        let actor = try visit.actor()
        let state = try await office.learning(since: 0, by: actor)
        let words = LearningWords(visit.language, offsetMinutes: office.settings.utcOffsetMinutes)
        let weights = AcceptanceFeature.allCases.map { feature -> View in
            let (now, before) = (state.model[feature], feature.priorWeight)
            return [
                "feature": words.name(feature), "now": decimal(now), "before": decimal(before),
                "how": say(feature.isLearnt ? moved(now - before) : "engine.fixed"),
            ]
        }
        let groups = try await office.groups(
            [.proposed], PageRequest(limit: 20, after: visit.query.text("after")), in: visit.language, by: actor)
        return .page(
            "engine", title: say("nav.engine"),
            [
                "sentences": words.sentences(state), "weights": weights,
                "answers": say("engine.answers", ["count": say.number(state.model.answers)]),
                "learntAt": state.latest.map { say.moment($0.at) as any Sendable } ?? false,
                "canReset": actor.may(.administer), "round": try await roundView(visit),
                "groups": groups.items.map { groupView($0, say) }, "hasGroups": !groups.items.isEmpty,
                "more": groups.next.map { "/desk/engine?after=\($0)#groups" as any Sendable } ?? false,
            ])
    }

    private func moved(_ change: Double) -> String {
        if abs(change) < 0.05 { return "engine.as_before" }
        return change > 0 ? "engine.heavier" : "engine.lighter"
    }

    /// A number with two decimals.
    private func decimal(_ value: Double) -> String {
        let hundredths = Int((abs(value) * 100).rounded())
        let rest = hundredths % 100
        return (value < 0 && hundredths > 0 ? "−" : "") + "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }

    private func roundView(_ visit: Visit) async throws -> View {
        let say = visit.say
        guard let round = try await rounds.latest(by: visit.actor()) else {
            return [
                "isKnown": false, "deeds": [deed("/desk/engine/start", say("round.start"), isMain: true)],
            ]
        }
        let share = round.all > 0 ? Double(round.done) / Double(round.all) : round.state == .finished ? 1 : 0
        var deeds: [View] = []
        switch round.state {
        case .running: deeds = [deed("/desk/engine/stop", say("round.stop"))]
        case .stopped:
            deeds = [
                deed("/desk/engine/resume", say("round.resume"), isMain: true),
                deed("/desk/engine/cancel", say("round.cancel")),
            ]
        case .finished, .failed, .cancelled: deeds = [deed("/desk/engine/start", say("round.start"), isMain: true)]
        }
        let progress = say("round.progress", ["done": say.number(round.done), "all": say.number(round.all)])
        return [
            "isKnown": true, "roundState": round.state.rawValue, "roundWord": say.word("round", round.state.rawValue),
            "progress": progress, "bar": Bar(share: share).svg(progress), "begun": say.moment(round.startedAt),
            "ended": round.endedAt.map { say.moment($0) as any Sendable } ?? false,
            "found": round.state == .finished
                ? say(
                    "round.found",
                    ["pairs": say.number(round.pairs), "fresh": say.number(round.newMatches)]) as any Sendable : false,
            "deeds": deeds, "isRunning": round.state == .running,
        ]
    }

    private func groupView(_ shown: ShownGroup, _ say: Speech) -> View {
        let members = [shown.need] + shown.seeds
        return [
            "groupWords": shown.words, "groupPath": "/desk/engine/groups/\(shown.group.id)",
            "members": members.map { row($0, say) }, "when": say.date(shown.group.createdAt),
            "coverage": say("group.coverage", ["share": say.percent(shown.group.coverage)]),
        ]
    }
}
