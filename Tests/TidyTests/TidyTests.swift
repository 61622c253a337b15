import Testing

@Suite struct `Every Swift file` {
    @Test func `is found`() {
        #expect(SourceTree.product.count > 200)
        #expect(SourceTree.product.allSatisfy { $0.lines.count > 1 })
    }

    @Test func `has at most 400 lines`() {
        for file in SourceTree.swift where file.lines.count - 1 > 400 {
            Issue.record("\(file.path) has \(file.lines.count - 1) lines. Split it by nouns or capabilities.")
        }
    }

    /// A text that people read may run on: it is not broken only to please a ruler.
    @Test func `has lines of at most 120 columns, but for texts in quotes`() {
        for file in SourceTree.swift where file.path != "Package.swift" {
            for (index, line) in file.lines.enumerated() where line.count > 120 {
                let text = line.drop { $0 == " " }
                let code = file.code[index].reversed().drop { $0 == " " || $0 == "," || $0 == ")" }.count
                let isText = text.hasPrefix("\"") || text.hasPrefix("+ \"") || code <= 120
                if text.hasPrefix("//") || !isText { Issue.record("\(file.place(index)) has \(line.count) columns.") }
            }
        }
    }

    @Test func `has functions of at most 60 lines`() {
        var count = 0
        for file in SourceTree.swift {
            for function in SwiftFunction.all(in: file.code) {
                count += 1
                let length = function.last - function.first + 1
                if length > 60 {
                    Issue.record("\(file.place(function.first)): \(function.name) has \(length) lines. Name its parts.")
                }
            }
        }
        #expect(count > 500)
    }

    @Test func `ends with one line break and has no tab and no white space at line ends`() {
        for file in SourceTree.swift {
            if file.lines.suffix(2) == ["", ""] || file.lines.last != "" { Issue.record("\(file.path): its end") }
            for (index, line) in file.lines.enumerated() where line.contains("\t") || line.hasSuffix(" ") {
                Issue.record("\(file.place(index)): tab or trailing space")
            }
        }
    }

    @Test func `offers nothing publicly and is tested through what it offers`() {
        for file in SourceTree.swift {
            for (index, line) in file.code.enumerated() {
                let words = line.split(whereSeparator: { !$0.isLetter && $0 != "@" })
                if words.first == "public" || words.first == "open" && words.count > 1 && words[1] == "class" {
                    Issue.record("\(file.place(index)): use package instead of public")
                }
                if words.contains("@testable") { Issue.record("\(file.place(index)): @testable") }
            }
        }
    }
}

/// A forbidden word that a place may use all the same, because of what is written there.
private struct Exemption {
    let path: String
    let word: String
    let reason: String
}

@Suite struct `Nothing` {
    private static let escapes = [
        "try!", "fatalError", "@unchecked", "nonisolated(unsafe)", "unsafeBitCast", "as!", "assumeIsolated",
        "unowned(unsafe)",
        "@preconcurrency",
    ]
    private static let exemptions = [
        Exemption(
            path: "Sources/Edges/Store/Engines/SQLite/SQLiteSession.swift", word: "unsafeBitCast",
            reason: "SQLITE_TRANSIENT is a macro that casts -1 to a function pointer; Swift does not import it."),
        Exemption(
            path: "Sources/Edges/Store/Engines/Postgres/PostgresEngine.swift", word: "@unchecked",
            reason: "A worker's connection is used on its own serial queue only."),
        Exemption(
            path: "Sources/Edges/Sender/Mailbox.swift", word: "@unchecked",
            reason: "libcurl lets curl_multi_wakeup be called from any thread."),
        Exemption(
            path: "Sources/Edges/Sender/CurlSender.swift", word: "@unchecked",
            reason: "The handle is handed to the sender's own thread once, at its start."),
        Exemption(
            path: "Sources/Edges/Encoder/NativeLibrary.swift", word: "unsafeBitCast",
            reason: "dlsym gives addresses without types; the file behind them is known by its checksum."),
    ]

    @Test func `escapes the compiler's checks without a reason`() {
        var used: Set<String> = []
        for file in SourceTree.product {
            for (index, line) in file.code.enumerated() {
                for word in Self.escapes where line.contains(word) {
                    if Self.exemptions.contains(where: { $0.path == file.path && $0.word == word }) {
                        used.insert("\(file.path) \(word)")
                        let above = file.lines[max(0, index - 6)...index].joined()
                        #expect(above.contains("//"), "\(file.place(index)): say why in a comment")
                    } else {
                        Issue.record("\(file.place(index)): \(word)")
                    }
                }
            }
        }
        let unused = Self.exemptions.map { "\($0.path) \($0.word)" }.filter { !used.contains($0) }
        #expect(unused == [], "No longer needed: take it off the list.")
        #expect(Self.exemptions.allSatisfy { !$0.reason.isEmpty })
    }

    @Test func `is left to be done later or hidden from a checker`() {
        let words = [
            "TO" + "DO", "FIX" + "ME", "XX" + "X:", "HA" + "CK:", "swift" + "lint", "not " + "implemented",
            "Not " + "implemented",
        ]
        for file in SourceTree.swift + SourceTree.files(under: ["Deploy", "Config"], ending: "") {
            for (index, line) in file.lines.enumerated() {
                for word in words where line.contains(word) { Issue.record("\(file.place(index)): \(word)") }
            }
        }
    }

    @Test func `names a place on somebody's machine`() {
        let places = ["/wo" + "rk/", "/ho" + "me/", "/Us" + "ers/", "/ro" + "ot/", "/opt/" + "swift", "/tm" + "p/bash"]
        let files =
            SourceTree.swift + [SourceFile("README.md"), SourceFile(".ci/run")]
            + SourceTree.files(under: ["Deploy", "Config", "Tests"], ending: "")
        for file in files where !file.path.hasSuffix(".pyc") {
            for (index, line) in file.lines.enumerated() {
                for place in places where line.contains(place) && !line.contains("\"" + place + "\" +") {
                    Issue.record("\(file.place(index)): \(place)")
                }
            }
        }
    }
}
