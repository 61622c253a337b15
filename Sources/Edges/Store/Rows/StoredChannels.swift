package import Exchange
import Operations

extension StoredTransaction {
    private static let columns = """
        id, name, platform, sealed_address, shown_address, sealed_signing_key, language, rule_topics, rule_fields,
        rule_languages, rule_classes, rule_minimum_score, state, state_at_ms, stopped_reason, owner_id, version,
        created_at_ms, updated_at_ms, sealed_credential, sealed_old_key, old_key_until_ms, rule_regions, rule_anonymity,
        rule_follow, rule_mute, rule_cadence, rule_quiet_hours, rule_backlog, purpose
        """

    private static func decode(_ row: borrowing SQLRow) throws -> Channel {
        let state: Channel.State =
            switch try row.text(12) {
            case "active": .active
            case "muted": .muted(until: try row.instant(13))
            case "stopped": .stopped(reason: try row.text(14), at: try row.instant(13))
            case let other: throw StoreFault.undecodable("“\(other)” is no state of a channel")
            }
        return Channel(
            id: try row.identifier(0), name: try row.text(1), platform: try row.choice(2),
            sealedAddress: try row.text(3), shownAddress: try row.text(4), sealedSigningKey: try row.textOrNil(5),
            retiringKey: try retiringKey(row), sealedCredential: try row.textOrNil(19), language: try row.choice(6),
            rules: try rules(row), state: state, owner: try row.identifierOrNil(15), purpose: try row.choice(29),
            version: try row.int(16),
            createdAt: try row.instant(17),
            updatedAt: try row.instant(18))
    }

    private static func retiringKey(_ row: borrowing SQLRow) throws -> Channel.RetiringKey? {
        guard let sealed = try row.textOrNil(20), let until = try row.instantOrNil(21) else { return nil }
        return Channel.RetiringKey(sealed: sealed, until: until)
    }

    private static func rules(_ row: borrowing SQLRow) throws -> Channel.Rules {
        let cadence = try row.text(26)
        let quiet = try row.textOrNil(27)
        guard let read = Channel.Cadence(cadence) else {
            throw StoreFault.undecodable("“\(cadence)” is no cadence of a channel")
        }
        let hours = quiet.flatMap { Channel.QuietHours($0) }
        if let quiet, hours == nil { throw StoreFault.undecodable("“\(quiet)” are no quiet hours of a channel") }
        return Channel.Rules(
            topics: try row.choices(7), fields: try row.list(8).map { FieldCode($0) },
            regions: try row.list(22).map { RegionCode(stored: $0) }, languages: try row.choices(9),
            classes: try row.choices(10), minimumScore: try row.double(11), anonymity: try row.choice(23),
            follow: try row.list(24).map { Channel.Subject($0) }, mute: try row.list(25).map { Channel.Subject($0) },
            cadence: read, quietHours: hours, backlog: try row.choice(28))
    }

    private static func values(_ channel: Channel) -> [SQLValue] {
        var moment: Instant?
        var reason: String?
        switch channel.state {
        case .active: break
        case .muted(let until): moment = until
        case .stopped(let why, let at): (reason, moment) = (why, at)
        }
        return [
            .text(channel.name), SQLValue(channel.platform), .text(channel.sealedAddress), .text(channel.shownAddress),
            SQLValue(channel.sealedSigningKey), SQLValue(channel.language),
            SQLValue(list: channel.rules.topics.map(\.rawValue)), SQLValue(list: channel.rules.fields.map(\.text)),
            SQLValue(list: channel.rules.languages.map(\.rawValue)),
            SQLValue(list: channel.rules.classes.map(\.rawValue)), .real(channel.rules.minimumScore),
            .text(channel.state.word), SQLValue(moment), SQLValue(reason), SQLValue(channel.owner),
            SQLValue(channel.version), SQLValue(channel.updatedAt), SQLValue(channel.sealedCredential),
            SQLValue(channel.retiringKey?.sealed), SQLValue(channel.retiringKey?.until),
            SQLValue(list: channel.rules.regions.map(\.text)), SQLValue(channel.rules.anonymity),
            SQLValue(list: channel.rules.follow.map(\.text)), SQLValue(list: channel.rules.mute.map(\.text)),
            .text(channel.rules.cadence.text), SQLValue(channel.rules.quietHours?.text),
            SQLValue(channel.rules.backlog), SQLValue(channel.purpose),
        ]
    }

    package func insert(_ channel: Channel) throws {
        try refuseTakenName(of: channel)
        try sql.execute(
            """
            INSERT INTO channel (name, platform, sealed_address, shown_address, sealed_signing_key, language,
                rule_topics, rule_fields, rule_languages, rule_classes, rule_minimum_score, state, state_at_ms,
                stopped_reason, owner_id, version, updated_at_ms, sealed_credential, sealed_old_key, old_key_until_ms,
                rule_regions, rule_anonymity, rule_follow, rule_mute, rule_cadence, rule_quiet_hours, rule_backlog,
                purpose, id,
                created_at_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, Self.values(channel) + [SQLValue(channel.id), SQLValue(channel.createdAt)])
    }

    package func update(_ channel: Channel, expecting version: Int) throws {
        try refuseTakenName(of: channel)
        let changed = try sql.execute(
            """
            UPDATE channel SET name = ?, platform = ?, sealed_address = ?, shown_address = ?, sealed_signing_key = ?,
                language = ?, rule_topics = ?, rule_fields = ?, rule_languages = ?, rule_classes = ?,
                rule_minimum_score = ?, state = ?, state_at_ms = ?, stopped_reason = ?, owner_id = ?, version = ?,
                updated_at_ms = ?, sealed_credential = ?, sealed_old_key = ?, old_key_until_ms = ?, rule_regions = ?,
                rule_anonymity = ?, rule_follow = ?, rule_mute = ?, rule_cadence = ?, rule_quiet_hours = ?,
                rule_backlog = ?, purpose = ?
            WHERE id = ? AND version = ?
            """, Self.values(channel) + [SQLValue(channel.id), SQLValue(version)])
        guard changed == 1 else { try refuseStale("channel", "channel", channel.id.text) }
    }

    private func refuseTakenName(of channel: Channel) throws {
        let other = try identity(
            "SELECT id FROM channel WHERE name = ? AND id <> ?", .text(channel.name), SQLValue(channel.id))
        if let other { throw Self.duplicate("The channel name \(channel.name)", other) }
    }

    package func remove(_ channel: Identifier<Channel>) throws {
        let changed = try sql.execute("DELETE FROM channel WHERE id = ?", [SQLValue(channel)])
        guard changed == 1 else { throw Refusal.notFound(subject: "channel", id: channel.text) }
    }

    package func channel(_ id: Identifier<Channel>) throws -> Channel? {
        try sql.first("SELECT \(Self.columns) FROM channel WHERE id = ?", [SQLValue(id)], Self.decode)
    }

    package func channel(name: String) throws -> Channel? {
        try sql.first("SELECT \(Self.columns) FROM channel WHERE name = ?", [.text(name)], Self.decode)
    }

    package func channels() throws -> [Channel] {
        try sql.query(
            "SELECT \(Self.columns) FROM channel WHERE purpose = 'notices' ORDER BY name", [], Self.decode)
    }

    package func channels(_ ids: Set<Identifier<Channel>>) throws -> [Identifier<Channel>: Channel] {
        var found: [Identifier<Channel>: Channel] = [:]
        try Portions.each(of: ids.map(\.text)) { placeholders, values in
            let query = "SELECT \(Self.columns) FROM channel WHERE id IN (\(placeholders)) ORDER BY id"
            try sql.each(query, values) { row in
                let channel = try Self.decode(row)
                found[channel.id] = channel
            }
        }
        return found
    }
}
