import ArgumentParser
import Exchange
import HTTPAPI
import Operations
import Store
import WebCommon

extension MeetingWish.Degree: WordArgument {}
extension MeetingFeedback.Next: WordArgument {}
extension MeetingDay.TableKind: WordArgument {}

extension EventsCommand {
    struct MeetingsCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "meetings", abstract: "1:1 meetings: wishes, timetables with a proof, the day.",
            discussion: """
                  industrymix events meetings day event_... --file day.json
                  industrymix events meetings wish event_... person_... must_meet --as yamada@example.jp
                  industrymix events meetings plan event_... --seconds 5
                  industrymix events meetings publish draft_...
                  industrymix events meetings list event_...

                day.json: {"slots":[{"from":"2027-10-27T04:00:00Z","to":"2027-10-27T04:20:00Z"},...],"tables":[{"name":"1",
                "kind":"quiet","hall":"A"},...],"interpreters":[{"name":"Kim","languages":["ja","ko"]}],"maximum":8}.
                Plan says the score, a bound that no timetable passes, and for each wish that is not met what stands in
                its way and what would free it. Confirmed meetings stay; --near moves as few as can be.
                """,
            subcommands: [
                List.self, Day.self, Wish.self, Wishes.self, Limits.self, Suggest.self, Plan.self, Drafts.self,
                Publish.self, Discard.self, Arrange.self, Move.self, Confirm.self, Cancel.self, Kept.self, Missed.self,
                Rate.self,
            ], defaultSubcommand: List.self)
    }
}

extension EventsCommand.MeetingsCommand {
    struct List: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "The meetings of an event by time.")
        @Argument(help: "event_...") var event: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try Identifier<Event>(event)
            let found = try await exchange.office.meetings(at: id, by: actor)
            let zone = try await exchange.office.event(id, by: actor).event.content.zone
            show(
                Page(items: found, next: nil), ["from", "to", "table", "people", "state", "id"],
                json: MeetingForm.json
            ) { shown in
                [
                    ZoneOffsets.system.text(shown.meeting.seat.span.from, in: zone),
                    String(ZoneOffsets.system.text(shown.meeting.seat.span.to, in: zone).suffix(5)),
                    shown.meeting.seat.table ?? "", shown.people.map(\.profile.name).joined(separator: " – "),
                    shown.meeting.state.rawValue, shown.meeting.id.text,
                ]
            }
        }
    }

    struct Day: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "When, at which tables and with whom people meet.")
        @Argument(help: "event_...") var event: String
        @Option(help: "A JSON file with what to write; - for standard input. What it leaves out stays.")
        var file: String?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try Identifier<Event>(event)
            var day = try await exchange.office.meetingDay(of: id, by: actor)
            if let file {
                let content = try EventFlags.document(file, over: day.content)
                day = try await exchange.office.reviseMeetingDay(
                    of: id, content, expecting: day.version, by: actor)
            }
            show(try MeetingForm.json(day))
        }
    }

    struct Wish: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Say whom somebody wants to meet, or not.")
        @Argument(help: "event_...") var event: String
        @Argument(help: "person_... or org_...") var target: String
        @Argument(help: "must_meet, would_like, no_thanks, or nothing to take it back.")
        var degree: MeetingWish.Degree?
        @Option(help: "What to talk about.") var note: String?
        @Option(name: .customLong("for"), help: "person_...: whose wish; as a coordinator.") var person: String?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            try await exchange.office.wish(
                try MeetingWish.Target(target), degree, note: note, at: Identifier(event),
                for: try person.map { text throws(Refusal) in try Identifier<Participant>(text) }, by: actor)
            if !common.json { Console.note("Noted.") }
        }
    }

    struct Wishes: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "What somebody wished.")
        @Argument(help: "event_...") var event: String
        @Option(name: .customLong("for"), help: "person_...: whose; as a coordinator.") var person: String?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let found = try await exchange.office.meetingWishes(
                at: Identifier(event), for: try person.map { text throws(Refusal) in try Identifier(text) }, by: actor)
            show(Page(items: found, next: nil), ["target", "degree", "note"], json: MeetingForm.json) {
                [$0.target.text, $0.degree.rawValue, $0.note ?? ""]
            }
        }
    }

    struct Suggest: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Whom the engine would have somebody meet.")
        @Argument(help: "event_...") var event: String
        @Option(name: .customLong("for"), help: "person_...: whose; as a coordinator.") var person: String?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let found = try await exchange.office.meetingSuggestions(
                at: Identifier(event), for: try person.map { text throws(Refusal) in try Identifier(text) }, by: actor)
            show(
                Page(items: found, next: nil), ["person", "organization", "score", "kind", "wish", "id"],
                json: MeetingForm.json
            ) {
                [
                    $0.participant.profile.name, $0.organization?.profile.name ?? "",
                    "\(Int(($0.match.score * 100).rounded()))", $0.match.kind.rawValue, $0.wish?.rawValue ?? "",
                    $0.participant.id.text,
                ]
            }
        }
    }

    struct Plan: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Compute a timetable; nobody is told yet.")
        @Argument(help: "event_...") var event: String
        @Option(help: "How long to search.") var seconds = 5.0
        @Option(help: "Another seed gives another timetable of the same quality.") var seed = 1
        @Option(help: "Searches side by side, 1 to 16.") var threads = 1
        @Flag(help: "Move as few of the meetings that people know as can be.") var near = false
        @Option(help: "The language of the reasons; the exchange's if left out.") var language: Language?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func validate() throws {
            guard (1...16).contains(threads) else { throw ValidationError("--threads takes 1 to 16.") }
        }

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let planner = MeetingPlanRunner(
                office: exchange.office, executor: BackgroundExecutor(name: "planning", threads: threads))
            let order = MeetingDraft.Order(
                mode: near ? .nearby : .fresh, seconds: seconds, threads: threads, seed: seed)
            let started = try await planner.start(Identifier(event), order, by: actor)
            await planner.settled(started.id)
            let draft = try await exchange.office.meetingDraft(started.id, by: actor)
            if common.json { return Console.out(try DraftForm.json(draft)) }
            if let failure = draft.failure { throw Failure(.refused, failure, "See the day: events meetings day.") }
            let gap = (draft.result.gap * 10_000).rounded() / 100
            Console.out(
                "\(draft.id)  \(draft.result.entries.count) meetings, score \(draft.result.score), "
                    + "at most \(draft.result.bound) is possible (gap \(gap) %), \(draft.result.moved) moved.")
            let spoken = language ?? exchange.configuration.exchange.defaultLanguage
            for line in try await exchange.office.explain(draft, in: spoken, by: actor) { Console.out("  " + line) }
            for short in draft.result.short {
                Console.out("  \(short.participant): \(short.has) of \(short.wants)")
            }
            Console.note("Tell people: industrymix events meetings publish \(draft.id)")
        }
    }

    struct Drafts: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Computed timetables, newest first.")
        @Argument(help: "event_...") var event: String
        @OptionGroup var page: PageOptions
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try Identifier<Event>(event)
            let found = try await page.read { try await exchange.office.meetingDrafts(of: id, $0, by: actor) }
            let documents = try found.items.map(DraftForm.json)
            show(found, ["id", "state", "meetings", "score", "bound"], documents: documents) {
                [
                    $0.id.text, $0.state.rawValue, "\($0.result.entries.count)", "\($0.result.score)",
                    "\($0.result.bound)",
                ]
            }
        }
    }
}
