extension ZoneRules {
    /// The longest file that is read; the database's own are below 4 kB.
    package static let longestFile = 100_000

    /// Reads a compiled file of the time-zone database (TZif, RFC 9636), of any version; nil if it is none.
    package init?(name: String, compiled bytes: [UInt8]) {
        guard bytes.count <= Self.longestFile, let old = Header(bytes, at: 0) else { return nil }
        var block = Block(bytes, old, at: Header.length, timeLength: 4)
        var tail: YearlyTurns?
        if old.version > 0 {
            // Files of later versions hold the same again with long times, and the rule for the time after.
            let start = Header.length + old.length(timeLength: 4)
            guard let header = Header(bytes, at: start) else { return nil }
            block = Block(bytes, header, at: start + Header.length, timeLength: 8)
            let end = start + Header.length + header.length(timeLength: 8)
            guard end < bytes.count, bytes[end] == 0x0a, let last = bytes[(end + 1)...].firstIndex(of: 0x0a) else {
                return nil
            }
            tail = YearlyTurns(posix: String(decoding: bytes[(end + 1)..<last], as: UTF8.self))
        }
        guard let block, let first = block.clocks.first else { return nil }
        let turns = zip(block.times, block.kinds).compactMap { time, kind in
            block.clocks.indices.contains(kind) ? Turn(at: time, clock: block.clocks[kind]) : nil
        }
        guard turns.count == block.times.count else { return nil }
        self.init(name: name, first: first, turns: turns, tail: tail)
    }
}

/// How much of everything a block has.
private struct Header {
    static let length = 44

    let version: UInt8
    let flags: Int
    let leaps: Int
    let times: Int
    let clocks: Int
    let letters: Int

    init?(_ bytes: [UInt8], at start: Int) {
        guard start + Self.length <= bytes.count, bytes[start..<(start + 4)].elementsEqual("TZif".utf8) else {
            return nil
        }
        let numbers = (0..<6).map { Int(bytes.number(at: start + 20 + 4 * $0, length: 4)) }
        guard numbers.allSatisfy({ (0...bytes.count).contains($0) }) else { return nil }
        version = bytes[start + 4]
        flags = numbers[0] + numbers[1]
        leaps = numbers[2]
        times = numbers[3]
        clocks = numbers[4]
        letters = numbers[5]
    }

    func length(timeLength: Int) -> Int {
        times * (timeLength + 1) + clocks * 6 + letters + leaps * (timeLength + 4) + flags
    }
}

/// The turns of a file.
private struct Block {
    let times: [Int64]
    let kinds: [Int]
    let clocks: [ZoneRules.Clock]

    init?(_ bytes: [UInt8], _ header: Header, at start: Int, timeLength: Int) {
        guard start + header.length(timeLength: timeLength) <= bytes.count else { return nil }
        times = (0..<header.times).map { bytes.number(at: start + timeLength * $0, length: timeLength) }
        let afterTimes = start + timeLength * header.times
        kinds = (0..<header.times).map { Int(bytes[afterTimes + $0]) }
        let afterKinds = afterTimes + header.times
        let letters = afterKinds + 6 * header.clocks
        clocks = (0..<header.clocks).map { index in
            let place = afterKinds + 6 * index
            let name = bytes[min(letters + Int(bytes[place + 5]), bytes.count)...].prefix { $0 != 0 }
            return .init(
                offset: Int(bytes.number(at: place, length: 4)),
                season: bytes[place + 4] == 0 ? .standard : .daylight,
                abbreviation: String(decoding: name, as: UTF8.self))
        }
    }
}

extension [UInt8] {
    /// A signed number, the greatest byte first.
    fileprivate func number(at start: Int, length: Int) -> Int64 {
        var value: UInt64 = self[start] & 0x80 != 0 ? .max : 0
        for byte in self[start..<(start + length)] { value = value << 8 | UInt64(byte) }
        return Int64(bitPattern: value)
    }
}
