import Exchange
import Operations

extension ConsoleSite {
    /// A match as `templates/match-card.mustache` draws it.
    func card(_ found: DisclosedMatch, _ introduction: Introduction?, _ visit: Visit) -> View {
        let say = visit.say
        let own = visit.holder?.actor.organization
        let isMine = found.need.organization == own || found.seed.organization == own
        let said = introduction.flatMap { answered($0, own, say) }
        let canAnswer =
            isMine && said == nil && found.match.state == .proposed && visit.holder?.actor.may(.take) == true
        return [
            "path": "/matches/\(found.match.id)", "id": found.match.id.text, "kind": found.match.kind.rawValue,
            "kindWord": say.word("class", found.match.kind.rawValue), "found": say.date(found.match.createdAt),
            "art": bridge(found, say), "need": side(found.need, own, say), "seed": side(found.seed, own, say),
            "reasons": found.words, "answer": canAnswer, "answered": said.map { $0 as any Sendable } ?? false,
        ]
    }

    /// The bridge of a match.
    func bridge(_ found: DisclosedMatch, _ say: Speech) -> String {
        let (need, seed) = (found.need.posting.content.fields, found.seed.posting.content.fields)
        func name(_ fields: [FieldCode], _ word: String) -> String {
            fields.first.map { office.taxonomy.label($0, in: say.language) } ?? say(word)
        }
        let label = say(
            "bridge.label",
            [
                "need": name(need, "word.need"), "seed": name(seed, "word.seed"),
                "kind": say.word("class", found.match.kind.rawValue),
            ])
        return Bridge(need: colours.colour(of: need), seed: colours.colour(of: seed), kind: found.match.kind).svg(label)
    }

    /// One side of a match.
    func side(_ posting: DisclosedPosting, _ own: Identifier<Organization>?, _ say: Speech) -> View {
        let content = posting.posting.content
        return [
            "title": content.title, "lang": content.language.rawValue, "colour": colours.colour(of: content.fields),
            "mine": own != nil && posting.organization == own, "fields": chips(content.fields, say.language),
        ]
    }

    /// Fields with their colours.
    func chips(_ fields: [FieldCode], _ language: Language) -> [View] {
        fields.map { ["name": office.taxonomy.label($0, in: language), "colour": colours.colour(of: [$0])] }
    }

    /// What the reader's side has said, or what became of it.
    private func answered(_ it: Introduction, _ own: Identifier<Organization>?, _ say: Speech) -> String? {
        guard let side = it.side(of: own) else { return nil }
        switch it.state {
        case .introduced, .met, .concluded: return say("match.said.introduced")
        case .mutual: return say("match.said.mutual")
        case .interested, .refused:
            switch it.party(side).answer {
            case .interested: return say("match.said.interested")
            case .refused: return say("match.said.refused")
            case nil: return nil
            }
        }
    }
}
