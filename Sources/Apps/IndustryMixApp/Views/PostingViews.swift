import Exchange
import Operations
import WebCommon

extension View {
    static func posting(_ it: DisclosedPosting) -> JSON { posting(it.posting, degree: it.degree) }

    /// A posting; where the reader may not know the owner, neither person nor organization is named.
    static func posting(_ it: Posting, degree: DisclosedPosting.Degree = .full) -> JSON {
        let content = it.content
        let isHidden = degree == .anonymous
        var closure = JSON.null
        if case .closed(let end) = it.state {
            closure = .members(["outcome": .string(end.outcome.rawValue), "note": .optional(end.note)])
        }
        return .members([
            "id": .string(it.id.text), "kind": .string(it.kind.rawValue), "disclosure": .string(degree.rawValue),
            "owner": isHidden ? .null : .string(it.owner.text),
            "organization": isHidden ? .null : .string(it.organization.text), "state": .string(it.state.word),
            "state_since": time(it.state.since), "closure": closure, "revision": .integer(it.revision),
            "version": .integer(it.version), "created_at": time(it.createdAt), "updated_at": time(it.updatedAt),
            "title": .string(content.title), "summary": .string(content.summary), "detail": .string(content.detail),
            "purpose": .optional(content.purpose), "means": .optional(content.means),
            "fields": list(content.fields.map(\.text)), "keywords": list(content.keywords),
            "stage": .optional(content.stage), "ipr": .optional(content.ipr?.rawValue),
            "cooperation": list(content.cooperation.map(\.rawValue)),
            "region_wishes": list(content.regionWishes.map(\.text)), "language": .string(content.language.rawValue),
            "visibility": .string(content.visibility.rawValue), "expires_at": time(content.expiresAt),
            "external_id": .optional(content.externalID), "origin": .optional(content.origin),
        ])
    }

    static func match(_ it: DisclosedMatch) -> JSON { match(it, withNumbers: false) }

    static func match(_ it: DisclosedMatch, withNumbers: Bool) -> JSON {
        var members =
            head(it.match) + [("need", posting(it.need)), ("seed", posting(it.seed)), ("words", list(it.words))]
        if withNumbers, let numbers = it.numbers { members.append(("numbers", View.numbers(numbers))) }
        return .object(JSONObject(members))
    }

    private static func numbers(_ it: MatchNumbers) -> JSON {
        .members([
            "certainty": .string(it.certainty),
            "shared": .array(
                it.shared.map {
                    .members([
                        "kind": .string($0.kind), "name": .string($0.name), "need": .string($0.need),
                        "seed": .string($0.seed), "share": .number(EngineMeter.rounded($0.share)),
                    ])
                }),
            "need_sentence": .optional(it.needSentence), "seed_sentence": .optional(it.seedSentence),
            "checks": list(it.checks),
        ])
    }

    static func match(_ it: Match) -> JSON {
        .object(JSONObject(head(it) + [("need", .string(it.need.text)), ("seed", .string(it.seed.text))]))
    }

    private static func head(_ it: Match) -> [(String, JSON)] {
        let parts = it.parts.sorted { $0.key < $1.key }.map { ($0.key, JSON.number($0.value)) }
        return [
            ("id", .string(it.id.text)), ("state", .string(it.state.rawValue)), ("class", .string(it.kind.rawValue)),
            ("score", .number(it.score)), ("parts", .object(JSONObject(parts))), ("round", .optional(it.round)),
            ("version", .integer(it.version)), ("created_at", time(it.createdAt)), ("updated_at", time(it.updatedAt)),
        ]
    }

    static func introduction(
        _ it: Introduction, knowsNeedSide: Bool = true, knowsSeedSide: Bool = true, ownSide: Introduction.Side? = nil
    ) -> JSON {
        var conclusion = JSON.null
        if case .concluded(let end) = it.state {
            conclusion = .members([
                "outcome": .string(end.outcome.rawValue), "note": .optional(end.note), "at": time(end.at),
            ])
        }
        return .members([
            "id": .string(it.id.text), "match": .optional(it.match?.text), "state": .string(it.state.word),
            "need": side(it.needSide, isKnown: knowsNeedSide), "seed": side(it.seedSide, isKnown: knowsSeedSide),
            "own_side": .optional(ownSide?.rawValue), "conclusion": conclusion, "version": .integer(it.version),
            "created_at": time(it.createdAt), "updated_at": time(it.updatedAt),
        ])
    }

    static func introduction(_ it: DisclosedIntroduction) -> JSON {
        introduction(
            it.introduction, knowsNeedSide: it.knowsNeedSide, knowsSeedSide: it.knowsSeedSide, ownSide: it.ownSide)
    }

    private static func side(_ it: Introduction.Party, isKnown: Bool) -> JSON {
        var word: String?
        var reason: String?
        var message: String?
        switch it.answer {
        case .interested(let text, _, _): (word, message) = ("interested", text)
        case .refused(let why, let note, _, _): (word, reason, message) = ("refused", why.rawValue, note)
        case nil: break
        }
        return .members([
            "posting": .string(it.posting.text), "owner": isKnown ? .string(it.owner.text) : .null,
            "organization": isKnown ? .string(it.organization.text) : .null, "answer": .optional(word),
            "reason": isKnown ? .optional(reason) : .null, "message": isKnown ? .optional(message) : .null,
        ])
    }
}
