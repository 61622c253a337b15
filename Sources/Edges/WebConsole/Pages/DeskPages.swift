import Exchange
import Operations

extension ConsoleSite {
    /// What a coordinator begins the day with.
    var deskPages: [ConsolePage] {
        [.get("/desk", .role(.coordinate)) { try await overview($0) }]
    }

    private func overview(_ visit: Visit) async throws -> Reply {
        let say = visit.say
        let overview = try await office.overview(by: visit.actor())
        let taking = (overview.participants["active"] ?? 0) + (overview.participants["paused"] ?? 0)
        let share = overview.participantTarget > 0 ? Double(taking) / Double(overview.participantTarget) : 1
        func count(_ kind: Posting.Kind, _ state: String) -> Int {
            overview.postings.filter { $0.kind == kind && $0.state == state }.reduce(0) { $0 + $1.count }
        }
        func matches(_ isWanted: (MatchCount) -> Bool) -> Int {
            overview.matches.filter(isWanted).reduce(0) { $0 + $1.count }
        }
        let tasks = [
            task("review", count(.need, "in_review") + count(.seed, "in_review"), "/desk/review", say),
            task("mutual", overview.introductions["mutual"] ?? 0, "/desk/matches?state=taken", say),
            task("held", matches { $0.state == .held }, "/desk/matches?state=held", say),
            task("failed", overview.deliveries["dead"] ?? 0, "/desk", say),
        ]
        let tiles = [
            ("needs", count(.need, "published")), ("seeds", count(.seed, "published")),
            (
                "introduced",
                overview.introductions.filter { ["introduced", "met"].contains($0.key) }.values.reduce(0, +)
            ),
            ("concluded", overview.introductions["concluded"] ?? 0),
        ].map { ["name": say.word("desk.tile", $0.0), "number": say.number($0.1)] as View }
        let kinds = [Match.Class.bridge, .adjacent, .kindred, .wildcard].map { kind -> View in
            let name = say.word("class", kind.rawValue)
            return [
                "art": Bridge(need: 6, seed: kind == .kindred ? 6 : 2, kind: kind).svg(name), "name": name,
                "number": say.number(matches { $0.kind == kind && $0.state != .dismissed }),
            ]
        }
        return .page(
            "desk", title: say("desk.title"),
            [
                "today": say.dateWithEra(office.ambient.now()) + " " + say.fiscalYear(office.ambient.now()),
                "tasks": tasks, "tiles": tiles, "kinds": kinds, "taking": say.number(taking),
                "target": say.number(overview.participantTarget), "bar": Bar(share: share).svg(say.percent(share)),
                "targetWords": say(
                    "desk.target.words",
                    ["share": say.percent(share), "invited": say.number(overview.participants["invited"] ?? 0)]),
            ])
    }

    private func task(_ name: String, _ count: Int, _ path: String, _ say: Speech) -> View {
        [
            "label": say.word("desk.task", name), "hint": say.word("desk.task", name + ".hint"), "path": path,
            "count": say.number(count), "none": count == 0,
        ]
    }
}
