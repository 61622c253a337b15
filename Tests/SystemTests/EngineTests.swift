import Foundation
import Testing

extension `The built program` {
    @Suite struct `Measures the engine` {
        /// Runs an engine command with a text as its input.
        private func run(_ command: String, _ input: String, _ folder: String) throws -> Program.Ending {
            let file = folder + "/input"
            try Data(input.utf8).write(to: URL(fileURLWithPath: file))
            return try Program.command(["sh", "-c", "\(Program.binary) engine \(command) < \(file)"])
        }

        private static let doc = #"{"op":"doc","id":"s1","kind":"seed","title":"","text":"磁場で凍らせる急速冷凍の装置"}"#
        private static let query = #"{"op":"query","id":"n1","kind":"need","title":"急速冷凍","text":"冷凍を速くしたい"}"#

        @Test(arguments: [
            (#"{"op":"doc""#, "column"), (#"{"op":"add","id":"x"}"#, #""op" must be "doc" or "query""#),
            (#"{"op":"doc","id":"s2","kind":"thing","text":""}"#, #""kind" must be "need" or "seed""#),
            (#"{"op":"doc","id":"s1","kind":"seed","text":"again"}"#, "was given before"),
            (#"{"op":"doc","id":"s2","kind":"seed","title":"only a title"}"#, #""text" is missing"#),
            (#"{"op":"doc","id":7,"kind":"seed","text":""}"#, #""id" must be text"#),
            (#"{"op":"doc","kind":"seed","text":""}"#, #""id" is missing"#),
            (#"{"op":"doc","id":"s2","text":"a\u0000b"}"#, "NUL"), ("[1]", "a JSON object is expected"),
            (#"{"op":"doc","id":"s2","text":"","fields":"metal"}"#, #""fields" must be a list"#),
        ])
        func `and names the line that it cannot read`(line: String, words: String) throws {
            try withFolder { folder in
                let ending = try run("rank", Self.doc + "\n\n" + line + "\n", folder)
                #expect(ending.status == 3, "\(ending.err)")
                #expect(ending.err.contains("Line 3: ") && ending.err.contains(words), "\(ending.err)")
            }
        }

        @Test func `and refuses queries before documents, late documents and empty input`() throws {
            try withFolder { folder in
                for (input, line, words) in [
                    (Self.query, 1, "before the first query"),
                    ([Self.doc, Self.query, Self.doc].joined(separator: "\n"), 3, "before the first query"),
                    ("", 1, "nothing was read"), ("\n \n", 1, "nothing was read"),
                ] {
                    let ending = try run("rank", input, folder)
                    #expect(ending.status == 3 && ending.err.contains("Line \(line): "), "\(ending.err)")
                    #expect(ending.err.contains(words), "\(ending.err)")
                }
                #expect(try run("score", "", folder).status == 3)
                let broken = try run("score", #"{"id":"1","a":{"text":"x"},"b":{}}"#, folder)
                #expect(broken.status == 3 && broken.err.contains("Line 1: \"text\" is missing"), "\(broken.err)")
            }
        }

        @Test func `and leaves a file alone that is no cache of vectors`() throws {
            try withFolder { folder in
                let file = URL(fileURLWithPath: folder + "/notes.txt")
                try Data("my notes".utf8).write(to: file)
                let ending = try run(
                    "rank --vectors-cache \(file.path)", [Self.doc, Self.query].joined(separator: "\n"), folder)
                // Without an encoder nothing is cached, and the command goes on.
                #expect(ending.status == 2 || ending.err.contains("Without meaning vectors"), "\(ending.err)")
                #expect(try Data(contentsOf: file) == Data("my notes".utf8))
            }
        }

        @Test func `with an answer a line and its own figures at the end`() throws {
            try withFolder { folder in
                let long = String(repeating: "冷凍 ", count: 16_667)
                let more = #"{"op":"doc","id":"s2","text":"\#(long)"}"# + "\n" + #"{"op":"doc","id":"s3","text":""}"#
                let pool = #"{"op":"query","id":"n2","text":"x","pool":["s3","s1"]}"#
                let input = [Self.doc, more, Self.query, pool].joined(separator: "\n")
                let ending = try run("rank --top 5 --explain", input, folder)
                #expect(ending.status == 0, "\(ending.err)")
                let lines = ending.out.split(separator: "\n").map { line in
                    (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any] ?? [:]
                }
                #expect(lines.map { $0["id"] as? String } == ["n1", "n2"])
                let first = (lines[0]["ranking"] as? [[Any]] ?? []).map { $0[0] as? String }
                #expect(first == ["s1", "s2"])
                #expect((lines[1]["ranking"] as? [[Any]])?.count == 2)
                let hits = lines[0]["hits"] as? [[String: Any]] ?? []
                #expect(hits.count == 2 && hits.allSatisfy { $0["class"] is String && $0["reasons"] is [String] })
                let figures =
                    try JSONSerialization.jsonObject(with: Data(ending.err.utf8)) as? [String: Any] ?? [:]
                #expect(figures["docs"] as? Int == 3 && figures["queries"] as? Int == 2)
                for name in ["build_cpu_s", "index_bytes", "query_cpu_ms", "add_visible_cpu_ms"] {
                    #expect(figures[name] != nil, "\(name)")
                }
            }
        }

        @Test func `against judgements, with intervals and a page that loads nothing`() throws {
            try withFolder { folder in
                func write(_ name: String, _ text: String) throws {
                    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
                }
                try write(
                    "p.jsonl",
                    """
                    {"id":"n1","kind":"need","lang":"en","title":"<script>alert(1)</script>","body":"quick freezing","fields":["agriculture"]}
                    {"id":"s1","kind":"seed","lang":"en","title":"Quick freezing","body":"of cells & tissue","fields":["medical-devices"]}
                    {"id":"s2","kind":"seed","lang":"ja","title":"切削","body":"金属を削る","fields":["automotive"]}
                    """)
                try write("q.tsv", "n1\ts1\t3\treason\r\nn1\ts2\t2\r\n")
                let words = [
                    "engine", "evaluate", "--postings", folder + "/p.jsonl", "--qrels", folder + "/q.tsv",
                ]
                let ending = try Program.run(words + ["--json", "--report", folder + "/r.html", "--language", "ja"])
                #expect(ending.status == 0, "\(ending.err)")
                let engine = (ending.object["engine"] as? [String: Any])?["all"] as? [String: Any] ?? [:]
                #expect(engine["queries"] as? Int == 1 && engine["recall5_grade3"] as? Double == 1)
                #expect(engine["intervals"] != nil && ending.object["difference"] != nil)
                #expect((ending.object["queries"] as? [[String: Any]])?.count == 1)
                let page = try String(contentsOfFile: folder + "/r.html", encoding: .utf8)
                #expect(page.contains("&lt;script&gt;") && !page.contains("<script"))
                #expect(page.contains("<svg") && page.contains("lang=\"ja\"") && !page.contains("http-equiv=\"refresh"))
                let loading = ["src=", "href=", "url(", "@import"]
                for word in loading { #expect(!page.contains(word), "\(word)") }
                let plain = try Program.run(words)
                #expect(plain.out.contains("P(engine better)") && plain.out.contains("["))
                try write("q.tsv", "n1\ts1\t3\nn1\ts9\t2\n")
                let broken = try Program.run(words)
                #expect(
                    broken.status == 3 && broken.err.contains("q.tsv, line 2: there is no seed \"s9\""), "\(broken.err)"
                )
                try write("q.tsv", "")
                #expect(try Program.run(words).status == 3)
                let nowhere = try Program.run(["engine", "evaluate", "--postings", "/nowhere", "--qrels", "/nowhere"])
                #expect(nowhere.status == 2, "\(nowhere.err)")
            }
        }
    }

    @Suite struct `Checks an unsaved posting` {
        @Test func `from a file of plain text or JSON, and says what is wrong with it`() throws {
            try Served.with { served in
                func check(_ text: String, _ more: [String] = []) throws -> Program.Ending {
                    let file = served.folder + "/draft"
                    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
                    return try served.run(["postings", "check", file] + more)
                }
                let empty = try check("魚の骨を早く抜きたい\nサバの骨を手で抜いています。", ["--kind", "need", "--json"])
                #expect(empty.status == 0, "\(empty.err)")
                #expect(empty.object["matches"] != nil && empty.object["duplicates"] != nil)
                #expect(try check("a title").err.contains("kind"))
                #expect(try check("").status == 3)
                #expect(try check(#"{"kind":"need","title":}"#).err.contains("Line 1, column 24"))
                #expect(try check(#"{"kind":"need","summary":"x"}"#).err.contains("title"))
                #expect(try check(#"{"kind":"seed","title":"Steam","language":"xx"}"#).err.contains("language"))
                #expect(try check(#"{"kind":"seed","title":"Steam","language":"en"}"#).status == 0)
            }
        }
    }
}
