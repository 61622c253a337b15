/// Shapes that betray an owner whatever their name: links, addresses, phone, patent and corporate numbers.
enum GiveAwayPatterns {
    struct Finding {
        let kind: GiveAway.Kind
        let excerpt: String
    }

    /// Every finding in a text whose full-width forms have been narrowed, each stretch of text claimed by one kind.
    static func find(in text: String) -> [Finding] {
        var findings: [(Range<String.Index>, Finding)] = []
        func take(_ kind: GiveAway.Kind, _ range: Range<String.Index>) {
            guard !findings.contains(where: { $0.0.overlaps(range) }) else { return }
            findings.append((range, Finding(kind: kind, excerpt: String(text[range]))))
        }
        for match in text.matches(of: email) { take(.email, match.range) }
        for match in text.matches(of: link) { take(.link, match.range) }
        for match in text.matches(of: bareDomain) { take(.link, match.range) }
        for match in text.matches(of: japanesePatent) { take(.patentNumber, match.range) }
        for match in text.matches(of: patentByOffice) { take(.patentNumber, match.range) }
        for match in text.matches(of: thirteenDigits) where (try? CorporateNumber(String(match.output))) != nil {
            take(.corporateNumber, match.range)
        }
        for match in text.matches(of: phone) where isPhone(match.output) { take(.phone, match.range) }
        return findings.sorted { $0.0.lowerBound < $1.0.lowerBound }.map(\.1)
    }

    // Regular expressions are values without state, but the type is not marked Sendable, so each is made where it is used.
    private static var email: Regex<Substring> { /[A-Za-z0-9._%+\-]+\s?@\s?[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+/ }
    private static var link: Regex<Substring> { /(?i)(?:https?|ftp):\/\/[^\s<>"「」()、。]+/ }
    private static var bareDomain: Regex<Substring> {
        /(?i)(?:www\.[a-z0-9\-]+(?:\.[a-z0-9\-]+)+|\b[a-z0-9][a-z0-9\-]*(?:\.[a-z0-9\-]+)*\.(?:com|jp|kr|cn|net|org|io|info|biz|example)\b)(?:\/[^\s<>"「」()、。]*)?/
    }
    private static var japanesePatent: Regex<Substring> {
        /(?:特願|特開|特表|実願|実開|意願|商願)\s?(?:(?:平|昭|令)?\s?\d{1,4}\s?[\-年]\s?\d{1,7})(?:号)?|(?:特許|実用新案登録|意匠登録|商標登録|등록특허|专利)\s?(?:第|号)?\s?[:：]?\s?\d{6,12}\s?(?:号|호)?/
    }
    private static var patentByOffice: Regex<Substring> {
        /\b(?:JP|US|EP|WO|KR|CN|ZL|PCT)[\s\-\/]?(?:[A-Z]{2}\s?)?(?:\d{2,4}[\s\-\/,.]?)?\d{2,4}[\-\/,. ]?\d{3,7}(?:[.\-]\d)?(?:\s?[A-Z]\d?)?\b/
    }
    private static var thirteenDigits: Regex<Substring> { /\b\d(?:[\- ]?\d){12}\b/ }
    private static var phone: Regex<Substring> { /(?:\+\d{1,3}[\-\s(]{0,2}|\(?0)\d{1,4}[\-\s().]{1,2}\d{1,4}[\-\s.]{1,2}\d{3,4}\b|\b0[5789]0\d{8}\b/ }

    private static func isPhone(_ text: Substring) -> Bool {
        let digits = text.filter(\.isNumber).count
        return (9...15).contains(digits)
    }
}
