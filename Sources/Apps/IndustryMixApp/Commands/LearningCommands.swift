import ArgumentParser
import Exchange
import Matching
import Operations
import WebCommon

struct LearningCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "learning", abstract: "What the matcher has learnt from answers, and why.",
        discussion: """
            Interest, refusals by taste (not our field, no clear advantage), meetings and joint work move a few weights;
            refusals because of the pair itself, the time or the text do not. Every step is kept.

              industrymix learning show
              industrymix learning history --limit 10
              industrymix learning reset
            """,
        subcommands: [Show.self, History.self, Reset.self, Replay.self], defaultSubcommand: Show.self)
}

extension LearningCommand {
    struct Show: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "The weights, and what has changed them.")

        @Option(help: "Tell of changes after this version; all if left out.") var since = 0
        @Option(help: "The language of the sentences; the exchange's if left out.") var language: Language?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let state = try await exchange.office.learning(since: since, by: actor)
            let settings = exchange.configuration.exchange
            let words = LearningWords(language ?? settings.defaultLanguage, offsetMinutes: settings.utcOffsetMinutes)
            let model = state.model
            if common.json {
                let weights = AcceptanceFeature.allCases.map { feature -> JSON in
                    .members([
                        "feature": .string(feature.rawValue), "weight": .number(model[feature]),
                        "recipe": .number(feature.priorWeight), "learnt": .bool(feature.isLearnt),
                    ])
                }
                show(
                    .members([
                        "version": .integer(state.latest?.version ?? 0), "answers": .integer(model.answers),
                        "weights": .array(weights), "words": .array(words.sentences(state).map(JSON.string)),
                    ]))
                return
            }
            for sentence in words.sentences(state) { Console.out(sentence) }
            var table = TextTable(["feature", "weight", "recipe", "what it is"])
            for feature in AcceptanceFeature.allCases {
                table.add([
                    feature.rawValue, Self.decimal(model[feature]), Self.decimal(feature.priorWeight),
                    words.name(feature),
                ])
            }
            Console.out(table.text)
            Console.out("Version \(state.latest?.version ?? 0), \(model.answers) answers.")
        }

        private static func decimal(_ value: Double) -> String { "\((value * 1_000).rounded() / 1_000)" }
    }

    struct History: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Every step, newest first: which answer moved what.")

        @OptionGroup var page: PageOptions
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let found = try await page.read { try await exchange.office.learningSteps($0, by: actor) }
            show(found, ["version", "at", "answer", "subject", "distance", "own", "partner"], json: Self.json) { step in
                let model = step.decodedModel ?? AcceptanceModel()
                let evidence = step.decodedEvidence
                let answer = [evidence?.kind, evidence?.reason ?? evidence?.outcome].compactMap { $0 }
                return [
                    "\(step.version)", step.at.rfc3339, answer.joined(separator: " "), evidence?.subject ?? "",
                ]
                    + [AcceptanceFeature.distance, .ownHistory, .partnerHistory].map {
                        "\((model[$0] * 1_000).rounded() / 1_000)"
                    }
            }
        }

        private static func json(_ step: LearningStep) -> JSON {
            let evidence = step.decodedEvidence
            let model = step.decodedModel ?? AcceptanceModel()
            let weights = AcceptanceFeature.allCases.map { ($0.rawValue, JSON.number(model[$0])) }
            return .members([
                "version": .integer(step.version), "sequence": .integer(Int(step.sequence)),
                "at": .string(step.at.rfc3339), "kind": .optional(evidence?.kind),
                "subject": .optional(evidence?.subject), "reason": .optional(evidence?.reason),
                "outcome": .optional(evidence?.outcome), "weights": .object(JSONObject(weights)),
            ])
        }
    }

    struct Reset: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Forget what was learnt; the answers themselves stay in the log.")

        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            try await exchange.office.resetLearning(by: actor)
            let state = try await exchange.office.learning(since: 0, by: actor)
            show(.members(["version": .integer(state.latest?.version ?? 0), "answers": .integer(state.model.answers)]))
        }
    }

    struct Replay: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Learn again from the whole log and compare with the weights that are kept.")

        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let replay = try await exchange.office.replayLearning(by: actor)
            show(.members(["steps": .integer(replay.steps), "equal": .bool(replay.isEqual)]))
            if !replay.isEqual {
                throw Failure(.fault, "The log gives other weights than those that are kept.", "Reset the learning.")
            }
        }
    }
}
