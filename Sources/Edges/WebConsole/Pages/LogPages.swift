import Exchange
import HTTPTypes
import Operations

/// The audit trail: what was done, by whom, when.
extension ConsoleSite {
    var logPages: [ConsolePage] {
        [.get("/desk/log", .role(.coordinate)) { try await log($0) }]
    }

    private func log(_ visit: Visit) async throws -> Reply {
        let say = visit.say
        let actor = try visit.actor()
        var filter = HappeningFilter()
        filter.kind = visit.query.choice("kind")
        let (subject, problems, people) = try await subject(visit.query["about"], by: actor)
        filter.subject = subject
        let found =
            problems.isEmpty
            ? try await office.happenings(
                filter, PageRequest(limit: 50, after: visit.query.text("after")), by: actor)
            : Page(items: [], next: nil)
        var form = FormView(problems, say)
        form.text("about", "log.about", .optional, visit.query.text("about"), type: "search")
        form.choice(
            "kind", "log.kind", .optional,
            Happening.Kind.allCases.map {
                FormView.Option(
                    value: $0.rawValue, label: say.word("happening", $0.rawValue), group: say.word("noun", $0.noun))
            }, chosen: [visit.query["kind"]], empty: "form.any")
        let items = try await logLines(found.items, visit)
        return .page(
            "log", title: say("nav.log"),
            [
                "form": form.view, "items": items, "hasItems": !items.isEmpty, "problems": form.summary,
                "people": people.map { ["path": "/desk/log?about=\($0.id)", "person": $0.profile.name] as View },
                "hasPeople": !people.isEmpty,
                "more": found.next.map {
                    "/desk/log" + visit.query.query(setting: "after", to: $0) as any Sendable
                } ?? false,
            ])
    }

    /// What somebody means by an identifier, or by a person's name or mail address.
    private func subject(
        _ text: String, by actor: Actor
    ) async throws -> (subject: String?, problems: [FieldProblem], people: [Participant]) {
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !words.isEmpty else { return (nil, [], []) }
        if words.wholeMatch(of: /[a-z_]+_[0-9a-z]{8,40}/) != nil { return (words, [], []) }
        var filter = ParticipantFilter()
        filter.text = words
        let found = try await office.participants(filter, PageRequest(limit: 10), by: actor).items
        if found.count == 1 { return (found[0].id.text, [], []) }
        return (nil, [FieldProblem("about", .unknown, "")], found)
    }

    /// Entries of the log as `templates/log-lines.mustache` draws them.
    func logLines(_ entries: [RecordedHappening], _ visit: Visit) async throws -> [View] {
        let say = visit.say
        var people: Set<Identifier<Participant>> = []
        for entry in entries {
            if case .participant(let id) = entry.happening.actor { people.insert(id) }
            if let id = try? Identifier<Participant>(entry.happening.subject) { people.insert(id) }
        }
        let names = try await office.personNames(of: people, by: visit.actor())
        return entries.map { entry -> View in
            let it = entry.happening
            let who: String
            switch it.actor {
            case .participant(let id): who = names[id] ?? id.text
            case .system(let name): who = say("log.software", ["name": name])
            }
            let person = (try? Identifier<Participant>(it.subject)).flatMap { names[$0] }
            let details = it.details.sorted { $0.key < $1.key }.map { detail -> View in
                ["name": detail.key, "value": detail.value]
            }
            return [
                "number": String(entry.sequence), "when": say.moment(it.at), "who": who,
                "what": say.word("happening", it.kind.rawValue), "subject": person ?? it.subject,
                "subjectPath": place(of: it.subject).map { $0 as any Sendable } ?? false,
                "about": "/desk/log?about=" + it.subject, "details": details,
            ]
        }
    }

    /// The page on which a subject of the log is looked after, if there is one.
    private func place(of subject: String) -> String? {
        if (try? Identifier<Posting>(subject)) != nil { return "/postings/\(subject)" }
        if (try? Identifier<Match>(subject)) != nil { return "/desk/matches/\(subject)" }
        if (try? Identifier<Introduction>(subject)) != nil { return "/desk/introductions/\(subject)" }
        if (try? Identifier<Participant>(subject)) != nil { return "/desk/participants/\(subject)" }
        return nil
    }
}

extension Happening.Kind {
    /// What it is about: the word before the dot.
    var noun: String { String(rawValue.prefix { $0 != "." }) }
}
