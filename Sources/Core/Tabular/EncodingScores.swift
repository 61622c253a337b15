/// How well a sample reads in one legacy encoding.
struct EncodingScore {
    let encoding: TextEncoding
    /// Mean over the characters outside ASCII: about 1 for ordinary text, below 0 for nonsense.
    var points = 0.0
    var everyday = 0
    var all = 0
    /// Places that are no character at all.
    var faults = 0

    /// Counts one character.
    mutating func count(_ worth: Double, isEveryday: Bool = false) {
        points += worth
        all += 1
        if isEveryday { everyday += 1 }
    }

    /// Counts bytes that are no character: worse than any rare one.
    mutating func countFault() {
        faults += 1
        points -= 6
        all += 1
    }

    /// The score with `points` as a mean.
    var mean: EncodingScore {
        var result = self
        result.points = all == 0 ? 0 : points / Double(all)
        return result
    }
}

/// Reads a sample as CP932.
struct JapaneseScore {
    let score: EncodingScore

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        var score = EncodingScore(encoding: .cp932)
        var at = 0
        var before: UInt8 = 0
        while at < bytes.count {
            let first = bytes[at]
            switch first {
            case 0..<0x80: break
            case 0xA1...0xDF: JapaneseScore.countHalfWidth(first, after: before, &score)
            case 0x81...0x9F, 0xE0...0xFC:
                let second = at + 1 < bytes.count ? bytes[at + 1] : 0
                if second >= 0x40, second != 0x7F, second <= 0xFC {
                    JapaneseScore.countPair(UInt16(first) << 8 | UInt16(second), &score)
                    at += 1
                } else {
                    score.countFault()
                }
            default: score.countFault()
            }
            before = first
            at += 1
        }
        self.score = score.mean
    }

    private static func countPair(_ pair: UInt16, _ score: inout EncodingScore) {
        switch pair {
        case 0x829F...0x82F1, 0x8340...0x8396: score.count(1.3, isEveryday: true)  // kana
        case 0x824F...0x829A: score.count(0.7)  // full-width digits and letters
        case 0x8140...0x81FC: score.count(0.6)  // signs: 、。・ー「」（）
        case 0x8740...0x879C: score.count(0.4)  // ①㈱ of NEC
        case 0x889F...0x9872:  // kanji of level 1, in the order of their readings
            let isEveryday = EverydayCharacters.japanese.contains(pair)
            score.count(isEveryday ? 1.3 : 0.5, isEveryday: isEveryday)
        case 0x989F...0xEAA4: score.count(-0.7)  // level 2
        case 0xED40...0xEEFC, 0xFA40...0xFC4B: score.count(0.2)  // 髙﨑 of IBM and NEC
        case 0x839F...0x84BE: score.count(-0.4)  // Greek, Cyrillic, rules
        case 0xF040...0xF9FC: score.count(-1.2)  // characters of one's own
        default: score.count(-3)
        }
    }

    /// Half-width kana: real ones obey spelling, those that are EUC bytes misread do not.
    private static func countHalfWidth(_ byte: UInt8, after before: UInt8, _ score: inout EncodingScore) {
        let follows = (0xA6...0xDF).contains(before)
        switch byte {
        case 0xDE: score.count([0xB3...0xB3, 0xB6...0xC4, 0xCA...0xCE].contains(before) ? 0.7 : -2)
        case 0xDF: score.count((0xCA...0xCE).contains(before) ? 0.7 : -2)
        case 0xA7...0xAF, 0xB0: score.count(follows ? 0.5 : -2)
        case 0xA1...0xA5: score.count(0)
        default: score.count(0.3)
        }
    }
}

extension [ClosedRange<UInt8>] {
    fileprivate func contains(_ byte: UInt8) -> Bool { contains { $0.contains(byte) } }
}

/// Reads a sample as CP949.
struct KoreanScore {
    let score: EncodingScore

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        var score = EncodingScore(encoding: .cp949)
        var at = 0
        while at < bytes.count {
            let first = bytes[at]
            defer { at += 1 }
            guard first >= 0x80 else { continue }
            let second = at + 1 < bytes.count ? bytes[at + 1] : 0
            guard (0x81...0xFE).contains(first),
                (0x41...0x5A).contains(second) || (0x61...0x7A).contains(second) || (0x81...0xFE).contains(second)
            else {
                score.countFault()
                continue
            }
            at += 1
            KoreanScore.countPair(first, second, &score)
        }
        self.score = score.mean
    }

    private static func countPair(_ first: UInt8, _ second: UInt8, _ score: inout EncodingScore) {
        let pair = UInt16(first) << 8 | UInt16(second)
        switch (first, second) {
        case (0xB0...0xC8, 0xA1...0xFE):
            let isEveryday = EverydayCharacters.korean.contains(pair)
            score.count(isEveryday ? 1.3 : -0.3, isEveryday: isEveryday)
        case (0xA1...0xA3, 0xA1...0xFE): score.count(0.4)
        case (0xA4...0xAC, 0xA1...0xFE): score.count(-0.2)
        case (0xCA...0xFD, 0xA1...0xFE): score.count(-0.6)  // hanja
        case (0x81...0xC6, _): score.count(-1.2)  // syllables that KS X 1001 left out
        default: score.count(-3)
        }
    }
}

/// Reads a sample as GB18030.
struct ChineseScore {
    let score: EncodingScore

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        var score = EncodingScore(encoding: .gb18030)
        var at = 0
        while at < bytes.count {
            let first = bytes[at]
            defer { at += 1 }
            guard first >= 0x80 else { continue }
            let second = at + 1 < bytes.count ? bytes[at + 1] : 0
            guard (0x81...0xFE).contains(first) else {
                score.countFault()
                continue
            }
            if (0x30...0x39).contains(second) {
                let isWhole =
                    at + 3 < bytes.count && (0x81...0xFE).contains(bytes[at + 2])
                    && (0x30...0x39).contains(bytes[at + 3])
                if isWhole { score.count(-0.8) } else { score.countFault() }
                at += isWhole ? 3 : 0
            } else if second >= 0x40, second != 0x7F, second != 0xFF {
                ChineseScore.countPair(first, second, &score)
                at += 1
            } else {
                score.countFault()
            }
        }
        self.score = score.mean
    }

    private static func countPair(_ first: UInt8, _ second: UInt8, _ score: inout EncodingScore) {
        let pair = UInt16(first) << 8 | UInt16(second)
        switch (first, second) {
        case (0xB0...0xD7, 0xA1...0xFE):
            let isEveryday = EverydayCharacters.chinese.contains(pair)
            score.count(isEveryday ? 1.3 : 0.2, isEveryday: isEveryday)
        case (0xD8...0xF7, 0xA1...0xFE):
            let isEveryday = EverydayCharacters.chinese.contains(pair)
            score.count(isEveryday ? 1.3 : -0.2, isEveryday: isEveryday)
        case (0xA1, 0xA1...0xFE), (0xA3, 0xA1...0xFE): score.count(0.4)
        case (0xA2, 0xA1...0xFE), (0xA4...0xA9, 0xA1...0xFE): score.count(-0.2)
        case (0xA1...0xFE, 0x40...0xA0), (0x81...0xA0, _): score.count(-1)  // the wide plain of GBK
        default: score.count(-1.5)
        }
    }
}
