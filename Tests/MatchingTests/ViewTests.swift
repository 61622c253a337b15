import Matching
import Testing

@Suite struct `An index of which not everybody reads everything` {
    /// A posting, what outsiders read of it, and whether there are such words that they do not.
    private struct Told {
        let whole: MatchDocument
        let face: MatchDocument?
        let isVeiled: Bool
    }

    /// Postings of which some are open, some show less to others, and some nothing.
    private func collection(_ dice: inout Dice) -> [Told] {
        (0..<150).map { number in
            let whole = randomPosting(number, &dice)
            var face = whole
            face.text.terms.keys = Array(whole.text.terms.keys.prefix(10))
            face.text.bridges.keys = Array(whole.text.bridges.keys.prefix(2))
            switch number % 3 {
            case 0: return Told(whole: whole, face: whole, isVeiled: false)
            case 1: return Told(whole: whole, face: face, isVeiled: true)
            default: return Told(whole: whole, face: number % 2 == 0 ? nil : face, isVeiled: true)
            }
        }
    }

    private func add(_ told: Told, to index: inout MatchIndex) {
        if told.isVeiled { index.add(told.whole, face: told.face) } else { index.add(told.whole) }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `answers a reader as one that holds only what the reader may read, to the last digit`(seed: UInt64) {
        var dice = Dice(seed: seed)
        let all = collection(&dice)
        var index = MatchIndex()
        for told in all { add(told, to: &index) }
        // Some are rewritten, and some go.
        for told in all.prefix(40) { add(told, to: &index) }
        for told in all.suffix(20) { index.remove(told.whole.id) }
        index.compact()
        var open = MatchIndex()
        var everything = MatchIndex()
        for told in all.dropLast(20) {
            everything.add(told.whole)
            if told.whole.owner == "o1" { open.add(told.whole) } else if let face = told.face { open.add(face) }
        }
        #expect(index.count == everything.count)
        let filter = MatchFilter(view: .reader(organization: "o1"))
        var outside = MatchIndex()
        for told in all.dropLast(20) { if let face = told.face { outside.add(face) } }
        for told in all {
            var query = told.whole
            query.id = "q"
            query.owner = ""
            // Words that only hidden texts have are taken for words that none has: every number depends on rarity.
            #expect(
                index.matches(for: query, limit: 200, filter: MatchFilter(view: .reader()))
                    == outside.matches(for: query, limit: 200))
            #expect(index.matches(for: query, limit: 200) == everything.matches(for: query, limit: 200))
            let own = index.matches(for: query, limit: 200, filter: filter).map(\.id)
            #expect(Set(own).isSuperset(of: outside.matches(for: query, limit: 200).map(\.id)))
        }
        for word in 1...60 {
            let term = SearchTerm(key: "w\(word)", isPrefix: word % 2 == 0)
            let found = index.search([term], limit: 200, view: .reader())
            let expected = outside.search([term], limit: 200)
            #expect(found.map(\.id) == expected.map(\.id) && found.map(\.score) == expected.map(\.score))
            let own = Set(index.search([term], limit: 200, view: .reader(organization: "o1")).map(\.id))
            #expect(own == Set(open.search([term], limit: 200).map(\.id)))
        }
    }

    @Test func `scores a pair outwardly by what anybody may read, whatever is hidden`() throws {
        func index(_ hidden: String) -> MatchIndex {
            var index = MatchIndex()
            index.add(
                posting("n", .need, "cooling of fish boxes " + hidden),
                face: posting("n", .need, "cooling of fish boxes"))
            index.add(posting("s", .seed, "a rotomat kiln and cooling"))
            index.add(posting("t", .seed, "quiet packaging"))
            return index
        }
        let one = try #require(index("in a rotomat kiln").score(of: "n", "s", in: .reader()))
        #expect(index("").score(of: "n", "s", in: .reader()) == one)
        #expect(index("in quiet packaging").score(of: "n", "s", in: .reader()) == one)
        #expect(one.relevance > 0)
        let inner = try #require(index("in a rotomat kiln").matches(of: "n", limit: 1).first)
        #expect(inner.score.relevance > one.relevance)
    }

    @Test func `shows the whole to the owner's organization, to those introduced, and to the exchange itself`() {
        var index = MatchIndex()
        index.add(
            posting("n", .need, "cooling rotomat", owner: "home"), face: posting("n", .need, "cooling", owner: "home"))
        let query = posting("s", .seed, "rotomat")
        func found(_ view: MatchView) -> [String] {
            index.matches(for: query, limit: 5, filter: MatchFilter(view: view)).map(\.id)
        }
        #expect(found(.everything) == ["n"])
        #expect(found(.reader(organization: "home")) == ["n"])
        #expect(found(.reader(introduced: ["n"])) == ["n"])
        #expect(found(.reader()) == [] && found(.reader(organization: "other", introduced: ["m"])) == [])
        index.setAvailable("n", to: false)
        #expect(found(.everything) == [])
        #expect(index.availableIDs(.need) == [] && index.ids(.need) == ["n"])
    }
}
