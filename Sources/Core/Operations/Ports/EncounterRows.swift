package import Exchange

/// What to list of matches.
package struct MatchListFilter: Hashable, Sendable {
    package var posting: Identifier<Posting>?
    /// Matches in which a posting of the organization stands on either side.
    package var organization: Identifier<Organization>?
    package var states: [Match.State] = []
    package var kind: Match.Class?
    package var minimumScore: Double?

    /// No restriction.
    package init() {}
}

/// Two postings that were brought together before.
package struct PostingPair: Hashable, Sendable {
    package let need: Identifier<Posting>
    package let seed: Identifier<Posting>

    /// Takes both.
    package init(need: Identifier<Posting>, seed: Identifier<Posting>) {
        self.need = need
        self.seed = seed
    }
}

/// Matches in the store. A pair has at most one match.
package protocol MatchRows {
    /// Returns whether it was new: a pair that already has a match is left as it is.
    func insert(_ match: Match) throws -> Bool
    func update(_ match: Match, expecting version: Int) throws
    /// Writes score, reason and times of a match that is shown again.
    func renew(_ match: Match, expecting version: Int) throws
    func match(_ id: Identifier<Match>) throws -> Match?
    func match(_ pair: PostingPair) throws -> Match?
    /// Matches whose identifier ends with the characters, newest first, at most two: people read the last eight out on
    /// the telephone.
    func matches(endingWith reference: String) throws -> [Match]
    /// Best first within one posting (`filter.posting` set); newest first otherwise.
    func matches(_ filter: MatchListFilter, _ page: PageRequest) throws -> Page<Match>
    /// Every pair in which the posting stands that is settled: its match was put aside by hand or taken, or it has an
    /// introduction that was not refused. (What was shown or refused is remembered as encounters.)
    func settledPairs(of posting: Identifier<Posting>) throws -> [PostingPair]
    /// The same over all postings.
    func settledPairs() throws -> [PostingPair]
    /// Those that a round found or renewed, in the order of their needs.
    func matches(ofRound round: String) throws -> [Match]
    /// Drops matches never answered in which the posting stands and that are still proposed: it is no longer live.
    func withdrawProposals(of posting: Identifier<Posting>) throws -> Int
    /// How many matches there are by class and state word.
    func matchCounts() throws -> [MatchCount]
}

/// How many matches there are of one class in one state.
package struct MatchCount: Hashable, Sendable {
    package let kind: Match.Class
    package let state: Match.State
    package let count: Int

    /// Takes every value.
    package init(kind: Match.Class, state: Match.State, count: Int) {
        self.kind = kind
        self.state = state
        self.count = count
    }
}

/// What to list of introductions.
package struct IntroductionFilter: Hashable, Sendable {
    package var organization: Identifier<Organization>?
    package var posting: Identifier<Posting>?
    /// State words such as `mutual`; empty means every state.
    package var states: [String] = []

    /// No restriction.
    package init() {}
}

/// Introductions and vetoes in the store. A pair of postings has at most one introduction.
package protocol IntroductionRows {
    /// Throws `Refusal.conflict(.duplicate)` when the pair already has one.
    func insert(_ introduction: Introduction) throws
    func update(_ introduction: Introduction, expecting version: Int) throws
    func introduction(_ id: Identifier<Introduction>) throws -> Introduction?
    func introduction(_ pair: PostingPair) throws -> Introduction?
    /// Removes a refused introduction whose pair is suggested again; what was answered stays in the log.
    func remove(_ introduction: Identifier<Introduction>) throws
    func introductions(_ filter: IntroductionFilter, _ page: PageRequest) throws -> Page<Introduction>
    /// How many there are by state word.
    func introductionCounts() throws -> [String: Int]
    /// Whether a coordinator has introduced the organization to the posting's owner for this posting.
    func isIntroduced(_ organization: Identifier<Organization>, to posting: Identifier<Posting>) throws -> Bool
    /// The postings whose owners the organization knows through introductions.
    func introducedPostings(to organization: Identifier<Organization>) throws -> Set<Identifier<Posting>>

    /// Throws `Refusal.conflict(.duplicate)` when the same side has already placed one: the other side's own is not
    /// told.
    func insert(_ veto: Veto) throws
    func remove(_ veto: Identifier<Veto>) throws
    func veto(_ id: Identifier<Veto>) throws -> Veto?
    func vetoes(of organization: Identifier<Organization>?, _ page: PageRequest) throws -> Page<Veto>
    /// The organizations that this one is kept apart from.
    func vetoed(by organization: Identifier<Organization>) throws -> Set<Identifier<Organization>>
    /// Every pair kept apart.
    func vetoedPairs() throws -> [Veto]
}
