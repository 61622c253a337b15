import Exchange
import HTTPTypes
import Operations
import WebCommon

extension ExchangeAPI {
    private static var latest: String { "/api/v1/rounds/latest" }

    var roundRoutes: [Route] {
        [
            .post(
                "/api/v1/rounds", "startRound", Tag.rounds, "Starts a matching round over everything published",
                needs: .coordinate, gives: Answer(.accepted, "It runs in the background.", .json(RoundForm.schema))
            ) { request in
                let round = try await rounds.start(by: request.actor())
                return APIResponse(.accepted, .json(RoundForm.json(round)), headers: [.location: Self.latest])
            }.refusing(.conflict).noting("One at a time. A round that was stopped is given up."),
            .get(
                Self.latest, "getRound", Tag.rounds, "How the latest round stands", needs: .coordinate,
                gives: .ok(RoundForm.schema, "Its state.")
            ) { request in .ok(RoundForm.json(try await rounds.latest(by: request.actor()))) },
            .post(
                Self.latest + "/stop", "stopRound", Tag.rounds, "Stops the round that runs", needs: .coordinate,
                gives: .ok(RoundForm.schema, "Its state; it can be resumed.")
            ) { request in .ok(RoundForm.json(try await rounds.stop(by: request.actor()))) }.refusing(.conflict),
            .post(
                Self.latest + "/resumption", "resumeRound", Tag.rounds, "Goes on with a round that was stopped",
                needs: .coordinate, gives: Answer(.accepted, "It runs in the background.", .json(RoundForm.schema))
            ) { request in
                let round = try await rounds.resume(by: request.actor())
                return APIResponse(.accepted, .json(RoundForm.json(round)), headers: [.location: Self.latest])
            }.refusing(.conflict).noting("What was read is not read again."),
            .post(
                Self.latest + "/cancellation", "cancelRound", Tag.rounds, "Gives the round up", needs: .coordinate,
                gives: .ok(RoundForm.schema, "Its state; matches that it has written stay.")
            ) { request in .ok(RoundForm.json(try await rounds.cancel(by: request.actor()))) }.refusing(.conflict),
        ]
    }
}

/// The state of rounds on the wire.
enum RoundForm {
    static let schema = Schema.named(
        "Round",
        .object([
            .required("id", Schema.stored.orNull),
            .required("state", .oneOf(["never"] + StoredRound.State.allCases.map(\.rawValue))),
            .required("started_at", Schema.time.orNull), .required("updated_at", Schema.time.orNull),
            .required("ended_at", Schema.time.orNull),
            .required("done", .integer(0...Int.max), "Needs that are read."),
            .required("all", .integer(0...Int.max), "Needs in all."),
            .required("pairs", .integer(0...Int.max), "Pairs picked."),
            .required("new_matches", .integer(0...Int.max), "Pairs that had no match before, or were shown again."),
        ]))

    static func json(_ round: StoredRound?) -> JSONValue {
        guard let round else {
            return [
                "id": nil, "state": "never", "started_at": nil, "updated_at": nil, "ended_at": nil, "done": 0,
                "all": 0, "pairs": 0, "new_matches": 0,
            ]
        }
        return [
            "id": .string(round.id), "state": .string(round.state.rawValue), "started_at": .time(round.startedAt),
            "updated_at": .time(round.updatedAt), "ended_at": .time(round.endedAt),
            "done": .integer(round.done), "all": .integer(round.all), "pairs": .integer(round.pairs),
            "new_matches": .integer(round.newMatches),
        ]
    }
}
