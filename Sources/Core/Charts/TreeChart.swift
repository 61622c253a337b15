/// What came of what: a tree from left to right, each name with its own a step further on.
package struct TreeChart: Sendable {
    /// A name with what came of it.
    package struct Branch: Sendable, Equatable {
        package var name: String
        /// A smaller second line, empty for none.
        package var note: String
        /// How its sign looks: a group from 0.
        package var group: Int
        package var branches: [Branch]

        /// Takes every value.
        package init(_ name: String, note: String = "", group: Int = 0, _ branches: [Branch] = []) {
            self.name = name
            self.note = note
            self.group = group
            self.branches = branches
        }
    }

    /// Title and summary.
    package var caption: ChartCaption
    package var root: Branch

    /// Takes what is drawn.
    package init(_ caption: ChartCaption, root: Branch) {
        self.caption = caption
        self.root = root
    }

    private static let step = 250.0
    private static let row = 52.0

    /// The drawing as an SVG element.
    package func svg() -> String {
        var canvas = Canvas()
        var rows = 0
        _ = draw(root, depth: 0, &rows, &canvas)
        return canvas.svg(
            caption, width: Self.step * Double(Self.depth(of: root)) + 4, height: Self.row * Double(max(1, rows)) + 4)
    }

    private static func depth(of branch: Branch) -> Int { 1 + (branch.branches.map(depth).max() ?? 0) }

    /// Draws a branch with its own; answers the height at which its sign stands.
    private func draw(_ branch: Branch, depth: Int, _ rows: inout Int, _ canvas: inout Canvas) -> Double {
        let x = Self.step * Double(depth) + 10
        var heights: [Double] = []
        for own in branch.branches { heights.append(draw(own, depth: depth + 1, &rows, &canvas)) }
        let y: Double
        if let first = heights.first, let last = heights.last {
            y = (first + last) / 2
        } else {
            y = Self.row * Double(rows) + 22
            rows += 1
        }
        let room = Self.step - 34
        for height in heights {
            let bend = x + room - 2
            canvas.curve([(x + 8, y), (bend, y), (bend + 8, height), (x + Self.step - 8, height)], "tie made little")
        }
        canvas.circle(x, y, 7, "knot g\(branch.group % 12)", hint: branch.name)
        canvas.text(branch.name.clipped(to: room - 12, at: 13), x + 14, y - 6)
        if !branch.note.isEmpty { canvas.text(branch.note.clipped(to: room - 12, at: 12), x + 14, y + 17, .start, "tick") }
        return y
    }
}
