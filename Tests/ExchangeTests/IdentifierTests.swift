import Exchange
import Testing

@Suite struct `An identifier` {
    @Test func `carries its prefix and 26 characters of base 32`() {
        let made = Identifier<Posting>.make(prefix: "seed", at: noon, random: (1, 2))
        #expect(made.prefix == "seed")
        #expect(made.text.utf8.count == 31)
        #expect(made.text.hasPrefix("seed_"))
        #expect("\(made)" == made.text)
    }

    @Test func `takes the first prefix of its kind if none is named`() {
        #expect(Identifier<Posting>.make(at: noon, random: (0, 0)).prefix == "need")
        #expect(Identifier<Organization>.make(at: noon, random: (0, 0)).prefix == "org")
    }

    @Test(arguments: [0, 1, 1_800_000_000_000, 281_474_976_710_655] as [Int64])
    func `comes back from its text`(_ milliseconds: Int64) throws {
        let made = Identifier<Match>.make(
            at: Instant(milliseconds: milliseconds), random: (.max, 0x0123_4567_89ab_cdef))
        #expect(try Identifier<Match>(made.text) == made)
    }

    @Test(
        arguments: [
            (0, 0, 0), (.max, .max, .max), (1, .max - 1_000, 1), (7, 0xffff_ffff_0000_0000, 0x00ff_0000_0000_0000),
        ] as [(UInt16, UInt64, UInt64)])
    func `of a series sorts after the one before`(_ upper: UInt16, _ lower: UInt64, _ step: UInt64) throws {
        let series = IdentifierSeries(at: noon, random: (upper, lower, step))
        let places = Array(0..<2_000) + [1_000_000, 1_000_001, Int(UInt32.max) - 1, Int(UInt32.max)]
        let made = places.map { series.identifier($0, of: Posting.self, prefix: "seed") }
        #expect(made == made.sorted())
        #expect(Set(made).count == made.count)
        for identifier in made { #expect(try Identifier<Posting>(identifier.text) == identifier) }
        // All of them carry the moment.
        #expect(Set(made.map { $0.text.prefix(15) }).count == 1)
    }

    @Test func `sorts by the moment and then by chance`() {
        let moments: [Int64] = [
            0, 1, 31, 32, 33, 1023, 1024, 1_799_999_999_999, 1_800_000_000_000, 281_474_976_710_655,
        ]
        var made: [Identifier<Participant>] = []
        for moment in moments {
            for random in [(0, 0), (0, 1), (0, UInt64.max), (1, 0), (UInt16.max, UInt64.max)] as [(UInt16, UInt64)] {
                made.append(.make(at: Instant(milliseconds: moment), random: random))
            }
        }
        #expect(made == made.sorted())
        #expect(Set(made).count == made.count)
    }

    @Test(arguments: [
        "", "need", "need_", "org_01jd3w7k2m9v8x4t6r5q1p0nzb", "need_01jd3w7k2m9v8x4t6r5q1p0nz",
        "need_01jd3w7k2m9v8x4t6r5q1p0nzbb", "need_01JD3W7K2M9V8X4T6R5Q1P0NZB", "need_01jd3w7k2m9v8x4t6r5q1p0nzi",
        "need_01jd3w7k2m9v8x4t6r5q1p0nzu", " need_01jd3w7k2m9v8x4t6r5q1p0nzb", "need-01jd3w7k2m9v8x4t6r5q1p0nzb",
        "need_01jd3w7k2m9v8x4t6r5q1p0nz\u{ff42}", "need_01jd3w7k2m9v8x4t6r5q1p0n'--",
    ])
    func `of another kind or form is not found`(_ text: String) {
        #expect(throws: Refusal.notFound(subject: "need", id: text)) { try Identifier<Posting>(text) }
    }

    @Test func `of a posting may be a need's or a seed's`() throws {
        #expect(try Identifier<Posting>("need_01jd3w7k2m9v8x4t6r5q1p0nzb").prefix == "need")
        #expect(try Identifier<Posting>("seed_01jd3w7k2m9v8x4t6r5q1p0nzb").prefix == "seed")
    }
}

@Suite struct `Who did something` {
    @Test(arguments: [ActorReference.system("matcher"), .system(""), .participant(id(4))])
    func `is kept as one word`(_ reference: ActorReference) {
        #expect(ActorReference(stored: reference.text) == reference)
    }
}
