/// Shapes that betray an owner whatever their name: links, addresses, phone, patent and corporate numbers.
enum GiveAwayPatterns {
    struct Finding {
        let kind: GiveAway.Kind
        let excerpt: String
    }

    /// Every finding in a text whose full-width forms have been narrowed, each stretch of text claimed by one kind.
    static func find(in text: String) -> [Finding] {
        var findings: [(Range<String.Index>, Finding)] = []
        func take(
            _ kind: GiveAway.Kind, _ pattern: Regex<Substring>, if accepted: (Substring) -> Bool = { _ in true }
        ) {
            for match in text.matches(of: pattern) {
                guard begins(match.range.lowerBound, in: text), accepted(match.output),
                    !findings.contains(where: { $0.0.overlaps(match.range) })
                else { continue }
                findings.append((match.range, Finding(kind: kind, excerpt: String(match.output).trimmed)))
            }
        }
        take(.email, email)
        take(.link, link)
        take(.link, bareDomain) { !$0.lowercased().hasSuffix("asp.net") && !$0.lowercased().hasSuffix("vb.net") }
        take(.patentNumber, japanesePatent)
        take(.patentNumber, namedPatent) { digits($0) >= 6 }
        take(.patentNumber, patentByOffice) { digits($0) >= 7 }
        take(.corporateNumber, thirteenDigits) { (try? CorporateNumber(String($0))) != nil }
        for pattern in [internationalPhone, groupedPhone, shortPhone, mobilePhone, americanPhone] {
            take(.phone, pattern) { (9...15).contains(digits($0)) }
        }
        return findings.sorted { $0.0.lowerBound < $1.0.lowerBound }.map(\.1)
    }

    /// Whether no Latin letter or digit stands right before. A word boundary of Unicode would not do: there is none
    /// between Hangul and a digit.
    private static func begins(_ index: String.Index, in text: String) -> Bool {
        guard index > text.startIndex, text[index].isASCII, text[index] != "+", text[index] != "(" else { return true }
        let before = text[text.index(before: index)]
        return !(before.isASCII && (before.isLetter || before.isNumber))
    }

    private static func digits(_ text: Substring) -> Int {
        text.count(where: \.isNumber)
    }

    // Regular expressions are values without state, but the type is not marked Sendable, so each is made where it is
    // used. They end with "no Latin letter or digit follows" instead of \b, for the reason given above.
    private static var email: Regex<Substring> { /[A-Za-z0-9._%+\-]+\s?@\s?[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+/ }
    private static var link: Regex<Substring> { /(?i)(?:https?|ftp):\/\/[^\s<>"「」()、。]+/ }
    private static var bareDomain: Regex<Substring> {
        #/
        (?i)
        (?: www\. [a-z0-9\-]+ (?: \. [a-z0-9\-]+ )+
          | [a-z0-9] [a-z0-9\-]* (?: \. [a-z0-9\-]+ )*
            \. (?: com | jp | kr | cn | net | org | io | info | biz | tw | hk | sg | vn | eu | example )
            (?! [A-Za-z0-9\-] )
        )
        (?: / [^\s<>"「」()、。]* )?
        /#
    }
    private static var japanesePatent: Regex<Substring> {
        #/
        (?: 特願 | 特開 | 特表 | 特公 | 実願 | 実開 | 意願 | 商願 ) \s?
        (?: 平 | 昭 | 令 )? \s? \d{1,4} \s? [\-年‐‑–−] \s? \d{1,7} 号?
        /#
    }
    private static var namedPatent: Regex<Substring> {
        #/
        (?: 特許 | 実用新案登録 | 意匠登録 | 商標登録 | 특허(?:등록|출원)? | 등록특허 | 출원번호 | 등록번호 | 专利 | 申请 ) \s?
        (?: 番号 | 번호 )? \s? (?: 第 | 号 | 제 )? \s? [:：]? \s?
        \d [\d,\-]{5,16} (?: \.\d )? \s? (?: 号 | 호 )?
        /#
    }
    private static var patentByOffice: Regex<Substring> {
        #/
        (?: JP | US | EP | WO | KR | CN | ZL | PCT ) [\s\-\/]? (?: [A-Z]{2} \s? )?
        (?: \d{1,4} [\s\-\/,.]? )? \d{2,4} [\-\/,.\x20]? \d{3,7} (?: [.\-]\d )? (?: \s?[A-Z]\d? )? (?! [A-Za-z0-9] )
        /#
    }
    private static var thirteenDigits: Regex<Substring> { /\d(?:[\- ]?\d){12}(?![0-9])/ }
    private static var internationalPhone: Regex<Substring> {
        #/
        \+\d{1,3} [\-\s(‐‑–−]{0,2} \d{1,4} [\-\s().‐‑–−]{1,2} \d{1,4} [\-\s.‐‑–−]{1,2} \d{3,4} (?! [0-9] )
        /#
    }
    private static var groupedPhone: Regex<Substring> {
        #/
        \(? 0\d{1,4} [\-\s().‐‑–−]{1,2} \d{1,4} [\-\s).‐‑–−]{1,2} \d{3,4} (?! [0-9] )
        /#
    }
    private static var shortPhone: Regex<Substring> { /\(?0\d{2,3}\)?[\-\s‐‑–−]\d{7,8}(?![0-9])/ }
    private static var mobilePhone: Regex<Substring> { /0[15789]0\d{8}(?![0-9])|1[3-9]\d{9}(?![0-9])/ }
    private static var americanPhone: Regex<Substring> { /\(?[2-9]\d{2}\)?[\-\s]\s?[2-9]\d{2}-\d{4}(?![0-9])/ }
}
