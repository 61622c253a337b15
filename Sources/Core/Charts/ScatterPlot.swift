/// One dot for each thing measured in two ways; above the diagonal the upright measure is the greater.
package struct ScatterPlot: Sendable {
    /// One thing.
    package struct Point: Sendable {
        /// What the pointer shows.
        package var name: String
        /// Measured the one way.
        package var x: Double
        /// Measured the other way.
        package var y: Double

        /// Takes every value.
        package init(_ name: String, x: Double, y: Double) {
            self.name = name
            self.x = x
            self.y = y
        }
    }

    /// Title and summary.
    package var caption: ChartCaption
    /// Those at one place become one larger dot.
    package var points: [Point]
    /// Name of the axis across.
    package var acrossName: String
    /// Name of the upright axis.
    package var upName: String
    /// Pixels at the natural size, both ways.
    package var width = 480.0

    /// Takes what is drawn.
    package init(_ caption: ChartCaption, points: [Point], acrossName: String, upName: String) {
        self.caption = caption
        self.points = points
        self.acrossName = acrossName
        self.upName = upName
    }

    /// The drawing as an SVG element.
    package func svg() -> String {
        var canvas = Canvas()
        let scale = NiceScale(holding: points.flatMap { [$0.x, $0.y] } + [0])
        let area = PlotArea(
            left: 66, top: 12, width: width - 82, height: width - 82, across: scale, up: scale)
        area.draw(on: &canvas, acrossName: acrossName, upName: upName)
        canvas.line(area.left, area.top + area.height, area.left + area.width, area.top, "even")
        var places: [String: [Point]] = [:]
        for point in points where point.x.isFinite && point.y.isFinite {
            places["\(chartNumber(point.x, digits: 3)) \(chartNumber(point.y, digits: 3))", default: []].append(point)
        }
        // Large dots first, so that none hides a small one.
        let groups = places.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.map(\.value)
        for group in groups {
            let point = group[0]
            let look = point.y > point.x ? "s0" : point.y < point.x ? "s1" : "s2"
            let names = group.map(\.name).prefix(12).joined(separator: ", ") + (group.count > 12 ? " …" : "")
            canvas.circle(
                area.x(point.x), area.y(point.y), min(12, 5 * Double(group.count).squareRoot()), "dot \(look)",
                hint: "\(names): \(chartNumber(point.x)), \(chartNumber(point.y))")
            if group.count > 3 {
                canvas.text("\(group.count)", area.x(point.x), area.y(point.y) + 4, .middle, "value")
            }
        }
        return canvas.svg(caption, width: width, height: area.height + 62)
    }
}
