import Foundation
import Testing

extension `The built program` {
    @Suite struct `Files` {
        private static let languages = ["ja", "en", "ko", "zh"]
        private func sample(_ kind: String) -> [String] {
            Self.languages.map { "\(Program.root)/Config/sample/\(kind)-\($0).csv" }
        }

        /// The reports of an import, one a file.
        private func reports(_ ending: Program.Ending) -> [[String: Any]] {
            ending.object["files"] as? [[String: Any]] ?? []
        }
        private func total(_ reports: [[String: Any]], _ name: String) -> Int {
            reports.reduce(0) { $0 + ($1[name] as? Int ?? 0) }
        }

        private func importSample(_ served: Served) throws {
            for (kind, flags) in [("participants", []), ("postings", ["--publish"])] as [(String, [String])] {
                let done = try served.run(["import", kind] + sample(kind) + flags + ["--json"])
                #expect(done.status == 0, "\(kind): \(done.err.prefix(500)) \(done.out.prefix(2_000))")
                #expect(total(reports(done), "created") > (kind == "postings" ? 159 : 59))
            }
        }

        @Test func `of the sample exchange come in with their encodings found`() throws {
            try withFolder { folder in
                let served = try Served(in: folder)
                try importSample(served)
                let again = try served.run(
                    ["import", "participants"] + sample("participants") + ["--dry-run", "--json"])
                let found = reports(again).compactMap { $0["encoding"] as? String }
                #expect(found.contains { $0.hasPrefix("CP932") })
                #expect(found.contains { $0.hasPrefix("UTF-8") })
            }
        }

        @Test func `that are exported and imported again change nothing`() throws {
            try withFolder { folder in
                let served = try Served(in: folder)
                try importSample(served)
                for kind in ["participants", "postings"] {
                    let file = "\(folder)/\(kind).csv"
                    let written = try served.run(["export", kind, "--output", file])
                    #expect(written.status == 0, "\(written.err)")
                    let bytes = [UInt8](FileManager.default.contents(atPath: file) ?? Data())
                    #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
                    let again = try served.run(["import", kind, file, "--json"])
                    let report = reports(again)
                    #expect(again.status == 0, "\(kind): \(again.err.prefix(800)) \(again.out.prefix(1_500))")
                    #expect(total(report, "created") == 0)
                    #expect(total(report, "updated") == 0, "\(kind)")
                    #expect(total(report, "unchanged") > 59)
                    let twice = "\(folder)/\(kind)-2.csv"
                    try served.run(["export", kind, "--output", twice])
                    #expect(FileManager.default.contentsEqual(atPath: file, andPath: twice))
                }
            }
        }

        @Test func `with wrong rows say where, and what to mend, and keep the good ones`() throws {
            try withFolder { folder in
                let served = try Served(in: folder)
                let file = folder + "/people.csv"
                try "氏名,メールアドレス,団体名,団体種別\n甲,a@example.jp,ｱﾙﾌｧ工業,企業\n乙,壊れた,ベータ,企業\n"
                    .write(toFile: file, atomically: true, encoding: .utf8)
                let done = try served.run(["import", "participants", file, "--json"])
                #expect(done.status == 3)
                let report = try #require(reports(done).first, "\(done.err)")
                #expect(report["created"] as? Int == 1, "\(report)")
                let rejected = try #require((report["rejected"] as? [[String: Any]])?.first)
                #expect(rejected["line"] as? Int == 3)
                #expect(rejected["value"] as? String == "壊れた")
                #expect(!(rejected["words"] as? String ?? "").isEmpty)
                let beside = try #require(report["rejected_file"] as? String)
                let text = try String(contentsOfFile: beside, encoding: .utf8)
                try text.replacing("壊れた", with: "b@example.jp").write(toFile: beside, atomically: true, encoding: .utf8)
                let mended = try served.run(["import", "participants", beside, "--json"])
                #expect(mended.status == 0, "\(mended.err) \(mended.out)")
                #expect(try served.run(["participants", "list", "--json"]).out.contains("b@example.jp"))
            }
        }
    }
}
