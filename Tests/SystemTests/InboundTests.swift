import Foundation
import Testing

extension `The built program` {
    @Suite struct `Answered from a chat` {
        private static let secret = "8f742231b10e8888abcd99yyyzzz85a5"

        /// A signed request, as Slack makes one; the signature is openssl's.
        private struct Slack {
            let served: Served
            let path: String
            let answers: Receiver

            func send(_ body: String, over wire: Wire) throws -> Answer {
                let time = String(Int(Date().timeIntervalSince1970))
                let file = served.folder + "/signed-" + UUID().uuidString
                try "v0:\(time):\(body)".write(toFile: file, atomically: false, encoding: .utf8)
                defer { try? FileManager.default.removeItem(atPath: file) }
                let said = try Program.command(["openssl", "dgst", "-sha256", "-hmac", secret, file]).out
                let code = try #require(said.split(separator: " ").last).trimmingCharacters(in: .whitespacesAndNewlines)
                let headers = [
                    "content-type": "application/x-www-form-urlencoded", "x-slack-request-timestamp": time,
                    "x-slack-signature": "v0=" + code,
                ]
                return try wire.ask("POST", path, headers: headers, body: Array(body.utf8))
            }

            func command(_ text: String, over wire: Wire) throws -> Answer {
                try send(
                    "command=%2Fmix&team_id=T012AB3CD&user_id=U1&user_name=hanako&trigger_id=\(UUID().uuidString)"
                        + "&text=\(encoded(text))&response_url=\(encoded("http://127.0.0.1:\(answers.port)/answer"))",
                    over: wire)
            }

            func press(_ value: String, over wire: Wire) throws -> Answer {
                let payload =
                    #"{"type":"block_actions","team":{"id":"T012AB3CD"},"user":{"id":"U1","team_id":"T012AB3CD"},"#
                    + #""trigger_id":"\#(UUID().uuidString)","response_url":"http://127.0.0.1:\#(answers.port)/answer","#
                    + #""actions":[{"action_id":"answer_interested","value":"\#(value)"}]}"#
                return try send("payload=" + encoded(payload), over: wire)
            }

            private func encoded(_ text: String) -> String {
                text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            }
        }

        /// A member of a new organization, with their token.
        private func join(_ name: String, _ served: Served, _ wire: Wire) throws -> (id: String, token: String) {
            let home = try wire.post(
                "/api/v1/organizations", token: served.token,
                ["name": name + " Works", "kind": "company", "fields": ["food-processing"]])
            let invited = try wire.post(
                "/api/v1/participants", token: served.token,
                [
                    "name": name, "email": "\(name.lowercased())@mail.example", "language": "en",
                    "organization": try #require(home.id, "\(home.text)"),
                ])
            let secret = try #require(
                invited.text.split(separator: "\"").first { $0.hasPrefix("imx_invite_") }, "\(invited.text)")
            let joined = try wire.post(
                "/api/v1/invitations/acceptance", token: served.token,
                ["secret": String(secret), "listed": true, "contacted": true])
            let token = try #require(
                joined.text.split(separator: "\"").first { $0.hasPrefix("imx_token_") }, "\(joined.text)")
            let me = try wire.ask("GET", "/api/v1/me", token: String(token))
            let id = try #require(
                me.text.split(separator: "\"").first { $0.hasPrefix("person_") }, "\(me.text)")
            return (String(id), String(token))
        }

        private func publish(
            _ kind: String, _ title: String, by owner: String, field: String, _ served: Served, _ wire: Wire
        ) throws {
            let made = try wire.post(
                "/api/v1/postings", token: served.token,
                [
                    "kind": kind, "title": title, "summary": title, "language": "en", "fields": [field],
                    "owner": owner, "visibility": "anonymous",
                ])
            let id = try #require(made.id, "\(made.text)")
            let done = try wire.ask("POST", "/api/v1/postings/\(id)/publication", token: served.token)
            #expect(done.status == 200, "\(done.text)")
        }

        private func workspace(_ served: Served) throws -> String {
            let file = served.folder + "/signing-secret"
            try (Self.secret + "\n").write(toFile: file, atomically: true, encoding: .utf8)
            let added = try served.run([
                "workspaces", "add", "slack", "--name", "Nanbu", "--team", "T012AB3CD", "--signing-secret-file", file,
                "--json",
            ])
            #expect(!added.out.contains(Self.secret))
            return "/inbound/slack/" + (try #require(added.object["id"] as? String, "\(added.err)"))
        }

        private func link(_ person: (id: String, token: String), _ slack: Slack, _ wire: Wire) throws {
            let made = try wire.post("/api/v1/chat-accounts/code", token: person.token, [:])
            let code = try #require(made.object["code"] as? String, "\(made.text)")
            #expect(try slack.command("link " + code, over: wire).status == 200)
            #expect(eventually { slack.answers.bodies.contains("Connected with") }, "\(slack.answers.bodies)")
        }

        @Test func `it links a person, posts a seed, and takes a button that is pressed twice once`() throws {
            let answers = try Receiver()
            defer { answers.close() }
            try withFolder { folder in
                let served = try Served(
                    in: folder,
                    settings: ["delivery.allowed_hosts=127.0.0.1:\(answers.port)", "matching.minimum_score=0.01"])
                let slack = Slack(served: served, path: try workspace(served), answers: answers)
                try served.start()
                defer { served.kill() }
                let wire = try served.wire()
                let asker = try join("Asker", served, wire)
                let giver = try join("Giver", served, wire)
                #expect(try slack.command("matches", over: wire).status == 200)
                #expect(eventually { answers.bodies.contains("/mix link") })
                try link(asker, slack, wire)
                #expect(
                    try slack.command("seed Cold glue | It hardens at minus ten. #food-processing", over: wire).status
                        == 200)
                #expect(eventually { answers.bodies.contains("sent to review") }, "\(answers.bodies)")
                let own = try wire.ask("GET", "/api/v1/postings", token: asker.token)
                #expect(own.text.contains("Cold glue") && own.text.contains("in_review"))
                try publish(
                    "need", "Oil has to be taken from the waste water of a cannery", by: asker.id,
                    field: "food-processing", served, wire)
                try publish(
                    "seed", "Filter by which oil is taken from the waste water of a cannery", by: giver.id,
                    field: "new-materials", served, wire
                )
                var match = ""
                let isFound = try eventually(within: 60) {
                    let listed = try wire.ask("GET", "/api/v1/matches", token: asker.token).text
                    match = listed.split(separator: "\"").first { $0.hasPrefix("match_") }.map(String.init) ?? ""
                    return !match.isEmpty
                }
                try #require(isFound)
                #expect(try slack.command("matches", over: wire).status == 200)
                #expect(eventually { answers.bodies.contains("interested.\(match)") })
                for _ in 1...2 { #expect(try slack.press("interested.\(match)", over: wire).status == 200) }
                #expect(eventually { answers.bodies.components(separatedBy: "Your interest is noted").count == 3 })
                let found = try wire.ask("GET", "/api/v1/introductions", token: asker.token)
                #expect((found.object["items"] as? [Any])?.count == 1 && found.text.contains("\"version\":1"))
                #expect(!answers.bodies.contains("Giver") && !served.log.contains("Cold glue"))
                let metrics = try wire.ask("GET", "/metrics")
                #expect(metrics.text.contains("inbound_acts_total"))
            }
        }

        @Test func `what it has acknowledged is done once, though it is killed before it does it`() throws {
            // Slow answers: one person's messages are done one after the other, so most still wait at the kill.
            let answers = try Receiver(delayMilliseconds: 200)
            defer { answers.close() }
            let (kills, each) = (Program.isFast ? 2 : 4, 12)
            var atKill = 0
            try withFolder { folder in
                let served = try Served(in: folder, settings: ["delivery.allowed_hosts=127.0.0.1:\(answers.port)"])
                let slack = Slack(served: served, path: try workspace(served), answers: answers)
                try served.start()
                let asker = try join("Asker", served, try served.wire())
                try link(asker, slack, try served.wire())
                for kill in 1...kills {
                    let wire = try served.wire()
                    for number in 1...each {
                        let taken = try slack.command(
                            "seed Glue \(kill)x\(number)y | It glues. #food-processing", over: wire)
                        #expect(taken.status == 200, "\(taken.text)")
                    }
                    served.kill()
                    atKill +=
                        Int(try served.query("SELECT count(*) FROM inbound WHERE has_effect = 0 AND state = 'waiting'"))
                        ?? 0
                    try served.start()
                }
                let isDone = eventually(within: 120) {
                    (try? served.query("SELECT count(*) FROM inbound WHERE state IN ('waiting', 'answering')")) == "0"
                }
                #expect(isDone)
                let titles = try served.query(
                    "SELECT count(*), count(DISTINCT title) FROM posting WHERE title LIKE 'Glue %y'")
                #expect(titles == "\(kills * each)|\(kills * each)")
                #expect(try served.query("SELECT count(*) FROM inbound WHERE state = 'failed'") == "0")
                #expect(atKill > 0, "no kill came before the work")
                #expect(served.stop().status == 0)
            }
            print(
                "REPORT: \(kills) kills: \(kills * each) acknowledged commands all done once, \(atKill) times one waited at a kill"
            )
        }
    }
}
