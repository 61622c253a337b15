import CUnicode

/// Reads dictionary lines: headwords are collected as bytes, to be decoded all at once, glosses become numbers of
/// stems.
struct GlossLines {
    struct Entry {
        var form: Inflection
        var isCommon: Bool
        var first: Int32
        var count: Int32
    }

    private(set) var entries: [Entry] = []
    /// Headwords, a line each.
    private(set) var heads: [UInt8] = []
    private(set) var isChinese = false
    private var glosses: [UInt32] = []
    private var numbers = StemNumbers()

    /// A gloss of more words explains instead of translating.
    private static let longestGloss = 2

    /// The stems of an entry, the nearest first.
    func stems(of entry: Entry) -> ArraySlice<UInt32> { glosses[Int(entry.first)..<Int(entry.first + entry.count)] }

    /// Stems by number.
    var stemKeys: [String] { numbers.keys }

    mutating func read(_ bytes: [UInt8]) {
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            if end > start, bytes[start] != UInt8(ascii: "#") { readLine(bytes, start, end) }
            start = end + 1
        }
    }

    private mutating func readLine(_ bytes: [UInt8], _ start: Int, _ end: Int) {
        guard let slash = bytes[start..<end].firstIndex(of: UInt8(ascii: "/")), slash > start else { return }
        guard let entry = readGlosses(bytes, slash + 1, end) else { return }
        var words = 0
        var first = start
        while first < slash, bytes[first] != UInt8(ascii: "[") {
            let last = bytes[first..<slash].firstIndex(of: 0x20) ?? slash
            if last > first {
                words += 1
                heads.append(contentsOf: bytes[first..<last])
                heads.append(0x0A)
                entries.append(entry)
            }
            first = last + 1
        }
        if words > 1 { isChinese = true }
    }

    /// Glosses stand between slashes; remarks in parentheses go, but tell how a word is inflected. nil if nothing is
    /// left.
    private mutating func readGlosses(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Entry? {
        var entry = Entry(form: .fixed, isCommon: false, first: Int32(glosses.count), count: 0)
        var long: [UInt32] = []
        var gloss: [UInt32] = []
        var word = ShortWord()
        var depth = 0
        var remark = 0
        var isForeign = false
        reading: for index in start..<end {
            let byte = bytes[index]
            if depth == 0, (byte | 0x20) >= 0x61, (byte | 0x20) <= 0x7A {
                word.append(byte | 0x20)
                continue
            }
            if !word.isEmpty {
                numbers.add(word, to: &gloss)
                word = ShortWord()
            }
            switch byte {
            case UInt8(ascii: "("), UInt8(ascii: "["):
                depth += 1
                remark = index + 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"):
                depth = max(0, depth - 1)
                if entry.form == .fixed { entry.form = Self.form(bytes, remark, index) }
            case UInt8(ascii: "/"):
                // "variant of" a word in ideographs translates nothing.
                if !isForeign { keep(gloss, &entry, &long) }
                gloss.removeAll(keepingCapacity: true)
                isForeign = false
                if entry.count >= Int32(GlossDictionary.mostStems) { break reading }
            case 0x80...: isForeign = true
            default: break
            }
        }
        if entry.count == 0 { for stem in long { append(stem, &entry) } }
        let mark = "/(P)/".utf8
        if end - start > mark.count, bytes[(end - mark.count)..<end].elementsEqual(mark) { entry.isCommon = true }
        return entry.count > 0 ? entry : nil
    }

    private mutating func keep(_ gloss: [UInt32], _ entry: inout Entry, _ long: inout [UInt32]) {
        if gloss.count > Self.longestGloss {
            long += gloss
        } else {
            for stem in gloss { append(stem, &entry) }
        }
    }

    private mutating func append(_ stem: UInt32, _ entry: inout Entry) {
        guard entry.count < Int32(GlossDictionary.mostStems), !stems(of: entry).contains(stem) else { return }
        glosses.append(stem)
        entry.count += 1
    }

    /// The inflection that a remark such as `v5k,vi` names.
    private static func form(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Inflection {
        guard end - start < 40 else { return .fixed }
        for mark in bytes[start..<end].split(separator: UInt8(ascii: ",")) {
            if mark.starts(with: "v5".utf8) { return .godan }
            if mark.elementsEqual("v1".utf8) || mark.elementsEqual("vz".utf8) { return .ichidan }
            if mark.elementsEqual("adj-i".utf8) { return .adjective }
        }
        return .fixed
    }
}

/// An English word while it is read.
private struct ShortWord {
    private(set) var letters: [UInt32] = []
    private(set) var hash = RunningHash()

    var isEmpty: Bool { letters.isEmpty }

    mutating func append(_ letter: UInt8) {
        letters.append(UInt32(letter))
        hash.add(UInt32(letter))
    }
}

/// Numbers for English stems.
private struct StemNumbers {
    private(set) var keys: [String] = []
    /// Hashes of words and, inverted, of stems; 0 where free. A power of two long, at most half full.
    private var hashes = [UInt64](repeating: 0, count: 1 << 18)
    private var values = [UInt32](repeating: 0, count: 1 << 18)
    private var used = 0
    private let english = EnglishWords.shared
    private let marks = Set(
        Self.marks.split(separator: " ").map { RunningHash.of($0.unicodeScalars.map(\.value)[...]) })

    /// Adds the stem of a word to a gloss unless it says nothing.
    mutating func add(_ word: ShortWord, to gloss: inout [UInt32]) {
        let hash = word.hash.value
        let place = place(of: hash)
        if hashes[place] == hash {
            if values[place] != GlossDictionary.none { gloss.append(values[place]) }
            return
        }
        guard word.letters.count > 1, !english.isStop(hash), !marks.contains(hash),
            let stem = EnglishStem(word.letters[...])
        else { return put(hash, GlossDictionary.none) }
        let stemHash = ~stem.hash
        let known = self.place(of: stemHash)
        let number: UInt32
        if hashes[known] == stemHash {
            number = values[known]
        } else {
            number = UInt32(keys.count)
            keys.append(stem.key(kind: Segmenter.english))
            put(stemHash, number)
        }
        put(hash, number)
        gloss.append(number)
    }

    private func place(of hash: UInt64) -> Int {
        var place = Int(truncatingIfNeeded: hash >> 24) & (hashes.count - 1)
        while hashes[place] != 0, hashes[place] != hash { place = (place + 1) & (hashes.count - 1) }
        return place
    }

    private mutating func put(_ hash: UInt64, _ value: UInt32) {
        used += 1
        if used * 2 > hashes.count {
            let old = zip(hashes, values).filter { $0.0 != 0 }
            values = [UInt32](repeating: 0, count: hashes.count * 2)
            hashes = [UInt64](repeating: 0, count: values.count)
            for (hash, value) in old {
                let place = place(of: hash)
                hashes[place] = hash
                values[place] = value
            }
        }
        let place = place(of: hash)
        hashes[place] = hash
        values[place] = value
    }

    /// Words by which dictionaries speak of themselves.
    private static let marks =
        "sb sth esp lit fig abbr cl variant surname usu eg ie someone see also old etc pr taiwan written idiom "
        + "classifier"
}

/// Headwords in the form that is compared, side by side.
struct HeadWords {
    private var scalars: [UInt32] = []
    private var ends: [Int32] = [0]

    /// Decodes lines of UTF-8 or EUC-JP; nil if they are neither, or not as many as expected.
    init?(_ bytes: [UInt8], count: Int) {
        guard let text = String(validating: bytes, as: UTF8.self) ?? Self.eucJP(bytes) else { return nil }
        let table = CharacterTable.shared
        var start = 0
        var isSettled = true
        for scalar in text.unicodeScalars {
            let value = scalar.value
            if value == 0x0A {
                if !isSettled { normalize(from: start) }
                ends.append(Int32(truncatingIfNeeded: scalars.count))
                start = scalars.count
                isSettled = true
            } else if isSettled, value < 0x10000, value != 0x3005,
                table.traits[Int(value)] & (CharacterTable.unsettled | CharacterTable.invisible) == 0
            {
                scalars.append(UInt32(table.folded[Int(value)]))
            } else {
                isSettled = false
                scalars.append(value)
            }
        }
        guard ends.count == count + 1 else { return nil }
    }

    subscript(_ index: Int) -> ArraySlice<UInt32> { scalars[Int(ends[index])..<Int(ends[index + 1])] }

    /// Folding twice changes nothing, so that a word may be read again from its first half-folded scalar.
    private mutating func normalize(from start: Int) {
        let word = string(scalars[start...])
        scalars.removeSubrange(start...)
        scalars += NormalizedText(word).folded
    }

    private static func eucJP(_ bytes: [UInt8]) -> String? {
        var out = [UInt16](repeating: 0, count: bytes.count + 1)
        let length = im_ucnv_text("EUC-JP", bytes, Int32(bytes.count), &out, Int32(out.count))
        return length < 0 ? nil : String(decoding: out[..<Int(length)], as: UTF16.self)
    }
}
