import ArgumentParser
import Delivery
import Exchange
import Operations
import WebCommon

struct DeliveriesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliveries", abstract: "What was sent, what waits, what was given up, and why.",
        discussion: """
            Each message has a delivery, and each try on the wire an attempt. A delivery is due, claimed (being sent),
            waiting (for its next try), held (its channel stopped), delivered, ambiguous (it may have arrived) or dead
            (given up).

              industrymix deliveries list --state dead
              industrymix deliveries show delivery_...
              industrymix deliveries replay delivery_...
              industrymix deliveries replay --channel office --since 2026-11-20T00:00:00Z
              industrymix deliveries health
            """, subcommands: [List.self, Show.self, Replay.self, Health.self])

    enum State: String, WordArgument {
        case due, claimed, waiting, ambiguous, held, delivered, dead
    }
}

/// In which language reasons are said.
struct ReasonOptions: ParsableArguments {
    @Option(help: "Say reasons in this language; the exchange's if left out.") var language: Exchange.Language?

    func words(_ reason: JudgedReason?, _ exchange: OpenExchange) -> String {
        let language = language ?? exchange.configuration.exchange.defaultLanguage
        return reason.map { ReasonWords(NoticeLanguage(rawValue: language.rawValue) ?? .ja).sentence($0) } ?? ""
    }
}

extension DeliveriesCommand {
    struct List: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "List deliveries, newest first.")

        @Option(help: "Only of this channel.") var channel: String?
        @Option(help: "Only in this state; may be repeated.") var state: [State] = []
        @Option(help: "Only those made from then on, such as 2026-11-20T00:00:00Z.") var since: String?
        @Option(help: "Only those made before.") var until: String?
        @OptionGroup var reasons: ReasonOptions
        @OptionGroup var page: PageOptions
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            var filter = DeliveryFilter()
            filter.states = state.map(\.rawValue)
            if let channel { filter.channel = try await exchange.channel(channel, by: actor).id }
            filter.since = try since.map(instant)
            filter.until = try until.map(instant)
            let asked = filter
            let names = Dictionary(
                uniqueKeysWithValues: try await exchange.office.channels(by: actor).map { ($0.id, $0.name) })
            let found = try await page.read { try await exchange.office.deliveries(asked, $0, by: actor) }
            show(found, ["id", "channel", "state", "tries", "made", "next", "reason"], json: View.delivery) {
                let state = $0.progress.state
                return [
                    $0.id.text, names[$0.channel] ?? "(letter)", state.word, "\($0.progress.tries)",
                    $0.createdAt.rfc3339, state.nextLook.map { Instant(milliseconds: $0).rfc3339 } ?? "",
                    reasons.words(state.reason, exchange),
                ]
            }
        }
    }

    struct Show: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one delivery with every attempt and what is sent, without secrets.")

        @Argument(help: "delivery_...") var delivery: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try Identifier<OutboxDelivery>(delivery)
            show(View.report(try await exchange.office.delivery(id, by: actor)))
        }
    }

    struct Replay: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send one delivery once more, or a range of a channel's; the service sends them.",
            discussion: "Of a range, those are sent that were given up or are in doubt, unless --state names others.")

        @Argument(help: "delivery_...; or name a channel.") var delivery: String?
        @Option(help: "The channel whose deliveries are sent once more.") var channel: String?
        @Option(help: "Only those made from then on, such as 2026-11-20T00:00:00Z.") var since: String?
        @Option(help: "Only those made before.") var until: String?
        @Option(help: "dead, ambiguous or delivered; may be repeated.") var state: [State] = []
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func validate() throws {
            guard (delivery == nil) != (channel == nil) else {
                throw ValidationError("Name one delivery, or --channel with --since and --until.")
            }
        }

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            if let delivery {
                let id = try Identifier<OutboxDelivery>(delivery)
                show(View.delivery(try await exchange.office.replay(id, by: actor)))
                return
            }
            var range = ReplayRange(channel: try await exchange.channel(channel ?? "", by: actor).id)
            range.since = try since.map(instant)
            range.until = try until.map(instant)
            if !state.isEmpty { range.states = state.map(\.rawValue) }
            let report = try await exchange.office.replay(range, by: actor)
            show(
                .members([
                    "replayed": .integer(report.replayed), "without_text": .integer(report.withoutText),
                ]))
        }
    }

    struct Health: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show how every channel does: healthy, slow, broken, resting, muted, stopped or unused.")

        @OptionGroup var reasons: ReasonOptions
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let found = try await exchange.office.channelStandings(by: actor)
            let now = exchange.office.ambient.now()
            show(
                Page(items: found, next: nil),
                ["channel", "health", "failures", "waiting", "last success", "next probe", "reason"],
                json: { View.standing($0, at: now) },
                cells: { standing in
                    let course = standing.course
                    return [
                        standing.channel.name, standing.word(at: now), "\(course.failures)", "\(standing.waiting)",
                        course.lastSuccess.map { Instant(milliseconds: $0).rfc3339 } ?? "",
                        course.openUntil.map { Instant(milliseconds: $0).rfc3339 } ?? "",
                        reasons.words(course.reason, exchange),
                    ]
                })
        }
    }
}

/// A moment as RFC 3339.
private func instant(_ text: String) throws -> Instant {
    guard let found = Instant(rfc3339: text) else {
        throw Failure(.usage, "\"\(text)\" is no moment.", "Write 2026-11-20T09:00:00Z or with +09:00.")
    }
    return found
}

extension View {
    static func standing(_ it: ChannelStanding, at now: Instant) -> JSON {
        func moment(_ value: Int64?) -> JSON { time(value.map(Instant.init(milliseconds:))) }
        return .members([
            "channel": .string(it.channel.id.text), "name": .string(it.channel.name),
            "health": .string(it.word(at: now)), "failures": .integer(it.course.failures),
            "since": moment(it.course.brokenSince), "rests_until": moment(it.course.openUntil),
            "last_success_at": moment(it.course.lastSuccess), "last_failure_at": moment(it.course.lastFailure),
            "reason": .optional(it.course.reason?.sentence), "mean_ms": .number(it.course.meanMilliseconds.rounded()),
            "waiting": .integer(it.waiting), "oldest_at": time(it.oldest),
        ])
    }
}
