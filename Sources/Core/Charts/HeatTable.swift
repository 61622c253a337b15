/// A table of values from 0 to 1 whose cells are the darker the greater they are.
package struct HeatTable: Sendable {
    /// One cell.
    package struct Cell: Sendable, Equatable {
        /// 0...1, what the shade says.
        package var value: Double
        /// What is written in the cell.
        package var text: String
        /// A smaller second line, empty for none.
        package var note: String

        /// Takes every value.
        package init(_ value: Double, text: String, note: String = "") {
            self.value = value
            self.text = text
            self.note = note
        }
    }

    /// Title and summary.
    package var caption: ChartCaption
    /// Names of the rows.
    package var rows: [String]
    /// Names of the columns.
    package var columns: [String]
    /// Row by row; nil where there is nothing.
    package var cells: [[Cell?]]
    /// What the rows are.
    package var rowName: String
    /// What the columns are.
    package var columnName: String

    /// Takes what is drawn.
    package init(
        _ caption: ChartCaption, rows: [String], columns: [String], cells: [[Cell?]], rowName: String,
        columnName: String
    ) {
        self.caption = caption
        self.rows = rows
        self.columns = columns
        self.cells = cells
        self.rowName = rowName
        self.columnName = columnName
    }

    /// The drawing as an SVG element.
    package func svg() -> String {
        var canvas = Canvas()
        let cell = (width: 92.0, height: 52.0)
        let left = (rows + [rowName]).map { $0.width(at: 13) }.max().map { min(180, $0 + 18) } ?? 60
        let top = 48.0
        canvas.text(columnName, left + cell.width * Double(columns.count) / 2, 16, .middle, "axis-name")
        canvas.text(rowName.clipped(to: left - 8, at: 13), 0, 38, .start, "axis-name")
        for (number, name) in columns.enumerated() {
            canvas.text(
                name.clipped(to: cell.width - 6, at: 13), left + cell.width * (Double(number) + 0.5), 38, .middle)
        }
        for (row, name) in rows.enumerated() {
            let y = top + cell.height * Double(row)
            canvas.text(name.clipped(to: left - 8, at: 13), 0, y + cell.height / 2 + 4)
            for column in columns.indices {
                let x = left + cell.width * Double(column)
                let middle = x + cell.width / 2
                guard row < cells.count, column < cells[row].count, let one = cells[row][column] else {
                    canvas.rect(x + 1, y + 1, cell.width - 2, cell.height - 2, "nothing")
                    canvas.text("–", middle, y + cell.height / 2 + 4, .middle, "tick")
                    continue
                }
                // Never so dark that the words on it cannot be read.
                let shade = 0.05 + 0.4 * min(1, max(0, one.value.isFinite ? one.value : 0))
                canvas.rect(
                    x + 1, y + 1, cell.width - 2, cell.height - 2, "heat", " fill-opacity=\"\(chartNumber(shade))\"")
                let lift = one.note.isEmpty ? 5.0 : -2
                canvas.text(one.text, middle, y + cell.height / 2 + lift, .middle, "strong")
                if !one.note.isEmpty { canvas.text(one.note, middle, y + cell.height / 2 + 16, .middle, "tick") }
            }
        }
        return canvas.svg(
            caption, width: left + cell.width * Double(columns.count) + 2,
            height: top + cell.height * Double(rows.count) + 2)
    }
}
