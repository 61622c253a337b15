import Exchange
import Operations
import WebCommon

extension ConsoleSite {
    /// Everything the exchange keeps of a person, as one JSON file for them.
    func exportMe(_ visit: Visit) async throws -> Reply {
        guard let holder = visit.holder else { throw Refusal.unauthenticated }
        let actor = holder.actor
        let person = holder.participant
        var filter = PostingFilter()
        filter.owner = person.id
        var postings: [JSONValue] = []
        var after: String?
        repeat {
            let page = try await office.postings(
                filter, PageRequest(limit: PageRequest.largest, after: after), by: actor)
            for it in page.items {
                let revisions =
                    it.posting.isEditable(by: actor)
                    ? try await office.revisions(of: it.posting.id, by: actor) : []
                postings.append(Self.json(it.posting, revisions))
            }
            after = page.next
        } while after != nil
        let introductions = try await office.introductions(
            IntroductionFilter(), PageRequest(limit: PageRequest.largest), by: actor
        ).items.filter { it in it.ownSide.map { it.introduction.party($0).owner == person.id } ?? false }
        let sessions = try await office.sessions(of: person.id, by: actor)
        let file: JSONValue = [
            "exchange": .string(office.settings.name), "written_at": .string(office.ambient.now().rfc3339),
            "person": Self.json(person, holder.organization), "postings": .array(postings),
            "introductions": .array(introductions.map(Self.json)),
            "sessions": .array(
                sessions.map { session -> JSONValue in
                    [
                        "device": .string(session.device), "means": .string(session.means.rawValue),
                        "created_at": .string(session.createdAt.rfc3339), "seen_at": .string(session.seenAt.rfc3339),
                    ]
                }),
        ]
        return .file(file.bytes, "application/json", named: "industry-mix-\(person.id).json")
    }

    private static func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }

    private static func json(_ person: Participant, _ organization: Organization) -> JSONValue {
        [
            "id": .string(person.id.text), "name": .string(person.profile.name),
            "name_kana": text(person.profile.nameKana), "email": .string(person.profile.email.text),
            "phone": text(person.profile.phone), "language": .string(person.profile.language.rawValue),
            "organization": .string(organization.profile.name), "role": .string(person.role.rawValue),
            "status": .string(person.status.word), "listed_at": text(person.consent.listedAt?.rfc3339),
            "contacted_at": text(person.consent.contactedAt?.rfc3339), "joined_at": text(person.joinedAt?.rfc3339),
        ]
    }

    private static func json(_ posting: Posting, _ revisions: [PostingRevision]) -> JSONValue {
        [
            "id": .string(posting.id.text), "kind": .string(posting.kind.rawValue),
            "state": .string(posting.state.word), "content": json(posting.content),
            "revisions": .array(
                revisions.map {
                    ["number": .integer($0.number), "at": .string($0.at.rfc3339), "content": json($0.content)]
                }),
        ]
    }

    private static func json(_ content: PostingContent) -> JSONValue {
        [
            "title": .string(content.title), "summary": .string(content.summary), "detail": .string(content.detail),
            "purpose": text(content.purpose), "means": text(content.means),
            "fields": .array(content.fields.map { .string($0.text) }),
            "keywords": .array(content.keywords.map { .string($0) }),
            "visibility": .string(content.visibility.rawValue), "language": .string(content.language.rawValue),
            "expires_at": text(content.expiresAt?.rfc3339),
        ]
    }

    private static func json(_ it: DisclosedIntroduction) -> JSONValue {
        [
            "id": .string(it.introduction.id.text), "state": .string(it.introduction.state.word),
            "side": text(it.ownSide?.rawValue), "need": .string(it.introduction.needSide.posting.text),
            "seed": .string(it.introduction.seedSide.posting.text),
        ]
    }
}
