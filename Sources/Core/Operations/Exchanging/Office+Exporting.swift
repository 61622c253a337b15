package import Exchange
package import Tabular

/// What can be exported.
package enum ExportSubject: String, Sendable, CaseIterable {
    case participants, postings, matches, happenings, exposure
}

extension Office {
    /// Everything of a kind as a CSV file that opens in Excel and, for participants and postings, imports again.
    package func export(
        _ subject: ExportSubject, in language: WordsLanguage, encoding: TextEncoding = .utf8BOM, by actor: Actor
    ) async throws -> [UInt8] {
        try actor.require(.coordinate)
        var writer = CSVWriter(encoding: encoding)
        switch subject {
        case .participants: try await exportParticipants(&writer, language)
        case .postings: try await exportPostings(&writer, language)
        case .matches: try await exportMatches(&writer)
        case .happenings: try await exportHappenings(&writer)
        case .exposure: try await exportExposure(&writer, months: Self.longestExposure / 2, by: actor)
        }
        return try writer.drain()
    }

    private func exportParticipants(_ writer: inout CSVWriter, _ language: WordsLanguage) async throws {
        writer.write(ImportColumns.participants.map { $0.label(in: language) })
        try await everyPage { tx, page in
            let found = try tx.participants(ParticipantFilter(), page)
            let homes = try tx.organizations(Set(found.items.map(\.organization)))
            return found.map { ExportRows.cells($0, homes[$0.organization], offset: settings.utcOffsetMinutes) }
        } each: {
            writer.write($0)
        }
    }

    private func exportPostings(_ writer: inout CSVWriter, _ language: WordsLanguage) async throws {
        writer.write(ImportColumns.postings.map { $0.label(in: language) })
        try await everyPage { tx, page in
            let found = try tx.postings(PostingFilter(), page)
            let owners = try tx.participants(Set(found.items.map(\.owner)))
            return found.map { ExportRows.cells($0, owners[$0.owner], offset: settings.utcOffsetMinutes) }
        } each: {
            writer.write($0)
        }
    }

    private func exportMatches(_ writer: inout CSVWriter) async throws {
        writer.write(["id", "need", "need_title", "seed", "seed_title", "score", "class", "state", "created_at"])
        try await everyPage { tx, page in
            let found = try tx.matches(MatchListFilter(), page)
            let postings = try tx.postings(Set(found.items.flatMap { [$0.need, $0.seed] }))
            return found.map { match in
                [
                    match.id.text, match.need.text, postings[match.need]?.content.title ?? "", match.seed.text,
                    postings[match.seed]?.content.title ?? "", "\(match.score)", match.kind.rawValue,
                    match.state.rawValue, match.createdAt.rfc3339,
                ]
            }
        } each: {
            writer.write($0)
        }
    }

    private func exportHappenings(_ writer: inout CSVWriter) async throws {
        writer.write(["sequence", "at", "kind", "subject", "related", "actor", "details"])
        try await everyPage { tx, page in
            try tx.happenings(HappeningFilter(), page).map { entry in
                let details = entry.happening.details.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                return [
                    "\(entry.sequence)", entry.happening.at.rfc3339, entry.happening.kind.rawValue,
                    entry.happening.subject, entry.happening.related.joined(separator: " "),
                    entry.happening.actor.text, details.joined(separator: "; "),
                ]
            }
        } each: {
            writer.write($0)
        }
    }

    private func everyPage(
        _ read: @escaping @Sendable (Store.Transaction, PageRequest) throws -> Page<[String]>,
        each: ([String]) -> Void
    ) async throws {
        var after: String?
        repeat {
            let request = PageRequest(limit: PageRequest.largest, after: after)
            let page = try await store.read { tx in try read(tx, request) }
            page.items.forEach(each)
            after = page.next
        } while after != nil
    }
}

/// Rows as they stand in the files, closed sets by their code so that any language reads them back.
private enum ExportRows {
    static func cells(_ person: Participant, _ home: Organization?, offset: Int) -> [String] {
        let profile = home?.profile
        return [
            person.profile.externalID ?? "", profile?.name ?? "", profile?.nameKana ?? "", profile?.kind.rawValue ?? "",
            profile?.corporateNumber?.text ?? "", profile?.region?.text ?? "", profile?.municipality ?? "",
            (profile?.fields ?? []).map(\.text).joined(separator: ";"), person.profile.name,
            person.profile.nameKana ?? "", person.profile.email.text, person.profile.phone ?? "", person.role.rawValue,
            person.profile.language.rawValue,
            person.joinedAt.map { CalendarDay(of: $0, offsetMinutes: offset).iso } ?? "",
            person.consent.listedAt == nil ? "no" : "yes", person.consent.contactedAt == nil ? "no" : "yes",
            person.profile.note ?? "",
        ]
    }

    static func cells(_ posting: Posting, _ owner: Participant?, offset: Int) -> [String] {
        let content = posting.content
        return [
            content.externalID ?? "", posting.kind.rawValue, owner?.profile.email.text ?? "", content.title,
            content.summary, content.detail, content.purpose ?? "", content.means ?? "",
            content.fields.map(\.text).joined(separator: ";"), content.keywords.joined(separator: ";"),
            content.stage.map(String.init) ?? "", content.ipr?.rawValue ?? "",
            content.cooperation.map(\.rawValue).joined(separator: ";"),
            content.regionWishes.map(\.text).joined(separator: ";"), content.language.rawValue,
            content.visibility.rawValue,
            content.expiresAt.map { CalendarDay(of: $0.advanced(byMilliseconds: -1), offsetMinutes: offset).iso } ?? "",
        ]
    }
}
