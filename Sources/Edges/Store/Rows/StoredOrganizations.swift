package import Exchange
package import Operations

extension StoredTransaction {
    private static let columns = """
        id, name, name_kana, kind, corporate_number, region, municipality, website, fields, external_id, note,
        version, created_at_ms, updated_at_ms
        """

    private static func decode(_ row: borrowing SQLRow) throws -> Organization {
        Organization(
            id: try row.identifier(0),
            profile: Organization.Profile(
                name: try row.text(1), nameKana: try row.textOrNil(2), kind: try row.choice(3),
                corporateNumber: try row.textOrNil(4).map(CorporateNumber.init(stored:)),
                region: try row.textOrNil(5).map(RegionCode.init(stored:)), municipality: try row.textOrNil(6),
                website: try row.textOrNil(7), fields: try row.list(8).map { FieldCode($0) },
                externalID: try row.textOrNil(9), note: try row.textOrNil(10)),
            version: try row.int(11), createdAt: try row.instant(12), updatedAt: try row.instant(13))
    }

    /// The values of the columns that can change, in the order of both statements below.
    private static func profileValues(_ organization: Organization) -> [SQLValue] {
        let profile = organization.profile
        return [
            .text(profile.name), SQLValue(profile.nameKana), .text(Organization.nameCore(profile.name)),
            .text(searchKey(profile.name, profile.nameKana)), SQLValue(profile.kind),
            SQLValue(profile.corporateNumber?.text), SQLValue(profile.region?.text), SQLValue(profile.municipality),
            SQLValue(profile.website), SQLValue(list: profile.fields.map(\.text)), SQLValue(profile.externalID),
            SQLValue(profile.note), SQLValue(organization.version), SQLValue(organization.updatedAt),
        ]
    }

    package func insert(_ organization: Organization) throws {
        let changed = try sql.execute(
            """
            INSERT INTO organization (name, name_kana, name_core, search_key, kind, corporate_number, region,
                municipality, website, fields, external_id, note, version, updated_at_ms, id, created_at_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """,
            Self.profileValues(organization) + [SQLValue(organization.id), SQLValue(organization.createdAt)])
        guard changed == 1 else {
            try refuseDouble(of: organization)
            throw Self.duplicate("The organization", organization.id.text)
        }
        try insertFields(of: organization)
    }

    package func update(_ organization: Organization, expecting version: Int) throws {
        try refuseDouble(of: organization)
        let changed = try sql.execute(
            """
            UPDATE organization SET name = ?, name_kana = ?, name_core = ?, search_key = ?, kind = ?,
                corporate_number = ?, region = ?, municipality = ?, website = ?, fields = ?, external_id = ?, note = ?,
                version = ?, updated_at_ms = ?
            WHERE id = ? AND version = ?
            """, Self.profileValues(organization) + [SQLValue(organization.id), SQLValue(version)])
        guard changed == 1 else { try refuseStale("organization", "organization", organization.id.text) }
        try sql.execute("DELETE FROM organization_field WHERE organization_id = ?", [SQLValue(organization.id)])
        try insertFields(of: organization)
    }

    private func refuseDouble(of organization: Organization) throws {
        if let number = organization.profile.corporateNumber,
            let other = try identity(
                "SELECT id FROM organization WHERE corporate_number = ? AND id <> ?", .text(number.text),
                SQLValue(organization.id))
        {
            throw Self.duplicate("The corporate number \(number.text)", other)
        }
        if let external = organization.profile.externalID,
            let other = try identity(
                "SELECT id FROM organization WHERE external_id = ? AND id <> ?", .text(external),
                SQLValue(organization.id))
        {
            throw Self.duplicate("The external_id \(external)", other)
        }
    }

    private func insertFields(of organization: Organization) throws {
        try sql.executeMany(
            "INSERT INTO organization_field (field, organization_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
            organization.profile.fields.map { [.text($0.text), SQLValue(organization.id)] })
    }

    package func organization(_ id: Identifier<Organization>) throws -> Organization? {
        try sql.first("SELECT \(Self.columns) FROM organization WHERE id = ?", [SQLValue(id)], Self.decode)
    }

    package func organizations(
        _ ids: Set<Identifier<Organization>>
    ) throws -> [Identifier<Organization>: Organization] {
        var found: [Identifier<Organization>: Organization] = [:]
        try Portions.each(of: ids.map(\.text)) { placeholders, values in
            try sql.each("SELECT \(Self.columns) FROM organization WHERE id IN (\(placeholders)) ORDER BY id", values) {
                let organization = try Self.decode($0)
                found[organization.id] = organization
            }
        }
        return found
    }

    package func organization(corporateNumber: CorporateNumber) throws -> Organization? {
        try sql.first(
            "SELECT \(Self.columns) FROM organization WHERE corporate_number = ?", [.text(corporateNumber.text)],
            Self.decode)
    }

    package func organization(externalID: String) throws -> Organization? {
        try sql.first(
            "SELECT \(Self.columns) FROM organization WHERE external_id = ?", [.text(externalID)], Self.decode)
    }

    package func organizations(nameCore: String) throws -> [Organization] {
        try sql.query(
            "SELECT \(Self.columns) FROM organization WHERE name_core = ? ORDER BY id", [.text(nameCore)], Self.decode)
    }

    package func organizations(_ filter: OrganizationFilter, _ page: PageRequest) throws -> Page<Organization> {
        var conditions = Conditions()
        if let pattern = Self.pattern(filter.text) { conditions.add("search_key LIKE ?", pattern) }
        if let kind = filter.kind { conditions.add("kind = ?", SQLValue(kind)) }
        if let field = filter.field {
            conditions.add("id IN (SELECT organization_id FROM organization_field WHERE field = ?)", .text(field.text))
        }
        if let region = filter.region {
            conditions.add("region = ? OR region LIKE ?", .text(region.text), .text(region.text + "-%"))
        }
        if let after = page.after { conditions.add("id < ?", .text(after)) }
        let rows = try sql.query(
            "SELECT \(Self.columns) FROM organization\(conditions.whereClause) ORDER BY id DESC LIMIT ?",
            conditions.values + [SQLValue(page.limit + 1)], Self.decode)
        return self.page(rows, page) { $0.id.text }
    }
}
