import Exchange
import HTTPTypes
import Operations
import WebCommon

extension ExchangeAPI {
    /// Coming, pausing and going.
    var joiningRoutes: [Route] {
        [inviting, invitingAgain, accepting] + [
            moving("pause", "pauseParticipant", "Takes part in no match until the time") { request in
                try await office.pause(
                    request.id("participant"), until: request.body.time("until") ?? office.ambient.now(),
                    by: request.actor())
            }.body(.object([.required("until", .time)])),
            moving("resumption", "resumeParticipant", "Ends a pause") { request in
                try await office.resume(request.id("participant"), by: request.actor())
            },
            moving("departure", "endParticipation", "Ends the participation: open postings close, tokens end") {
                request in
                try await office.leave(request.id("participant"), by: request.actor())
            },
        ]
    }

    private static var invitation: Schema {
        .named(
            "Invitation",
            .object([
                .required("participant", ParticipantForm.schema),
                .required("secret", .stored, "For the link in the invitation; shown this once."),
                .required(
                    "delivery", Schema.id(OutboxDelivery.self).orNull,
                    "The mail that carries the link; null where no mail server is set up: hand the secret over."),
                .required("expires_at", .time),
            ]))
    }

    private static func json(_ invitation: Invitation) -> JSONValue {
        [
            "participant": ParticipantForm.json(invitation.participant), "secret": .string(invitation.secret),
            "expires_at": .time(invitation.expiresAt), "delivery": .id(invitation.delivery),
        ]
    }

    private var inviting: Route {
        let input =
            ParticipantForm.profile(needed: .required) + [
                .required("organization", .id(Organization.self)),
                .optional("role", .choice(Participant.Role.self), "member when not given."),
            ]
        return .post(
            "/api/v1/participants", "inviteParticipant", Tag.participants, "Invites a person", needs: .coordinate,
            gives: .created(Self.invitation, "Invited.")
        ) { request in
            let organization = try Identifier<Organization>(request.body.text("organization") ?? "")
            let made = try await office.invite(
                ParticipantForm.profile(request.body), of: organization,
                as: request.body.choice("role") ?? Participant.Role.member, by: request.actor())
            return .created(Self.json(made), at: "/api/v1/participants/\(made.participant.id)")
        }.noting(
            "The answer holds the secret this once. Coordinators and administrators are invited by administrators."
        )
        .body(.named("InvitationInput", .object(input))).refusing(.conflict, .notFound)
    }

    private var invitingAgain: Route {
        .post(
            "/api/v1/participants/{participant}/invitation", "inviteAgain", Tag.participants,
            "Makes a new link for a person who has not accepted yet", needs: .coordinate,
            gives: .ok(Self.invitation, "The new link; older ones end.")
        ) { request in
            .ok(Self.json(try await office.inviteAgain(request.id("participant"), by: request.actor())))
        }.taking(.id("participant", Participant.self)).refusing(.conflict)
    }

    private var accepting: Route {
        let accepted = Schema.object([
            .required("participant", ParticipantForm.schema), .required("token", TokenForm.schema),
            .required("secret", .stored, "Signs the person in for 30 days; shown this once."),
        ])
        let route = Route(
            .post, "/api/v1/invitations/acceptance", "acceptInvitation", tag: Tag.participants,
            "Accepts an invitation by the secret of its link", access: .anyone,
            answers: [.ok(accepted, "You take part now.")]
        ) { request in
            let (person, issued) = try await office.accept(
                invitation: request.body.text("secret") ?? "", listed: request.body["listed"]?.bool ?? false,
                contacted: request.body["contacted"]?.bool ?? false)
            return .ok([
                "participant": ParticipantForm.json(person), "token": TokenForm.json(issued.token),
                "secret": .string(issued.secret),
            ])
        }
        return route.refusing(.notFound, .conflict).body(
            .object([
                .required("secret", .text(1...200)), .required("listed", .boolean, "Agrees to be listed."),
                .required("contacted", .boolean, "Agrees to be contacted."),
            ]))
    }

    private func moving(
        _ name: String, _ id: String, _ summary: String,
        _ verb: @escaping @Sendable (APIRequest) async throws -> Participant
    ) -> Route {
        .post(
            "/api/v1/participants/{participant}/\(name)", id, Tag.participants, summary, needs: .take,
            gives: .ok(ParticipantForm.schema, "As it is now.")
        ) { request in
            let changed = try await verb(request)
            return .ok(ParticipantForm.json(changed), version: changed.version)
        }.noting("The person itself, or a coordinator.").taking(.id("participant", Participant.self)).refusing(
            .conflict)
    }

    var fieldRoutes: [Route] {
        let form = Schema.object([.required("items", .array(FieldForm.schema(fieldCode)))])
        return [
            .get(
                "/api/v1/fields", "listFields", Tag.fields, "The taxonomy of fields, in all languages", needs: .read,
                gives: .ok(form, "The classes with their fields.")
            ) { _ in .ok(["items": FieldForm.json(office.taxonomy)]) }
        ]
    }
}
