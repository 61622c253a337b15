/// What a platform's own word for a failure means.
struct AnswerMeaning: Sendable {
    enum Fate: Sendable {
        /// This message can never be taken.
        case dead
        /// The channel cannot be used until somebody mends it.
        case stop
        /// Later it may be.
        case retry
        /// Later, and slower.
        case slower
    }

    let fate: Fate
    /// One plain English sentence.
    let sentence: String

    init(_ fate: Fate, _ sentence: String) {
        self.fate = fate
        self.sentence = sentence
    }

    /// The verdict, with a code such as `zulip.INVALID_API_KEY`. Only printable ASCII of the word is kept.
    func verdict(_ platform: String, _ word: String) -> Verdict {
        let reason = JudgedReason("\(platform).\(AnswerWord.code(word))", sentence)
        switch fate {
        case .dead: return .dead(reason)
        case .stop: return .channelStops(reason)
        case .retry: return .retry(notBefore: nil, throttled: false, reason)
        case .slower: return .retry(notBefore: nil, throttled: true, reason)
        }
    }
}

/// Words of receivers, made fit for codes and sentences.
enum AnswerWord {
    /// At most 80 characters of printable ASCII without spaces.
    static func code(_ word: String) -> String {
        String(String.UnicodeScalarView(word.unicodeScalars.filter { $0.isASCII && $0.value > 0x20 }.prefix(80)))
    }

    /// The status that stands in an error text such as "endpoint returned HTTP error 429".
    static func status(in text: String, after words: String) -> Int? {
        guard let place = text.firstRange(of: words) else { return nil }
        let digits = text[place.upperBound...].drop { $0 == " " }.prefix { $0.isASCII && $0.isNumber }
        guard digits.count == 3 else { return nil }
        return Int(digits)
    }
}
