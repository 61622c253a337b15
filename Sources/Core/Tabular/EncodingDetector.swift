/// What encoding a file seems to have, how sure that is, and from what it was seen.
package struct EncodingFinding: Hashable, Sendable {
    /// How far to trust a finding.
    package enum Confidence: String, Hashable, Sendable {
        /// Told by the caller, marked in the file, or nothing else fits.
        case certain
        case likely
        /// Little to go by: show the preview before anything is written.
        case guess
    }

    /// From what it was seen.
    package enum Evidence: Hashable, Sendable {
        /// The caller said so.
        case told
        /// The file begins with the mark of the encoding.
        case mark
        /// Only ASCII: every encoding reads it alike.
        case onlyASCII
        /// Strict UTF-8 with so many characters outside ASCII.
        case validUTF8(characters: Int)
        /// Nearly all is UTF-8, a few places are damaged: it will be refused with their position.
        case damagedUTF8(characters: Int, faults: Int)
        /// Zero bytes in every other place.
        case zeroBytes
        /// Decided by the characters it would contain: how many of them are everyday ones, and the next best encoding.
        case characters(everyday: Int, all: Int, runnerUp: TextEncoding?)
    }

    package let encoding: TextEncoding
    package let confidence: Confidence
    package let evidence: Evidence

    /// Takes every value.
    package init(encoding: TextEncoding, confidence: Confidence, evidence: Evidence) {
        self.encoding = encoding
        self.confidence = confidence
        self.evidence = evidence
    }
}

/// Finds the encoding of a file by its bytes alone.
///
/// A mark decides; then strict UTF-8, which other encodings almost never are by accident; then the legacy encodings by
/// what the text would say: kana and kanji of schools, hangul of KS X 1001, hanzi of GB 2312 level 1, each with a list
/// of the characters that names of people, places and companies are made of. That works for a handful of names.
package enum EncodingDetector {
    /// Bytes looked at for the statistics of legacy encodings; UTF-8 is checked on the whole file.
    static let sampleSize = 1 << 18

    /// Never fails: bytes that fit nothing are reported as what they resemble most, and decoding them will say where
    /// not.
    package static func detect(_ bytes: [UInt8]) -> EncodingFinding { detectWithAudit(bytes).finding }

    /// `detect`, and what the pass over a file of UTF-8 found, so that decoding need not pass again.
    static func detectWithAudit(_ bytes: [UInt8]) -> (finding: EncodingFinding, audit: UTF8Audit?) {
        if let clear = byMark(bytes) ?? byZeroBytes(bytes) { return (clear, nil) }
        let audit = bytes.withUnsafeBufferPointer { UTF8Audit($0, goesOn: true) }
        let finding = byAudit(audit, bytes)
        return (finding, finding.encoding == .utf8 && audit.faults == 0 ? audit : nil)
    }

    private static func byAudit(_ audit: UTF8Audit, _ bytes: [UInt8]) -> EncodingFinding {
        let characters = audit.pairs + audit.longer
        if audit.faults == 0 {
            if characters == 0 {
                return EncodingFinding(encoding: .utf8, confidence: .certain, evidence: .onlyASCII)
            }
            let finding = EncodingFinding(
                encoding: .utf8, confidence: audit.longer > 0 ? .certain : .likely,
                evidence: .validUTF8(characters: characters))
            if audit.longer > 0 || looksLikeAlphabet(bytes) { return finding }
            let legacy = byCharacters(bytes)
            return legacy.confidence == .guess ? finding : legacy
        }
        if audit.longer >= 8, audit.faults * 50 <= characters || (audit.faults <= 2 && audit.faults * 8 <= characters) {
            return EncodingFinding(
                encoding: .utf8, confidence: .likely,
                evidence: .damagedUTF8(characters: characters, faults: audit.faults))
        }
        return byCharacters(bytes)
    }

    private static func byMark(_ bytes: [UInt8]) -> EncodingFinding? {
        let order: [TextEncoding] = [.utf8BOM, .utf16LE, .utf16BE, .gb18030]
        guard let encoding = order.first(where: { bytes.starts(with: $0.mark) }) else { return nil }
        return EncodingFinding(encoding: encoding, confidence: .certain, evidence: .mark)
    }

    /// UTF-16 without a mark: separators and line breaks alone bring a zero byte in every other place.
    private static func byZeroBytes(_ bytes: [UInt8]) -> EncodingFinding? {
        let sample = bytes.prefix(4096)
        guard sample.count >= 4, sample.contains(0) else { return nil }
        var zeros = (even: 0, odd: 0)
        for (index, byte) in sample.enumerated() where byte == 0 {
            if index % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
        }
        let enough = sample.count / 20
        if zeros.odd > enough, zeros.even * 8 <= zeros.odd {
            return EncodingFinding(encoding: .utf16LE, confidence: .likely, evidence: .zeroBytes)
        }
        if zeros.even > enough, zeros.odd * 8 <= zeros.even {
            return EncodingFinding(encoding: .utf16BE, confidence: .likely, evidence: .zeroBytes)
        }
        return nil
    }

    /// UTF-8 with two-byte sequences only can be accidental; it is not if they are accents in words of ASCII letters,
    /// or words of Greek or Cyrillic.
    private static func looksLikeAlphabet(_ bytes: [UInt8]) -> Bool {
        var fitting = 0
        var strange = 0
        for word in String(decoding: bytes.prefix(sampleSize), as: UTF8.self).unicodeScalars
            .split(whereSeparator: { $0.value < 0x80 && !$0.properties.isAlphabetic })
        {
            let outside = word.count { $0.value >= 0x80 }
            guard outside > 0 else { continue }
            let latin = word.allSatisfy { $0.value < 0x250 && ($0.value < 0x80 || $0.value >= 0xA0) }
            let other = outside > 1 && word.allSatisfy { (0x370..<0x530).contains($0.value) }
            if other || (latin && outside < word.count) { fitting += 1 } else { strange += 1 }
        }
        return fitting > strange
    }

    private static func byCharacters(_ bytes: [UInt8]) -> EncodingFinding {
        var sample = bytes.prefix(sampleSize)
        if sample.count < bytes.count {
            // Cut after a line break: in none of these encodings can 0A be half of a character.
            let end = sample.lastIndex(of: 0x0A) ?? sample.endIndex - 1
            sample = sample[...end]
        }
        let scores = sample.withUnsafeBufferPointer { sample in
            [JapaneseScore(sample).score, KoreanScore(sample).score, ChineseScore(sample).score]
        }.sorted { $0.points > $1.points }
        let best = scores[0]
        let second = scores[1]
        let confidence: EncodingFinding.Confidence =
            if best.faults > 0 || best.points <= second.points + 0.15 || best.points < 0.2 {
                .guess
            } else if best.points > second.points + 0.5 {
                .certain
            } else {
                .likely
            }
        return EncodingFinding(
            encoding: best.encoding, confidence: confidence == .certain && best.all < 12 ? .likely : confidence,
            evidence: .characters(
                everyday: best.everyday, all: best.all, runnerUp: second.faults == 0 ? second.encoding : nil))
    }
}
