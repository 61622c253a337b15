import Exchange
import HTTPTypes
import Operations
import WebCommon

extension ExchangeAPI {
    var selfRoutes: [Route] {
        let me = Schema.named(
            "Me",
            .object([
                .required("participant", ParticipantForm.schema),
                .required("scopes", .array(.choice(AccessToken.Scope.self)), "What this token may be used for."),
                .required("permissions", .array(.choice(Permission.self)), "What role and token allow together."),
                .required("token", .stored, "The identifier of the token."),
            ]))
        return [
            .get("/api/v1/me", "getMe", Tag.session, "Who I am and what I may do", needs: .read, gives: .ok(me, "You."))
            {
                let actor = try $0.actor()
                guard let id = actor.participant else { throw Problem(.notFound) }
                let person = try await office.participant(id, by: actor)
                return .ok([
                    "participant": ParticipantForm.json(person), "scopes": .list(actor.scopes.map(\.rawValue).sorted()),
                    "permissions": .list(Permission.allCases.filter(actor.may).map(\.rawValue)),
                    "token": .string($0.caller?.tokenID ?? ""),
                ])
            }
        ]
    }

    var organizationRoutes: [Route] {
        let form = OrganizationForm.schema(fieldCode)
        let path = "/api/v1/organizations"
        let input =
            OrganizationForm.properties(fieldCode, needed: .required) + [
                .optional("even_if_named_alike", .boolean, "Registers although one with an equal name is there.")
            ]
        return [
            .get(
                path, "listOrganizations", Tag.organizations, "Organizations, newest first", needs: .read,
                gives: .ok(ListPage.schema(of: form), "A page.")
            ) { request in
                let page = try ListPage(request, route: "listOrganizations")
                var filter = OrganizationFilter()
                filter.text = request.filters.text("q")
                filter.kind = request.filters.choice("kind")
                filter.field = request.filters.text("field").map(FieldCode.init)
                filter.region = try request.filters.text("region").map { text throws(Refusal) in try RegionCode(text) }
                return page.answer(
                    try await office.organizations(filter, page.request, by: request.actor()), OrganizationForm.json)
            }.paged().taking(
                .query("q", .name(TextLimits.name), "Part of the name or its reading, whatever its case and width."),
                .query("kind", .choice(Organization.Kind.self), "Only of that kind."),
                .query("field", fieldCode, "Only those that name the field."),
                .query("region", .string(.region), "Only those of the region.")),
            .post(
                path, "registerOrganization", Tag.organizations, "Registers an organization", needs: .coordinate,
                gives: .created(form, "Registered.")
            ) { request in
                let made = try await office.register(
                    OrganizationForm.profile(request.body),
                    evenIfNamedAlike: request.body["even_if_named_alike"]?.bool ?? false, by: request.actor())
                return .created(OrganizationForm.json(made), at: "\(path)/\(made.id)", version: made.version)
            }.body(.named("OrganizationInput", .object(input))).keyed().refusing(.conflict),
            .get(
                path + "/{organization}", "getOrganization", Tag.organizations, "One organization", needs: .read,
                gives: .ok(form, "It.")
            ) { request in
                let found = try await office.organization(request.id("organization"), by: request.actor())
                return .ok(OrganizationForm.json(found), version: found.version)
            }.taking(.id("organization", Organization.self)).tagged(),
            .patch(
                path + "/{organization}", "changeOrganization", Tag.organizations, "Changes an organization",
                needs: .take, gives: .ok(form, "As it is now.")
            ) { request in
                let body = request.body
                let changed = try await office.revise(
                    request.id("organization"), { try OrganizationForm.apply(body, to: &$0) },
                    expecting: request.expectedVersion(), by: request.actor())
                return .ok(OrganizationForm.json(changed), version: changed.version)
            }.noting(
                "Members change their own. Notes and external identity are for coordinators: others' are passed over."
            )
            .taking(.id("organization", Organization.self)).checksVersion().refusing(.conflict)
            .body(.object(OrganizationForm.properties(fieldCode, needed: .optional), minimum: 1)),
        ]
    }

    var participantRoutes: [Route] {
        let path = "/api/v1/participants"
        let change =
            ParticipantForm.profile(needed: .optional) + [
                .optional("organization", .id(Organization.self), "For coordinators only."),
                .optional("listed", .boolean, "Agrees to be listed."),
                .optional("contacted", .boolean, "Agrees to be contacted."),
            ]
        return [
            .get(
                path, "listParticipants", Tag.participants, "Participants, newest first", needs: .read,
                gives: .ok(ListPage.schema(of: ParticipantForm.schema), "A page.")
            ) { request in
                let page = try ListPage(request, route: "listParticipants")
                var filter = ParticipantFilter()
                filter.text = request.filters.text("q")
                filter.organization = try request.filters.id("organization")
                filter.role = request.filters.choice("role")
                filter.status = request.filters.text("status")
                return page.answer(
                    try await office.participants(filter, page.request, by: request.actor()), ParticipantForm.json)
            }.noting("Members see those who agreed to be listed.").paged().taking(
                .query("q", .name(TextLimits.name), "Part of the name, its reading or the mail address."),
                .query("organization", .id(Organization.self), "Only its people."),
                .query("role", .choice(Participant.Role.self), "Only with that role."),
                .query("status", .oneOf(["invited", "active", "paused", "left"]), "Only in that state.")),
            .get(
                path + "/{participant}", "getParticipant", Tag.participants, "One participant", needs: .read,
                gives: .ok(ParticipantForm.schema, "The person.")
            ) { request in
                let found = try await office.participant(request.id("participant"), by: request.actor())
                return .ok(ParticipantForm.json(found), version: found.version)
            }.taking(.id("participant", Participant.self)).tagged(),
            .patch(
                path + "/{participant}", "changeParticipant", Tag.participants, "Changes a person's profile or consent",
                needs: .take, gives: .ok(ParticipantForm.schema, "As it is now.")
            ) { request in
                let body = request.body
                let now = office.ambient.now()
                let changed = try await office.revise(
                    request.id("participant"), { try ParticipantForm.apply(body, to: &$0, at: now) },
                    expecting: request.expectedVersion(), by: request.actor())
                return .ok(ParticipantForm.json(changed), version: changed.version)
            }.taking(.id("participant", Participant.self)).checksVersion().refusing(.conflict)
                .body(.object(change, minimum: 1)),
            .post(
                path + "/{participant}/role", "assignRole", Tag.participants, "Gives another role", needs: .administer,
                gives: .ok(ParticipantForm.schema, "As it is now.")
            ) { request in
                let role = request.body.choice("role", Participant.Role.self) ?? .observer
                let changed = try await office.assign(role, to: request.id("participant"), by: request.actor())
                return .ok(ParticipantForm.json(changed), version: changed.version)
            }.taking(.id("participant", Participant.self)).refusing(.conflict)
                .body(.object([.required("role", .choice(Participant.Role.self))])),
        ]
    }
}
