import Exchange
import HTTPTypes
import Operations
import WebCommon

extension ExchangeAPI {
    /// How people come into the console, for programs that look after them.
    var signInRoutes: [Route] {
        let link = Schema.object([
            .required("participant", .id(Participant.self)),
            .required("url", .stored, "Signs the person in once; shown this once. Give it to nobody else."),
            .required("expires_at", .time),
        ])
        let session = Schema.named(
            "Session",
            .object([
                .required("id", .id(BrowserSession.self)), .required("participant", .id(Participant.self)),
                .required("device", .stored), .required("means", .choice(BrowserSession.Means.self)),
                .required("created_at", .time), .required("seen_at", .time),
            ]))
        return [
            .post(
                "/api/v1/participants/{participant}/sign-in-link", "makeSignInLink", Tag.participants,
                "Makes a link by which a person signs in to the console once", needs: .take,
                gives: .created(link, "The link.")
            ) { request in
                let made = try await office.makeSignInLink(for: request.id("participant"), by: request.actor())
                return .created(
                    [
                        "participant": .string(made.participant.id.text), "expires_at": .time(made.expiresAt),
                        "url": .string("\(office.settings.publicAddress)/sign-in/\(made.secret)"),
                    ], at: "/api/v1/participants/\(made.participant.id)")
            }.noting(
                "The person itself, or a coordinator for members and observers, or an administrator for anybody."
            )
            .taking(.id("participant", Participant.self)).refusing(.conflict),
            .get(
                "/api/v1/participants/{participant}/sessions", "listSessions", Tag.participants,
                "The browsers in which a person is signed in", needs: .read,
                gives: .ok(.object([.required("items", .array(session))]), "The sessions that hold, newest first.")
            ) { request in
                let found = try await office.sessions(of: request.id("participant"), by: request.actor())
                let items = found.map { session -> JSONValue in
                    [
                        "id": .string(session.id.text), "participant": .string(session.participant.text),
                        "device": .string(session.device), "means": .string(session.means.rawValue),
                        "created_at": .time(session.createdAt), "seen_at": .time(session.seenAt),
                    ]
                }
                return .ok(["items": .array(items)])
            }.noting("One's own; others' for administrators.").taking(.id("participant", Participant.self)),
            .delete(
                "/api/v1/sessions/{session}", "endSession", Tag.participants, "Signs a browser out", needs: .read,
                gives: .nothing("It is signed out.")
            ) { request in
                try await office.endSession(request.id("session"), by: request.actor())
                return .nothing
            }.noting("One's own; others' for administrators.").taking(.id("session", BrowserSession.self)),
        ]
    }
}
