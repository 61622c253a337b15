/// Why a request is refused: the caller's doing, and something the caller can act on.
///
/// Faults of the world (a full disk, a lost connection) are other error types and never appear here. Each case maps to
/// one RFC 9457 problem and to one exit code of the command line.
package enum Refusal: Error, Hashable, Sendable {
    /// Values that break a rule, every one of them, each with the field it stands in.
    case invalid([FieldProblem])
    /// The request cannot be read at all.
    case malformed(String)
    /// No or unknown credentials.
    case unauthenticated
    /// The actor is known, but may not do this.
    case forbidden(String)
    /// There is no such thing, or the actor may not know that there is.
    case notFound(subject: String, id: String)
    /// What is asked contradicts the present state; the text says how.
    case conflict(Conflict)
    /// The version named by the caller is no longer the current one.
    case stale(subject: String, current: Int)
    /// A limit on how often or how much was passed.
    case tooMany(String, retryAfterSeconds: Int)
    /// Try again soon: a queue is full, or a round already runs.
    case busy(String, retryAfterSeconds: Int)
}

/// One value that breaks a rule.
package struct FieldProblem: Hashable, Sendable {
    /// What kind of rule was broken.
    package enum Code: String, Sendable, CaseIterable {
        case required, tooLong = "too_long", tooMany = "too_many", malformed, unknown, outOfRange = "out_of_range"
        case forbiddenCharacter = "forbidden_character", duplicate, giveAway = "give_away", notAllowed = "not_allowed"
    }

    /// The field's name in snake_case, as it stands in the API and in the column table of the import.
    package let field: String
    /// The kind of rule.
    package let code: Code
    /// What is wrong and what to do, in plain English.
    package let words: String

    /// Takes the field's name, the kind of rule, and what to do.
    package init(_ field: String, _ code: Code, _ words: String) {
        self.field = field
        self.code = code
        self.words = words
    }
}

/// Ways in which a request can contradict the present state.
package enum Conflict: Hashable, Sendable {
    /// Something with the same identity is already registered.
    case duplicate(what: String, existing: String)
    /// The verb does not fit the state that the subject is in.
    case state(subject: String, state: String, verb: String)
    /// The pair may not be brought together: a veto, or one organization on both sides.
    case pair(String)
    /// The same idempotency key was used for another request.
    case idempotency
    /// Anything that still depends on the subject.
    case inUse(String)
}

extension Refusal {
    /// A refusal for one field.
    package static func invalid(_ field: String, _ code: FieldProblem.Code, _ words: String) -> Refusal {
        .invalid([FieldProblem(field, code, words)])
    }

    /// One sentence that says what is wrong, for the command line and logs.
    package var words: String {
        switch self {
        case .invalid(let problems):
            problems.map { "\($0.field): \($0.words)" }.joined(separator: "; ")
        case .malformed(let words): words
        case .unauthenticated: "Sign in or send a valid access token."
        case .forbidden(let words): words
        case .notFound(let subject, let id): "There is no \(subject) \"\(id)\"."
        case .conflict(let conflict): conflict.words
        case .stale(let subject, let current):
            "This \(subject) was changed by somebody else and is now at version \(current). Read it again, then repeat."
        case .tooMany(let words, let seconds): "\(words) Try again in \(seconds) s."
        case .busy(let words, let seconds): "\(words) Try again in \(seconds) s."
        }
    }
}

extension Conflict {
    /// One sentence that says what stands in the way.
    package var words: String {
        switch self {
        case .duplicate(let what, let existing): "\(what) is already registered as \(existing)."
        case .state(let subject, let state, let verb):
            "\(Self.article(subject)) \(subject) that is \(state) cannot be \(verb)."
        case .pair(let words): words
        case .idempotency: "This Idempotency-Key was used before for another request. Use a new key."
        case .inUse(let words): words
        }
    }

    private static func article(_ noun: String) -> String {
        noun.utf8.first.map { "aeiou".utf8.contains($0) } ?? false ? "An" : "A"
    }
}
