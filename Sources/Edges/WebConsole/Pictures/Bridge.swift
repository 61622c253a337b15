import Exchange
import WebCommon

/// The exchange's own sign: a match as a bridge between two coloured fields. The farther the fields, the wider the
/// water and the higher the arch; a chance pick has no arch yet, only stepping stones.
struct Bridge {
    let need: Int
    let seed: Int
    let kind: Match.Class

    /// The drawing as an SVG element. Colours come from the style sheet by the classes `f0` ... `f11`.
    ///
    /// - Parameter label: What it says, for people who do not see it.
    func svg(_ label: String) -> String {
        let gap: Int
        switch kind {
        case .kindred: gap = 44
        case .adjacent: gap = 84
        case .bridge, .wildcard: gap = 128
        }
        let (left, right) = (100 - gap / 2, 100 + gap / 2)
        let waves = String(repeating: "t12 0 ", count: (gap + 16) / 12)
        return """
            <svg class="bridge" viewBox="0 0 200 52" role="img" aria-label="\(label.htmlEscaped)">\
            <path class="water" d="M\(left - 8) 46q6-4 12 0\(waves)"/>\
            <path class="land f\(need)" d="M0 52V33Q0 28 6 28H\(left - 6)Q\(left) 28 \(left) 34V52Z"/>\
            <path class="land f\(seed)" d="M200 52V33Q200 28 194 28H\(right + 6)Q\(right) 28 \(right) 34V52Z"/>\
            \(way(left, right))</svg>
            """
    }

    private func way(_ left: Int, _ right: Int) -> String {
        switch kind {
        case .wildcard:
            let stones = stride(from: left + 12, to: right - 4, by: 21).enumerated().map { index, x in
                "<circle class=\"stone\" cx=\"\(x)\" cy=\"\(index % 2 == 0 ? 32 : 26)\" r=\"4\"/>"
            }
            return stones.joined()
        case .kindred: return "<path class=\"deck\" d=\"M\(left - 6) 27H\(right + 6)\"/>"
        case .adjacent, .bridge:
            let height = kind == .bridge ? 46 : 20
            let deck = "<path class=\"deck\" d=\"M\(left - 6) 27H\(right + 6)\"/>"
            let arch = "<path class=\"arch\" d=\"M\(left - 2) 27Q100 \(27 - height) \(right + 2) 27\"/>"
            let width = Double(right - left)
            let cables = (1..<6).map { step -> String in
                let part = Double(step) / 6
                let x = Double(left) + width * part
                let y = 27 - 2 * part * (1 - part) * Double(height)
                return "<path class=\"cable\" d=\"M\(Int(x)) 27V\(Int(y))\"/>"
            }
            return cables.joined() + arch + deck
        }
    }
}

/// The colours of fields: those of one top class share one of twelve.
struct FieldColours: Sendable {
    private let places: [FieldCode: Int]
    private let taxonomy: FieldTaxonomy

    init(_ taxonomy: FieldTaxonomy) {
        self.taxonomy = taxonomy
        var places: [FieldCode: Int] = [:]
        let tops = taxonomy.fields.filter { $0.parent == nil }.map(\.code)
        for (index, top) in tops.enumerated() { places[top] = index % 12 }
        for field in taxonomy.fields {
            if let parent = field.parent { places[field.code] = places[parent] ?? 0 }
        }
        self.places = places
    }

    /// The same of fields by their labels.
    func colour(named labels: [String]) -> Int { colour(of: labels.prefix(1).compactMap { taxonomy.find($0) }) }

    /// The colour's number, 0...11, of the first of the fields.
    func colour(of fields: [FieldCode]) -> Int { fields.first.flatMap { places[$0] } ?? 11 }
}
