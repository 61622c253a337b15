/// The unit a platform counts lengths in.
package enum TextUnit: Sendable {
    case utf8, utf16, scalars

    /// The length of `text` in this unit.
    package func count(_ text: String) -> Int {
        switch self {
        case .utf8: text.utf8.count
        case .utf16: text.utf16.count
        case .scalars: text.unicodeScalars.count
        }
    }
}

/// Cuts escaped text between graphemes, so that no entity, escape or emoji is ever torn.
package enum Clip {
    /// Joins `pieces` (each already escaped, none divisible); when they exceed `limit`, whole pieces are dropped from
    /// the
    /// end and "…" shows it. The result never exceeds `limit`.
    package static func joining(_ pieces: some Sequence<String>, within limit: Int, _ unit: TextUnit) -> String {
        let mark = "…"
        let markLength = unit.count(mark)
        var result = ""
        var length = 0
        var roomy: String?  // the longest beginning that leaves room for the mark, once the text outgrows it
        for piece in pieces {
            let size = unit.count(piece)
            if length + size > limit {
                guard limit >= markLength else { return "" }
                return (roomy ?? result) + mark
            }
            if roomy == nil, length + size > limit - markLength { roomy = result }
            result += piece
            length += size
        }
        return result
    }

    /// `text`, grapheme by grapheme through `escape`, within `limit` units.
    package static func text(
        _ text: String, within limit: Int, _ unit: TextUnit, escaping escape: (Character) -> String = { String($0) }
    ) -> String {
        joining(text.prefix(limit + 1).map { escape($0) }, within: limit, unit)
    }

    /// Builds with all the room, then with less and less of it until the measured size is at most `total`.
    static func fitting<Value>(_ total: Int, _ build: (_ share: Double) -> (value: Value, size: Int)) -> Value {
        var share = 1.0
        var built = build(share)
        while built.size > total, share > 0.02 {
            share *= min(0.85, Double(total) / Double(built.size))
            built = build(share)
        }
        return built.value
    }
}
