import Exchange
import Operations
import WebCommon

/// Matches on the wire.
enum MatchForm {
    static func schema(_ posting: Schema) -> Schema {
        .named(
            "Match",
            .object(
                common + [
                    .required("need", posting), .required("seed", posting),
                    .required("words", .array(.stored), "Why the two were brought together, in sentences."),
                    .optional("numbers", numbers.orNull, "What stands behind the words, when asked for."),
                ]))
    }

    private static let numbers = Schema.named(
        "MatchNumbers",
        .object([
            .required("certainty", .oneOf(["strong", "fair", "slight"])),
            .required(
                "shared",
                .array(
                    .object([
                        .required("kind", .oneOf(["concept", "words"])), .required("name", .stored),
                        .required("need", .stored, "As the need writes it."),
                        .required("seed", .stored, "As the seed writes it."),
                        .required("share", .number(0...1), "Share in all that is shared."),
                    ])), "What both texts share, strongest first."),
            .required("need_sentence", Schema.stored.orNull, "The nearest sentence of the need, as written."),
            .required("seed_sentence", Schema.stored.orNull, "The nearest sentence of the seed, as written."),
            .required("checks", .array(.stored), "What does not fit or has to be asked first."),
        ]))

    private static func json(_ numbers: MatchNumbers?) -> JSONValue {
        guard let numbers else { return .null }
        return [
            "certainty": .string(numbers.certainty),
            "shared": .array(
                numbers.shared.map {
                    [
                        "kind": .string($0.kind), "name": .string($0.name), "need": .string($0.need),
                        "seed": .string($0.seed), "share": .number($0.share),
                    ]
                }),
            "need_sentence": .optional(numbers.needSentence), "seed_sentence": .optional(numbers.seedSentence),
            "checks": .list(numbers.checks),
        ]
    }

    /// A match without the postings, as changes answer.
    static let state = Schema.named(
        "MatchState",
        .object(common + [.required("need", .id(Posting.self)), .required("seed", .id(Posting.self))]))

    private static let common: [Property] = [
        .required("id", .id(Match.self)), .required("state", .choice(Match.State.self)),
        .required("class", .choice(Match.Class.self)), .required("score", .number(0...1)),
        .required("parts", .map(.number(-1_000_000...1_000_000)), "What the score is made of."),
        .required("round", Schema.stored.orNull), .required("version", .version), .required("created_at", .time),
        .required("updated_at", .time),
    ]

    private static func head(_ match: Match) -> [(String, JSONValue)] {
        let parts = match.parts.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.number($0.value)) }
        return [
            ("id", .string(match.id.text)), ("state", .string(match.state.rawValue)),
            ("class", .string(match.kind.rawValue)), ("score", .number(match.score)),
            ("parts", .object(JSONObject(parts))), ("round", .optional(match.round)),
            ("version", .integer(match.version)), ("created_at", .time(match.createdAt)),
            ("updated_at", .time(match.updatedAt)),
        ]
    }

    static func json(_ shown: DisclosedMatch, withNumbers: Bool) -> JSONValue {
        var members =
            head(shown.match) + [
                ("need", PostingForm.json(shown.need)), ("seed", PostingForm.json(shown.seed)),
                ("words", .list(shown.words)),
            ]
        if withNumbers { members.append(("numbers", json(shown.numbers))) }
        return .object(JSONObject(members))
    }

    static func json(_ match: Match) -> JSONValue {
        .object(
            JSONObject(head(match) + [("need", .string(match.need.text)), ("seed", .string(match.seed.text))]))
    }
}

/// Introductions on the wire.
enum IntroductionForm {
    static let schema = Schema.named(
        "Introduction",
        .object([
            .required("id", .id(Introduction.self)), .required("match", Schema.id(Match.self).orNull),
            .required("state", .oneOf(Introduction.State.words)), .required("need", party), .required("seed", party),
            .required("own_side", Schema.choice(Introduction.Side.self).orNull, "On which side the reader stands."),
            .required("conclusion", conclusion.orNull), .required("version", .version), .required("created_at", .time),
            .required("updated_at", .time),
        ]))

    private static let conclusion = Schema.object([
        .required("outcome", .choice(Introduction.Conclusion.Outcome.self)), .required("note", Schema.stored.orNull),
        .required("at", .time),
    ])

    private static let party = Schema.named(
        "IntroductionSide",
        .object([
            .required("posting", .id(Posting.self)),
            .required("owner", Schema.id(Participant.self).orNull, "Null until the reader may know."),
            .required("organization", Schema.id(Organization.self).orNull, "Null until the reader may know."),
            .required("answer", Schema.oneOf(["interested", "refused"]).orNull),
            .required("reason", Schema.choice(Introduction.RefusalReason.self).orNull),
            .required(
                "message", Schema.stored.orNull, "Goes with the answer; null until the reader may know the side."),
        ]))

    static func json(_ shown: DisclosedIntroduction) -> JSONValue {
        let introduction = shown.introduction
        var conclusion = JSONValue.null
        if case .concluded(let end) = introduction.state {
            conclusion = ["outcome": .string(end.outcome.rawValue), "note": .optional(end.note), "at": .time(end.at)]
        }
        return [
            "id": .string(introduction.id.text), "match": .id(introduction.match),
            "state": .string(introduction.state.word),
            "need": side(introduction.needSide, isKnown: shown.knowsNeedSide),
            "seed": side(introduction.seedSide, isKnown: shown.knowsSeedSide),
            "own_side": .optional(shown.ownSide?.rawValue), "conclusion": conclusion,
            "version": .integer(introduction.version), "created_at": .time(introduction.createdAt),
            "updated_at": .time(introduction.updatedAt),
        ]
    }

    private static func side(_ party: Introduction.Party, isKnown: Bool) -> JSONValue {
        var word: String?
        var reason: String?
        var message: String?
        switch party.answer {
        case .interested(let text, _, _): (word, message) = ("interested", text)
        case .refused(let why, let note, _, _): (word, reason, message) = ("refused", why.rawValue, note)
        case nil: break
        }
        return [
            "posting": .string(party.posting.text), "owner": isKnown ? .string(party.owner.text) : .null,
            "organization": isKnown ? .string(party.organization.text) : .null, "answer": .optional(word),
            "reason": isKnown ? .optional(reason) : .null, "message": isKnown ? .optional(message) : .null,
        ]
    }

    /// What a body says of a side's answer.
    static let interest: [Property] = [
        .optional("side", .choice(Introduction.Side.self), "For which side a coordinator speaks."),
        .optional("message", Schema.lines(TextLimits.message).orNull, "Read by the other side once introduced."),
    ]

    static let refusal: [Property] = [
        .optional("side", .choice(Introduction.Side.self), "For which side a coordinator speaks."),
        .required("reason", .choice(Introduction.RefusalReason.self)),
        .optional("note", Schema.lines(TextLimits.message).orNull, "Needed when the reason is other."),
    ]
}

/// Vetoes on the wire.
enum VetoForm {
    static let schema = Schema.named(
        "Veto",
        .object([
            .required("id", .id(Veto.self)), .required("organizations", .array(.id(Organization.self), 2...2)),
            .required("placed_by", Schema.id(Organization.self).orNull, "Null when a coordinator placed it."),
            .required("reason", Schema.stored.orNull), .required("created_at", .time),
        ]))

    static func json(_ veto: Veto) -> JSONValue {
        [
            "id": .string(veto.id.text), "organizations": [.string(veto.first.text), .string(veto.second.text)],
            "placed_by": .id(veto.placedBy), "reason": .optional(veto.reason), "created_at": .time(veto.at),
        ]
    }
}
