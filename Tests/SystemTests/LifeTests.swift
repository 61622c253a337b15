import Foundation
import Testing

extension `The built program` {
    @Suite struct `From an empty folder` {
        @Test func `makes an exchange, serves it, and shows one truth on both sides`() throws {
            try Served.with { served in
                let wire = try served.wire()
                #expect(try wire.ask("GET", "/health/live").status == 200)
                #expect(try wire.ask("GET", "/health/ready").object["status"] as? String == "ready")
                #expect(try wire.ask("GET", "/metrics").text.contains("# TYPE"))
                let description = try wire.ask("GET", "/api/v1/openapi.json")
                #expect(description.object["openapi"] as? String == "3.1.0" || description.text.contains("\"3.1"))
                let made = try served.draft("湯流れを見たい", over: wire)
                #expect(made.status == 201)
                let id = try #require(made.id)
                #expect(made.headers["location"] == "/api/v1/postings/\(id)")
                let shown = try served.run(["postings", "show", id, "--json"])
                #expect(shown.object["title"] as? String == "湯流れを見たい")
                let added = try served.run([
                    "postings", "add", "seed", "--title", "高速度撮影", "--owner", "admin@example.jp", "--json",
                ])
                let seed = try #require(added.object["id"] as? String, "\(added.err)")
                #expect(try wire.ask("GET", "/api/v1/postings/\(seed)", token: served.token).status == 200)
            }
        }

        @Test func `keeps token, key and database for its owner only`() throws {
            try withFolder { folder in
                let served = try Served(in: folder)
                for path in [folder + "/token", served.data + "/secret.key"] {
                    let attributes = try FileManager.default.attributesOfItem(atPath: path)
                    #expect(attributes[.posixPermissions] as? Int == 0o600, "\(path)")
                }
                let attributes = try FileManager.default.attributesOfItem(atPath: served.data)
                #expect(attributes[.posixPermissions] as? Int == 0o700)
            }
        }

        @Test func `is not made twice in one place`() throws {
            try withFolder { folder in
                let served = try Served(in: folder)
                let again = try served.run(["init", "--email", "other@example.jp"])
                #expect(again.status == 5)
                #expect(again.err.contains("already holds an exchange"))
                #expect(try served.run(["participants", "list", "--json"]).out.contains("admin@example.jp"))
            }
        }

        @Test(arguments: [
            (["serve"], 4 as Int32, "init"), (["postings", "show", "need_nothing"], 4, ""), (["frobnicate"], 2, ""),
            (["postings", "list", "--limit", "0"], 2, "1 to 200"),
            (["serve", "--set", "server.prot=1"], 2, "server.port"),
            (["serve", "--port", "99999"], 2, ""), (["import", "participants", "nowhere.csv"], 4, ""),
        ])
        func `says what is wrong with a command, and what to do`(
            _ arguments: [String], _ status: Int32, _ words: String
        ) throws {
            try withFolder { folder in
                let ending = try Program.run(arguments + ["--data", folder + "/data"])
                #expect(
                    ending.status == status || (status == 4 && ending.status == 4), "\(ending.status) \(ending.err)")
                #expect(words.isEmpty || ending.err.contains(words), "\(ending.err)")
                #expect(!ending.err.isEmpty)
            }
        }

        @Test func `helps with every command`() throws {
            let help = try Program.run(["--help"])
            #expect(help.status == 0)
            let names = help.out.split(separator: "\n").compactMap { line -> String? in
                guard line.hasPrefix("  "), !line.hasPrefix("   "), let name = line.split(separator: " ").first else {
                    return nil
                }
                return name.allSatisfy { $0.isLowercase } && name != "industrymix" ? String(name) : nil
            }
            #expect(names.count >= 15, "\(names)")
            for name in Set(names) {
                let own = try Program.run([name, "--help"])
                #expect(own.status == 0, "\(name)")
                #expect(own.out.contains("USAGE: industrymix \(name)"), "\(name)")
            }
        }
    }

    @Suite struct `A running service` {
        @Test func `stops within five seconds, with open connections and work under way`() throws {
            try withFolder { folder in
                let served = try Served(in: folder)
                let receiver = try Receiver(delayMilliseconds: 200)
                defer { receiver.close() }
                served.settings.append("delivery.allowed_hosts=127.0.0.1:\(receiver.port)")
                try served.addChannel(to: receiver)
                try served.start()
                let wire = try served.wire()
                var published: [String] = []
                for number in 0..<20 {
                    let title = "題\(number)の知らせ"
                    try #require(try served.publish(title, over: wire) != nil)
                    published.append(title)
                }
                let idle = try served.wire()
                let (seconds, status) = served.stop()
                #expect(status == 0, "\(served.log.suffix(1_000))")
                #expect(seconds < 6.5)
                #expect(idle.isClosed())
                try served.start()
                defer { served.kill() }
                let all = eventually(within: 60) { published.allSatisfy { receiver.bodies.contains($0) } }
                #expect(all, "\(published.filter { !receiver.bodies.contains($0) })")
            }
        }

        @Test func `is the only one over its folder`() throws {
            try Served.with { served in
                let second = try served.run(["serve", "--port", "0"], limitSeconds: 30)
                #expect([5, 6].contains(second.status), "\(second.status) \(second.err)")
                #expect(!second.err.isEmpty)
                #expect(try served.wire().ask("GET", "/health/live").status == 200)
            }
        }

        @Test func `waits while a command sends messages for its folder`() throws {
            try withFolder { folder in
                let served = try Served(in: folder)
                // What `channels test` does for the seconds in which it sends.
                let descriptor = open(served.data + "/serve.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
                try #require(descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) == 0)
                ftruncate(descriptor, 0)
                "command".withCString { _ = write(descriptor, $0, 7) }
                DispatchQueue.global().async {
                    _ = eventually {
                        let log = try? String(contentsOfFile: folder + "/serve.err", encoding: .utf8)
                        return log?.contains("waiting for its end") == true
                    }
                    close(descriptor)
                }
                try served.start()
                defer { served.kill() }
                #expect(try served.wire().ask("GET", "/health/live").status == 200)
                #expect(served.log.contains("waiting for its end"))
            }
        }

        @Test func `says when its port is taken`() throws {
            try Served.with { served in
                try withFolder { folder in
                    let other = try Served(in: folder)
                    let ending = try other.run(["serve", "--port", "\(served.port)"], limitSeconds: 30)
                    #expect(ending.status == 5, "\(ending.err)")
                    #expect(ending.err.contains("\(served.port)"))
                }
            }
        }

        @Test func `writes no token and no webhook address into its log`() throws {
            try Served.with { served in
                let wire = try served.wire()
                _ = try wire.ask("GET", "/api/v1/me", token: served.token)
                _ = try wire.ask("GET", "/api/v1/me?token=\(served.token)")
                let secret = "T0SECRET0/B0SECRET0/abcdefghijklmnop"
                _ = try wire.post(
                    "/api/v1/channels", token: served.token,
                    [
                        "name": "s", "platform": "slack", "language": "ja",
                        "address": "https://hooks.slack.com/services/\(secret)",
                    ])
                _ = served.stop()
                #expect(!served.log.contains(served.token))
                #expect(!served.log.contains("abcdefghijklmnop"))
                let database = FileManager.default.contents(atPath: served.data + "/industrymix.sqlite") ?? Data()
                #expect(!database.isEmpty)
                #expect(database.firstRange(of: Array("abcdefghijklmnop".utf8)) == nil)
                #expect(database.firstRange(of: Array(served.token.utf8)) == nil)
            }
        }
    }
}
