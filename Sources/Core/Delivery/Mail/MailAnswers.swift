/// What a mail server's last reply means: RFC 5321, 4.2 and the enhanced codes of RFC 3463.
enum MailAnswers {
    /// The verdict on the code and, where the server gave one, the enhanced code at the beginning of its text.
    static func verdict(on answer: WireAnswer) -> Verdict {
        let code = answer.status
        let detail = enhanced(in: answer.body)
        func reason(_ word: String, _ sentence: String) -> JudgedReason {
            JudgedReason("mail.\(word)", sentence + " (\(code)\(detail.map { " " + $0 } ?? ""))")
        }
        switch code {
        case 200..<300: return .delivered(reason("accepted", "The mail server took the mail."))
        case 400..<500:
            return .retry(
                notBefore: nil, throttled: false, reason("later", "The mail server asked to try again later."))
        case 530, 534, 535, 538:
            // Our own account: no fault of the reader, and mended by the administrator.
            return .retry(
                notBefore: nil, throttled: false,
                reason(
                    "account",
                    "The mail server does not accept our user name and password; an administrator must correct them."))
        default: break
        }
        if let detail, !detail.hasPrefix("5.1"), !detail.hasPrefix("5.2.1") {
            return .dead(reason("refused", "The mail server refused this mail."))
        }
        switch code {
        case 521, 550, 551, 553, 556:
            return .channelStops(reason("address", "The mail server does not know this address; correct it."))
        default: return .dead(reason("refused", "The mail server refused this mail."))
        }
    }

    /// `5.1.1` at the beginning of a reply's text.
    private static func enhanced(in body: [UInt8]) -> String? {
        let text = String(decoding: body.prefix(80), as: UTF8.self)
        guard let word = text.split(separator: " ").first else { return nil }
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3,
            parts.allSatisfy({ (1...3).contains($0.utf8.count) && $0.utf8.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        return String(word)
    }
}
