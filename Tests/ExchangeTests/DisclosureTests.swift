import Exchange
import Testing

/// A reader of a posting that belongs to person 1 of organization 1.
enum Reader: String, CaseIterable, Sendable {
    case owner, colleague, stranger, introduced, observer, coordinator, administrator, ownerWithoutScope
    case coordinatorWithReadToken, system

    var actor: Actor {
        switch self {
        case .owner: ExchangeTests.actor(.member, person: 1, of: 1)
        case .colleague: ExchangeTests.actor(.member, person: 2, of: 1)
        case .stranger, .introduced: ExchangeTests.actor(.member)
        case .observer: ExchangeTests.actor(.observer)
        case .coordinator: ExchangeTests.actor(.coordinator)
        case .administrator: ExchangeTests.actor(.administrator)
        case .ownerWithoutScope: ExchangeTests.actor(.member, person: 1, of: 1, scopes: [])
        case .coordinatorWithReadToken: ExchangeTests.actor(.coordinator, scopes: [.read])
        case .system: .system("cli")
        }
    }

    /// How much the reader sees of a posting that is live.
    func degree(_ visibility: PostingContent.Visibility) -> DisclosedPosting.Degree? {
        switch (self, visibility) {
        case (.ownerWithoutScope, _): nil
        case (.owner, _), (.coordinator, _), (.administrator, _), (.system, _): .full
        case (.colleague, _), (.introduced, _), (_, .named): .named
        case (_, .anonymous): .anonymous
        case (_, .coordinators): nil
        }
    }
}

@Suite struct `What a reader sees of a posting` {
    private func shown(_ posting: Posting, to reader: Reader) -> DisclosedPosting? {
        posting.disclosed(to: reader.actor, isIntroduced: reader == .introduced, at: noon)
    }

    @Test(arguments: Reader.allCases, PostingContent.Visibility.allCases)
    func `depends on who reads and on what the owner allows`(
        _ reader: Reader, _ visibility: PostingContent.Visibility
    ) {
        let seen = shown(posting(.published(since: noon), visibility), to: reader)
        #expect(seen?.degree == reader.degree(visibility))
    }

    @Test(arguments: [Reader.stranger, .observer, .coordinatorWithReadToken])
    func `names no owner and holds no secret where it is anonymous`(_ reader: Reader) throws {
        let whole = posting(.published(since: noon), .anonymous)
        let seen = try #require(shown(whole, to: reader))
        #expect(seen.owner == nil)
        #expect(seen.organization == nil)
        let content = seen.posting.content
        #expect(content.detail == "")
        #expect(content.ipr == nil)
        #expect(content.externalID == nil)
        #expect(content.origin == nil)
        let written = "\(content)"
        for secret in [whole.content.detail, "N-17", "intro_x", "patented"] { #expect(!written.contains(secret)) }
        #expect(content.title == whole.content.title)
        #expect(content.summary == whole.content.summary)
    }

    @Test func `shows the list's own identity only to those who may edit`() {
        for visibility in PostingContent.Visibility.allCases {
            let whole = posting(.published(since: noon), visibility)
            for reader in Reader.allCases {
                guard let seen = shown(whole, to: reader) else { continue }
                let mayEdit = whole.isEditable(by: reader.actor)
                #expect((seen.posting.content.externalID != nil) == mayEdit)
                #expect((seen.degree == .full) == mayEdit)
            }
        }
    }

    @Test(arguments: Reader.allCases) func `is a draft only to its owner and the coordinators`(_ reader: Reader) {
        let sees = shown(posting(.draft), to: reader) != nil
        #expect(sees == [.owner, .coordinator, .administrator, .system].contains(reader))
    }

    @Test(arguments: [
        Posting.State.inReview(since: noon), .paused(since: noon), .expired(since: noon),
        .closed(Posting.Closure(outcome: .outdated, note: nil, by: clerk, at: noon)),
    ])
    func `is nothing to strangers while it is not live`(_ state: Posting.State) {
        for reader in [Reader.stranger, .observer] { #expect(shown(posting(state), to: reader) == nil) }
        for reader in [Reader.owner, .colleague, .introduced, .coordinator] {
            #expect(shown(posting(state), to: reader) != nil)
        }
    }

    @Test func `is nothing to strangers from the moment it expires`() {
        let ending = posting(.published(since: noon), expiresAt: noon)
        #expect(shown(ending, to: .stranger) == nil)
        #expect(shown(ending, to: .owner)?.degree == .full)
    }

    @Test func `may be edited by its owner with the right token and by coordinators`() {
        let whole = posting(.published(since: noon))
        let editors = Reader.allCases.filter { whole.isEditable(by: $0.actor) }
        #expect(editors == [.owner, .coordinator, .administrator, .system])
        #expect(!whole.isEditable(by: actor(.observer, person: 1, of: 1)))
        #expect(!whole.isEditable(by: actor(.member, person: 1, of: 1, scopes: [.read])))
    }
}
