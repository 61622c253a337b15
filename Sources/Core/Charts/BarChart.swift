/// Bars in groups, one a series, each with the interval in which its value may lie.
package struct BarChart: Sendable {
    /// One bar.
    package struct Bar: Sendable, Equatable {
        /// Its height.
        package var value: Double
        /// The interval around it, if one is known.
        package var interval: ClosedRange<Double>?

        /// Takes every value.
        package init(_ value: Double, interval: ClosedRange<Double>? = nil) {
            self.value = value
            self.interval = interval
        }
    }

    /// Bars of one kind, one for each group; nil where there is none.
    package struct Series: Sendable {
        /// What the legend calls it.
        package var name: String
        /// In the order of the groups.
        package var bars: [Bar?]

        /// Takes every value.
        package init(_ name: String, _ bars: [Bar?]) {
            self.name = name
            self.bars = bars
        }
    }

    /// Title and summary.
    package var caption: ChartCaption
    /// Names below the groups.
    package var groups: [String]
    /// At most four are told apart by their looks.
    package var series: [Series]
    /// Name of the upright axis.
    package var unit: String
    /// Values that the axis shows whatever the bars are.
    package var showing: [Double]
    /// Pixels at the natural size.
    package var width = 640.0
    /// Pixels at the natural size.
    package var height = 300.0

    /// Takes what is drawn; the axis begins at 0.
    package init(
        _ caption: ChartCaption, groups: [String], series: [Series], unit: String = "", showing: [Double] = [0]
    ) {
        self.caption = caption
        self.groups = groups
        self.series = series
        self.unit = unit
        self.showing = showing
    }

    /// The drawing as an SVG element.
    package func svg() -> String {
        var canvas = Canvas()
        let left = unit.isEmpty ? 46.0 : 64.0
        let top = canvas.legend(series.map(\.name), left: left, width: width - left) + 18
        let bars = series.flatMap { $0.bars.compactMap { $0 } }
        var values: [Double] = bars.map(\.value)
        for bar in bars { values += bar.interval.map { [$0.lowerBound, $0.upperBound] } ?? [] }
        let area = PlotArea(
            left: left, top: top, width: width - left - 8, height: height - top - 34, across: nil,
            up: NiceScale(holding: values + showing + [0]))
        area.draw(on: &canvas, acrossName: "", upName: unit)
        let room = area.width / Double(max(1, groups.count))
        let bar = min(64, room * 0.8 / Double(max(1, series.count)))
        for (group, name) in groups.enumerated() {
            let middle = area.left + room * (Double(group) + 0.5)
            let start = middle - bar * Double(series.count) / 2
            for (number, one) in series.enumerated() where group < one.bars.count {
                guard let value = one.bars[group] else { continue }
                draw(value, "s\(number % 4)", start + bar * Double(number), bar, area, &canvas)
            }
            canvas.text(name.clipped(to: room - 6, at: 13), middle, area.top + area.height + 20, .middle)
        }
        return canvas.svg(caption, width: width, height: height)
    }

    private func draw(
        _ bar: Bar, _ look: String, _ x: Double, _ width: Double, _ area: PlotArea, _ canvas: inout Canvas
    ) {
        let top = area.y(max(0, bar.value))
        let bottom = area.y(min(0, bar.value))
        canvas.rect(x + 2, top, width - 4, bottom - top, "bar \(look)")
        var above = top
        if let interval = bar.interval {
            let middle = x + width / 2
            let high = area.y(interval.upperBound)
            let low = area.y(interval.lowerBound)
            // A halo first: the line has to be seen on the bar as well as on the paper.
            for look in ["halo", "whisker"] {
                canvas.line(middle, high, middle, low, look)
                canvas.line(middle - 6, high, middle + 6, high, look)
                canvas.line(middle - 6, low, middle + 6, low, look)
            }
            above = min(above, high)
        }
        canvas.text(chartNumber(bar.value), x + width / 2, above - 5, .middle, "value")
    }
}
