import Exchange
import HTTPTypes
import Operations
import WebCommon

extension ExchangeAPI {
    /// Proposed study groups.
    var groupRoutes: [Route] {
        let path = "/api/v1/groups"
        let form = GroupForm.schema(postingForm)
        return [
            .get(
                path, "listGroups", Tag.groups, "Proposed study groups, newest first", needs: .coordinate,
                gives: .ok(ListPage.schema(of: form), "A page.")
            ) { request in
                let page = try ListPage(request, route: "listGroups")
                let states: [GroupProposal.State] = request.filters.choices("state") ?? []
                let found = try await office.groups(
                    states, page.request, in: request.language, by: request.actor())
                return page.answer(found, GroupForm.json)
            }.paged().taking(
                .query("state", .array(.choice(GroupProposal.State.self), 0...3, .unique), "Only in one of these."),
                .language),
            .post(
                path, "proposeGroups", Tag.groups, "Looks for groups of three from three fields around one need",
                needs: .coordinate, gives: .ok(GroupForm.proposed, "Those that are new.")
            ) { request in
                let found = try await matchmaker.proposeGroups(
                    limit: request.body["limit"]?.integer ?? GroupForm.usual, by: request.actor())
                return .ok(["groups": .array(found.map(GroupForm.head))])
            }.optionalBody(.object([.optional("limit", .integer(1...50), "How many at most.")])),
            .get(path + "/{group}", "getGroup", Tag.groups, "One group", needs: .coordinate, gives: .ok(form, "It.")) {
                request in
                .ok(
                    GroupForm.json(
                        try await office.group(request.id("group"), in: request.language, by: request.actor())))
            }.taking(.id("group", GroupProposal.self), .language),
            deciding("acceptance", "acceptGroup", "Takes a proposal up", .accepted),
            deciding("declination", "declineGroup", "Declines a proposal", .declined),
        ]
    }

    private func deciding(_ name: String, _ id: String, _ summary: String, _ state: GroupProposal.State) -> Route {
        .post(
            "/api/v1/groups/{group}/\(name)", id, Tag.groups, summary, needs: .coordinate,
            gives: .ok(GroupForm.state, "As it is now.")
        ) { request in
            let changed = try await office.decide(
                request.id("group"), state, note: request.body.text("note"), by: request.actor())
            return .ok(GroupForm.head(changed), version: changed.version)
        }.taking(.id("group", GroupProposal.self)).refusing(.conflict)
            .optionalBody(.object([.optional("note", Schema.lines(TextLimits.note).orNull)]))
    }
}

/// Proposed groups on the wire.
enum GroupForm {
    /// Groups looked for when nobody says how many.
    static let usual = 5

    private static let common: [Property] = [
        .required("id", .id(GroupProposal.self)), .required("state", .choice(GroupProposal.State.self)),
        .required("coverage", .number(0...1), "Share of what the need asks for that the seeds cover together."),
        .required("weakest", .number(0...1), "The weakest pair's estimate that both sides say yes."),
        .required("note", Schema.stored.orNull), .required("version", .version), .required("created_at", .time),
        .required("updated_at", .time),
    ]

    /// A group with the identifiers of its postings, as changes answer.
    static let state = Schema.named(
        "GroupState",
        .object(
            common + [.required("need", .id(Posting.self)), .required("seeds", .array(.id(Posting.self)))]))

    static let proposed = Schema.object([.required("groups", .array(state))])

    static func schema(_ posting: Schema) -> Schema {
        .named(
            "Group",
            .object(
                common + [
                    .required("need", posting), .required("seeds", .array(posting)),
                    .required("words", .array(.stored), "Why these three, in sentences."),
                ]))
    }

    private static func members(_ group: GroupProposal) -> [(String, JSONValue)] {
        [
            ("id", .string(group.id.text)), ("state", .string(group.state.rawValue)),
            ("coverage", .number(group.coverage)), ("weakest", .number(group.weakest)),
            ("note", .optional(group.note)), ("version", .integer(group.version)),
            ("created_at", .time(group.createdAt)), ("updated_at", .time(group.updatedAt)),
        ]
    }

    static func head(_ group: GroupProposal) -> JSONValue {
        .object(
            JSONObject(
                members(group) + [("need", .string(group.need.text)), ("seeds", .list(group.seeds.map(\.text)))]))
    }

    static func json(_ shown: ShownGroup) -> JSONValue {
        .object(
            JSONObject(
                members(shown.group) + [
                    ("need", PostingForm.json(shown.need)), ("seeds", .array(shown.seeds.map(PostingForm.json))),
                    ("words", .list(shown.words)),
                ]))
    }
}
