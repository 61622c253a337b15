import CUnicode

/// Folding of full-width and half-width forms, as Japanese keyboards and Excel produce them.
package enum Folding {
    /// NFKC: "１２３" becomes "123", "ﾔﾏﾀﾞ" becomes "ヤマダ", "㈱" becomes "(株)". ASCII is answered as it is.
    package static func compatible(_ text: String) -> String {
        isASCII(text) ? text : normalized(text, casefold: false)
    }

    /// Compatible forms, with the dashes of all kinds as "-" and wave dashes as "~": for numbers, dates, codes and
    /// phones. The long-vowel mark ー after a digit or Latin letter is a dash typed with the wrong key.
    package static func technical(_ text: String) -> String {
        guard !isASCII(text) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in compatible(text).unicodeScalars {
            switch scalar.value {
            case 0x2010...0x2015, 0x2212, 0x2500, 0xFE63: result.append("-")
            case 0x30FC where result.last.map({ $0.isASCII && $0 != " " }) ?? true: result.append("-")
            case 0x301C, 0x223C, 0x02DC: result.append("~")
            case 0x2018, 0x2019: result.append("'")
            case 0x3002: result.append(".")
            case 0x3001: result.append(",")
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// The key by which headers and labels are compared: compatible forms, case folded, without spaces and marks such
    /// as `_`, `-`, `*`, `・`.
    package static func key(_ text: String) -> String {
        let folded = normalized(text, casefold: true)
        return String(folded.filter { !$0.isWhitespace && !"_-*・·:※".contains($0) })
    }

    private static func isASCII(_ text: String) -> Bool { text.utf8.allSatisfy { $0 < 0x80 } }

    private static func normalized(_ text: String, casefold: Bool) -> String {
        let source = Array(text.utf16)
        let length = Int32(source.count)
        var target = [UInt16](repeating: 0, count: source.count * 2 + 16)
        var needed = im_ucnv_nfkc(source, length, casefold ? 1 : 0, &target, Int32(target.count))
        if needed > target.count {
            target = [UInt16](repeating: 0, count: Int(needed))
            needed = im_ucnv_nfkc(source, length, casefold ? 1 : 0, &target, needed)
        }
        // ICU without its normalisation data cannot fold; the text as written is then the best answer.
        guard needed >= 0 else { return casefold ? text.lowercased() : text }
        return String(decoding: target.prefix(Int(needed)), as: UTF16.self)
    }
}
