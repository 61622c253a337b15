import Exchange
import Operations
import WebCommon

/// Registrations on the wire.
enum RegistrationForm {
    private static let companions = Schema.array(
        .object([.required("name", .name(TextLimits.name)), .optional("organization", .line(TextLimits.name))]),
        0...EventLimits.companions)
    private static let spans = Schema.array(
        .object([.required("from", .time), .required("to", .time)]), 0...EventLimits.unavailable)
    private static let languages = Schema.array(.choice(Language.self), 0...4, .unique)

    /// What a person wants of an event, each part optional.
    static let wishes: [Property] = [
        .optional("attendance", .choice(Registration.Attendance.self)),
        .optional("companions", companions),
        .optional("unavailable", spans, "When the person cannot; everybody is free otherwise."),
        .optional("languages", languages, "In which the person can talk."),
        .optional("interpretation", languages, "Into which the person wants to have things interpreted."),
        .optional("accessibility", Schema.lines(TextLimits.note).orNull, "For organisers' eyes only."),
        .optional("message", Schema.lines(TextLimits.message).orNull),
    ]

    static let guest = Schema.object([
        .required("name", .name(TextLimits.name)), .optional("name_kana", Schema.line(TextLimits.name).orNull),
        .optional("email", Schema.string(.email, length: 3...TextLimits.email).orNull),
        .optional("organization", Schema.line(TextLimits.name).orNull),
        .required("language", .choice(Language.self)),
    ])

    /// Who registers; the caller when neither is given.
    static let attendee: [Property] = [
        .optional("participant", Schema.id(Participant.self).orNull, "For coordinators: whom to register."),
        .optional("guest", guest.orNull, "For coordinators: somebody who takes no part in the exchange."),
    ]

    static let schema = Schema.named(
        "Registration",
        .object(
            [
                .required("id", .id(Registration.self)), .required("event", .id(Event.self)),
                .required("participant", Schema.id(Participant.self).orNull),
                .required("name", .stored), .required("organization", Schema.stored.orNull),
                .required("email", Schema.stored.orNull), .required("language", .choice(Language.self)),
                .required("state", .choice(Registration.State.self)), .required("state_since", .time),
                .required("state_reason", Schema.stored.orNull),
                .required("source", .choice(Registration.Source.self)),
                .required("seats", .integer(1...100), "The person and the companions."),
                .required("place_in_line", Schema.integer(1...10_000_000).orNull, "On the waiting list."),
                .required("code", .stored, "What the QR sign on the badge says."),
                .required("arrived_at", Schema.time.orNull), .required("version", .version),
                .required("created_at", .time), .required("updated_at", .time),
            ] + wishes))

    /// Who is meant, if the body names anybody.
    static func attendee(_ body: JSONValue) throws -> Registration.Attendee? {
        if let id = try body.id("participant", Participant.self) {
            guard body["guest"]?.isNull ?? true else {
                throw Refusal.invalid("guest", .notAllowed, "Name a participant or a guest, not both.")
            }
            return .participant(id)
        }
        guard let guest = body["guest"], !guest.isNull else { return nil }
        return .guest(try document(guest))
    }

    /// The wishes that the body describes over those that are there.
    static func wishes(_ body: JSONValue, over old: Registration.Wishes) throws -> Registration.Wishes {
        var members = body.object ?? JSONObject()
        for name in ["participant", "guest"] { members[name] = nil }
        return try JSONValue(document: old).overlaid(with: .object(members)).document()
    }

    private static func document(_ guest: JSONValue) throws -> Registration.Guest {
        try JSONValue.object(JSONObject()).overlaid(with: guest).document()
    }

    /// Changes what the body names.
    static func apply(_ body: JSONValue, to registration: inout Registration) throws {
        registration.wishes = try wishes(body, over: registration.wishes)
        if let guest = body["guest"], !guest.isNull { registration.attendee = .guest(try document(guest)) }
    }
}
