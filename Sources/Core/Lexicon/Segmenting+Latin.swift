/// Latin words, product codes, chemical formulae, numbers with units.
extension Segmenter {
    mutating func latin(from start: Int) -> Int {
        let folded = text.folded
        var end = start + 1
        while end < folded.count {
            let script = Script.of(folded[end])
            if script == .letter || script == .digit {
                end += 1
            } else if Self.joiners.contains(folded[end]), end + 1 < folded.count, isLatin(folded[end + 1]) {
                end += 2
            } else {
                break
            }
        }
        var piece = start
        for index in start...end where index == end || folded[index] == Self.slash {
            if piece < index { end = max(end, code(piece, index)) }
            piece = index + 1
        }
        return end
    }

    private static let slash: UInt32 = 0x2F
    private static let apostrophes: Set<UInt32> = [0x27, 0x2019]
    /// Hyphens, full stop, comma, slash, plus, ampersand, underscore, apostrophes: inside a word or code they join.
    private static let joiners: Set<UInt32> = [
        0x2D, 0x2010, 0x2011, 0x2E, 0x2C, slash, 0x2B, 0x26, 0x5F, 0x27, 0x2019,
    ]

    @inline(__always)
    private func isLatin(_ scalar: UInt32) -> Bool {
        let script = Script.of(scalar)
        return script == .letter || script == .digit
    }

    /// Reads one piece without slashes; returns where the reading ends (a unit may follow a number after a space).
    private mutating func code(_ start: Int, _ end: Int) -> Int {
        let folded = text.folded
        var digits = 0
        var letters = 0
        for scalar in folded[start..<end] {
            switch Script.of(scalar) {
            case .digit: digits += 1
            case .letter: letters += 1
            default: break
            }
        }
        if digits == 0 {
            plainWords(start, end)
            return end
        }
        if letters == 0 { return number(start, end) }
        let whole = string(folded[start..<end].filter(isLatin)[...])
        terms.append(whole, start, end)
        let head = folded[start..<end].prefix { Script.of($0) == .letter }
        if head.count < letters + digits, isMeasure(start, end) { return end }
        words.append(whole, start, end)
        // SUS304 and SUS316 are kin.
        if head.count >= 2, head.count < end - start { terms.append(string(head), start, start + head.count) }
        return end
    }

    /// Digits, then letters, nothing else: a number with its unit (or 3D, 5G: one word either way).
    private func isMeasure(_ start: Int, _ end: Int) -> Bool {
        var sawLetter = false
        for scalar in text.folded[start..<end] {
            let isDigit = Script.of(scalar) != .letter
            if isDigit && sawLetter { return false }
            if !isDigit { sawLetter = true }
        }
        return Script.of(text.folded[start]) == .digit
    }

    /// A bare number, or a number and the unit behind it.
    private mutating func number(_ start: Int, _ end: Int) -> Int {
        let folded = text.folded
        let digits = folded[start..<end].filter { $0 != 0x2C }
        var unit = end
        if unit < folded.count, folded[unit] == 0x20 { unit += 1 }
        var unitEnd = unit
        if unit < folded.count, folded[unit] == 0x25 {
            unitEnd = unit + 1
        } else {
            if unit < folded.count, folded[unit] == 0xB0 { unitEnd += 1 }
            while unitEnd < folded.count, Script.of(folded[unitEnd]) == .letter { unitEnd += 1 }
        }
        if unitEnd > unit, let name = Self.units[string(folded[unit..<unitEnd])] {
            terms.append(string(digits[...]) + name, start, unitEnd)
            return unitEnd
        }
        if isShort { terms.append(string(digits[...]), start, end) }
        return end
    }

    /// Units as written, to one name each.
    private static let units: [String: String] = {
        var units: [String: String] = ["%": "%", "percent": "%", "°c": "°c", "°f": "°f", "°": "°"]
        let same =
            "nm μm um mm cm m km m2 m3 mg g kg t ml l kl mpa gpa kpa pa bar w kw mw gw kwh wh v kv a ma hz khz mhz ghz "
            + "rpm ppm ppb db lx n kn nm j kj mol ph s ms h min ha kb mb gb tb"
        for unit in same.split(separator: " ") { units[String(unit)] = String(unit) }
        let words =
            "millimetre:mm millimeter:mm micron:um micrometre:um micrometer:um "
            + "centimetre:cm centimeter:cm metre:m meter:m "
            + "kilometre:km kilometer:km gram:g kilogram:kg tonne:t ton:t litre:l liter:l millilitre:ml milliliter:ml "
            + "hour:h minute:min second:s watt:w kilowatt:kw hectare:ha"
        for pair in words.split(separator: " ") {
            let parts = pair.split(separator: ":")
            units[String(parts[0])] = String(parts[1])
            units[String(parts[0]) + "s"] = String(parts[1])
        }
        return units
    }()

    /// Words without digits, split at joiners; acronyms keep their form, the others are stemmed.
    private mutating func plainWords(_ start: Int, _ end: Int) {
        let folded = text.folded
        var first = start
        while first < end {
            var last = first
            while last < end, Script.of(folded[last]) == .letter { last += 1 }
            if last > first { word(first, last) }
            // "'s" and "n't" say nothing.
            let isApostrophe = last < end && Self.apostrophes.contains(folded[last])
            first = last + 1
            if isApostrophe { while first < end, Script.of(folded[first]) == .letter { first += 1 } }
        }
    }

    private mutating func word(_ start: Int, _ end: Int) {
        let key = string(text.folded[start..<end])
        var capitals = 0
        for index in start..<end where text.shown[index] != text.folded[index] { capitals += 1 }
        let isAcronym = capitals >= 2 && end - start <= 6
        if !isAcronym, EnglishWords.isStop(key) { return }
        if end - start < 2 { return }
        let stem = isAcronym ? key : EnglishWords.stem(key)
        terms.append(stem, start, end)
        words.append(stem, start, end)
    }
}
