/// A letter as the bytes of a mail: RFC 5322 with MIME, lines ending in CR LF, seven-bit throughout.
///
/// Plain text and HTML stand side by side. The same letter with the same identifier and time gives the same bytes, so a
/// mail that may have arrived is sent again as itself: receivers and readers know it by its Message-ID.
package struct MIMEMessage: Sendable {
    private let letter: Letter
    private let from: MailBox
    private let to: MailBox
    private let id: String
    private let moment: Int64
    private let unsubscribe: NoticeLink?

    /// `id` is the delivery's identifier, the same for every try; `moment`, in milliseconds UTC, when the letter was
    /// written; `unsubscribe` takes a POST without a question (RFC 8058) and shows a page on GET.
    package init(
        _ letter: Letter, from: MailBox, to: MailBox, id: String, moment: Int64, unsubscribe: NoticeLink? = nil
    ) {
        self.letter = letter.inert
        self.from = from
        self.to = to
        self.id = id
        self.moment = moment
        self.unsubscribe = letter.kind.isNeeded ? nil : unsubscribe
    }

    /// The whole message. Lines that begin with a dot are left as they are: SMTP doubles it.
    package var bytes: [UInt8] {
        let boundary = "=_" + token
        let text = LetterText(letter, unsubscribe: unsubscribe)
        var output: [UInt8] = []
        for line in headers + ["Content-Type: multipart/alternative; boundary=\"\(boundary)\"", ""] {
            output += line.utf8
            output += "\r\n".utf8
        }
        for (type, part) in [("text/plain", text.plain), ("text/html", text.html)] {
            let encoded = TransferEncoding.best(for: part)
            output += "--\(boundary)\r\n".utf8
            output += "Content-Type: \(type); charset=utf-8\r\n".utf8
            output += "Content-Transfer-Encoding: \(encoded.rawValue)\r\n\r\n".utf8
            output += encoded.bytes(of: part)
            output += "\r\n".utf8
        }
        output += "--\(boundary)--\r\n".utf8
        return output
    }

    /// The identifier without brackets, by which receivers know the mail.
    package var messageID: String { "\(token)@\(from.domain)" }

    /// The identifier without what may not stand in a Message-ID or a boundary.
    private var token: String {
        String(
            id.unicodeScalars.filter {
                $0.isASCII && ($0.properties.isAlphabetic || "0123456789_-.".unicodeScalars.contains($0))
            })
    }

    private var headers: [String] {
        var lines = [
            MailHeader.line("From", box: from), MailHeader.line("To", box: to),
            MailHeader.line("Subject", text: letter.subject), "Date: \(MailHeader.date(moment))",
            "Message-ID: <\(messageID)>", "Auto-Submitted: auto-generated",
            // Asks out-of-office programs not to answer.
            "X-Auto-Response-Suppress: All", "X-Industry-Mix: \(letter.kind.rawValue)",
            "Content-Language: \(letter.language.rawValue)",
        ]
        if let unsubscribe {
            lines.append("List-Unsubscribe: <\(unsubscribe.text)>")
            // RFC 8058, 3.1: one click needs https.
            if unsubscribe.text.hasPrefix("https://") {
                lines.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
            }
        }
        return lines + ["MIME-Version: 1.0"]
    }
}
