package import Exchange

/// What somebody typed behind the slash command.
package enum ChatCommand: Hashable, Sendable {
    case help
    case link(String)
    case unlink
    case post(Posting.Kind, ChatPosting)
    case matches
    /// For so many days.
    case pause(days: Int)
    case resume
    /// An answer to the match with this reference, with words.
    case interested(String, String?)
    case refused(String, String?)
    case asked(String, String?)
    /// Nothing that is known; the word is what was taken for the command.
    case unknown(String)

    /// The longest text that is read.
    package static let longest = 16_000

    /// Reads the text in any of the four languages; forms and widths of letters do not matter.
    package init(_ text: String) {
        let whole = String(text.prefix(Self.longest)).trimmed
        let word = String(whole.prefix { !$0.isWhitespace && $0 != ":" && $0 != ":" })
        let rest = String(whole.dropFirst(word.count).drop { $0 == ":" || $0 == ":" }).trimmed
        let folded = word.narrowedASCII.lowercased()
        guard !folded.isEmpty else {
            self = .help
            return
        }
        switch Self.verbs.first(where: { $0.words.contains(folded) })?.verb {
        case .help: self = .help
        case .link: self = rest.isEmpty ? .help : .link(rest)
        case .unlink: self = .unlink
        case .seed: self = .post(.seed, ChatPosting(rest))
        case .need: self = .post(.need, ChatPosting(rest))
        case .matches: self = .matches
        case .pause: self = ChatSpan.days(rest).map { .pause(days: $0) } ?? .unknown(whole)
        case .resume: self = .resume
        case .interested: self = Self.answer(rest, whole) { .interested($0, $1) }
        case .refused: self = Self.answer(rest, whole) { .refused($0, $1) }
        case .asked: self = Self.answer(rest, whole) { .asked($0, $1) }
        case nil: self = .unknown(String(word.prefix(40)))
        }
    }

    private static func answer(
        _ rest: String, _ whole: String, _ make: (String, String?) -> ChatCommand
    ) -> ChatCommand {
        let reference = String(rest.prefix { !$0.isWhitespace })
        guard !reference.isEmpty else { return .unknown(String(whole.prefix(40))) }
        let words = String(rest.dropFirst(reference.count)).trimmed
        return make(reference, words.isEmpty ? nil : words)
    }

    private enum Verb {
        case help, link, unlink, seed, need, matches, pause, resume, interested, refused, asked
    }

    private static let verbs: [(verb: Verb, words: Set<String>)] = [
        (.help, ["help", "?", "ヘルプ", "使い方", "도움말", "帮助", "幫助"]),
        (.link, ["link", "連携", "연결", "绑定", "關聯"]),
        (.unlink, ["unlink", "解除", "連携解除", "해제", "解绑"]),
        (.seed, ["seed", "シーズ", "시즈", "种子"]),
        (.need, ["need", "ニーズ", "니즈", "需求"]),
        (.matches, ["matches", "match", "マッチ", "組み合わせ", "매칭", "匹配"]),
        (.pause, ["pause", "休止", "一時停止", "일시정지", "휴식", "暂停"]),
        (.resume, ["resume", "再開", "재개", "恢复"]),
        (.interested, ["interested", "yes", "興味あり", "関心あり", "관심", "感兴趣"]),
        (.refused, ["pass", "no", "見送る", "見送り", "사양", "不考虑"]),
        (.asked, ["ask", "質問", "たずねる", "문의", "询问"]),
    ]
}

/// How long a pause lasts, as people say it: `2 weeks`, `2週間`, `10d`, `1か月`, `3주`, `1个月`.
enum ChatSpan {
    /// Pauses end by themselves after a year at the latest.
    static let mostDays = 366

    /// Days; two weeks when nothing is said; nothing when it cannot be read.
    static func days(_ text: String) -> Int? {
        let folded = text.narrowedASCII.lowercased().filter { !$0.isWhitespace }
        if folded.isEmpty { return 14 }
        let digits = folded.prefix { $0.isASCII && $0.isNumber }
        guard digits.count <= 4, let count = digits.isEmpty ? 1 : Int(digits), count >= 1 else { return nil }
        let unit = String(folded.dropFirst(digits.count))
        guard let length = units.first(where: { $0.words.contains(unit) })?.days else { return nil }
        let days = count * length
        return days <= mostDays ? days : nil
    }

    private static let units: [(days: Int, words: Set<String>)] = [
        (1, ["d", "day", "days", "日", "日間", "일", "天"]),
        (7, ["w", "week", "weeks", "週", "週間", "주", "주일", "周", "星期"]),
        (30, ["month", "months", "か月", "ヶ月", "ヵ月", "ケ月", "カ月", "か月間", "개월", "个月", "個月"]),
    ]
}

/// A posting as it is typed in a chat: a title, a summary, fields behind `#`, and `--named` for one that may be shown
/// with its owner.
package struct ChatPosting: Hashable, Sendable {
    package let title: String
    package let summary: String
    /// Codes or labels as they were typed.
    package let fields: [String]
    package let visibility: PostingContent.Visibility

    /// The title ends with the first line break or `|`. A text without either is its own summary, and its first
    /// sentence the title.
    package init(_ text: String) {
        var kept: [Substring] = []
        var fields: [String] = []
        var visibility = PostingContent.Visibility.anonymous
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let words = line.split(omittingEmptySubsequences: false, whereSeparator: \.isWhitespace).filter { word in
                let folded = String(word).narrowedASCII
                if folded.hasPrefix("#"), folded.count > 1 {
                    fields.append(String(String(word).dropFirst()))
                    return false
                }
                if folded == "--named" || folded == "実名" {
                    visibility = .named
                    return false
                }
                return true
            }
            kept.append(Substring(words.joined(separator: " ")))
        }
        let plain = kept.joined(separator: "\n").trimmed
        let cut = plain.firstIndex { $0 == "\n" || $0 == "|" || $0 == "|" }
        if let cut {
            title = String(plain[..<cut]).trimmed
            summary = String(plain[plain.index(after: cut)...]).trimmed
        } else {
            title = Self.firstSentence(plain)
            summary = plain
        }
        self.fields = fields
        self.visibility = visibility
    }

    private static func firstSentence(_ text: String) -> String {
        let end = text.indices.first { index in
            let next = text.index(after: index)
            let stops = "。!?!?".contains(text[index])
            return stops || (text[index] == "." && next < text.endIndex && text[next].isWhitespace)
        }
        guard let end else { return text }
        let sentence = String(text[..<end]).trimmed
        return sentence.unicodeScalars.count >= 4 ? sentence : text
    }
}
