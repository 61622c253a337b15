extension RegionNames {
    /// The name of a region for readers of a language: in their own writing where a name is known, in Latin letters
    /// where that reads better than another script, else the code.
    package static func label(_ code: RegionCode, in language: Language) -> String {
        let names = names(of: code.text)
        let latin = names.first { $0.allSatisfy(\.isASCII) }
        let hangul = names.first { $0.unicodeScalars.contains { (0xAC00...0xD7A3).contains($0.value) } }
        let han = names.filter { $0.unicodeScalars.allSatisfy { (0x30A0...0x9FFF).contains($0.value) } }
        switch language {
        case .en: return latin ?? code.text
        case .ko: return hangul ?? han.first ?? latin ?? code.text
        case .ja: return han.first ?? latin ?? code.text
        // Country names end with the Chinese way of writing them.
        case .zh: return (code.text.utf8.count == 2 ? han.last : han.first) ?? latin ?? code.text
        }
    }
}
