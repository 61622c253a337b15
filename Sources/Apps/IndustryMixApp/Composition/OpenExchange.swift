import Delivery
import Exchange
import Lexicon
import Operations
import Store

/// An exchange whose store, rules and office are open: what every command and the service work with.
struct OpenExchange: Sendable {
    let configuration: AppConfiguration
    let directory: DataDirectory
    let store: StoredExchange
    let office: Office<StoredExchange>
    /// Fired after every change, for the matcher.
    let happened: Signal
    /// Fired when something waits to be sent.
    let queued: Signal
    /// Fired when a chat platform has sent something.
    let received: Signal
    private let words: Once<PostingReading>

    var taxonomy: FieldTaxonomy { office.taxonomy }

    /// Concepts and their names, read when they are first asked for: most commands never ask. Only the matcher reads
    /// texts with dictionaries, which take a second to load.
    ///
    /// Throws `Failure` when a table of concepts cannot be read.
    func reading() throws -> PostingReading {
        try words.value { PostingReading(lexicon: Lexicon(concepts: try Self.concepts(configuration))) }
    }

    /// Opens the exchange that the configuration names; it must have been made.
    static func open(_ configuration: AppConfiguration) async throws -> OpenExchange {
        let directory = DataDirectory(configuration)
        let sealer = try directory.sealer()
        let taxonomy = try Self.taxonomy(configuration)
        let store = try await StoredExchange.open(
            configuration.location(in: directory), limits: configuration.engineLimits, clock: SystemClock.now)
        let happened = Signal()
        let queued = Signal()
        let received = Signal()
        let office = Office(
            store: store, ambient: .system.keeping(LocalClock(zone: configuration.timeZone)),
            settings: configuration.exchange, taxonomy: taxonomy, sealer: sealer,
            allowance: HostAllowance(configuration.allowedHosts), mail: try configuration.post()
        ) { nudge in
            switch nudge {
            case .happenings: happened.fire()
            case .outbox: queued.fire()
            case .inbound: received.fire()
            }
        }
        return OpenExchange(
            configuration: configuration, directory: directory, store: store, office: office, happened: happened,
            queued: queued, received: received, words: Once())
    }

    /// The matcher of this process, with the dictionaries that are installed.
    func matchmaker() throws -> Matchmaker<StoredExchange> {
        Matchmaker(
            office: office, reading: PostingReading(lexicon: try Self.lexicon(configuration)), signal: happened,
            meaningModel: MeaningAssembly(configuration: configuration).modelName,
            executor: BackgroundExecutor(name: "rounds"))
    }

    /// A matcher that only searches: words are found as they stand, without dictionaries.
    func searcher() throws -> Matchmaker<StoredExchange> {
        Matchmaker(office: office, reading: try reading(), signal: happened)
    }

    static func taxonomy(_ configuration: AppConfiguration) throws -> FieldTaxonomy {
        let path = try configuration.fieldsFile ?? ShippedFiles.path(of: "fields.yaml")
        return try TaxonomyFile.taxonomy(from: try ShippedFiles.text(at: path), named: path)
    }

    static func lexicon(_ configuration: AppConfiguration) throws -> Lexicon {
        Lexicon(
            concepts: try concepts(configuration), dictionaries: try Dictionaries.load(configuration).map(\.dictionary))
    }

    static func concepts(_ configuration: AppConfiguration) throws -> ConceptLexicon {
        let place = try configuration.lexicon ?? ShippedFiles.path(of: "lexicon")
        var concepts: [Concept] = []
        for path in try ShippedFiles.tables(at: place) {
            let text = try ShippedFiles.text(at: path)
            do throws(ConceptTableError) { concepts += try ConceptLexicon.concepts(inTable: text) } catch {
                throw Failure(.usage, "\(path): \(error)", "Correct the line and repeat the command.")
            }
        }
        return ConceptLexicon(entries: concepts)
    }
}

extension AppConfiguration {
    /// Where the database is.
    func location(in directory: DataDirectory) -> StoreLocation {
        databaseURL.map { .postgres(url: $0, schema: databaseSchema) } ?? .sqlite(path: directory.database)
    }

    var engineLimits: EngineLimits {
        var limits = EngineLimits()
        limits.readers = readers
        limits.lockWaitMilliseconds = lockWaitMilliseconds
        limits.commits = sharesCommits ? .on : .off
        return limits
    }
}
