import Exchange
import Testing

@Suite struct `The field taxonomy` {
    @Test func `finds a field by code and by its label in four languages`() throws {
        let fields = try taxonomy()
        for text in ["fermentation", "Fermentation", " FERMENTATION ", "発酵・醸造", "発酵醸造", "발효", "发酵", "ｆｅｒｍｅｎｔａｔｉｏｎ"] {
            #expect(fields.find(text) == FieldCode("fermentation"))
        }
        #expect(fields.find("醸造学") == nil)
        #expect(fields.find("") == nil)
    }

    @Test(arguments: [
        ("pumps", "pumps", FieldDistance.same), ("pumps", "robots", .near), ("pumps", "cold-chain", .near),
        ("cold-chain", "pumps", .near), ("robots", "fermentation", .far), ("machines", "pumps", .near),
        ("food", "machines", .far), ("robots", "teleportation", .far), ("teleportation", "teleportation", .same),
    ])
    func `tells how far apart two fields are`(_ left: String, _ right: String, _ distance: FieldDistance) throws {
        let fields = try taxonomy()
        #expect(fields.distance(FieldCode(left), FieldCode(right)) == distance)
        #expect(fields.distance(FieldCode(right), FieldCode(left)) == distance)
    }

    @Test func `takes the smallest distance of several fields, and far if there is none`() throws {
        let fields = try taxonomy()
        let (robots, food) = (FieldCode("robots"), FieldCode("fermentation"))
        #expect(fields.distance([robots, food], [FieldCode("pumps")]) == .near)
        #expect(fields.distance([robots, food], [food]) == .same)
        #expect(fields.distance([robots], [food]) == .far)
        #expect(fields.distance([], [food]) == .far)
    }

    @Test(arguments: [
        ([field("food"), field("food")], ["fields.food duplicate"]), ([field("Food")], ["fields.Food malformed"]),
        ([field("1food")], ["fields.1food malformed"]), ([field("")], ["fields. malformed"]),
        ([field(String(repeating: "f", count: 41))], ["fields.\(String(repeating: "f", count: 41)) malformed"]),
        ([field(String(repeating: "f", count: 40))], []), ([field("a", in: "b")], ["fields.a unknown"]),
        ([field("a"), field("b", in: "a"), field("c", in: "b")], ["fields.c unknown"]),
        ([field("a", near: ["b"])], ["fields.a unknown"]), ([field("a", near: ["a"])], ["fields.a unknown"]),
        ([field("a", [.ja: "あ", .en: "a", .ko: " "])], ["fields.a required", "fields.a required"]), ([], []),
    ])
    func `refuses a bad file with every problem in it`(_ fields: [Field], _ found: [String]) {
        #expect(problems { try FieldTaxonomy(fields) } == found)
    }

    @Test func `labels a field in the language asked, or shows the bare code of an unknown one`() throws {
        let fields = try taxonomy()
        #expect(fields.label(FieldCode("food"), in: .ko) == "식품")
        #expect(fields.label(FieldCode("teleportation"), in: .ja) == "teleportation")
        #expect(fields[FieldCode("teleportation")] == nil)
    }
}
