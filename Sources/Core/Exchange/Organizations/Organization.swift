/// A company, school, institute or other body that takes part.
package struct Organization: Hashable, Sendable, Identified {
    package static let identifierPrefixes = ["org"]

    /// What kind of body it is.
    package enum Kind: String, Sendable, CaseIterable {
        case company, university, kosen, publicInstitute = "public_institute", support, government, financial, hospital
        case farmFishery = "farm_fishery", other
    }

    package let id: Identifier<Organization>
    /// Everything that can be edited.
    package var profile: Profile
    /// Counts up with every change; the ETag of the API.
    package var version: Int
    package let createdAt: Instant
    package var updatedAt: Instant

    /// Takes every value; for the store and for `register`.
    package init(
        id: Identifier<Organization>, profile: Profile, version: Int, createdAt: Instant, updatedAt: Instant
    ) {
        self.id = id
        self.profile = profile
        self.version = version
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

extension Organization {
    /// What an organization says of itself.
    package struct Profile: Hashable, Sendable {
        package var name: String
        /// The reading, in katakana for Japanese names.
        package var nameKana: String?
        package var kind: Kind
        package var corporateNumber: CorporateNumber?
        package var region: RegionCode?
        package var municipality: String?
        package var website: String?
        /// Main field first.
        package var fields: [FieldCode]
        /// The identity in the coordinator's own list; importing again with the same one updates.
        package var externalID: String?
        /// For coordinators' eyes only.
        package var note: String?

        /// Takes every value; only name and kind are required.
        package init(
            name: String, nameKana: String? = nil, kind: Kind, corporateNumber: CorporateNumber? = nil,
            region: RegionCode? = nil, municipality: String? = nil, website: String? = nil, fields: [FieldCode] = [],
            externalID: String? = nil, note: String? = nil
        ) {
            self.name = name
            self.nameKana = nameKana
            self.kind = kind
            self.corporateNumber = corporateNumber
            self.region = region
            self.municipality = municipality
            self.website = website
            self.fields = fields
            self.externalID = externalID
            self.note = note
        }

        /// The profile with texts trimmed, or every problem in it.
        package func checked(against taxonomy: FieldTaxonomy) throws(Refusal) -> Profile {
            var rules = TextRules()
            var result = self
            result.name = rules.text(name, "name", limit: TextLimits.name, required: true)
            result.nameKana = rules.optionalText(nameKana, "name_kana", limit: TextLimits.name)
            result.municipality = rules.optionalText(municipality, "municipality", limit: TextLimits.name)
            result.website = rules.optionalText(website, "website", limit: 500)
            if let website = result.website, !website.hasPrefix("https://"), !website.hasPrefix("http://") {
                rules.add(FieldProblem("website", .malformed, "A web address begins with https:// or http://."))
            }
            result.externalID = rules.optionalText(externalID, "external_id", limit: TextLimits.externalID)
            result.note = rules.optionalText(note, "note", limit: TextLimits.note, multiline: true)
            taxonomy.check(fields, "fields", &rules)
            try rules.finish()
            return result
        }
    }
}

extension Organization {
    /// Registers a new organization.
    package static func register(
        _ profile: Profile, id: Identifier<Organization>, by actor: ActorReference, at now: Instant
    ) -> Change<Organization> {
        let made = Organization(id: id, profile: profile, version: 1, createdAt: now, updatedAt: now)
        return Change(made, [made.happening(.organizationRegistered, by: actor, at: now)])
    }

    /// Replaces the profile; an unchanged profile causes nothing.
    package func revised(_ profile: Profile, by actor: ActorReference, at now: Instant) -> Change<Organization> {
        guard profile != self.profile else { return Change(self, []) }
        var changed = self
        changed.profile = profile
        changed.version += 1
        changed.updatedAt = now
        return Change(changed, [changed.happening(.organizationRevised, by: actor, at: now)])
    }

    /// The name without legal forms, folded: equal cores suggest a double.
    package static func nameCore(_ name: String) -> String {
        var core = name.narrowedASCII.replacing("(株)", with: "株式会社").replacing("(有)", with: "有限会社")
            .replacing("(주)", with: "주식회사").foldedIdentity
        for form in LegalForms.folded where core.hasPrefix(form) || core.hasSuffix(form) {
            let trimmed = core.hasPrefix(form) ? core.dropFirst(form.count) : core.dropLast(form.count)
            if trimmed.count >= 2 { core = String(trimmed) }
        }
        return core
    }

    private func happening(_ kind: Happening.Kind, by actor: ActorReference, at now: Instant) -> Happening {
        Happening(kind, subject: id.text, by: actor, at: now)
    }
}

/// Words in company names that say only in which legal form it is run.
enum LegalForms {
    /// Folded by `foldedIdentity`, the longest first.
    static let folded: [String] = [
        "株式会社", "有限会社", "合同会社", "合資会社", "合名会社", "一般社団法人", "公益社団法人", "一般財団法人",
        "公益財団法人", "独立行政法人", "国立大学法人", "公立大学法人", "学校法人", "医療法人社団", "医療法人", "社会福祉法人",
        "特定非営利活動法人", "npo法人", "農事組合法人", "協同組合", "㈱", "㈲", "주식회사", "㈜", "유한회사", "有限公司", "股份有限公司",
        "有限责任公司", "corporation", "incorporated", "limited", "company", "coltd", "inc", "ltd", "llc", "gmbh", "corp",
        "kk", "co", "pteltd", "pte",
    ].sorted { $0.count > $1.count }
}
