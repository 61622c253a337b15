import Exchange
import HTTPTypes
import Matching
import Operations
import WebCommon

extension ExchangeAPI {
    /// What the matcher has learnt from answers.
    var learningRoutes: [Route] {
        [
            .get(
                "/api/v1/learning", "getLearning", Tag.learning, "The weights, and what has changed them",
                needs: .coordinate, gives: .ok(LearningForm.state, "The weights with the reasons in words.")
            ) { request in
                let since = request.query["since"]?.integer ?? 0
                let state = try await office.learning(since: since, by: request.actor())
                let words = LearningWords(request.language, offsetMinutes: office.settings.utcOffsetMinutes)
                return .ok(LearningForm.json(state, words))
            }.taking(
                .query("since", .integer(0...Int.max), "Tell of changes after this version; all when not given."),
                .language),
            .get(
                "/api/v1/learning/steps", "listLearningSteps", Tag.learning, "Every step of learning, newest first",
                needs: .coordinate, gives: .ok(ListPage.schema(of: LearningForm.step), "A page.")
            ) { request in
                let page = try ListPage(request, route: "listLearningSteps")
                return page.answer(
                    try await office.learningSteps(page.request, by: request.actor()), LearningForm.json)
            }.paged(),
            .post(
                "/api/v1/learning/reset", "resetLearning", Tag.learning, "Forgets what was learnt",
                needs: .administer, gives: .nothing("The weights are the recipe's again.")
            ) { request in
                try await office.resetLearning(by: request.actor())
                return .nothing
            }.noting("What was answered stays in the log; what is answered from now on is learnt from."),
            .get(
                "/api/v1/learning/replay", "replayLearning", Tag.learning,
                "Learns again from the whole log and compares", needs: .coordinate,
                gives: .ok(LearningForm.replay, "Whether the same weights came out.")
            ) { request in
                let replay = try await office.replayLearning(by: request.actor())
                return .ok(["steps": .integer(replay.steps), "equal": .bool(replay.isEqual)])
            },
        ]
    }

    /// How often postings were shown.
    var exposureRoutes: [Route] {
        [
            .get(
                "/api/v1/exposure", "listExposure", Tag.matches, "How often postings were shown, month by month",
                needs: .read, gives: .ok(ListPage.schema(of: ExposureForm.schema), "A page.")
            ) { request in
                let page = try ListPage(request, route: "listExposure")
                let found = try await office.exposure(
                    months: request.query["months"]?.integer ?? ExposureForm.usual,
                    owner: try request.filters.id("owner"), page.request, by: request.actor())
                return page.answer(found, ExposureForm.json)
            }.noting(
                "All postings for coordinators, for others those of their organization. The mean is that of all postings "
                    + "of the same kind."
            ).paged().taking(
                .query("months", .integer(1...24), "The last months, this one included; 3 when not given."),
                .query("owner", .id(Participant.self), "Only postings of this person."))
        ]
    }
}

/// What was learnt, on the wire.
enum LearningForm {
    private static let weight = Schema.object([
        .required("feature", .choice(AcceptanceFeature.self)), .required("name", .stored),
        .required("weight", .number(-100...100)), .required("recipe", .number(-100...100), "Before any answer."),
        .required("uncertainty", .number(0...100), "Standard deviation; 0 where nothing is learnt."),
        .required("learnt", .boolean, "Whether answers move it."),
    ])

    static let state = Schema.named(
        "Learning",
        .object([
            .required("version", .integer(0...Int.max)), .required("answers", .integer(0...Int.max)),
            .required("at", Schema.time.orNull), .required("weights", .array(weight)),
            .required("words", .array(.stored), "What has changed and which answers did it."),
        ]))

    static let step = Schema.named(
        "LearningStep",
        .object([
            .required("version", .integer(1...Int.max)), .required("sequence", .integer(0...Int.max)),
            .required("at", .time), .required("kind", .stored, "The entry of the log that taught it."),
            .required("subject", .stored), .required("postings", .array(.stored)),
            .required("reason", Schema.stored.orNull), .required("outcome", Schema.stored.orNull),
            .required("lessons", .array(lesson)),
            .required("weights", .map(.number(-100...100)), "After the step."),
        ]))

    private static let lesson = Schema.object([
        .required("side", .choice(Introduction.Side.self)), .required("yes", .boolean),
        .required("weight", .number(0...100), "How many answers it counts for."),
        .required("expected", .number(0...1), "What had been expected."),
        .required("features", .map(.number(-1_000...1_000))),
    ])

    static let replay = Schema.object([
        .required("steps", .integer(0...Int.max)), .required("equal", .boolean),
    ])

    static func json(_ state: LearningState, _ words: LearningWords) -> JSONValue {
        let model = state.model
        let weights = zip(AcceptanceFeature.allCases, model.precisions).map { feature, precision -> JSONValue in
            [
                "feature": .string(feature.rawValue), "name": .string(words.name(feature)),
                "weight": .number(model[feature]), "recipe": .number(feature.priorWeight),
                "uncertainty": .number(feature.isLearnt ? 1 / precision.squareRoot() : 0),
                "learnt": .bool(feature.isLearnt),
            ]
        }
        return [
            "version": .integer(state.latest?.version ?? 0), "answers": .integer(model.answers),
            "at": .time(state.latest?.at), "weights": .array(weights), "words": .list(words.sentences(state)),
        ]
    }

    static func json(_ step: LearningStep) -> JSONValue {
        let evidence = step.decodedEvidence
        let lessons = (evidence?.lessons ?? []).map { lesson -> JSONValue in
            [
                "side": .string(lesson.side), "yes": .bool(lesson.isYes), "weight": .number(lesson.weight),
                "expected": .number(lesson.expected), "features": named(lesson.features.values),
            ]
        }
        return [
            "version": .integer(step.version), "sequence": .integer(Int(step.sequence)), "at": .time(step.at),
            "kind": .string(evidence?.kind ?? ""), "subject": .string(evidence?.subject ?? ""),
            "postings": .list(evidence?.postings ?? []), "reason": .optional(evidence?.reason),
            "outcome": .optional(evidence?.outcome), "lessons": .array(lessons),
            "weights": named(step.decodedModel?.weights ?? []),
        ]
    }

    private static func named(_ values: [Double]) -> JSONValue {
        .object(JSONObject(zip(AcceptanceFeature.allCases, values).map { ($0.rawValue, .number($1)) }))
    }
}

/// How often a posting was shown, on the wire.
enum ExposureForm {
    /// Months when nobody says how many.
    static let usual = 3

    static let schema = Schema.named(
        "Exposure",
        .object([
            .required("posting", .id(Posting.self)), .required("kind", .choice(Posting.Kind.self)),
            .required("title", .stored), .required("owner", .id(Participant.self)),
            .required("state", .oneOf(Posting.State.words)), .required("shown", .integer(0...Int.max)),
            .required("mean", .number(0...1_000_000_000), "Of all postings of this kind."),
            .required("months", .array(month)),
        ]))

    private static let month = Schema.object([
        .required("month", .stored), .required("shown", .integer(0...Int.max)),
        .required("mean", .number(0...1_000_000_000)),
    ])

    static func json(_ row: PostingExposure) -> JSONValue {
        let months = row.months.map { month -> JSONValue in
            ["month": .string(month.name), "shown": .integer(month.shown), "mean": .number(month.mean)]
        }
        return [
            "posting": .string(row.posting.id.text), "kind": .string(row.posting.kind.rawValue),
            "title": .string(row.posting.content.title), "owner": .string(row.posting.owner.text),
            "state": .string(row.posting.state.word), "shown": .integer(row.shown), "mean": .number(row.mean),
            "months": .array(months),
        ]
    }
}
