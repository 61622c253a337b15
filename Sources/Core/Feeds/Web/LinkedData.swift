package import Delivery
package import Exchange

/// What search engines and other exchanges can read: JSON-LD in the words of schema.org.
package enum LinkedData {
    /// How an event stands.
    package enum EventStatus: String, Sendable {
        case scheduled = "EventScheduled"
        case postponed = "EventPostponed"
        case rescheduled = "EventRescheduled"
        case cancelled = "EventCancelled"
    }

    /// Where an event can be attended.
    package enum Attendance: String, Sendable {
        case onSite = "OfflineEventAttendanceMode"
        case online = "OnlineEventAttendanceMode"
        case hybrid = "MixedEventAttendanceMode"
    }

    /// An event, its programme within it.
    package struct Event: Sendable {
        package var id: String
        package var name: String
        package var status: EventStatus
        package var attendance: Attendance?
        package var start: Instant?
        package var end: Instant?
        /// Where it was to begin before it was moved, the latest first.
        package var formerStarts: [Instant] = []
        package var zone: ZoneRules
        package var details = ""
        package var url: String?
        package var venue = ""
        package var address = ""
        package var onlineURL: String?
        package var organizers: [String] = []
        package var performers: [String] = []
        package var capacity: Int?
        package var language: Language?
        package var parts: [Event] = []

        /// Takes what every event has.
        package init(id: String, name: String, status: EventStatus, zone: ZoneRules) {
            self.id = id
            self.name = name
            self.status = status
            self.zone = zone
        }
    }

    /// Something offered or sought.
    package struct Posting: Sendable {
        /// schema.org's two sides.
        package enum Side: String, Sendable {
            case offer = "Offer"
            case demand = "Demand"
        }

        package var id: String
        package var side: Side
        package var name: String
        package var details: String
        package var url: String?
        package var fields: [String] = []
        package var regions: [String] = []
        /// Who offers; for a demand there is no such property, and whoever asks may wish to be unnamed.
        package var offeredBy: String?
        package var validFrom: Instant?
        package var validThrough: Instant?
        package var language: Language?

        /// Takes what every posting has.
        package init(id: String, side: Side, name: String, details: String) {
            self.id = id
            self.side = side
            self.name = name
            self.details = details
        }
    }

    /// An event as a document.
    package static func document(_ event: Event) -> JSONValue {
        .object([JSONMember("@context", "https://schema.org")] + event.members)
    }

    /// A posting as a document.
    package static func document(_ posting: Posting) -> JSONValue {
        .object([JSONMember("@context", "https://schema.org")] + posting.members)
    }

    /// A document as the inside of a `script` element: nothing in it can end the element.
    package static func scriptText(_ document: JSONValue) -> String {
        var bytes: [UInt8] = []
        for byte in document.bytes {
            switch byte {
            case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
                bytes += "\\u00\(String(byte, radix: 16))".utf8
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension LinkedData.Event {
    fileprivate var members: [JSONMember] {
        var list = MemberList(type: "Event", id: id)
        list.add("name", name)
        list.add("description", details)
        list.add("url", url)
        list.add("startDate", start.map { zone.written($0) })
        list.add("endDate", end.map { zone.written($0) })
        list.add("previousStartDate", formerStarts.map { .string(zone.written($0)) })
        list.add("eventStatus", "https://schema.org/" + status.rawValue)
        list.add("eventAttendanceMode", attendance.map { "https://schema.org/" + $0.rawValue })
        list.add("inLanguage", language?.rawValue)
        if let capacity { list.members.append(JSONMember("maximumAttendeeCapacity", .integer(Int64(capacity)))) }
        list.add("location", places)
        list.add("organizer", organizers.map { .named("Organization", $0) })
        list.add("performer", performers.map { .named("Person", $0) })
        list.add("subEvent", parts.map { .object($0.members) })
        return list.members
    }

    private var places: [JSONValue] {
        var places: [JSONValue] = []
        if !venue.isEmpty || !address.isEmpty {
            var place = MemberList(type: "Place", id: nil)
            place.add("name", venue)
            place.add("address", address)
            places.append(.object(place.members))
        }
        if let onlineURL {
            var place = MemberList(type: "VirtualLocation", id: nil)
            place.add("url", onlineURL)
            places.append(.object(place.members))
        }
        return places
    }
}

extension LinkedData.Posting {
    fileprivate var members: [JSONMember] {
        var list = MemberList(type: side.rawValue, id: id)
        list.add("name", name)
        list.add("description", details)
        list.add("url", url)
        list.add("category", fields.map { .string($0) })
        list.add("areaServed", regions.map { .string($0) })
        list.add("validFrom", validFrom?.rfc3339)
        list.add("validThrough", validThrough?.rfc3339)
        if side == .offer { list.add("offeredBy", offeredBy.map { [.named("Organization", $0)] } ?? []) }
        var item = MemberList(type: "Service", id: nil)
        item.add("name", name)
        item.add("inLanguage", language?.rawValue)
        list.members.append(JSONMember("itemOffered", .object(item.members)))
        return list.members
    }
}

/// Members of an object; what is empty is left out, and a list of one is that one.
private struct MemberList {
    var members: [JSONMember]

    init(type: String, id: String?) {
        members = [JSONMember("@type", .string(type))]
        add("@id", id)
    }

    mutating func add(_ name: String, _ text: String?) {
        if let text, !text.isEmpty { members.append(JSONMember(name, .string(text))) }
    }

    mutating func add(_ name: String, _ values: [JSONValue]) {
        guard let first = values.first else { return }
        members.append(JSONMember(name, values.count == 1 ? first : .array(values)))
    }
}

extension JSONValue {
    fileprivate static func named(_ type: String, _ name: String) -> JSONValue {
        .object([JSONMember("@type", .string(type)), JSONMember("name", .string(name))])
    }
}

extension ZoneRules {
    /// ISO 8601 with the offset of the place: `2026-11-21T12:00:00+09:00`.
    fileprivate func written(_ instant: Instant) -> String {
        let offset = clock(at: instant).offset
        let local = Instant(milliseconds: (instant.wholeSeconds + Int64(offset)) * 1000)
        let size = abs(offset) / 60
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return String(local.rfc3339.prefix(19)) + (offset < 0 ? "-" : "+") + two(size / 60) + ":" + two(size % 60)
    }
}
