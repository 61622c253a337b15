/// Latin words, product codes, chemical formulae, numbers with units.
extension Segmenter {
    mutating func latin(from start: Int) -> Int {
        let count = text.folded.count
        var end = start + 1
        var hasSlash = false
        while end < count {
            if isLatin(end) {
                end += 1
            } else if Self.joins(text.folded[end]), end + 1 < count, isLatin(end + 1) {
                if text.folded[end] == Self.slash { hasSlash = true }
                end += 2
            } else {
                break
            }
        }
        if !hasSlash { return max(end, code(start, end)) }
        var piece = start
        for index in start...end where index == end || text.folded[index] == Self.slash {
            if piece < index { end = max(end, code(piece, index)) }
            piece = index + 1
        }
        return end
    }

    private static let slash: UInt32 = 0x2F

    /// Hyphens and the dashes that stand for them.
    @inline(__always)
    static func isHyphen(_ scalar: UInt32) -> Bool {
        scalar == 0x2D || (scalar >= 0x2010 && scalar <= 0x2013) || scalar == 0x2212
    }

    @inline(__always)
    private static func isApostrophe(_ scalar: UInt32) -> Bool { scalar == 0x27 || scalar == 0x2019 }

    /// Hyphens, full stop, comma, slash, plus, ampersand, underscore, apostrophes: inside a word or code they join.
    @inline(__always)
    private static func joins(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x2D, 0x2E, 0x2C, slash, 0x2B, 0x26, 0x5F: true
        default: isHyphen(scalar) || isApostrophe(scalar)
        }
    }

    @inline(__always)
    private func isLatin(_ index: Int) -> Bool {
        let script = text.scripts[index]
        return script == Script.letter.rawValue || script == Script.digit.rawValue
    }

    /// Codes longer than this are no codes but noise; their words are read one by one.
    private static let longestCode = 40

    /// Reads one piece without slashes; returns where the reading ends (a unit may follow a number after a space).
    private mutating func code(_ start: Int, _ end: Int) -> Int {
        var digits = 0
        var letters = 0
        for index in start..<end {
            switch text.script(index) {
            case .digit: digits += 1
            case .letter: letters += 1
            default: break
            }
        }
        if digits == 0 || end - start > Self.longestCode {
            plainWords(start, end)
            return end
        }
        if letters == 0 { return number(start, end) }
        let whole = (start..<end).filter(isLatin).map { text.folded[$0] }
        terms.append(string(whole[...]), start, end)
        if isMeasure(start, end), !isDesignation(start, end) { return end }
        bridges.append(string(kind: Self.latin, whole[...]), start, end)
        words.append(RunningHash.of(whole[...]), start, end)
        var head = start
        while head < end, text.script(head) == .letter { head += 1 }
        // SUS304 and SUS316 are kin; CO2 and CO are not.
        if head < end, head - start >= 3 || (head - start == 2 && digits >= 3) {
            terms.append(string(text.folded[start..<head]), start, head)
        }
        // So are 2-ethylhexanol and ethylhexanol.
        var index = head
        while index < end {
            var last = index
            while last < end, text.script(last) == .letter { last += 1 }
            if last - index >= Self.shortestName { word(index, last) }
            index = max(last, index + 1)
        }
        return end
    }

    /// Letters inside a code that are a word of their own.
    private static let shortestName = 5

    /// Digits, then at most three letters, nothing else: a number with its unit.
    private func isMeasure(_ start: Int, _ end: Int) -> Bool {
        guard text.script(start) == .digit else { return false }
        var letters = 0
        for index in start..<end {
            if text.script(index) == .letter {
                letters += 1
            } else if letters > 0 || Self.isHyphen(text.folded[index]) {
                return false
            }
        }
        return letters <= 3
    }

    /// 3D, 5G, 4K in capitals: a name, although it looks like a measure.
    private func isDesignation(_ start: Int, _ end: Int) -> Bool {
        guard end - start == 2 else { return false }
        let letter = text.shown[end - 1]
        return letter == 0x44 || letter == 0x47 || letter == 0x4B
    }

    /// A bare number, or a number and the unit behind it.
    private mutating func number(_ start: Int, _ end: Int) -> Int {
        let folded = text.folded
        // Of a range (10-20 mm) the unit belongs to its end.
        let first = (start..<end).last { Self.isHyphen(folded[$0]) }.map { $0 + 1 } ?? start
        let digits = folded[first..<end].filter { $0 != 0x2C }
        var unit = end
        if unit < folded.count, folded[unit] == 0x20 { unit += 1 }
        var unitEnd = unit
        if unit < folded.count, folded[unit] == 0x25 {
            unitEnd = unit + 1
        } else {
            if unit < folded.count, folded[unit] == 0xB0 { unitEnd += 1 }
            while unitEnd < folded.count, unitEnd - unit <= Self.longestUnit, text.script(unitEnd) == .letter {
                unitEnd += 1
            }
        }
        if unitEnd > unit, let name = Self.units[string(folded[unit..<unitEnd])] {
            terms.append(string(digits[...]) + name, first, unitEnd)
            return unitEnd
        }
        if isShort { terms.append(string(digits[...]), first, end) }
        if acronym.upperBound > 0, acronym.upperBound + 1 == start, end - start >= 3,
            folded[acronym.upperBound] == 0x20
        {
            // IEC 61508, ISO 9001, SUS 304: the name and its number are one.
            let whole = folded[acronym] + (start..<end).filter(isLatin).map { folded[$0] }
            terms.append(string(whole), acronym.lowerBound, end)
            bridges.append(string(kind: Self.latin, whole), acronym.lowerBound, end)
        }
        return end
    }

    private static let longestUnit = 12

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
        units["μm"] = "um"
        return units
    }()

    /// Words without digits, split at joiners; acronyms keep their form, the others are stemmed.
    private mutating func plainWords(_ start: Int, _ end: Int) {
        var first = start
        while first < end {
            var last = first
            while last < end, text.script(last) == .letter { last += 1 }
            if last > first { word(first, last) }
            // "'s" and "n't" say nothing.
            let isApostrophe = last < end && Self.isApostrophe(text.folded[last])
            first = last + 1
            if isApostrophe { while first < end, text.script(first) == .letter { first += 1 } }
        }
    }

    private mutating func word(_ start: Int, _ end: Int) {
        if end - start < 2 { return }
        let folded = text.folded[start..<end]
        var capitals = 0
        if end - start <= 6 {
            for index in start..<end where text.shown[index] != text.folded[index] { capitals += 1 }
        }
        let isAcronym = capitals >= 2
        if isAcronym {
            acronym = start..<end
        } else if english.isStop(RunningHash.of(folded)) {
            return
        }
        guard !isAcronym, let stem = EnglishStem(folded) else {
            terms.append(string(folded), start, end)
            bridges.append(string(kind: Self.latin, folded), start, end)
            words.append(RunningHash.of(folded), start, end)
            return
        }
        terms.append(stem.key(), start, end)
        bridges.append(stem.key(kind: Self.english), start, end)
        if language != .en { bridges.append(stem.key(kind: Self.foreign), start, end) }
        words.append(stem.hash, start, end)
    }
}
