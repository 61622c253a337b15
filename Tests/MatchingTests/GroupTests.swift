import Matching
import Testing

@Suite struct `A group of three` {
    private let need = posting(
        "need", .need, "Keep the freshness of chilled fish during transport and reduce the weight of boxes",
        fields: ["fishery"], owner: "harbour")
    private let sensor = posting(
        "sensor", .seed, "Printed sensor to keep the freshness of chilled fish during transport",
        fields: ["electronics"], owner: "maker")
    private let foam = posting(
        "foam", .seed, "Foamed paper boxes of low weight for chilled goods in transport", fields: ["paper"],
        owner: "mill")
    private let copy = posting(
        "copy", .seed, "Freshness sensor label for chilled food", fields: ["optics"], owner: "lens")

    private func finder(apart: @escaping (String, String) -> Bool = { _, _ in false }) -> GroupFinder {
        let others = ["steel gear", "rice straw", "laser welding", "hospital bed", "chilled storage"]
            .enumerated().map { posting("x\($0.offset)", .seed, $0.element) }
        return GroupFinder(
            geometry: .flat, rarityFrom: [need, sensor, foam, copy] + others, apart: apart)
    }

    private func group(
        _ seeds: [MatchDocument], apart: @escaping (String, String) -> Bool = { _, _ in false }
    )
        -> GroupCandidate?
    {
        finder(apart: apart).group(GroupTheme(need: need, seeds: seeds.map { ($0, 0.5) }))
    }

    @Test func `brings together those who cover most of the need together`() throws {
        let found = try #require(group([sensor, foam, copy]))
        #expect(found.seeds == ["foam", "sensor"])
        #expect(found.coverage > 0.4)
        #expect(found.shares["foam"]?.contains { $0.contains("weight") || $0.contains("boxes") } == true)
        #expect(found == group([copy, foam, sensor]))
    }

    @Test func `has three fields, three organizations and nobody kept apart`() {
        var sameField = foam
        sameField.fields = ["electronics"]
        #expect(group([sensor, sameField]) == nil)
        var sameOwner = foam
        sameOwner.owner = "maker"
        #expect(group([sensor, sameOwner]) == nil)
        var needsOwn = foam
        needsOwn.owner = "harbour"
        #expect(group([sensor, needsOwn]) == nil)
        #expect(group([sensor, foam]) != nil)
        #expect(group([sensor, foam], apart: { Set([$0, $1]) == ["maker", "mill"] }) == nil)
        #expect(group([sensor]) == nil)
    }

    @Test func `is about one theme`() {
        let stranger = posting("stranger", .seed, "Silent gears of sintered metal", fields: ["metal"], owner: "gears")
        #expect(group([sensor, stranger]) == nil)
    }

    @Test func `takes no posting twice`() {
        var second = need
        second.id = "second need"
        let themes = [need, second].map { GroupTheme(need: $0, seeds: [(sensor, 0.5), (foam, 0.5)]) }
        #expect(finder().groups(themes, limit: 5).count == 1)
        #expect(finder().groups([], limit: 5).isEmpty)
    }
}
