import ArgumentParser
import Exchange
import HTTPAPI
import Operations
import WebCommon

/// When and where two people meet, on the command line.
struct SeatFlags: ParsableArguments {
    @Option(help: "When it begins: 2027-10-27T13:00 in the event's zone, or RFC 3339.") var from: String
    @Option(help: "When it ends.") var to: String
    @Option(help: "At which table.") var table: String?
    @Option(help: "With which interpreter.") var interpreter: String?

    /// The seat at the event.
    func seat(at event: Identifier<Event>, in exchange: OpenExchange, by actor: Actor) async throws -> Meeting.Seat {
        let zone = try await exchange.office.event(event, by: actor).event.content.zone
        let zones = ZoneOffsets.system
        let span = try TimeSpan(
            from: try zones.moment(from, in: zone, field: "from"), to: try zones.moment(to, in: zone, field: "to"))
        return Meeting.Seat(span: span, table: table, interpreter: interpreter)
    }
}

extension EventsCommand.MeetingsCommand {
    struct Limits: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say how many meetings somebody takes, and at what kind of table.")
        @Argument(help: "event_...") var event: String
        @Option(help: "At least so many, if it can be.") var minimum: Int?
        @Option(help: "At most so many; the day's if left out.") var maximum: Int?
        @Option(help: "The kind of table that is needed.") var table: MeetingDay.TableKind?
        @Option(name: .customLong("for"), help: "person_...: whose; as a coordinator.") var person: String?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            try await exchange.office.takeMeetings(
                at: Identifier(event), minimum: minimum, maximum: maximum, table: table,
                for: try person.map { text throws(Refusal) in try Identifier(text) }, by: actor)
            if !common.json { Console.note("Noted.") }
        }
    }

    struct Discard: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Put a timetable aside; nobody hears of it.")
        @Argument(help: "draft_...") var draft: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            show(try DraftForm.json(try await exchange.office.discard(Identifier(draft), by: actor)))
        }
    }

    struct Arrange: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put two people together by hand.",
            discussion: """
                  industrymix events meetings arrange event_... person_... person_... \\
                    --from 2027-10-27T15:00 --to 2027-10-27T15:20 --table 3

                With --walk-in as somebody who takes part: a talk of one's own that came about at the event.
                """)
        @Argument(help: "event_...") var event: String
        @Argument(help: "person_...") var one: String
        @Argument(help: "person_...") var other: String
        @OptionGroup var place: SeatFlags
        @Flag(help: "It came about at the event.") var walkIn = false
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try Identifier<Event>(event)
            let made = try await exchange.office.arrange(
                at: id, Identifier(one), Identifier(other), seat: try await place.seat(at: id, in: exchange, by: actor),
                source: walkIn ? .walkIn : .coordinator, by: actor)
            show(MeetingForm.head(made))
        }
    }

    struct Move: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Put a meeting elsewhere by hand; both are told.")
        @Argument(help: "meeting_...") var meeting: String
        @OptionGroup var place: SeatFlags
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try Identifier<Meeting>(meeting)
            let event = try await exchange.office.meeting(id, by: actor).meeting.event
            let seat = try await place.seat(at: event, in: exchange, by: actor)
            show(MeetingForm.head(try await exchange.office.move(id, to: seat, by: actor)))
        }
    }

    struct Publish: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Tell people a timetable.")
        @Argument(help: "draft_...") var draft: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            show(DraftForm.json(try await exchange.office.publish(Identifier(draft), by: actor)))
        }
    }

    struct Confirm: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "A meeting stands: planning again leaves it.")
        @Argument(help: "meeting_...") var meeting: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            show(MeetingForm.head(try await exchange.office.confirm(Identifier(meeting), by: actor)))
        }
    }

    struct Cancel: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Call a meeting off.")
        @Argument(help: "meeting_...") var meeting: String
        @Option(help: "Why.") var reason: String?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            show(
                MeetingForm.head(
                    try await exchange.office.cancel(Identifier(meeting), because: reason, by: actor)))
        }
    }

    struct Kept: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "They have talked.")
        @Argument(help: "meeting_...") var meeting: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            show(MeetingForm.head(try await exchange.office.noteKept(Identifier(meeting), by: actor)))
        }
    }

    struct Missed: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Somebody did not come.")
        @Argument(help: "meeting_...") var meeting: String
        @Argument(help: "person_...: who was missing.") var absent: [String]
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let people = try absent.map { text throws(Refusal) in try Identifier<Participant>(text) }
            show(
                MeetingForm.head(
                    try await exchange.office.noteMissed(Identifier(meeting), absent: people, by: actor)))
        }
    }

    struct Rate: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Say how a meeting was.")
        @Argument(help: "meeting_...") var meeting: String
        @Argument(help: "1 to 5.") var rating: Int
        @Argument(help: "go_on, later or no.") var next: MeetingFeedback.Next
        @Option(help: "Why not, such as too_early.") var reason: Introduction.RefusalReason?
        @Option(help: "A few words.") var note: String?
        @Option(name: .customLong("for"), help: "person_...: whose word; as a coordinator.") var person: String?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            _ = try await exchange.office.rate(
                Identifier(meeting), rating: rating, next: next, reason: reason, note: note,
                for: try person.map { text throws(Refusal) in try Identifier(text) }, by: actor)
            if !common.json { Console.note("Noted.") }
        }
    }
}
