import Testing

@Suite struct `Every package declaration of the core` {
    /// Types, functions and initialisers. A stored property speaks by its name, and a witness by its protocol.
    private static let kinds: Set<Substring> = [
        "struct", "enum", "class", "actor", "protocol", "func", "init", "subscript", "typealias",
    ]
    private static let witnesses = ["func <", "func ==", "func hash(", "func encode(", "func next()", "init(from "]

    @Test func `is documented`() {
        var count = 0
        for file in SourceTree.product where file.isCore {
            for (index, line) in file.code.enumerated() {
                let words = line.split(whereSeparator: { !$0.isLetter && $0 != "<" && $0 != "=" })
                guard words.first == "package", let kind = words.dropFirst().first(where: { Self.kinds.contains($0) }),
                    words.dropFirst().prefix(while: { $0 != kind }).allSatisfy({ Self.isModifier($0) }),
                    !Self.witnesses.contains(where: { line.contains($0) })
                else { continue }
                count += 1
                if !Self.isDocumented(file, index) { Issue.record("\(file.place(index)): \(line.dropFirst(0))") }
            }
        }
        #expect(count > 300)
    }

    private static func isModifier(_ word: Substring) -> Bool {
        ["static", "mutating", "final", "indirect", "consuming", "borrowing", "nonisolated", "convenience"].contains(
            word)
    }

    /// Whether the line above, past attributes, is a documentation comment.
    private static func isDocumented(_ file: SourceFile, _ index: Int) -> Bool {
        var above = index - 1
        while above >= 0 {
            let line = file.lines[above].drop { $0 == " " }
            if line.hasPrefix("///") { return true }
            guard line.hasPrefix("@") || line.hasPrefix("//") else { return false }
            above -= 1
        }
        return false
    }
}

@Suite struct `The tidy reader` {
    @Test(arguments: [
        ("let a = \"x { y\" // {", "let a =           "), ("a /* { */ b", "a         b"),
        ("f(\"a\\(g(\"}\"))b\")", "f(    g(   )   )"),
        ("let r = /[\"{]\\/x/ + 1", "let r =           + 1"), ("x = a / b / c", "x = a / b / c"),
        ("#\"a\"b\"# + 1", "        + 1"),
    ])
    func `blanks comments, strings and regular expressions`(_ source: String, _ code: String) {
        let blanked = SwiftText.blanked(source)
        #expect(blanked.utf8.count == source.utf8.count)
        #expect(blanked.filter { $0 != " " } == code.filter { $0 != " " })
    }

    @Test func `measures functions`() {
        let text = """
            struct A {
                func short() { }
                func long(
                    _ a: Int, _ b: () -> Void = {}
                ) throws -> Int
                where Int: P {
                    if a { b() }
                    return "}"
                }
                init() {
                    x = 1
                }
            }
            protocol P {
                func required() throws
                init(x: Int)
            }
            """
        let found = SwiftFunction.all(
            in: SwiftText.blanked(text).split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        #expect(found.map { "\($0.name) \($0.last - $0.first + 1)" } == ["func short 1", "func long 7", "init 3"])
    }
}
