extension Annealing {
    /// The cheapest meeting of a slot that keeps a scarce thing from the pair, once two others have left; -1 for none.
    func holder(in slot: Int, against pair: Int, besides one: Int, _ other: Int) -> Int {
        var found = -1
        for place in 0..<Int(board.used[slot]) {
            let taker = Int(board.rows[slot * board.rowWidth + place])
            if taker == one || taker == other || (found >= 0 && value(taker) >= value(found)) { continue }
            if board.isStocked(pair, in: slot, without: one, other, taker) { found = taker }
        }
        return found
    }
}
