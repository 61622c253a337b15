package import Exchange
import Operations

/// A transaction of the exchange over either engine. Its methods stand with their SQL, a file per aggregate, in
/// `Rows/`.
package struct StoredTransaction: ExchangeTransaction {
    let sql: any SQLSession

    package var now: Instant { Instant(milliseconds: sql.now) }

    package init(_ sql: any SQLSession) { self.sql = sql }
}

extension StoredTransaction {
    /// Cuts one row more than asked for into a page and what follows it.
    func page<Item>(_ rows: [Item], _ request: PageRequest, _ cursor: (Item) -> String) -> Page<Item> {
        guard rows.count > request.limit else { return Page(items: rows, next: nil) }
        let items = Array(rows.prefix(request.limit))
        return Page(items: items, next: items.last.map(cursor))
    }

    /// Tells why a versioned update changed nothing.
    func refuseStale(_ table: StaticString, _ subject: String, _ id: String) throws -> Never {
        let current = try sql.first("SELECT version FROM \(table) WHERE id = ?", [.text(id)]) { try $0.int(0) }
        guard let current else { throw Refusal.notFound(subject: subject, id: id) }
        throw Refusal.stale(subject: subject, current: current)
    }

    /// Looks up an identifier by one condition.
    func identity(_ query: String, _ values: SQLValue...) throws -> String? {
        try sql.first(query, values) { try $0.text(0) }
    }

    static func duplicate(_ what: String, _ existing: String) -> Refusal {
        .conflict(.duplicate(what: what, existing: existing))
    }

    /// What a search text has to be part of, or nothing if the text restricts nothing.
    static func pattern(_ text: String?) -> SQLValue? {
        guard let text, !text.trimmed.isEmpty else { return nil }
        let folded = text.foldedIdentity
        // A text of signs only is part of no name; the line break that separates names stands in none either.
        return .text(folded.isEmpty ? "\n\n" : "%\(folded)%")
    }

    /// Names folded for searching, apart from each other.
    static func searchKey(_ names: String?...) -> String {
        names.compactMap { $0?.foldedIdentity }.joined(separator: "\n")
    }
}

extension SQLValue {
    init(_ value: Instant) { self = .integer(value.milliseconds) }
    init(_ value: Instant?) { self = value.map { .integer($0.milliseconds) } ?? .null }
    init<Owner>(_ value: Identifier<Owner>) { self = .text(value.text) }
    init<Owner>(_ value: Identifier<Owner>?) { self = value.map { .text($0.text) } ?? .null }
    init(_ value: some RawRepresentable<String>) { self = .text(value.rawValue) }
    init(choice value: (some RawRepresentable<String>)?) { self = value.map { .text($0.rawValue) } ?? .null }
    init(list values: some Sequence<String>) { self = .text(JSONText.list(values)) }
}

extension SQLRow {
    func instant(_ index: Int) throws -> Instant { Instant(milliseconds: try int64(index)) }
    func instantOrNil(_ index: Int) throws -> Instant? { try int64OrNil(index).map(Instant.init(milliseconds:)) }

    func identifier<Owner>(_ index: Int, of _: Owner.Type = Owner.self) throws -> Identifier<Owner> {
        Identifier(stored: try text(index))
    }

    func identifierOrNil<Owner>(_ index: Int, of _: Owner.Type = Owner.self) throws -> Identifier<Owner>? {
        isNull(index) ? nil : try identifier(index)
    }

    func list(_ index: Int) throws -> [String] { try JSONText.list(from: try text(index)) }

    func choices<Choice: RawRepresentable>(_ index: Int, of _: Choice.Type = Choice.self) throws -> [Choice]
    where Choice.RawValue == String {
        try list(index).map { word in
            guard let choice = Choice(rawValue: word) else {
                throw StoreFault.undecodable("“\(word)” is no \(Choice.self)")
            }
            return choice
        }
    }
}
