import Foundation
import Synchronization
import Testing

extension `The built program` {
    @Suite struct `Delivering to a limiter that is not ours` {
        @Test func `keeps a chat's pace of one a second, in order, without one refusal`() throws {
            try withFolder { folder in
                guard let nginx = try Nginx(in: folder, rate: "60r/m", retryAfter: 1) else { return }
                defer { nginx.stop() }
                try Served.with(settings: ["delivery.allowed_hosts=127.0.0.1:\(nginx.port)"]) { served in
                    for name in ["a", "b"] {
                        let made = try served.run([
                            "channels", "add", name, "--platform", "slack", "--address",
                            "http://127.0.0.1:\(nginx.port)/\(name)",
                        ])
                        try #require(made.status == 0, "\(made.err)")
                    }
                    let wire = try served.wire()
                    let channels = try served.channels(over: wire)
                    for id in channels.values {
                        for _ in 0..<8 {
                            let sent = try wire.ask("POST", "/api/v1/channels/\(id)/test", token: served.token)
                            #expect(sent.status == 201)
                        }
                    }
                    #expect(eventually(within: 60) { nginx.arrivals.count >= 16 })
                    let arrivals = nginx.arrivals
                    #expect(arrivals.count == 16 && arrivals.allSatisfy { $0.status == 200 })
                    for path in ["/a", "/b"] {
                        let moments = arrivals.filter { $0.path == path }.map(\.moment)
                        for (one, next) in zip(moments, moments.dropFirst()) {
                            // nginx counts in milliseconds and was not asked at the very instant.
                            #expect(next - one > 0.97, "\(path)")
                        }
                        #expect((moments.last ?? 0) - (moments.first ?? 0) < 14, "seven seconds are enough")
                    }
                }
            }
        }

        @Test func `comes again neither before the time it was asked for nor a second after`() throws {
            try withFolder { folder in
                guard let nginx = try Nginx(in: folder, rate: "15r/m", retryAfter: 4) else { return }
                defer { nginx.stop() }
                try Served.with(settings: ["delivery.allowed_hosts=127.0.0.1:\(nginx.port)"]) { served in
                    try served.addChannel("hook", port: nginx.port)
                    let wire = try served.wire()
                    let id = try #require(try served.channels(over: wire)["hook"])
                    for _ in 0..<4 {
                        _ = try wire.ask("POST", "/api/v1/channels/\(id)/test", token: served.token)
                    }
                    #expect(eventually(within: 60) { nginx.arrivals.filter { $0.status == 200 }.count == 4 })
                    let arrivals = nginx.arrivals
                    var waits: [Double] = []
                    for (one, next) in zip(arrivals, arrivals.dropFirst()) where one.status == 429 {
                        waits.append(next.moment - one.moment)
                    }
                    #expect(waits.count == 3)
                    for wait in waits { #expect(wait >= 4 && wait < 5, "\(wait)") }
                    print("REPORT: Retry-After 4 s was kept after \(waits.map { "\(($0 * 1000).rounded() / 1000)" }) s")
                }
            }
        }
    }

    @Suite struct `A secret` {
        /// Words that occur nowhere else.
        private let hook = "T00SECRETHOOK" + UUID().uuidString.filter { $0 != "-" }
        private let password = "pw" + UUID().uuidString.filter { $0 != "-" }

        @Test func `stands in no log, list, metric, backup, export, error and not in the database`() throws {
            let receiver = try Receiver()
            defer { receiver.close() }
            try withFolder { folder in
                try password.write(toFile: folder + "/password", atomically: true, encoding: .utf8)
                let key = (0..<64).map { _ in "0123456789abcdef".randomElement() ?? "0" }.map(String.init).joined()
                let served = try Served(
                    in: folder,
                    settings: [
                        "delivery.allowed_hosts=127.0.0.1:\(receiver.port),127.0.0.1:9", "mail.host=127.0.0.1",
                        "mail.port=9", "mail.encryption=required", "mail.user=mix",
                        "mail.password_file=\(folder)/password", "mail.from=mix@example.jp", "log.level=trace",
                        "data.key=\(key)",
                    ])
                #expect(!FileManager.default.fileExists(atPath: served.data + "/secret.key"))
                let signing = try addChannels(served, receiver)
                try served.start()
                let wire = try served.wire()
                for id in try served.channels(over: wire).values {
                    _ = try wire.ask("POST", "/api/v1/channels/\(id)/test", token: served.token)
                }
                let invited = try wire.post(
                    "/api/v1/participants", token: served.token,
                    [
                        "name": "花子", "email": "hana@example.jp", "language": "ja",
                        "organization": try served.organization(over: wire),
                    ])
                let invitation = try #require(invited.object["secret"] as? String, "\(invited.text)")
                #expect(invited.object["delivery"] is String)
                #expect(eventually { !receiver.received.isEmpty && served.log.contains("\"retry\"") })
                let secrets = [hook, password, key, invitation, String(signing.dropFirst(6))]

                var outputs = ["log": served.log]
                for path in ["/metrics", "/api/v1/channels", "/api/v1/deliveries", "/api/v1/channel-health"] {
                    outputs[path] = try wire.ask("GET", path, token: served.token).text
                }
                let deliveries = try wire.ask("GET", "/api/v1/deliveries", token: served.token).object["items"]
                for delivery in deliveries as? [[String: Any]] ?? [] {
                    let id = delivery["id"] as? String ?? ""
                    outputs[id] = try wire.ask("GET", "/api/v1/deliveries/\(id)", token: served.token).text
                }
                for command in [
                    "channels list --json", "deliveries list --json", "deliveries health", "doctor --settings",
                    "backup \(folder)/copy --form portable", "export participants",
                ] {
                    let ending = try served.run(command.split(separator: " ").map(String.init))
                    outputs[command] = ending.out + ending.err
                }
                #expect(outputs["log"]?.contains("delivery") == true && outputs.count > 12)
                for (name, text) in outputs {
                    for secret in secrets { #expect(!text.contains(secret), "\(name)") }
                }
                served.kill()
                for place in [served.data, folder] { try expectNone(of: secrets, in: place) }
            }
        }

        /// A channel that works, whose signing key is answered, and one that cannot.
        private func addChannels(_ served: Served, _ receiver: Receiver) throws -> String {
            let added = try served.run([
                "channels", "add", "hook", "--platform", "generic", "--address",
                "http://127.0.0.1:\(receiver.port)/\(hook)", "--json",
            ])
            try #require(added.status == 0, "\(added.err)")
            let broken = try served.run([
                "channels", "add", "broken", "--platform", "slack", "--address", "http://127.0.0.1:9/\(hook)",
            ])
            try #require(broken.status == 0, "\(broken.err)")
            return try #require(added.object["signing_key"] as? String)
        }

        private func expectNone(of secrets: [String], in folder: String) throws {
            for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name != "password" {
                guard let bytes = FileManager.default.contents(atPath: folder + "/" + name) else { continue }
                for secret in secrets { #expect(bytes.firstRange(of: Data(secret.utf8)) == nil, "\(name)") }
            }
        }
    }

    @Suite struct `Two services on one database` {
        /// PostgreSQL only: an embedded database has one service.
        @Test func `send every alert once and in order, while one of them is killed and started again`() throws {
            guard let url = ProcessInfo.processInfo.environment["INDUSTRYMIX_TEST_POSTGRES"] else {
                print("SKIPPED: two services on one database. Set INDUSTRYMIX_TEST_POSTGRES to a libpq URL.")
                return
            }
            let receiver = try Receiver(delayMilliseconds: 3)
            defer { receiver.close() }
            let schema = "s_" + UUID().uuidString.lowercased().filter { $0 != "-" }
            _ = try Program.command(["psql", url, "-qc", "CREATE SCHEMA \(schema)"])
            defer { _ = try? Program.command(["psql", url, "-qc", "DROP SCHEMA \(schema) CASCADE"]) }
            try withFolder { folder in
                let settings = [
                    "delivery.allowed_hosts=127.0.0.1:\(receiver.port)", "database.url=\(url)",
                    "database.schema=\(schema)", "data.key=" + String(repeating: "5a", count: 32),
                ]
                let first = try Served(in: folder, settings: settings)
                for number in 0..<6 { try first.addChannel("c\(number)", port: receiver.port) }
                try first.start()
                let second = try Served(beside: first, in: folder + "/second")
                try second.start()
                defer {
                    first.kill()
                    second.kill()
                }
                var expected = 0
                let channels = try first.channels(over: try first.wire())
                for round in 0..<3 {
                    let (one, two) = (try first.wire(), try second.wire())
                    for id in channels.values {
                        for number in 0..<8 {
                            let wire = number.isMultiple(of: 2) ? one : two
                            let sent = try wire.ask("POST", "/api/v1/channels/\(id)/test", token: first.token)
                            #expect(sent.status == 201, "\(sent.text)")
                            expected += 1
                        }
                    }
                    if round < 2 {
                        // An orderly end in the middle of it: what it held goes back at once.
                        #expect(second.stop().status == 0)
                        try second.start()
                    }
                }
                #expect(eventually(within: 60) { receiver.received.count >= expected })
                usleep(1_500_000)
                let ids = receiver.received.map(\.id)
                #expect(ids.count == expected && Set(ids).count == expected, "none twice")
            }
        }
    }

    @Suite struct `Mail` {
        @Test func `carries an invitation to a real mail server, after it was busy at first`() throws {
            guard let python = ProcessInfo.processInfo.environment["INDUSTRYMIX_TEST_PYTHON"] else {
                print("SKIPPED: mail to a real server. Set INDUSTRYMIX_TEST_PYTHON (see Deploy/test).")
                return
            }
            try withFolder { folder in
                let server = try Program.start(
                    [
                        python, Program.root + "/Tests/Tools/smtp_server.py", "[{\"rcpt\":\"451 4.7.1 Later\"},{}]",
                        folder + "/taken",
                    ], out: folder + "/port", err: folder + "/err")
                defer {
                    kill(server.processIdentifier, SIGKILL)
                    server.waitUntilExit()
                }
                func read(_ name: String) -> String {
                    (try? String(contentsOfFile: folder + "/" + name, encoding: .utf8)) ?? ""
                }
                #expect(eventually { read("port").hasSuffix("\n") })
                let port = read("port").trimmingCharacters(in: .whitespacesAndNewlines)
                let settings = [
                    "mail.host=127.0.0.1", "mail.port=\(port)", "mail.encryption=none", "mail.from=mix@example.jp",
                    "delivery.allowed_hosts=127.0.0.1", "exchange.public_address=https://mix.example.jp",
                ]
                let served = try Served(in: folder + "/exchange", settings: settings)
                try served.start()
                defer { served.kill() }
                let wire = try served.wire()
                let invited = try wire.post(
                    "/api/v1/participants", token: served.token,
                    [
                        "name": "花子", "email": "hana@example.jp", "language": "ja",
                        "organization": try served.organization(over: wire),
                    ])
                let secret = try #require(invited.object["secret"] as? String, "\(invited.text)")
                let delivery = try #require(invited.object["delivery"] as? String)
                #expect(
                    try eventually(within: 30) {
                        try wire.ask("GET", "/api/v1/deliveries/\(delivery)", token: served.token)
                            .object["state"] as? String == "delivered"
                    })
                let lines = read("taken").split(separator: "\n").compactMap {
                    try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
                }
                #expect(lines.count == 2)
                let content = (lines.last?["content"] as? String).flatMap { Data(base64Encoded: $0) } ?? Data()
                // Read by Python's own mail reader, as a reader's program would.
                try content.write(to: URL(fileURLWithPath: folder + "/mail"))
                let reading = """
                    import email, email.policy, sys
                    mail = email.message_from_file(open(sys.argv[1]), policy=email.policy.default)
                    print(mail["to"]); print(mail["message-id"]); print(mail["subject"])
                    print(mail.get_body(("plain",)).get_content()); print(mail.get_body(("html",)).get_content())
                    """
                let read = try Program.command([python, "-c", reading, folder + "/mail"])
                #expect(read.status == 0, "\(read.err)")
                #expect(read.out.contains("hana@example.jp") && read.out.contains("<\(delivery)@example.jp>"))
                #expect(read.out.components(separatedBy: "https://mix.example.jp/join/\(secret)").count == 3)
            }
        }
    }

    @Suite struct `A disk that fails under the outbox` {
        @Test func `lets nothing count as delivered that is not on record, and is got over`() throws {
            guard FileManager.default.isExecutableFile(atPath: "/usr/bin/strace") else {
                print("SKIPPED: a failing disk needs strace")
                return
            }
            let receiver = try Receiver()
            defer { receiver.close() }
            try withFolder { folder in
                let served = try Served(in: folder, settings: ["delivery.allowed_hosts=127.0.0.1:\(receiver.port)"])
                try served.addChannel("hook", port: receiver.port)
                // Every fifth write to the disk is refused from the fortieth on.
                try served.start(under: [
                    "strace", "-f", "-qq", "-e", "trace=fdatasync,fsync", "-e",
                    "inject=fdatasync,fsync:error=EIO:when=40+5", "-o", folder + "/strace",
                ])
                let wire = try served.wire()
                let id = try #require(try served.channels(over: wire)["hook"])
                var accepted: Set<String> = []
                for _ in 0..<40 {
                    let sent = try wire.ask("POST", "/api/v1/channels/\(id)/test", token: served.token)
                    if sent.status == 201, let id = sent.id { accepted.insert(id) }
                }
                // The service is strace's child; strace ends with it.
                let child = try Program.command(["pgrep", "-P", "\(served.processIdentifier)"]).out
                for number in child.split(separator: "\n").compactMap({ Int32($0) }) { kill(number, SIGKILL) }
                served.kill()
                try served.start()
                #expect(!accepted.isEmpty)
                let healed = try served.wire()
                let done = try eventually(within: 60) {
                    try accepted.allSatisfy {
                        try healed.ask("GET", "/api/v1/deliveries/\($0)", token: served.token)
                            .object["state"] as? String == "delivered"
                    }
                }
                #expect(done)
                served.kill()
                // A success on record is one that the receiver has seen.
                let delivered = try served.query(
                    "SELECT notice_id FROM delivery WHERE state = 'delivered' ORDER BY id"
                ).split(separator: "\n").map(String.init)
                let seen = Set(receiver.received.map(\.id))
                #expect(delivered.count >= accepted.count && delivered.allSatisfy { seen.contains($0) })
                let injected = (try? String(contentsOfFile: folder + "/strace", encoding: .utf8)) ?? ""
                #expect(injected.contains("EIO"), "the disk did fail")
            }
        }
    }
}
