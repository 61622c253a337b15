/// English words that say nothing about the matter, and a light stemmer.
enum EnglishWords {
    /// Whether a folded word is on the stop list.
    static func isStop(_ word: String) -> Bool { stops.contains(word) }

    private static let stops: Set<String> = Set(
        """
        a about above after again against all also although always am among an and another any anything \
        are as at be became because become been before \
        being below between both but by came can cannot could did do does doing done down due during each \
        either else enough etc even ever every \
        few for found from further get gets getting give given goes going got had has have having he \
        hence her here hers herself him himself his \
        how however i if in instead into is it its itself just keep least less let like likely made \
        mainly make makes making many may me might mine more most \
        much must my myself nearly need needs neither no nor not nothing now of off often on once one \
        only onto or other others our ours out over own per \
        perhaps please put quite rather really same see seen several shall she should since so some \
        something soon still such take taken than that the \
        their theirs them themselves then there therefore these they thing things this those though \
        through thus to together too toward towards two under \
        until up upon us use used uses using usually various very via want wants was way we well were \
        what whatever when where whether which while who whole \
        whom whose why will with within without would yes yet you your yours
        """.split(separator: " ").map(String.init))

    /// The stem of a folded ASCII word: plural, past and progressive endings and common derivations go, British
    /// spellings become American. A key for comparing, not for showing.
    static func stem(_ word: String) -> String {
        guard word.utf8.count > 3 else { return word }
        var letters = Array(word.utf8)
        guard letters.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else { return word }
        stripPlural(&letters)
        stripVerbEnding(&letters)
        replaceSuffix(&letters)
        if letters.count > 4, letters.last == UInt8(ascii: "e") { letters.removeLast() }
        if letters.count > 2, letters.last == UInt8(ascii: "y") { letters[letters.count - 1] = UInt8(ascii: "i") }
        return String(decoding: letters, as: UTF8.self)
    }

    private static func stripPlural(_ letters: inout [UInt8]) {
        if ends(letters, "sses") {
            letters.removeLast(2)
        } else if ends(letters, "ies"), letters.count > 4 {
            letters.removeLast(2)
        } else if ends(letters, "xes") || ends(letters, "ches") || ends(letters, "shes") {
            letters.removeLast(2)
        } else if ends(letters, "s"), !ends(letters, "ss"), !ends(letters, "us"), !ends(letters, "is") {
            letters.removeLast()
        }
        if letters.last == UInt8(ascii: "i"), letters.count > 3 { letters[letters.count - 1] = UInt8(ascii: "y") }
    }

    private static func stripVerbEnding(_ letters: inout [UInt8]) {
        // feed, seed and speed are no past forms.
        if ends(letters, "eed") { return }
        for ending in ["ing", "ed"] where ends(letters, ending) {
            let rest = letters.count - ending.utf8.count
            guard rest >= 3 || (rest == 2 && ending == "ed"), letters[..<rest].contains(where: isVowel) else { return }
            letters.removeLast(ending.utf8.count)
            // British spelling: standardised is standardized.
            if ends(letters, "is"), letters.count > 5 { letters[letters.count - 1] = UInt8(ascii: "z") }
            if let last = letters.last, letters.count > 3, letters[letters.count - 2] == last,
                !"lsz".utf8.contains(last)
            {
                letters.removeLast()
            }
            return
        }
    }

    private static func replaceSuffix(_ letters: inout [UInt8]) {
        for (suffix, replacement) in suffixes where ends(letters, suffix) {
            // "pigment" is not made of pig.
            guard letters.count - suffix.utf8.count >= (suffix == "ment" ? 4 : 3) else { return }
            letters.removeLast(suffix.utf8.count)
            letters.append(contentsOf: replacement.utf8)
            return
        }
    }

    /// Longest first; the first that fits is applied.
    private static let suffixes: [(String, String)] = [
        ("isational", "iz"), ("izational", "iz"), ("isation", "iz"), ("ization", "iz"), ("ational", "at"),
        ("fulness", "ful"),
        ("iveness", "iv"), ("ability", "abl"), ("ibility", "ibl"), ("ically", "ic"), ("ation", "at"), ("ator", "at"),
        ("ition", "it"), ("ction", "ct"), ("ssion", "ss"), ("ising", "iz"), ("iser", "iz"), ("izer", "iz"),
        ("ment", ""),
        ("ness", ""), ("ance", ""), ("ence", ""), ("ical", "ic"), ("ally", "al"), ("ably", "abl"), ("yse", "yz"),
        ("ise", "iz"), ("ize", "iz"), ("ate", "at"), ("our", "or"), ("tre", "ter"), ("ely", ""), ("ly", ""),
    ]

    private static func ends(_ letters: [UInt8], _ suffix: String) -> Bool {
        let suffix = suffix.utf8
        guard letters.count > suffix.count else { return false }
        return letters.suffix(suffix.count).elementsEqual(suffix)
    }

    private static func isVowel(_ letter: UInt8) -> Bool { "aeiouy".utf8.contains(letter) }
}
