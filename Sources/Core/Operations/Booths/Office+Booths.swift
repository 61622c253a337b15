package import Charts
package import Exchange
import Timetabling

extension Office {
    /// The most matches between exhibitors that are looked at.
    private static var mostMatches: Int { 100_000 }
    /// How much two exhibitors of one field are worth apart, where a match of score 1 is worth 1 together.
    private static var rivalry: Double { 0.3 }

    /// The hall of an event with its stands and exhibitors.
    package func boothSheet(of event: Identifier<Event>, by actor: Actor) async throws -> BoothSheet {
        try actor.require(.read)
        return try await store.read { tx in
            _ = try tx.requireVisible(event, by: actor)
            var sheet = try tx.boothSheet(of: event)
            if !actor.coordinates {
                // Whom somebody does not want near is nobody's business.
                for place in sheet.content.exhibitors.indices { sheet.content.exhibitors[place].apart = [] }
                sheet.layout?.ties.removeAll { $0.bond != .promising }
            }
            return sheet
        }
    }

    /// Writes stands and exhibitors; a layout that no longer fits is dropped.
    package func reviseBooths(
        of event: Identifier<Event>, _ content: BoothSheet.Content, expecting version: Int? = nil, by actor: Actor
    ) async throws -> BoothSheet {
        try actor.require(.coordinate)
        return try await write { tx in
            _ = try tx.requireVisible(event, by: actor)
            let old = try tx.boothSheet(of: event)
            try tx.expect(version, current: old.version, "booth sheet")
            for exhibitor in content.exhibitors { _ = try tx.require(exhibitor.organization) }
            _ = try BoothDesign(content, matches: [], apart: [], fields: [:])
            if old.content == content, old.version > 0 { return old }
            var next = old
            next.content = content
            next.layout = nil
            next.version += 1
            next.updatedAt = tx.now
            try tx.save(next, expecting: old.version)
            try tx.append([
                Happening(
                    .boothsRevised, subject: event.text, by: actor.reference, at: tx.now,
                    details: ["stands": "\(content.stands.count)", "exhibitors": "\(content.exhibitors.count)"])
            ])
            return next
        }
    }

    /// The stands of a drawing, in place of those that the sheet has.
    package func importHall(
        of event: Identifier<Event>, svg bytes: [UInt8], expecting version: Int? = nil, by actor: Actor
    ) async throws -> BoothSheet {
        try actor.require(.coordinate)
        let plan: FloorPlan
        do { plan = try FloorPlan(svg: bytes) } catch let fault {
            throw Refusal.invalid("drawing", .malformed, "\(fault.entry) \(fault.reason).")
        }
        var content = try await boothSheet(of: event, by: actor).content
        content.stands = plan.stands.map(BoothSheet.Stand.init)
        return try await reviseBooths(of: event, content, expecting: version, by: actor)
    }

    /// Lays the booths out: promising unlike exhibitors side by side, vetoed and competing ones apart, each where it
    /// has what it needs; with the reason of each neighbourhood.
    package func layOutBooths(
        of event: Identifier<Event>, seconds: Double, seed: Int = 1, expecting version: Int? = nil,
        on executor: (any TaskExecutor)? = nil, by actor: Actor
    ) async throws -> BoothSheet {
        try actor.require(.coordinate)
        guard seconds >= 0.1, seconds <= 60 else {
            throw Refusal.invalid("seconds", .outOfRange, "Give 0.1 to 60 seconds.")
        }
        let (sheet, design) = try await store.read { tx in
            _ = try tx.requireVisible(event, by: actor)
            let sheet = try tx.boothSheet(of: event)
            try tx.expect(version, current: sheet.version, "booth sheet")
            let names = Set(sheet.content.exhibitors.map(\.organization))
            let organizations = try tx.organizations(names)
            let design = try BoothDesign(
                sheet.content, matches: try tx.matches(between: names, limit: Self.mostMatches),
                apart: try tx.vetoedPairs(), fields: organizations.mapValues { Set($0.profile.fields) },
                rivalry: Self.rivalry)
            return (sheet, design)
        }
        let pace = PlanningPace(seconds: seconds, clock: ambient.now)
        let effort = Effort(.share { pace.advance() }, seed: UInt64(max(0, seed)))
        let problem = design.problem
        let plan = await withTaskExecutorPreference(executor) { await BoothPlanner.plan(problem, effort: effort) }
        return try await write { tx in
            var next = try tx.boothSheet(of: event)
            guard next.version == sheet.version else {
                throw Refusal.stale(subject: "booth sheet", current: next.version)
            }
            next.layout = design.layout(plan, at: tx.now)
            next.version += 1
            next.updatedAt = tx.now
            try tx.save(next, expecting: sheet.version)
            try tx.append([
                Happening(
                    .boothsLaidOut, subject: event.text, by: actor.reference, at: tx.now,
                    details: ["placed": "\(next.layout?.holders.count ?? 0)", "left": "\(plan.left.count)"])
            ])
            return next
        }
    }

    /// The hall as a drawing, with the reason of each neighbourhood and a table behind it.
    package func boothPlan(
        of event: Identifier<Event>, in language: Language, by actor: Actor
    ) async throws -> FloorPlanChart {
        let sheet = try await boothSheet(of: event, by: actor)
        let taxonomy = taxonomy
        return try await store.read { tx in
            let organizations = try tx.organizations(Set(sheet.content.exhibitors.map(\.organization)))
            return BoothDrawing(sheet, organizations, taxonomy, NoticeTexts(language)).chart
        }
    }
}

extension BoothSheet.Stand {
    /// A stand of the timetabling room.
    init(_ stand: FloorPlan.Stand) {
        self.init(
            name: stand.name, x: stand.x, y: stand.y, width: stand.width, height: stand.height, power: stand.power,
            supplies: stand.supplies.map(\.rawValue).sorted(), zone: stand.zone.rawValue)
    }
}

/// A sheet as a problem for the planner, and the way back.
struct BoothDesign: Sendable {
    let content: BoothSheet.Content
    let problem: BoothProblem
    private let matches: [Int: Identifier<Match>]

    /// Throws a refusal that names what is wrong.
    init(
        _ content: BoothSheet.Content, matches: [OrganizationMatch], apart: [Veto],
        fields: [Identifier<Organization>: Set<FieldCode>], rivalry: Double = 0
    ) throws {
        self.content = content
        let places = Dictionary(
            content.exhibitors.enumerated().map { ($1.organization, $0) }, uniquingKeysWith: { first, _ in first })
        guard places.count == content.exhibitors.count else {
            throw Refusal.invalid("exhibitors", .duplicate, "An organization stands twice.")
        }
        var bonds: [[Int]: (bond: BoothProblem.Bond, match: Identifier<Match>?)] = [:]
        func note(_ one: Int, _ other: Int, _ bond: BoothProblem.Bond, _ match: Identifier<Match>? = nil) {
            if one != other { bonds[[min(one, other), max(one, other)]] = (bond, match) }
        }
        for (one, first) in content.exhibitors.enumerated() where rivalry > 0 {
            for (other, second) in content.exhibitors.enumerated() where other > one {
                let shared = (fields[first.organization] ?? []).intersection(fields[second.organization] ?? [])
                if !shared.isEmpty { note(one, other, .competing(rivalry)) }
            }
        }
        // The worst first, so that the best match of two stays; likeness of fields promises nothing by itself.
        for found in matches.reversed() where found.match.kind != .kindred {
            if let one = places[found.needSide], let other = places[found.seedSide] {
                note(one, other, .promising(found.match.score), found.match.id)
            }
        }
        for veto in apart {
            if let one = places[veto.first], let other = places[veto.second] { note(one, other, .vetoed) }
        }
        for (one, exhibitor) in content.exhibitors.enumerated() {
            for unwanted in exhibitor.apart {
                if let other = places[unwanted] { note(one, other, .vetoed) }
            }
        }
        let order = bonds.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        self.matches = Dictionary(
            order.enumerated().compactMap { index, entry in entry.value.match.map { (index, $0) } },
            uniquingKeysWith: { first, _ in first })
        do {
            let plan = try FloorPlan(stands: content.stands.map { try Self.stand($0) })
            let names = Dictionary(
                content.stands.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
            problem = try BoothProblem(
                plan: plan, exhibitors: content.exhibitors.map { try Self.exhibitor($0, names) },
                ties: order.map { .init($0.key[0], $0.key[1], $0.value.bond) })
        } catch let fault as MeetingProblemFault {
            throw Refusal.invalid("booths", .outOfRange, "\(fault.entry) \(fault.reason).")
        }
    }

    private static func stand(_ stand: BoothSheet.Stand) throws -> FloorPlan.Stand {
        guard let zone = FloorPlan.Zone(rawValue: stand.zone) else {
            throw Refusal.invalid("zone", .unknown, "A zone is ordinary or quiet.")
        }
        return FloorPlan.Stand(
            name: stand.name, x: stand.x, y: stand.y, width: stand.width, height: stand.height, power: stand.power,
            supplies: try supplies(stand.supplies, "supplies"), zone: zone)
    }

    private static func exhibitor(
        _ one: BoothSheet.Exhibitor, _ names: [String: Int]
    ) throws -> BoothProblem.Exhibitor {
        guard let sound = BoothProblem.Sound(rawValue: one.sound) else {
            throw Refusal.invalid("sound", .unknown, "A sound is ordinary, loud or sensitive.")
        }
        if let stand = one.stand, names[stand] == nil {
            throw Refusal.invalid("stand", .unknown, "There is no stand \"\(stand)\".")
        }
        return BoothProblem.Exhibitor(
            name: one.organization.text, power: one.power, needs: try supplies(one.needs, "needs"), sound: sound,
            stand: one.stand.flatMap { names[$0] })
    }

    private static func supplies(_ words: [String], _ field: String) throws -> Set<FloorPlan.Supply> {
        Set(
            try words.map { word in
                guard let supply = FloorPlan.Supply(rawValue: word) else {
                    let known = FloorPlan.Supply.allCases.map(\.rawValue).joined(separator: ", ")
                    throw Refusal.invalid(field, .unknown, "There is no \"\(word)\"; there are \(known).")
                }
                return supply
            })
    }

    func layout(_ plan: BoothPlan, at now: Instant) -> BoothSheet.Layout {
        var holders: [String: Identifier<Organization>] = [:]
        for (index, stand) in plan.stands.enumerated() {
            if let stand { holders[content.stands[stand].name] = content.exhibitors[index].organization }
        }
        let ties = plan.neighbourhoods.map { place in
            let tie = problem.ties[place.tie]
            let bond: BoothSheet.Tie.Bond =
                switch tie.bond {
                case .promising: .promising
                case .competing: .competing
                case .vetoed: .vetoed
                case .noise: .noise
                }
            return BoothSheet.Tie(
                first: content.exhibitors[tie.first].organization, second: content.exhibitors[tie.second].organization,
                bond: bond, worth: tie.bond.worth ?? 0, closeness: place.closeness, match: matches[place.tie])
        }
        let left = plan.left.map { one in
            BoothSheet.Left(
                organization: content.exhibitors[one.exhibitor].organization,
                obstacles: one.obstacles.map(Self.word).sorted())
        }
        return BoothSheet.Layout(
            holders: holders, score: plan.score, bound: plan.bound, isProven: plan.isProven, ties: ties, left: left,
            at: now)
    }

    private static func word(_ obstacle: BoothProblem.Obstacle) -> String {
        switch obstacle {
        case .power: "power"
        case .supply(let supply): supply.rawValue
        case .quietZone: "quiet_zone"
        case .promised: "promised"
        }
    }
}
