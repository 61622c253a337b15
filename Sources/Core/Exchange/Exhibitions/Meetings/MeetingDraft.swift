/// A timetable of meetings as it was computed, before people are told: with its proof and with what it could not hold.
package struct MeetingDraft: Hashable, Sendable, Identified {
    package static let identifierPrefixes = ["draft"]

    /// Where it stands.
    package enum State: String, Sendable, CaseIterable {
        case computing
        /// Ready to be looked over.
        case ready
        case published, discarded, failed
    }

    /// What was asked for.
    package struct Order: Hashable, Sendable, Codable {
        /// Whether meetings that people know already stay as they are as far as can be.
        package enum Mode: String, Sendable, CaseIterable, Codable {
            case fresh, nearby
        }

        package var mode: Mode
        package var seconds: Double
        package var threads: Int
        package var seed: Int
        /// The share of known meetings that may move, for `nearby`.
        package var moves: Double

        /// Takes every value.
        package init(mode: Mode, seconds: Double = 5, threads: Int = 1, seed: Int = 1, moves: Double = 0.02) {
            self.mode = mode
            self.seconds = seconds
            self.threads = threads
            self.seed = seed
            self.moves = moves
        }

        /// The order within its limits, or a refusal.
        package func checked() throws(Refusal) -> Order {
            guard seconds >= 0.1, seconds <= 600 else {
                throw .invalid("seconds", .outOfRange, "Give 0.1 to 600 seconds.")
            }
            guard (1...16).contains(threads) else { throw .invalid("threads", .outOfRange, "Give 1 to 16 threads.") }
            guard (0...1).contains(moves) else { throw .invalid("moves", .outOfRange, "Give a share from 0 to 1.") }
            guard seed >= 0 else { throw .invalid("seed", .outOfRange, "This must not be below 0.") }
            return self
        }
    }

    /// A meeting of the timetable.
    package struct Entry: Hashable, Sendable, Codable {
        package var first: Identifier<Participant>
        package var second: Identifier<Participant>
        package var seat: Meeting.Seat
        package var ground: Meeting.Ground
        /// What it counts.
        package var worth: Double
        /// Whether both must meet.
        package var isRequired: Bool
        /// An organization for which the second of a wish was chosen.
        package var represents: [Identifier<Organization>]?

        /// Takes every value.
        package init(
            first: Identifier<Participant>, second: Identifier<Participant>, seat: Meeting.Seat,
            ground: Meeting.Ground, worth: Double, isRequired: Bool, represents: [Identifier<Organization>]? = nil
        ) {
            self.first = first
            self.second = second
            self.seat = seat
            self.ground = ground
            self.worth = worth
            self.isRequired = isRequired
            self.represents = represents
        }
    }

    /// A wish that the timetable does not hold, what stands in its way, and what would free it.
    package struct Unmet: Hashable, Sendable, Codable {
        /// What stands in the way.
        package enum Cause: String, Sendable, CaseIterable, Codable {
            case vetoed
            case metBefore = "met_before"
            /// They are never free at the same time.
            case neverTogether = "never_together"
            /// Somebody has all the meetings they take.
            case capped
            /// All tables, or all of the kind needed, are taken.
            case tables
            case cappedAndTables = "capped_and_tables"
            /// No interpreter for their languages is free.
            case interpreter
            /// No table of the kind needed is free.
            case tableKind = "table_kind"
            /// In every slot in which both are there, one meets somebody who counts more.
            case displaced
            /// Nobody of the organization has a place at the event.
            case nobodyThere = "nobody_there"
            /// The person has no place at the event.
            case notThere = "not_there"
            /// They left while the timetable was computed.
            case left
            case worthless
        }

        package var from: Identifier<Participant>
        package var target: String
        package var worth: Double
        package var cause: Cause
        /// Who has all the meetings they take, or would have to give up one.
        package var people: [Identifier<Participant>]
        /// When it could be held if that were freed.
        package var at: [TimeSpan]
        /// What would have to go, in worth, for `displaced`.
        package var price: Double?

        /// Takes every value.
        package init(
            from: Identifier<Participant>, target: String, worth: Double, cause: Cause,
            people: [Identifier<Participant>] = [], at: [TimeSpan] = [], price: Double? = nil
        ) {
            self.from = from
            self.target = target
            self.worth = worth
            self.cause = cause
            self.people = people
            self.at = at
            self.price = price
        }
    }

    /// More tables at a time would let more meetings in.
    package struct Relief: Hashable, Sendable, Codable {
        package var at: TimeSpan
        package var tables: Int
        package var worth: Double

        /// Takes every value.
        package init(at: TimeSpan, tables: Int, worth: Double) {
            self.at = at
            self.tables = tables
            self.worth = worth
        }
    }

    /// Somebody with fewer meetings than they should have.
    package struct Short: Hashable, Sendable, Codable {
        package var participant: Identifier<Participant>
        package var has: Int
        package var wants: Int

        /// Takes every value.
        package init(participant: Identifier<Participant>, has: Int, wants: Int) {
            self.participant = participant
            self.has = has
            self.wants = wants
        }
    }

    /// What was computed.
    package struct Result: Hashable, Sendable, Codable {
        package var entries: [Entry] = []
        package var score = 0.0
        /// No timetable scores more.
        package var bound = 0.0
        package var unmet: [Unmet] = []
        package var reliefs: [Relief] = []
        package var short: [Short] = []
        /// Meetings people knew that stand elsewhere or not at all.
        package var moved = 0
        /// People who go from one hall to another with less time than the way takes, as `participant slot`.
        package var hurried: [String] = []

        /// Nothing yet.
        package init() {}

        /// How far the score may be below the best possible, as a share of the bound.
        package var gap: Double { bound > 0 ? max(0, (bound - score) / bound) : 0 }
    }

    package let id: Identifier<MeetingDraft>
    package let event: Identifier<Event>
    package let order: Order
    package var state: State
    /// 0...1 of the computation.
    package var progress: Double
    package var result: Result
    /// Why it failed.
    package var failure: String?
    /// The process that computes it.
    package var holder: String
    package let startedBy: ActorReference
    package let startedAt: Instant
    package var updatedAt: Instant
    package var version: Int

    /// Takes every value.
    package init(
        id: Identifier<MeetingDraft>, event: Identifier<Event>, order: Order, state: State = .computing,
        progress: Double = 0, result: Result = Result(), failure: String? = nil, holder: String,
        startedBy: ActorReference, startedAt: Instant, updatedAt: Instant, version: Int = 1
    ) {
        self.id = id
        self.event = event
        self.order = order
        self.state = state
        self.progress = progress
        self.result = result
        self.failure = failure
        self.holder = holder
        self.startedBy = startedBy
        self.startedAt = startedAt
        self.updatedAt = updatedAt
        self.version = version
    }
}
