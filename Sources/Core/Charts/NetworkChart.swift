/// Who is tied to whom: names on a circle, ties as curves through its inside. Neighbours on the circle are those of
/// one group, so that ties across it are those between groups.
package struct NetworkChart: Sendable {
    /// One on the circle.
    package struct Node: Sendable, Equatable {
        /// Its name.
        package var name: String
        /// What it belongs to: equal groups stand beside each other and look alike.
        package var group: Int
        /// How large it is drawn; not negative.
        package var weight: Double

        /// Takes every value.
        package init(_ name: String, group: Int, weight: Double) {
            self.name = name
            self.group = group
            self.weight = weight
        }
    }

    /// A tie between two, by their places in the list of nodes.
    package struct Tie: Sendable, Equatable {
        package var from: Int
        package var to: Int
        /// How strong it is; not negative.
        package var weight: Double
        /// Whether it is drawn whole; a broken line says that it is not made yet.
        package var isMade: Bool
        /// Said when pointed at.
        package var hint: String

        /// Takes every value.
        package init(_ from: Int, _ to: Int, weight: Double, isMade: Bool, hint: String) {
            self.from = from
            self.to = to
            self.weight = weight
            self.isMade = isMade
            self.hint = hint
        }
    }

    /// Title and summary.
    package var caption: ChartCaption
    package var nodes: [Node]
    package var ties: [Tie]

    /// Takes what is drawn. Ties to nodes that are not there are left out.
    package init(_ caption: ChartCaption, nodes: [Node], ties: [Tie]) {
        self.caption = caption
        self.nodes = nodes
        self.ties = ties
    }

    private static let width = 720.0
    private static let names = 176.0

    /// The drawing as an SVG element.
    package func svg() -> String {
        var canvas = Canvas()
        let order = nodes.indices.sorted { (nodes[$0].group, nodes[$0].name) < (nodes[$1].group, nodes[$1].name) }
        let radius = (Self.width - 2 * Self.names) / 2
        let height = radius * 2 + 60
        let centre = (x: Self.width / 2, y: height / 2)
        var directions = [(x: Double, y: Double)](repeating: (1, 0), count: nodes.count)
        for (place, index) in order.enumerated() {
            // Half a step away from the top, so that the first and the last name do not collide there.
            let turn = 2 * Double.pi * (Double(place) + 0.5) / Double(max(1, nodes.count))
            directions[index] = Self.direction(turn - Double.pi)
        }
        func point(_ index: Int, _ away: Double) -> (x: Double, y: Double) {
            (centre.x + away * directions[index].x, centre.y + away * directions[index].y)
        }
        let heaviest = max(1, ties.map(\.weight).max() ?? 1)
        for tie in ties where nodes.indices.contains(tie.from) && nodes.indices.contains(tie.to) {
            let (from, to) = (point(tie.from, radius), point(tie.to, radius))
            let points = (0...12).map { step -> (x: Double, y: Double) in
                let (part, rest) = (Double(step) / 12, 1 - Double(step) / 12)
                // A quadratic curve whose third point is the centre.
                let (first, middle, last) = (rest * rest, 2 * rest * part, part * part)
                return (
                    first * from.x + middle * centre.x + last * to.x, first * from.y + middle * centre.y + last * to.y
                )
            }
            let strength = tie.weight > heaviest / 2 ? "much" : "little"
            canvas.curve(points, "tie \(tie.isMade ? "made" : "open") \(strength)", hint: tie.hint)
        }
        let most = max(1, nodes.map(\.weight).max() ?? 1)
        for (index, node) in nodes.enumerated() {
            let place = point(index, radius)
            canvas.circle(
                place.x, place.y, 5 + 6 * (max(0, node.weight) / most).squareRoot(), "knot g\(node.group % 12)",
                hint: node.name)
            let label = point(index, radius + 18)
            let isRight = directions[index].x >= 0
            canvas.text(
                node.name.clipped(to: Self.names - 22, at: 13), label.x, label.y + 4, isRight ? .start : .end)
        }
        return canvas.svg(caption, width: Self.width, height: height)
    }

    /// Cosine and sine of an angle from -pi to pi, by their Taylor series up to the 21st power: an error below 1e-8,
    /// where a drawing shows a tenth of a pixel.
    static func direction(_ angle: Double) -> (x: Double, y: Double) {
        var (x, y, term) = (1.0, 0.0, 1.0)
        for power in 1...22 {
            term *= angle / Double(power)
            let signed = power / 2 % 2 == 0 ? term : -term
            if power % 2 == 0 { x += signed } else { y += signed }
        }
        return (x, y)
    }
}
