/// How much is left of something from step to step: bars under each other, each as long as its number.
package struct FunnelChart: Sendable {
    /// One step.
    package struct Step: Sendable, Equatable {
        /// What is counted.
        package var name: String
        /// How many; not negative.
        package var count: Int
        /// What is written behind the bar, such as the number with its share.
        package var text: String

        /// Takes every value.
        package init(_ name: String, _ count: Int, text: String) {
            self.name = name
            self.count = count
            self.text = text
        }
    }

    /// Title and summary.
    package var caption: ChartCaption
    /// From the first to the last.
    package var steps: [Step]
    /// Pixels at the natural size.
    package var width = 640.0

    /// Takes what is drawn.
    package init(_ caption: ChartCaption, steps: [Step]) {
        self.caption = caption
        self.steps = steps
    }

    /// The drawing as an SVG element: names above their bars, so that they need no room beside them.
    package func svg() -> String {
        var canvas = Canvas()
        let row = 54.0
        let behind = (steps.map { $0.text.width(at: 15) }.max() ?? 0) + 12
        let room = max(80, width - behind)
        let most = Double(max(1, steps.map(\.count).max() ?? 1))
        for (number, step) in steps.enumerated() {
            let top = row * Double(number)
            // Something is seen even of one among thousands, and nothing of none.
            let long = step.count <= 0 ? 0 : max(4, room * Double(step.count) / most)
            canvas.text(step.name.clipped(to: width, at: 13), 0, top + 14)
            canvas.rect(0, top + 21, room, 24, "nothing")
            canvas.rect(0, top + 21, long, 24, "bar s0")
            canvas.text(step.text, room + 10, top + 38, .start, "strong")
        }
        return canvas.svg(caption, width: width, height: row * Double(steps.count))
    }
}
