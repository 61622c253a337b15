import Testing

/// What a target may import besides the standard library and what every target may.
private let allowed: [String: Set<String>] = [
    "Exchange": [],
    "Charts": [],
    "Lexicon": ["CUnicode"],
    "Tabular": ["CUnicode"],
    "Matching": ["CKernels", "Exchange", "HeapModule", "FoundationEssentials"],
    "Timetabling": ["Exchange", "FoundationEssentials"],
    "Delivery": ["Exchange", "Crypto", "FoundationEssentials"],
    "Feeds": ["Exchange", "Delivery"],
    "Operations": [
        "Exchange", "Lexicon", "Matching", "Delivery", "Tabular", "Timetabling", "Feeds", "Charts", "Crypto",
        "CryptoExtras",
    ],
    "Store": [
        "Exchange", "Delivery", "Operations", "CPostgres", "CSQLite", "GRDB", "GRDBSQLite", "Logging", "Metrics",
        "Foundation",
        "Dispatch", "Glibc",
    ],
    "Sender": ["Delivery", "CCurl", "Logging", "Metrics", "Foundation", "Glibc"],
    "Encoder": ["Delivery", "Operations", "Crypto", "Foundation", "Dispatch", "Glibc"],
    "WebCommon": [
        "Exchange", "Operations", "Hummingbird", "HTTPTypes", "NIOCore", "Logging", "Metrics", "FoundationEssentials",
        "Foundation",
    ],
    "HTTPAPI": [
        "Exchange", "Delivery", "Operations", "Matching", "Tabular", "WebCommon", "Hummingbird", "HTTPTypes", "NIOCore",
        "Logging",
        "Charts", "Feeds", "FoundationEssentials",
    ],
    "WebConsole": [
        "Exchange", "Charts", "Delivery", "Operations", "Matching", "Tabular", "WebCommon", "Hummingbird", "HTTPTypes",
        "NIOCore", "Logging", "Mustache", "Foundation", "CConsole",
    ],
    "WebPreview": ["Exchange", "WebCommon", "Hummingbird", "HTTPTypes", "NIOCore", "Logging"],
]
/// Files of the core that see the C library for its logarithm and nothing else.
private let mathematical: Set<String> = [
    "Sources/Core/Matching/Ranking/NaturalLogarithm.swift", "Sources/Core/Matching/Measures/EngineEvaluation.swift",
]
/// Computation only.
private let everywhere: Set<String> = ["Swift", "Synchronization", "RegexBuilder"]
private let edges: Set<String> = ["Store", "Sender", "Encoder", "HTTPAPI", "WebConsole", "WebPreview", "WebCommon"]

@Suite struct `A layer` {
    private struct Import {
        let place: String
        let file: SourceFile
        let module: String
    }

    private static let imports: [Import] = SourceTree.product.flatMap { file in
        file.code.enumerated().compactMap { index, line -> Import? in
            let words = line.split(separator: " ").map(String.init)
            guard let word = words.firstIndex(of: "import"), words[..<word].allSatisfy({ isModifier($0) }) else {
                return nil
            }
            let kinds = ["struct", "class", "enum", "func", "var", "typealias", "protocol"]
            let name = words[(word + 1)...].first { !kinds.contains($0) } ?? ""
            return Import(
                place: file.place(index), file: file, module: String(name.prefix { $0 != "." && $0 != ";" }))
        }
    }

    private static func isModifier(_ word: String) -> Bool {
        word.hasPrefix("@") || ["package", "private", "fileprivate", "internal"].contains(word)
    }

    @Test func `imports only what it may`() {
        #expect(Self.imports.count > 300)
        for entry in Self.imports where !entry.file.path.hasPrefix("Sources/Apps/") {
            guard let modules = allowed[entry.file.target] else {
                Issue.record("\(entry.place): name the target \(entry.file.target) in the table of layers")
                continue
            }
            if mathematical.contains(entry.file.path), ["Glibc", "Darwin"].contains(entry.module) { continue }
            if !modules.contains(entry.module), !everywhere.contains(entry.module) {
                Issue.record("\(entry.place): \(entry.file.target) may not import \(entry.module)")
            }
        }
    }

    @Test func `of the core sees neither files, sockets, databases nor clocks`() {
        let outside: Set<String> = [
            "Foundation", "Glibc", "Dispatch", "GRDB", "Hummingbird", "NIOCore", "CCurl", "CPostgres",
        ]
        for (target, modules) in allowed where SourceTree.exists("Sources/Core/\(target)") {
            #expect(modules.isDisjoint(with: outside), "\(target)")
        }
        let words = [
            "Date()", "Date.now", "ContinuousClock", "SuspendingClock", "FileManager", "ProcessInfo", "URLSession",
            "Task.sleep",
            "SystemRandomNumberGenerator", ".random(in", ".shuffled()", ".randomElement()", "UUID()", "getenv",
        ]
        for file in SourceTree.product where file.isCore {
            for (index, line) in file.code.enumerated() {
                // The delivery loop has to wait; how long, it is told.
                if file.path == "Sources/Core/Operations/Deliveries/Signal.swift", line.contains("Task.sleep") {
                    continue
                }
                for word in words where line.contains(word) && !line.contains("using: &source") {
                    Issue.record("\(file.place(index)): \(word)")
                }
            }
        }
    }

    @Test func `at the edge sees no other edge but the shared web part`() {
        for (target, modules) in allowed where edges.contains(target) {
            #expect(modules.intersection(edges).subtracting(["WebCommon"]).isEmpty, "\(target)")
        }
    }

    @Test func `of applications is the only one to see several edges, and the executable is small`() {
        for file in SourceTree.product where file.path.hasPrefix("Sources/Apps/industrymix/") {
            #expect(file.lines.count <= 15, "\(file.path)")
        }
        let wiring = Set(Self.imports.filter { $0.file.target == "IndustryMixApp" }.map(\.module))
        #expect(wiring.isSuperset(of: ["Store", "Sender", "HTTPAPI"]))
    }
}
