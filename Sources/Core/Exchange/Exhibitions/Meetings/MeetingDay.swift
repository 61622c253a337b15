/// How the 1:1 meetings of an event are held: when, at which tables, with which interpreters.
package struct MeetingDay: Hashable, Sendable {
    package let event: Identifier<Event>
    package var content: Content
    /// Counts up with every change; the ETag of the API.
    package var version: Int
    package var updatedAt: Instant

    /// Takes every value; version 0 is one that nobody has written yet.
    package init(event: Identifier<Event>, content: Content, version: Int, updatedAt: Instant) {
        self.event = event
        self.content = content
        self.version = version
        self.updatedAt = updatedAt
    }

    /// What coordinators write of it.
    package struct Content: Hashable, Sendable, Codable {
        /// The stretches of time in which people meet, in order; breaks lie between them.
        package var slots: [TimeSpan] = []
        package var tables: [Table] = []
        package var interpreters: [Interpreter] = []
        /// The most meetings of one person, unless the person says otherwise.
        package var maximum: Int?
        /// So many each should have at least.
        package var minimum: Int = 0
        /// Whether what the engine suggests fills what wishes leave free.
        package var filling: Filling = .suggestions
        /// Until when people say whom they want to meet.
        package var wishesCloseAt: Instant?

        /// An empty day.
        package init() {}

        private enum CodingKeys: String, CodingKey {
            case slots, tables, interpreters, maximum, minimum, filling, wishesCloseAt
        }

        /// Reads a document; what is missing is as in an empty day.
        package init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            slots = try values.decodeIfPresent([TimeSpan].self, forKey: .slots) ?? []
            tables = try values.decodeIfPresent([Table].self, forKey: .tables) ?? []
            interpreters = try values.decodeIfPresent([Interpreter].self, forKey: .interpreters) ?? []
            maximum = try values.decodeIfPresent(Int.self, forKey: .maximum)
            minimum = try values.decodeIfPresent(Int.self, forKey: .minimum) ?? 0
            filling = try values.decodeIfPresent(Filling.self, forKey: .filling) ?? .suggestions
            wishesCloseAt = try values.decodeIfPresent(Instant.self, forKey: .wishesCloseAt)
        }
    }

    /// What fills what wishes leave free.
    package enum Filling: String, Sendable, CaseIterable, Codable {
        case suggestions
        /// Nobody meets whom nobody asked for.
        case wishesOnly = "wishes_only"
    }

    /// What a table is good for.
    package enum TableKind: String, Sendable, CaseIterable, Codable {
        case ordinary, quiet
        /// Room and current to show a thing.
        case demo
        /// Seats for an interpreter.
        case interpreter
    }

    /// A table for one meeting at a time.
    package struct Table: Hashable, Sendable, Codable {
        package var name: String
        package var kind: TableKind
        /// A hall of the venue; the way to another one takes time.
        package var hall: String?

        /// Takes every value.
        package init(name: String, kind: TableKind = .ordinary, hall: String? = nil) {
            self.name = name
            self.kind = kind
            self.hall = hall
        }
    }

    /// Somebody who interprets between any two of their languages.
    package struct Interpreter: Hashable, Sendable, Codable {
        package var name: String
        package var languages: [Language]
        /// When they cannot.
        package var unavailable: [TimeSpan]?

        /// Takes every value.
        package init(name: String, languages: [Language], unavailable: [TimeSpan]? = nil) {
            self.name = name
            self.languages = languages
            self.unavailable = unavailable
        }

        /// Whether they are there all the time.
        package func isFree(_ span: TimeSpan) -> Bool { !(unavailable ?? []).contains { $0.overlaps(span) } }
    }

    /// Limits of a day.
    package enum Limit {
        /// Slots are bits of a mask in the planner.
        package static let slots = 63
        package static let tables = 300
        package static let interpreters = 60
        package static let meetings = 63
    }
}

extension MeetingDay.Content {
    /// The content with texts trimmed and slots in order, or every problem in it.
    package func checked(for event: EventContent) throws(Refusal) -> MeetingDay.Content {
        var rules = TextRules()
        var result = self
        result.slots = slots.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
        if slots.count > MeetingDay.Limit.slots {
            rules.add(FieldProblem("slots", .tooMany, "At most \(MeetingDay.Limit.slots) slots are planned."))
        }
        for (one, next) in zip(result.slots, result.slots.dropFirst()) where one.overlaps(next) {
            rules.add(FieldProblem("slots", .outOfRange, "The slots at \(one.from.rfc3339) and after it overlap."))
            break
        }
        result.tables = rules.list(tables, "tables", limit: MeetingDay.Limit.tables) {
            $0.name = $1.text($0.name, "tables", limit: TextLimits.name, required: true)
            $0.hall = $1.optionalText($0.hall, "tables", limit: TextLimits.name)
        }
        if Set(result.tables.map(\.name)).count != tables.count {
            rules.add(FieldProblem("tables", .duplicate, "Two tables have one name."))
        }
        let halls = Set(event.venue?.halls.map(\.name) ?? [])
        for hall in Set(result.tables.compactMap(\.hall)).sorted() where !halls.contains(hall) {
            rules.add(FieldProblem("tables", .unknown, "The venue has no hall \"\(hall)\"."))
        }
        result.interpreters = rules.list(interpreters, "interpreters", limit: MeetingDay.Limit.interpreters) {
            $0.name = $1.text($0.name, "interpreters", limit: TextLimits.name, required: true)
        }
        for one in interpreters where Set(one.languages).count < 2 || Set(one.languages).count != one.languages.count {
            rules.add(FieldProblem("interpreters", .outOfRange, "Name two languages or more, each once."))
        }
        if let maximum, !(0...MeetingDay.Limit.meetings).contains(maximum) {
            rules.add(FieldProblem("maximum", .outOfRange, "This must be from 0 to \(MeetingDay.Limit.meetings)."))
        }
        if !(0...(maximum ?? MeetingDay.Limit.meetings)).contains(minimum) {
            rules.add(FieldProblem("minimum", .outOfRange, "This must be from 0 to the maximum."))
        }
        try rules.finish()
        return result
    }
}
