/// Terms that mean the same in several languages without a lexicon: Latin words and codes, ideographs, and Korean
/// words that are Chinese characters in Korean sound.
struct Bridging {
    var language: TextLanguage

    func add(_ text: NormalizedText, words: TermStream, terms: TermStream, into bridges: inout TermStream) {
        for index in 0..<words.count {
            bridges.append("l" + words.keys[index], Int(words.starts[index]), Int(words.ends[index]))
        }
        if language == .en { return }
        let readings = HanjaReadings.table
        for index in 0..<terms.count where terms.ends[index] - terms.starts[index] == 2 {
            let start = Int(terms.starts[index])
            let first = text.folded[start]
            let second = text.folded[start + 1]
            switch (Script.of(first), Script.of(second)) {
            case (.han, .han):
                bridges.append("h" + terms.keys[index], start, start + 2)
                guard let one = HanjaReadings.reading(of: first, in: readings),
                    let two = HanjaReadings.reading(of: second, in: readings)
                else { continue }
                bridges.append("s" + string([one, two]), start, start + 2)
            case (.hangul, .hangul):
                let folded = [HanjaReadings.fold(first), HanjaReadings.fold(second)]
                bridges.append("s" + string(folded[...]), start, start + 2)
            default: continue
            }
        }
    }
}
