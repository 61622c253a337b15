/// What a chart says to people who do not see it.
package struct ChartCaption: Sendable, Equatable {
    /// Unique in the page; letters, digits and hyphens.
    package var id: String
    /// A short name, read first and shown by browsers at the pointer.
    package var title: String
    /// What is to be seen, in a sentence or two.
    package var summary: String

    /// Takes every value.
    package init(id: String, title: String, summary: String) {
        self.id = id
        self.title = title
        self.summary = summary
    }
}

/// SVG elements in the order they are drawn. Looks come from classes (see `ChartStyle`), so that pages which forbid
/// inline styles can show them.
struct Canvas {
    enum Anchor: String { case start, middle, end }

    private(set) var body = ""

    mutating func rect(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ look: String, _ more: String = "")
    {
        body +=
            "<rect x=\"\(at(x))\" y=\"\(at(y))\" width=\"\(at(max(0, width)))\" height=\"\(at(max(0, height)))\""
            + " class=\"\(look)\"\(more)/>\n"
    }

    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ look: String) {
        body += "<line x1=\"\(at(x1))\" y1=\"\(at(y1))\" x2=\"\(at(x2))\" y2=\"\(at(y2))\" class=\"\(look)\"/>\n"
    }

    mutating func circle(_ x: Double, _ y: Double, _ radius: Double, _ look: String, hint: String) {
        body +=
            "<circle cx=\"\(at(x))\" cy=\"\(at(y))\" r=\"\(at(radius))\" class=\"\(look)\"><title>"
            + hint.svgEscaped + "</title></circle>\n"
    }

    mutating func curve(_ points: [(x: Double, y: Double)], _ look: String) {
        let places = points.map { "\(at($0.x)),\(at($0.y))" }.joined(separator: " ")
        body += "<polyline points=\"\(places)\" class=\"\(look)\"/>\n"
    }

    /// A curve that says something when pointed at.
    mutating func curve(_ points: [(x: Double, y: Double)], _ look: String, hint: String) {
        let places = points.map { "\(at($0.x)),\(at($0.y))" }.joined(separator: " ")
        body += "<polyline points=\"\(places)\" class=\"\(look)\"><title>\(hint.svgEscaped)</title></polyline>\n"
    }

    mutating func text(_ text: String, _ x: Double, _ y: Double, _ anchor: Anchor = .start, _ look: String = "label") {
        body +=
            "<text x=\"\(at(x))\" y=\"\(at(y))\" text-anchor=\"\(anchor.rawValue)\" class=\"\(look)\">"
            + text.svgEscaped + "</text>\n"
    }

    /// A name along an upright axis.
    mutating func upright(_ text: String, _ x: Double, _ y: Double) {
        body +=
            "<text transform=\"translate(\(at(x)) \(at(y))) rotate(-90)\" text-anchor=\"middle\" class=\"axis-name\">"
            + text.svgEscaped + "</text>\n"
    }

    /// Names of the series with their signs in one row; returns the row's height.
    mutating func legend(_ names: [String], left: Double, width: Double) -> Double {
        guard names.count > 1 else { return 0 }
        var x = left
        var y = 14.0
        for (number, name) in names.enumerated() {
            let room = 24 + name.width(at: 13) + 18
            if x > left, x + room > left + width {
                x = left
                y += 20
            }
            rect(x, y - 10, 16, 11, "bar s\(number % 4)")
            text(name, x + 22, y)
            x += room
        }
        return y + 10
    }

    func svg(_ caption: ChartCaption, width: Double, height: Double) -> String {
        let id = String(caption.id.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
        return """
            <svg class="chart" role="img" viewBox="0 0 \(at(width)) \(at(height))" width="\(at(width))" \
            height="\(at(height))" aria-labelledby="\(id)-t \(id)-d" xmlns="http://www.w3.org/2000/svg">
            <title id="\(id)-t">\(caption.title.svgEscaped)</title>
            <desc id="\(id)-d">\(caption.summary.svgEscaped)</desc>
            \(body)</svg>
            """
    }

    /// A coordinate with one digit after the point.
    private func at(_ value: Double) -> String {
        guard value.isFinite else { return "0" }
        let tenths = Int((value * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        let (whole, rest) = abs(tenths).quotientAndRemainder(dividingBy: 10)
        return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
    }
}

/// The rectangle in which values are drawn, with its two scales.
struct PlotArea {
    var left: Double
    var top: Double
    var width: Double
    var height: Double
    var across: NiceScale?
    var up: NiceScale

    func x(_ value: Double) -> Double { left + width * (across?.place(value) ?? 0) }
    func y(_ value: Double) -> Double { top + height * (1 - up.place(value)) }

    /// Grid, ticks and names of the axes.
    func draw(on canvas: inout Canvas, acrossName: String, upName: String) {
        for tick in up.ticks {
            canvas.line(left, y(tick), left + width, y(tick), "grid")
            canvas.text(chartNumber(tick, digits: up.digits), left - 8, y(tick) + 4, .end, "tick")
        }
        if let across {
            for tick in across.ticks {
                canvas.line(x(tick), top, x(tick), top + height, "grid")
                canvas.text(chartNumber(tick, digits: across.digits), x(tick), top + height + 18, .middle, "tick")
            }
        }
        canvas.line(left, top + height, left + width, top + height, "axis")
        canvas.line(left, top, left, top + height, "axis")
        if !acrossName.isEmpty {
            canvas.text(acrossName, left + width / 2, top + height + 40, .middle, "axis-name")
        }
        if !upName.isEmpty { canvas.upright(upName, 14, top + height / 2) }
    }
}
