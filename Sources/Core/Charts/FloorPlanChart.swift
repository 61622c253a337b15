/// A hall seen from above: who stands where, with lines between those whose neighbourhood has a reason.
package struct FloorPlanChart: Sendable {
    /// A stand.
    package struct Box: Sendable, Equatable {
        package var x: Double
        package var y: Double
        package var width: Double
        package var height: Double
        /// What the stand is called.
        package var name: String
        /// Who stands there; empty for nobody.
        package var holder: String
        /// What the stand has and what the holder needs, for the table.
        package var note: String

        /// Takes every value.
        package init(
            x: Double, y: Double, width: Double, height: Double, name: String, holder: String, note: String = ""
        ) {
            self.x = x
            self.y = y
            self.width = width
            self.height = height
            self.name = name
            self.holder = holder
            self.note = note
        }
    }

    /// What a line says.
    package enum LinkLook: String, Sendable {
        /// They are near each other, and should be.
        case near
        /// They are near each other, and should not.
        case quarrel
    }

    /// Two boxes and the reason of their neighbourhood.
    package struct Link: Sendable, Equatable {
        package var first: Int
        package var second: Int
        package var look: LinkLook
        package var reason: String

        /// Takes every value.
        package init(_ first: Int, _ second: Int, look: LinkLook, reason: String) {
            self.first = first
            self.second = second
            self.look = look
            self.reason = reason
        }
    }

    /// Names of the columns of the table, and of what is empty.
    package struct Words: Sendable {
        package var stand: String
        package var holder: String
        package var note: String
        package var neighbours: String
        package var empty: String

        /// Takes every value.
        package init(stand: String, holder: String, note: String, neighbours: String, empty: String) {
            self.stand = stand
            self.holder = holder
            self.note = note
            self.neighbours = neighbours
            self.empty = empty
        }
    }

    package var caption: ChartCaption
    package var boxes: [Box]
    package var links: [Link]
    package var words: Words
    /// Pixels at the natural size; the height follows from the hall.
    package var width = 900.0

    /// Takes what is drawn.
    package init(_ caption: ChartCaption, boxes: [Box], links: [Link], words: Words) {
        self.caption = caption
        self.boxes = boxes
        self.links = links.filter { boxes.indices.contains($0.first) && boxes.indices.contains($0.second) }
        self.words = words
    }

    /// The drawing as an SVG element.
    package func svg() -> String {
        var canvas = Canvas()
        let margin = 6.0
        let left = boxes.map(\.x).min() ?? 0
        let top = boxes.map(\.y).min() ?? 0
        let right = boxes.map { $0.x + $0.width }.max() ?? 1
        let bottom = boxes.map { $0.y + $0.height }.max() ?? 1
        let scale = (width - 2 * margin) / max(right - left, (bottom - top) / 3, 1e-9)
        func place(_ box: Box) -> (x: Double, y: Double, width: Double, height: Double) {
            (
                (box.x - left) * scale + margin, (box.y - top) * scale + margin, box.width * scale, box.height * scale
            )
        }
        for box in boxes {
            let at = place(box)
            canvas.rect(
                at.x + 1, at.y + 1, at.width - 2, at.height - 2, box.holder.isEmpty ? "stand empty" : "stand")
        }
        // Lines lie under the words.
        for link in links {
            let one = place(boxes[link.first])
            let other = place(boxes[link.second])
            canvas.curve(
                [
                    (one.x + one.width / 2, one.y + one.height / 2),
                    (other.x + other.width / 2, other.y + other.height / 2),
                ], "link " + link.look.rawValue, hint: link.reason)
        }
        for box in boxes {
            let at = place(box)
            let middle = at.x + at.width / 2
            canvas.text(box.name.clipped(to: at.width - 8, at: 12), at.x + 5, at.y + 15, .start, "tick")
            if !box.holder.isEmpty, at.height > 30 {
                for (row, line) in box.holder.lines(of: at.width - 8, at: 13, most: at.height > 56 ? 2 : 1).enumerated()
                {
                    canvas.text(line, middle, at.y + at.height / 2 + 8 + 16 * Double(row), .middle)
                }
            }
        }
        return canvas.svg(caption, width: width, height: (bottom - top) * scale + 2 * margin)
    }

    /// The same as an HTML table, for those who cannot see the drawing: each stand, who has it, and the reasons for
    /// its neighbours.
    package func table() -> String {
        var reasons: [Int: [String]] = [:]
        for link in links {
            for (one, other) in [(link.first, link.second), (link.second, link.first)] {
                reasons[one, default: []].append(boxes[other].holder + ": " + link.reason)
            }
        }
        let heads = [words.stand, words.holder, words.note, words.neighbours].map {
            "<th scope=\"col\">\($0.svgEscaped)</th>"
        }
        let rows = boxes.enumerated().map { index, box in
            let holder = box.holder.isEmpty ? words.empty : box.holder
            let cells = [holder, box.note, (reasons[index] ?? []).joined(separator: "; ")].map {
                "<td>\($0.svgEscaped)</td>"
            }
            return "<tr><th scope=\"row\">\(box.name.svgEscaped)</th>\(cells.joined())</tr>"
        }
        return """
            <table><caption>\(caption.title.svgEscaped)</caption><thead><tr>\(heads.joined())</tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody></table>
            """
    }
}

extension String {
    /// The text in at most so many lines of a width, the last one clipped.
    fileprivate func lines(of room: Double, at size: Double, most: Int) -> [String] {
        if most < 2 || width(at: size) <= room { return [clipped(to: room, at: size)] }
        var line = ""
        for character in self {
            if (line + String(character)).width(at: size) > room { break }
            line.append(character)
        }
        return [line] + String(dropFirst(line.count)).lines(of: room, at: size, most: most - 1)
    }
}
