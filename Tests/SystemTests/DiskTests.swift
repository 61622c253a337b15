import Foundation
import Testing

/// A small file system in memory, which only root can make.
private func withSmallDisk<Value>(megabytes: Int, _ body: (String) throws -> Value) throws -> Value? {
    guard geteuid() == 0 else {
        print("SKIPPED: the tests of a full and of a read-only disk need root")
        return nil
    }
    return try withFolder { folder in
        let disk = folder + "/disk"
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
        let made = try Program.command(["mount", "-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", disk])
        guard made.status == 0 else {
            print("SKIPPED: no file system could be mounted for the tests of a full disk: \(made.err)")
            return nil
        }
        defer { _ = try? Program.command(["umount", "-l", disk]) }
        return try body(disk)
    }
}

extension `The built program` {
    @Suite struct `A full disk` {
        @Test func `is said, takes nothing that was acknowledged, and is got over`() throws {
            _ = try withSmallDisk(megabytes: 12) { disk in
                let served = try Served(in: disk)
                try served.start()
                defer { served.kill() }
                let wire = try served.wire()
                var acknowledged = [try #require(try served.draft("はじめ", over: wire).id)]
                try Data(count: 1).write(to: URL(fileURLWithPath: disk + "/ballast"))
                _ = try Program.command(["dd", "if=/dev/zero", "of=\(disk)/ballast", "bs=64k"])
                var refusals = 0
                for number in 0..<3_000 where refusals < 3 {
                    let answer = try wire.post(
                        "/api/v1/postings", token: served.token,
                        [
                            "kind": "need", "title": "題\(number)", "language": "ja",
                            "detail": String(repeating: "長い話。", count: 4_000),
                        ])
                    if answer.status == 201 {
                        acknowledged.append(try #require(answer.id))
                    } else {
                        refusals += 1
                        #expect(answer.status == 507, "\(answer.status) \(answer.text)")
                        #expect(answer.object["type"] as? String == "/problems/storage-full")
                    }
                }
                #expect(refusals == 3)
                #expect(try wire.ask("GET", "/health/live").status == 200)
                for id in acknowledged {
                    #expect(try wire.ask("GET", "/api/v1/postings/\(id)", token: served.token).status == 200)
                }
                try FileManager.default.removeItem(atPath: disk + "/ballast")
                #expect(try served.draft("それから", over: wire).status == 201)
                #expect(served.stop().status == 0)
                #expect(try served.query("PRAGMA integrity_check") == "ok")
                #expect(try served.query("SELECT count(*) FROM posting") == "\(acknowledged.count + 1)")
            }
        }

        @Test func `refuses a backup without leaving half of one`() throws {
            _ = try withSmallDisk(megabytes: 12) { disk in
                let served = try Served(in: disk)
                _ = try Program.command(["dd", "if=/dev/zero", "of=\(disk)/ballast", "bs=64k"])
                for form in ["native", "portable"] {
                    let ending = try served.run(["backup", disk + "/copy", "--form", form])
                    #expect(ending.status != 0)
                    #expect(!ending.err.isEmpty)
                    #expect(!FileManager.default.fileExists(atPath: disk + "/copy"), "\(form)")
                }
            }
        }
    }

    @Suite struct `A read-only disk` {
        @Test func `is said by every command, and what is there can still be copied away`() throws {
            _ = try withSmallDisk(megabytes: 32) { disk in
                let served = try Served(in: disk)
                try served.run(["organizations", "add", "--name", "前からある会社"])
                let remounted = try Program.command(["mount", "-o", "remount,ro", disk])
                try #require(remounted.status == 0, "\(remounted.err)")
                defer { _ = try? Program.command(["mount", "-o", "remount,rw", disk]) }
                for command in [["serve", "--port", "0"], ["organizations", "add", "--name", "x"]] {
                    let ending = try served.run(command, limitSeconds: 30)
                    #expect(ending.status != 0, "\(command)")
                    let words = ending.err.lowercased()
                    #expect(
                        words.contains("read-only") || words.contains("written") || words.contains("read only"),
                        "\(ending.err)")
                }
            }
        }
    }
}
