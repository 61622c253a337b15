/// The labels by which people write the values of a closed set, in any language, each leading to one value.
///
/// Case, width and spaces do not matter.
package struct LabelTable<Value: Sendable & Hashable>: Sendable {
    private let values: [String: Value]
    /// The labels exactly as given, which need no folding: most cells hold one of these.
    private let exact: [String: Value]
    /// The first label of each value, to be shown as permitted.
    package let permitted: [String]

    /// Each value with all its labels; the first is the one to recommend.
    package init(_ entries: [(value: Value, labels: [String])]) {
        var values: [String: Value] = [:]
        var exact: [String: Value] = [:]
        for entry in entries {
            for label in entry.labels {
                let key = Folding.key(label)
                precondition(
                    values[key] == nil || values[key] == entry.value, "\(label) cannot stand for two values")
                values[key] = entry.value
                exact[label] = entry.value
            }
        }
        self.values = values
        self.exact = exact
        self.permitted = entries.compactMap(\.labels.first)
    }

    /// The value a label stands for.
    ///
    /// - Throws: `CellReason.choice(.unknownLabel)` with the permitted labels and the nearest of all.
    package func value(of text: String) throws(CellReason) -> Value {
        // Also what is written as it would be folded, such as a code in lower case.
        if let value = exact[text] ?? values[text] { return value }
        let key = Folding.key(text)
        if let value = values[key] { return value }
        let nearestKey = Nearness.nearest(to: key, among: values.keys.sorted())
        let nearest = nearestKey.flatMap { found in
            permitted.first { Folding.key($0) == found } ?? found
        }
        throw .choice(.unknownLabel(permitted: permitted, nearest: nearest))
    }
}

/// Yes and no in four languages.
package enum BooleanCell {
    private static let labels = LabelTable<Bool>([
        (
            true,
            [
                "はい", "yes", "y", "true", "t", "1", "○", "〇", "◯", "◎", "●", "有", "有り", "あり", "可", "要", "on", "✓", "✔",
                "レ",
                "예", "네", "참", "있음", "是", "真", "对",
            ]
        ),
        (
            false,
            [
                "いいえ", "no", "n", "false", "f", "0", "×", "✕", "✗", "x", "無", "無し", "なし", "不可", "不要", "off",
                "아니오", "아니요", "거짓", "없음", "否", "假", "不", "无",
            ]
        ),
    ])

    /// - Throws: `CellReason.choice(.notBoolean)`.
    package static func boolean(_ text: String) throws(CellReason) -> Bool {
        guard let value = try? labels.value(of: text) else { throw .choice(.notBoolean) }
        return value
    }
}

/// Finds what somebody probably meant.
enum Nearness {
    /// The candidate with the fewest edits (insertions, deletions, replacements, swaps), if they are few: one in a
    /// short word, a third of a long one. A candidate that contains the text or is contained counts as near.
    static func nearest(to text: String, among candidates: [String]) -> String? {
        guard !text.isEmpty else { return nil }
        let letters = Array(text)
        var best: (candidate: String, distance: Int)?
        for candidate in candidates {
            let other = Array(candidate)
            let allowed = max(1, max(letters.count, other.count) / 3)
            guard abs(letters.count - other.count) <= allowed else { continue }
            let edits = distance(letters, other)
            // One edit in a word of one letter would make anything near to anything.
            guard edits <= allowed, edits < max(letters.count, other.count), edits < best?.distance ?? .max else {
                continue
            }
            best = (candidate, edits)
        }
        if let best { return best.candidate }
        guard letters.count >= 2 else { return nil }
        return candidates.filter { $0.count >= 2 && ($0.contains(text) || text.contains($0)) }
            .min { ($0.count, $0) < ($1.count, $1) }
    }

    /// Optimal string alignment distance.
    static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            current.reserveCapacity(right.count + 1)
            for (column, other) in right.enumerated() {
                var cost = min(last[column + 1] + 1, current[column] + 1, last[column] + (letter == other ? 0 : 1))
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
