/// Curves over one pair of axes.
package struct LineChart: Sendable {
    /// One curve.
    package struct Series: Sendable {
        /// What the legend calls it.
        package var name: String
        /// From left to right.
        package var points: [(x: Double, y: Double)]

        /// Takes every value.
        package init(_ name: String, _ points: [(x: Double, y: Double)]) {
            self.name = name
            self.points = points
        }
    }

    /// Title and summary.
    package var caption: ChartCaption
    /// At most four are told apart by their looks.
    package var series: [Series]
    /// Name of the axis across.
    package var acrossName: String
    /// Name of the upright axis.
    package var upName: String
    /// Draws the line from the lower left to the upper right corner, as a measure of evenness.
    package var hasDiagonal: Bool
    /// Pixels at the natural size.
    package var width = 480.0
    /// Pixels at the natural size.
    package var height = 400.0

    /// Takes what is drawn.
    package init(
        _ caption: ChartCaption, series: [Series], acrossName: String, upName: String, hasDiagonal: Bool = false
    ) {
        self.caption = caption
        self.series = series
        self.acrossName = acrossName
        self.upName = upName
        self.hasDiagonal = hasDiagonal
    }

    /// The drawing as an SVG element.
    package func svg() -> String {
        var canvas = Canvas()
        let left = 66.0
        let top = canvas.legend(series.map(\.name), left: left, width: width - left) + 10
        let points = series.flatMap(\.points)
        let area = PlotArea(
            left: left, top: top, width: width - left - 16, height: height - top - 50,
            across: NiceScale(holding: points.map(\.x)), up: NiceScale(holding: points.map(\.y) + [0]))
        area.draw(on: &canvas, acrossName: acrossName, upName: upName)
        if hasDiagonal {
            canvas.line(area.left, area.top + area.height, area.left + area.width, area.top, "even")
        }
        for (number, one) in series.enumerated() {
            canvas.curve(one.points.map { (area.x($0.x), area.y($0.y)) }, "curve s\(number % 4)")
        }
        return canvas.svg(caption, width: width, height: height)
    }
}
