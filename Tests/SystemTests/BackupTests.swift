import Foundation
import Synchronization
import Testing

extension `The built program` {
    @Suite struct `A backup` {
        private func exports(_ served: Served) throws -> [String] {
            try ["participants", "postings", "happenings"].map { try served.run(["export", $0]).out }
        }

        @Test(arguments: ["native", "portable"])
        func `taken while people write is whole and can be restored elsewhere`(_ form: String) throws {
            try Served.with { served in
                let port = served.port
                let token = served.token
                let goesOn = Mutex(true)
                let written = Mutex(0)
                let writer = Thread {
                    guard let wire = try? Wire(port: port) else { return }
                    while goesOn.withLock({ $0 }) {
                        let number = written.withLock { $0 }
                        let body = "{\"kind\":\"need\",\"title\":\"題 \(number)\",\"language\":\"ja\"}"
                        let answer = try? wire.ask(
                            "POST", "/api/v1/postings", token: token, headers: ["content-type": "application/json"],
                            body: Array(body.utf8))
                        guard answer?.status == 201 else { return }
                        written.withLock { $0 += 1 }
                    }
                }
                writer.start()
                #expect(eventually { written.withLock { $0 } > 50 })
                let file = "\(served.folder)/copy.\(form)"
                let before = written.withLock { $0 }
                let taken = try served.run(["backup", file, "--form", form, "--json"])
                let after = written.withLock { $0 }
                goesOn.withLock { $0 = false }
                #expect(taken.status == 0, "\(taken.err)")
                let rows = try #require(taken.object["rows"] as? [String: Int])
                let postings = try #require(rows["posting"])
                #expect(postings >= before)
                #expect(postings <= after + 1)

                try withFolder { folder in
                    let other = try Served(in: folder)
                    try FileManager.default.removeItem(atPath: other.data)
                    try FileManager.default.createDirectory(atPath: other.data, withIntermediateDirectories: true)
                    try FileManager.default.copyItem(
                        atPath: served.data + "/secret.key", toPath: other.data + "/secret.key")
                    let restored = try other.run(["restore", file, "--json"])
                    #expect(restored.status == 0, "\(restored.err)")
                    #expect(restored.object["rows"] as? [String: Int] == rows)
                    let list = try other.run(["postings", "list", "--all", "--json"])
                    #expect((list.object["items"] as? [Any])?.count == postings)
                    #expect(try other.query("PRAGMA integrity_check; PRAGMA foreign_key_check;") == "ok")
                    let again = try other.run(["restore", file])
                    #expect(again.status != 0)
                    #expect(try other.run(["restore", file, "--replace"]).status == 0)
                    try other.start()
                    defer { other.kill() }
                    let wire = try other.wire()
                    #expect(try wire.ask("GET", "/api/v1/postings", token: token).status == 200)
                }
            }
        }

        @Test func `at rest gives the same exports after restoring`() throws {
            try withFolder { folder in
                let served = try Served(in: folder)
                let files = ["ja", "en"].map { "\(Program.root)/Config/sample/participants-\($0).csv" }
                try served.run(["import", "participants"] + files)
                let before = try exports(served)
                try served.run(["backup", folder + "/all.dump", "--form", "portable"])
                try served.run(["organizations", "add", "--name", "あとから来た会社"])
                #expect(try exports(served) != before)
                #expect(try served.run(["restore", folder + "/all.dump", "--replace"]).status == 0)
                #expect(try exports(served) == before)
            }
        }

        @Test func `that is cut short is refused, and what is there stays`() throws {
            try withFolder { folder in
                let served = try Served(in: folder)
                let file = folder + "/all.dump"
                try served.run(["backup", file, "--form", "portable"])
                let bytes = try #require(FileManager.default.contents(atPath: file))
                try bytes.prefix(bytes.count - 20).write(to: URL(fileURLWithPath: file))
                let ending = try served.run(["restore", file, "--replace"])
                #expect(ending.status != 0)
                #expect(try served.run(["participants", "list", "--json"]).out.contains("admin@example.jp"))
            }
        }
    }

    @Suite struct `A database` {
        @Test func `of a newer version is refused and left alone`() throws {
            try withFolder { folder in
                let served = try Served(in: folder)
                _ = try served.query("INSERT INTO schema_migration VALUES (9999, 'from-the-future', 'x', 0)")
                let before = try Program.command(["sha256sum", served.data + "/industrymix.sqlite"]).out
                for command in [["serve", "--port", "0"], ["postings", "list"], ["migrate"]] {
                    let ending = try served.run(command, limitSeconds: 30)
                    #expect(ending.status != 0, "\(command)")
                    #expect(ending.err.lowercased().contains("newer"), "\(ending.err)")
                }
                #expect(try Program.command(["sha256sum", served.data + "/industrymix.sqlite"]).out == before)
            }
        }

        @Test func `that is not one is refused`() throws {
            try withFolder { folder in
                let served = try Served(in: folder)
                let path = served.data + "/industrymix.sqlite"
                for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
                try Data(repeating: 65, count: 8_192).write(to: URL(fileURLWithPath: path))
                let ending = try served.run(["postings", "list"])
                #expect(ending.status == 1, "\(ending.err)")
                #expect(!ending.err.isEmpty)
            }
        }

        @Test func `is durable to the last write`() throws {
            try withFolder { folder in
                let served = try Served(in: folder)
                let doctor = try served.run(["doctor", "--json"])
                #expect(doctor.status == 0, "\(doctor.out) \(doctor.err)")
                #expect(try served.query("PRAGMA journal_mode") == "wal")
            }
        }
    }
}
