/// The cheapest way to give each row a column of its own (Hungarian method with potentials, in the cube of the size).
enum LinearAssignment {
    /// The least sum of one number of each row and each column of a square table, row by row.
    static func cheapest(_ table: [Int], size: Int) -> (cost: Int, columns: [Int]) {
        // Counted from 1; row and column 0 are the start of each path.
        var rowPrice = Array(repeating: 0, count: size + 1)
        var columnPrice = rowPrice
        var holder = rowPrice
        var from = rowPrice
        for row in 0..<size {
            holder[0] = row + 1
            var column = 0
            var slack = Array(repeating: Int.max / 2, count: size + 1)
            var isDone = Array(repeating: false, count: size + 1)
            repeat {
                isDone[column] = true
                let current = holder[column]
                var step = Int.max / 2
                var next = 0
                for candidate in 1...size where !isDone[candidate] {
                    let price =
                        table[(current - 1) * size + candidate - 1] - rowPrice[current] - columnPrice[candidate]
                    if price < slack[candidate] {
                        slack[candidate] = price
                        from[candidate] = column
                    }
                    if slack[candidate] < step {
                        step = slack[candidate]
                        next = candidate
                    }
                }
                for candidate in 0...size {
                    if isDone[candidate] {
                        rowPrice[holder[candidate]] += step
                        columnPrice[candidate] -= step
                    } else {
                        slack[candidate] -= step
                    }
                }
                column = next
            } while holder[column] != 0
            while column != 0 {
                holder[column] = holder[from[column]]
                column = from[column]
            }
        }
        var columns = Array(repeating: 0, count: size)
        var cost = 0
        for column in stride(from: 1, through: size, by: 1) {
            columns[holder[column] - 1] = column - 1
            cost += table[(holder[column] - 1) * size + column - 1]
        }
        return (cost, columns)
    }
}
