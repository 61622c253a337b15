// swift-tools-version: 6.2
import PackageDescription

// The layer rules are types: a core target can only name core targets, an edge can only name core targets (and WebCommon, if
// it is a web edge), and the application alone may name several edges. An illegal arrow does not compile.

/// Targets that decide. They see no file, socket, database, clock or environment.
enum Core: String {
    case Exchange, Lexicon, Matching, Timetabling, Delivery, Tabular, Operations, Charts, Feeds
}

/// Targets that touch the world. None sees another.
enum Edge: String {
    case Store, Sender, Encoder, HTTPAPI, WebConsole, WebPreview
}

/// What web edges may share.
enum Shared: String {
    case WebCommon
}

/// Bindings to system libraries, and arithmetic that Swift does not reach.
enum CLibrary: String {
    case CConsole, CCurl, CKernels, CPostgres, CSQLite, CUnicode
}

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

func core(
    _ name: Core, sees: [Core] = [], binds: [CLibrary] = [], _ products: [Target.Dependency] = []
) -> Target {
    .target(
        name: name.rawValue,
        dependencies: sees.map { .target(name: $0.rawValue) } + binds.map { .target(name: $0.rawValue) } + products,
        path: "Sources/Core/\(name.rawValue)", swiftSettings: strict)
}

func edge(
    _ name: Edge, sees: [Core], sharing: Shared? = nil, binds: [CLibrary] = [], resources: [Resource] = [],
    leavingOut folders: [String] = [], _ products: [Target.Dependency] = []
) -> Target {
    .target(
        name: name.rawValue,
        dependencies: sees.map { .target(name: $0.rawValue) } + binds.map { .target(name: $0.rawValue) }
            + (sharing.map { [.target(name: $0.rawValue)] } ?? []) + products,
        path: "Sources/Edges/\(name.rawValue)", exclude: folders, resources: resources, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: strict)
}

let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let coreMetrics: Target.Dependency = .product(name: "CoreMetrics", package: "swift-metrics")
let grdbSQLite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let configuration: Target.Dependency = .product(name: "Configuration", package: "swift-configuration")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

/// Test targets: while working on one part, `INDUSTRYMIX_TESTS=MatchingTests,LexiconTests swift test` builds only those.
let testTargets: [Target] = [
    tests("ExchangeTests", ["Exchange"]),
    tests("ChartsTests", ["Charts"]),
    tests("LexiconTests", ["Lexicon"]),
    tests("TabularTests", ["Tabular"]),
    tests("MatchingTests", ["CKernels", "Lexicon", "Matching"]),
    tests("TimetablingTests", ["Timetabling"]),
    .testTarget(
        name: "FeedsTests", dependencies: ["Delivery", "Exchange", "Feeds"], path: "Tests/FeedsTests",
        exclude: ["Oracles"], swiftSettings: strict),
    .testTarget(
        name: "DeliveryTests", dependencies: ["Delivery"], path: "Tests/DeliveryTests",
        exclude: ["Oracles"], swiftSettings: strict),
    tests("SenderTests", ["Delivery", "Sender"]),
    tests("EncoderTests", ["Delivery", "Encoder", "Operations", "Sender"]),
    tests("OperationsTests", ["Exchange", "Operations", "Delivery", "Store", "Matching", "Lexicon", "Tabular"]),
    tests("StoreConformanceTests", ["Exchange", "Operations", "Delivery", "Store"]),
    tests(
        "HTTPAPITests",
        [
            "Exchange", "Lexicon", "Operations", "Delivery", "Store", "WebCommon", "HTTPAPI", "WebConsole",
            "WebPreview", hummingbird, httpTypes, nioCore, nioEmbedded, logging, coreMetrics,
        ]),
    tests(
        "WebConsoleTests",
        [
            "Exchange", "Lexicon", "Operations", "Delivery", "Store", "WebCommon", "HTTPAPI", "WebConsole", hummingbird,
            httpTypes, nioCore, nioEmbedded, logging,
        ]),
    tests("SystemTests", []),
    tests("TidyTests", ["Exchange", "Tabular", yams]),
]
let wanted = Context.environment["INDUSTRYMIX_TESTS"].map { Set($0.split(separator: ",").map(String.init)) }

let package = Package(
    name: "IndustryMix",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "industrymix", targets: ["industrymix"])],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    ],
    targets: [
        .systemLibrary(name: CLibrary.CCurl.rawValue, path: "Sources/CLibraries/CCurl"),
        .systemLibrary(name: CLibrary.CPostgres.rawValue, path: "Sources/CLibraries/CPostgres"),
        // The console's templates, style, script and texts, embedded: the program runs alone.
        .target(name: CLibrary.CConsole.rawValue, path: "Sources/CLibraries/CConsole"),
        .target(
            name: CLibrary.CKernels.rawValue, path: "Sources/CLibraries/CKernels",
            sources: ["CKernels.c", "Postings.c"]),
        .target(
            name: CLibrary.CSQLite.rawValue, path: "Sources/CLibraries/CSQLite", sources: ["CSQLite.c"],
            linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(
            name: CLibrary.CUnicode.rawValue, path: "Sources/CLibraries/CUnicode",
            sources: ["CUnicode.c"],
            linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icui18n")]),

        core(.Exchange),
        core(.Lexicon, binds: [.CUnicode]),
        core(.Tabular, binds: [.CUnicode]),
        core(.Matching, binds: [.CKernels]),
        core(.Timetabling),
        core(.Charts),
        core(.Delivery, [crypto]),
        core(.Feeds, sees: [.Exchange, .Delivery]),
        core(
            .Operations,
            sees: [.Exchange, .Lexicon, .Matching, .Delivery, .Tabular, .Timetabling, .Feeds, .Charts],
            [crypto, cryptoExtras]),

        edge(.Store, sees: [.Exchange, .Delivery, .Operations], binds: [.CPostgres, .CSQLite], [grdb, grdbSQLite]),
        edge(.Sender, sees: [.Delivery], binds: [.CCurl]),
        edge(.Encoder, sees: [.Delivery, .Operations], [crypto]),
        .target(
            name: Shared.WebCommon.rawValue,
            dependencies: ["Exchange", hummingbird, httpTypes, nioCore, logging, metrics],
            path: "Sources/Edges/WebCommon", swiftSettings: strict),
        edge(
            .HTTPAPI, sees: [.Exchange, .Delivery, .Matching, .Operations, .Tabular, .Charts, .Feeds],
            sharing: .WebCommon, [hummingbird, httpTypes, logging]),
        edge(
            .WebConsole, sees: [.Exchange, .Delivery, .Matching, .Operations, .Charts, .Tabular], sharing: .WebCommon,
            binds: [.CConsole], leavingOut: ["Files"], [hummingbird, httpTypes, nioCore, logging, mustache]),
        edge(
            .WebPreview, sees: [], sharing: .WebCommon, [hummingbird, httpTypes]),

        .target(
            name: "IndustryMixApp",
            dependencies: [
                "Exchange", "Lexicon", "Matching", "Timetabling", "Delivery", "Tabular", "Operations", "Charts",
                "Feeds", "Store", "Sender", "Encoder", "WebCommon", "HTTPAPI", "WebConsole", "WebPreview",
                hummingbird, arguments, lifecycle, configuration, yams, logging, metrics, crypto,
            ],
            path: "Sources/Apps/IndustryMixApp", swiftSettings: strict),
        .executableTarget(
            name: "industrymix", dependencies: ["IndustryMixApp"], path: "Sources/Apps/industrymix",
            swiftSettings: strict),
    ] + testTargets.filter { wanted?.contains($0.name) ?? true }
)
