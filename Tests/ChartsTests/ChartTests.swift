import Charts
import Foundation
import Testing

private let caption = ChartCaption(id: "c", title: "A <title> & more", summary: "What \"it\" shows.")

private let charts: [(name: String, svg: String)] = [
    (
        "bars",
        BarChart(
            caption, groups: ["<all>", "日本語"],
            series: [
                .init("ours & theirs", [.init(0.5, interval: 0.4...0.6), .init(.nan)]),
                .init("plain", [.init(0.3), nil]),
            ], unit: "nDCG"
        ).svg()
    ),
    ("no bars", BarChart(caption, groups: [], series: []).svg()),
    (
        "curves",
        LineChart(
            caption, series: [.init("<one>", [(0, 0), (0.5, 0.2), (1, 1)])], acrossName: "x<", upName: "y&",
            hasDiagonal: true
        ).svg()
    ),
    ("no curves", LineChart(caption, series: [], acrossName: "", upName: "").svg()),
    (
        "dots",
        ScatterPlot(
            caption,
            points: [
                .init("<n1>", x: 0, y: 0), .init("n2", x: 0, y: 0), .init("n3", x: 1, y: .infinity),
                .init("n4", x: 0.2, y: 0.9),
            ], acrossName: "BM25", upName: "engine"
        ).svg()
    ),
    (
        "cells",
        HeatTable(
            caption, rows: ["ja", "<b>"], columns: ["en"], cells: [[.init(0.4, text: ".40", note: "n = 3")], [nil]],
            rowName: "need", columnName: "seed"
        ).svg()
    ),
    (
        "hall",
        hall([.init(0, 1, look: .near, reason: "shared \"cold\" <chain>"), .init(0, 9, look: .near, reason: "")]).svg()
    ),
    (
        "steps",
        FunnelChart(
            caption,
            steps: [.init("<found>", 1_000, text: "1,000"), .init("met", 1, text: "1"), .init("none", 0, text: "0")]
        )
        .svg()
    ),
    ("no steps", FunnelChart(caption, steps: []).svg()),
    (
        "ties",
        NetworkChart(
            caption, nodes: [.init("<a>", group: 13, weight: 2), .init("b", group: 0, weight: 0)],
            ties: [
                .init(0, 1, weight: 3, isMade: true, hint: "<a> & b"), .init(0, 9, weight: 1, isMade: false, hint: ""),
            ]
        ).svg()
    ),
    ("no ties", NetworkChart(caption, nodes: [], ties: []).svg()),
    (
        "tree",
        TreeChart(
            caption,
            root: .init(
                "<need>", note: "n", [.init("one", group: 2, [.init("leaf")]), .init("two", note: "&", group: 14)])
        ).svg()
    ),
    ("empty hall", FloorPlanChart(caption, boxes: [], links: [], words: words).svg()),
]

private let words = FloorPlanChart.Words(
    stand: "Stand", holder: "Exhibitor", note: "Has", neighbours: "Neighbours", empty: "empty")

private func hall(_ links: [FloorPlanChart.Link]) -> FloorPlanChart {
    FloorPlanChart(
        caption,
        boxes: [
            .init(x: 0, y: 0, width: 3, height: 3, name: "A1", holder: "<農業> & 冷蔵保存の会社の長い名前", note: "1500 W"),
            .init(x: 3, y: 0, width: 3, height: 3, name: "A2", holder: "B"),
            .init(x: 6, y: 0, width: 3, height: 3, name: "A3", holder: ""),
        ], links: links, words: words)
}

@Suite struct `A floor plan` {
    @Test func `has a table behind it with every stand, its holder and both sides of a reason`() {
        let table = hall([.init(0, 1, look: .near, reason: "cold chain")]).table()
        #expect(table.components(separatedBy: "<tr>").count == 5)
        #expect(table.contains("<td>B: cold chain</td>"))
        #expect(table.contains("<td>&lt;農業&gt; &amp; 冷蔵保存の会社の長い名前: cold chain</td>"))
        #expect(table.contains("<th scope=\"row\">A3</th><td>empty</td><td></td><td></td>"))
    }
}

@Suite struct `A chart` {
    @Test(arguments: charts.map(\.name))
    func `is one well-formed element with a title and a description`(name: String) throws {
        let svg = try #require(charts.first { $0.name == name }).svg
        #expect(svg.hasPrefix("<svg ") && svg.hasSuffix("</svg>"))
        #expect(svg.contains("<title id=\"c-t\">A &lt;title&gt; &amp; more</title>"))
        #expect(svg.contains("<desc id=\"c-d\">What &quot;it&quot; shows.</desc>"))
        #expect(svg.contains("role=\"img\"") && svg.contains("aria-labelledby=\"c-t c-d\""))
        #expect(isWellFormed(svg))
        #expect(!svg.contains("nan") && !svg.contains("inf") && !svg.contains("style="))
    }

    @Test func `draws a bar as high as its value, with the interval around it`() throws {
        let svg = try #require(charts.first).svg
        #expect(svg.components("class=\"bar s0\"") == 2 + 1)
        #expect(svg.components("class=\"whisker\"") == 3)
        #expect(svg.contains(">0.50</text>"))
    }

    @Test func `draws each step as long as its number, and something even of one`() throws {
        let svg = try #require(charts.first { $0.name == "steps" }).svg
        let widths = svg.matches(of: /width="([0-9.]+)" height="24" class="bar s0"/).map { String($0.output.1) }
        #expect(widths.count == 3 && widths[1] == "4" && widths[2] == "0", "\(widths)")
    }

    @Test func `ties only what is there, and puts every name on the circle`() throws {
        let svg = try #require(charts.first { $0.name == "ties" }).svg
        #expect(svg.components("class=\"tie") == 1 && svg.components("class=\"knot") == 2)
        let places = svg.matches(of: /<circle cx="([0-9.]+)" cy="([0-9.]+)"/).compactMap { found -> Double? in
            guard let x = Double(found.output.1), let y = Double(found.output.2) else { return nil }
            return ((x - 360) * (x - 360) + (y - 214) * (y - 214)).squareRoot()
        }
        #expect(places.count == 2 && places.allSatisfy { abs($0 - 184) < 0.2 }, "\(places)")
    }

    @Test func `hangs each branch of a tree one step further on`() throws {
        let svg = try #require(charts.first { $0.name == "tree" }).svg
        #expect(svg.components("class=\"tie") == 3 && svg.components("class=\"knot") == 4)
        #expect(svg.contains("cx=\"10\"") && svg.contains("cx=\"260\"") && svg.contains("cx=\"510\""))
    }

    @Test func `makes one larger dot of dots at one place`() throws {
        let svg = try #require(charts.first { $0.name == "dots" }).svg
        #expect(svg.components("<circle") == 2)
        #expect(svg.contains("&lt;n1&gt;, n2: 0.00, 0.00"))
    }
}

extension String {
    /// How often a part stands in the text.
    func components(_ part: String) -> Int {
        var count = 0
        var rest = self[...]
        while let found = rest.firstRange(of: part) {
            count += 1
            rest = rest[found.upperBound...]
        }
        return count
    }
}

/// Whether tags open and close in order, and every bare sign is escaped.
private func isWellFormed(_ text: String) -> Bool {
    var open: [Substring] = []
    var rest = text[...]
    while let start = rest.firstIndex(of: "<") {
        guard let end = rest[start...].firstIndex(of: ">") else { return false }
        let tag = rest[rest.index(after: start)..<end]
        rest = rest[rest.index(after: end)...]
        if tag.hasSuffix("/") { continue }
        if tag.hasPrefix("/") {
            guard open.popLast() == tag.dropFirst() else { return false }
        } else {
            open.append(tag.prefix { $0 != " " })
        }
    }
    return open.isEmpty
}

@Suite struct `A scale` {
    @Test(arguments: [
        ([0.0, 0.87], 0.0, 1.0, 0.2, 1), ([0.0, 34.0], 0.0, 40.0, 10.0, 0), ([3.0, 3.0], 3.0, 4.0, 0.2, 1),
        ([-0.03, 0.12], -0.05, 0.15, 0.05, 2), ([0.0, 1_250.0], 0.0, 1_250.0, 250.0, 0), ([], 0.0, 1.0, 0.2, 1),
        ([.nan, .infinity, 2.0, 0.0], 0.0, 2.0, 0.5, 1),
    ])
    func `ends and steps at round numbers`(
        _ values: [Double], low: Double, high: Double, step: Double, digits: Int
    ) {
        let scale = NiceScale(holding: values)
        #expect(abs(scale.low - low) < 1e-9 && abs(scale.high - high) < 1e-9, "\(scale)")
        #expect(abs(scale.step - step) < 1e-9 && scale.digits == digits, "\(scale)")
        #expect(scale.place(scale.low) == 0 && scale.place(scale.high) == 1)
        #expect(scale.place(.nan) == 0 && scale.place(1e300) == 1)
    }
}

@Suite struct `A number in a chart` {
    @Test(arguments: [
        (0.456, 2, "0.46"), (12.0, 0, "12"), (-0.05, 1, "−0.1"), (0.004, 2, "0.00"), (-0.001, 2, "0.00"),
        (1_234.5, 1, "1234.5"), (.nan, 2, "–"), (1e300, 2, "–"),
    ])
    func `has fixed digits`(value: Double, digits: Int, expected: String) {
        #expect(chartNumber(value, digits: digits) == expected)
    }
}
