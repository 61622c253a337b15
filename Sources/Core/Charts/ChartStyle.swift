/// How charts look, for the one style sheet of a page. Colours are custom properties, so that a page may set its own;
/// those given here have a contrast of at least 4.5 to 1 for words and 3 to 1 for marks, on light and on dark paper.
/// Series are told apart by form as well: filled, hollow, dashed.
package enum ChartStyle {
    /// Rules for everything that this module draws.
    package static let css = """
        :root{--chart-ink:#333;--chart-soft:#595959;--chart-paper:#fff;--chart-grid:#dcdcdc;--chart-axis:#767676;\
        --chart-0:#00664f;--chart-1:#a04b00;--chart-2:#5a5a5a;--chart-3:#3b4fa0}
        @media(prefers-color-scheme:dark){:root{--chart-ink:#eee;--chart-soft:#b8b8b8;--chart-paper:#161b1a;\
        --chart-grid:#39413f;--chart-axis:#8a8a8a;--chart-0:#6fd3b3;--chart-1:#ffb35c;--chart-2:#b0b0b0;\
        --chart-3:#a9b8ff}}
        svg.chart{display:block;height:auto;max-width:100%}
        .chart text{fill:var(--chart-ink);font-size:13px;font-family:inherit}
        .chart .tick,.chart .axis-name{fill:var(--chart-soft);font-size:12px}
        .chart .value{font-size:12px}.chart .strong{font-size:15px;font-weight:700}
        .chart .grid{stroke:var(--chart-grid)}.chart .axis{stroke:var(--chart-axis)}
        .chart .even{stroke:var(--chart-axis);stroke-dasharray:2 5}
        .chart .halo{stroke:var(--chart-paper);stroke-width:5;stroke-linecap:square}
        .chart .whisker{stroke:var(--chart-ink);stroke-width:1.5}
        .chart .nothing{fill:none;stroke:var(--chart-grid)}.chart .heat{fill:var(--chart-0)}
        .chart .curve{fill:none;stroke-width:2.5;stroke-linejoin:round}
        .chart .stand{fill:var(--chart-paper);stroke:var(--chart-axis);stroke-width:1.5}
        .chart .stand.empty{stroke-dasharray:4 4}.chart .link{fill:none;stroke-linecap:round}
        .chart .link.near{stroke:var(--chart-0);stroke-width:5;stroke-opacity:.55}
        .chart .link.quarrel{stroke:var(--chart-1);stroke-width:4;stroke-dasharray:3 7}
        .chart .tie{fill:none;stroke:var(--chart-axis);stroke-opacity:.75;stroke-width:1.5}
        .chart .tie.made{stroke:var(--chart-0)}.chart .tie.much{stroke-width:4}.chart .tie.open{stroke-dasharray:3 5}
        .chart .knot{fill:var(--chart-2);stroke:var(--chart-paper);stroke-width:1.5}
        .chart .bar{stroke-width:2}.chart .dot{stroke-width:1.5;fill-opacity:.45}
        .chart .s0{fill:var(--chart-0);stroke:var(--chart-0)}
        .chart .s1{fill:var(--chart-paper);stroke:var(--chart-1)}
        .chart .s2{fill:var(--chart-2);stroke:var(--chart-2)}
        .chart .s3{fill:var(--chart-paper);stroke:var(--chart-3)}
        .chart .dot.s1{fill:var(--chart-1)}.chart .curve.s0,.chart .curve.s1,.chart .curve.s2,.chart .curve.s3{fill:none}
        .chart .curve.s1{stroke-dasharray:8 4}.chart .curve.s2{stroke-dasharray:2 4}
        .chart .curve.s3{stroke-dasharray:12 4 2 4}
        """
}
