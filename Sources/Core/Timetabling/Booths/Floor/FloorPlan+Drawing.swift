extension FloorPlan {
    /// Reads the stands out of an SVG drawing of the hall.
    ///
    /// A stand is a `rect` with a `data-stand`, its name; if the drawing has none, every `rect` with an `id`, except
    /// those that hold another one (walls, islands, the sheet). `data-power` (watts), `data-supplies` (`water`,
    /// `compressedAir`, `network`, with spaces between) and `data-zone` (`quiet`) say what a stand has. Groups may be
    /// moved and scaled, not turned. Throws what cannot be read, and the faults of a plan.
    package init(svg bytes: [UInt8]) throws(MeetingProblemFault) {
        var reader = try MarkupReader(bytes)
        var frames: [(name: String, placing: Placing)] = []
        var named: [Stand] = []
        var others: [Stand] = []
        var isDrawing = false
        while let tag = try reader.next() {
            switch tag {
            case .close:
                if frames.popLast() == nil { throw MeetingProblemFault("The drawing", "closes a tag that is not open") }
            case .open(let name, let attributes, let isEmpty):
                let local = name.split(separator: ":").last.map(String.init) ?? name
                isDrawing = isDrawing || local == "svg"
                var placing = frames.last?.placing ?? Placing()
                if let transform = attributes["transform"] { try placing.add(transform, of: attributes["id"] ?? local) }
                // What is only defined, or cut out, is not to be seen.
                let isShown = !frames.contains { ["defs", "clipPath", "mask", "symbol", "pattern"].contains($0.name) }
                if local == "rect", isShown {
                    if let name = attributes["data-stand"] {
                        named.append(try Self.stand(name, attributes, placing))
                    } else if let id = attributes["id"] {
                        others.append(try Self.stand(id, attributes, placing))
                    }
                }
                if !isEmpty { frames.append((local, placing)) }
                if frames.count > MarkupReader.Limit.depth {
                    throw MeetingProblemFault("The drawing", "is nested deeper than \(MarkupReader.Limit.depth) tags")
                }
            }
        }
        guard isDrawing else { throw MeetingProblemFault("The drawing", "is no SVG") }
        let found = named.isEmpty ? others.filter { one in !others.contains { one.holds($0) } } : named
        if found.isEmpty {
            throw MeetingProblemFault(
                "The drawing", "has no stand: give each rect of a stand a data-stand with its name, or an id")
        }
        try self.init(stands: found)
    }

    private static func stand(
        _ name: String, _ attributes: [String: String], _ placing: Placing
    ) throws(MeetingProblemFault) -> Stand {
        func length(_ key: String) throws(MeetingProblemFault) -> Double {
            let text = attributes[key] ?? "0"
            let digits = text.hasSuffix("px") || text.hasSuffix("mm") ? String(text.dropLast(2)) : text
            guard let number = Double(digits), number.isFinite else {
                throw MeetingProblemFault(name, "has the \(key) \"\(text)\"; it must be a number")
            }
            return number
        }
        var power = Limit.usualPower
        if let text = attributes["data-power"] {
            guard let watts = Int(text) else {
                throw MeetingProblemFault(name, "has the data-power \"\(text)\"; it must be whole watts")
            }
            power = watts
        }
        var supplies: Set<Supply> = []
        for word in (attributes["data-supplies"] ?? "").split(separator: " ") {
            guard let supply = Supply(rawValue: String(word)) else {
                let known = Supply.allCases.map(\.rawValue).joined(separator: ", ")
                throw MeetingProblemFault(name, "has the supply \"\(word)\"; there are \(known)")
            }
            supplies.insert(supply)
        }
        let zone = attributes["data-zone"] ?? Zone.ordinary.rawValue
        guard let zone = Zone(rawValue: zone) else {
            throw MeetingProblemFault(name, "has the zone \"\(zone)\"; it must be ordinary or quiet")
        }
        let box = placing.box(
            try length("x"), try length("y"), try length("width"), try length("height"))
        return Stand(
            name: name, x: box.x, y: box.y, width: box.width, height: box.height, power: power, supplies: supplies,
            zone: zone)
    }
}

extension FloorPlan.Stand {
    /// Whether another lies within it.
    fileprivate func holds(_ other: Self) -> Bool {
        let isLarger = width * height > other.width * other.height
        return isLarger && x <= other.x && y <= other.y && x + width >= other.x + other.width
            && y + height >= other.y + other.height
    }
}

/// How a group is moved and scaled.
private struct Placing {
    private var scaleX = 1.0
    private var scaleY = 1.0
    private var moveX = 0.0
    private var moveY = 0.0

    func box(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double
    ) -> (
        x: Double, y: Double, width: Double, height: Double
    ) {
        let left = min(x * scaleX, (x + width) * scaleX) + moveX
        let top = min(y * scaleY, (y + height) * scaleY) + moveY
        return (left, top, abs(width * scaleX), abs(height * scaleY))
    }

    /// Adds a `transform`: `translate`, `scale`, or a `matrix` that does not turn.
    mutating func add(_ transform: String, of name: String) throws(MeetingProblemFault) {
        var rest = Substring(transform)
        while let open = rest.firstIndex(of: "("), let close = rest.firstIndex(of: ")"), open < close {
            let word = rest[..<open].filter { $0.isLetter }
            let numbers = rest[rest.index(after: open)..<close].split { $0 == "," || $0 == " " }.compactMap {
                Double($0)
            }
            switch (word, numbers.count) {
            case ("translate", 1...2): move(numbers[0], numbers.count > 1 ? numbers[1] : 0)
            case ("scale", 1...2): scale(numbers[0], numbers.count > 1 ? numbers[1] : numbers[0])
            case ("matrix", 6) where numbers[1] == 0 && numbers[2] == 0:
                move(numbers[4], numbers[5])
                scale(numbers[0], numbers[3])
            default:
                throw MeetingProblemFault(name, "is turned or skewed (\(transform)); draw stands upright")
            }
            rest = rest[rest.index(after: close)...]
        }
    }

    private mutating func move(_ x: Double, _ y: Double) {
        moveX += scaleX * x
        moveY += scaleY * y
    }

    private mutating func scale(_ x: Double, _ y: Double) {
        scaleX *= x
        scaleY *= y
    }
}
