import Delivery
import Testing

/// What a mail is, seen by the rules of RFC 5322 and RFC 2045 alone.
private struct ReadMail {
    var headers: [(name: String, value: String)] = []
    var parts: [(type: String, text: String)] = []
    var lines: [String] = []

    init(_ bytes: [UInt8]) throws {
        let text = try #require(String(validating: bytes, as: UTF8.self))
        #expect(!text.replacing("\r\n", with: "").contains { $0 == "\r" || $0 == "\n" }, "a bare CR or LF")
        lines = text.components(by: "\r\n")
        let end = try #require(lines.firstIndex(of: ""))
        for line in lines[..<end] {
            if line.hasPrefix(" ") {
                headers[headers.count - 1].value += line
            } else {
                let colon = try #require(line.firstIndex(of: ":"), "\(line)")
                headers.append((String(line[..<colon]), String(line[line.index(colon, offsetBy: 2)...])))
            }
        }
        let type = try #require(self["Content-Type"])
        let boundary = "--" + (try #require(type.components(by: "\"").dropFirst().first))
        var part: [String]?
        for line in lines[end...] {
            if line.hasPrefix(boundary) {
                if let part { parts.append(try Self.decoded(part)) }
                part = line == boundary + "--" ? nil : []
            } else {
                part?.append(line)
            }
        }
        #expect(part == nil, "the last boundary closes the mail")
    }

    subscript(_ name: String) -> String? {
        let found = headers.filter { $0.name == name }
        #expect(found.count <= 1, "\(name) stands more than once")
        return found.first?.value
    }

    private static func decoded(_ lines: [String]) throws -> (type: String, text: String) {
        let end = try #require(lines.firstIndex(of: ""))
        let type = try #require(lines.first { $0.hasPrefix("Content-Type: ") })
        let encoding = try #require(lines.first { $0.hasPrefix("Content-Transfer-Encoding: ") })
        let body = lines[(end + 1)...]
        var bytes: [UInt8] = []
        if encoding.hasSuffix("base64") {
            bytes = try #require(Base64.bytes(of: body.joined()))
        } else {
            var rest = Array(body.joined(separator: "\r\n").utf8)[...]
            while let byte = rest.popFirst() {
                guard byte == UInt8(ascii: "=") else {
                    bytes.append(byte)
                    continue
                }
                let next = rest.prefix(2)
                rest = rest.dropFirst(2)
                if next.elementsEqual([0x0d, 0x0a]) { continue }
                bytes.append(try #require(UInt8(String(decoding: next, as: UTF8.self), radix: 16)))
            }
        }
        let text = try #require(String(validating: bytes, as: UTF8.self)).replacing("\r\n", with: "\n")
        return (String(type.dropFirst(14)), text)
    }

    /// A header's text with its encoded words read.
    func text(_ name: String) throws -> String {
        let value = try #require(self[name])
        var result: [UInt8] = []
        for word in value.components(by: " ") where !word.isEmpty {
            if word.hasPrefix("=?UTF-8?B?"), word.hasSuffix("?=") {
                result += try #require(Base64.bytes(of: word.dropFirst(10).dropLast(2)))
            } else {
                result += ((result.isEmpty ? "" : " ") + word).utf8
            }
        }
        return try #require(String(validating: result, as: UTF8.self))
    }
}

extension String {
    fileprivate func components(by mark: String) -> [String] {
        split(separator: mark, omittingEmptySubsequences: false).map(String.init)
    }
}

private func letter(
    _ kind: LetterKind = .notice, _ subject: String = "題名", _ paragraphs: [String] = ["一段落目"]
) throws -> Letter {
    Letter(
        kind, language: .ja, subject: subject, paragraphs: paragraphs,
        items: [
            NoticeItem(
                "項目", detail: "理由", bridge: NoticeBridge(from: "食品", to: "医療"),
                link: try NoticeLink("https://mix.example.jp/matches/1"))
        ], actions: [NoticeAction("参加する", try NoticeLink("https://mix.example.jp/join?invitation=abc&x=1"), .primary)],
        remarks: ["期限"], source: "交流", reference: "R1")
}

private func mail(_ letter: Letter, name: String? = "山田 花子", unsubscribe: String? = nil) throws -> MIMEMessage {
    MIMEMessage(
        letter, from: try MailBox("mix@example.jp", name: "産業ミックス"), to: try MailBox("hana@example.jp", name: name),
        id: "delivery_0001", moment: 1_795_317_285_000, unsubscribe: try unsubscribe.map { try NoticeLink($0) })
}

@Suite struct `A mail` {
    @Test func `says the same in plain text and in HTML`() throws {
        let read = try ReadMail(try mail(letter()).bytes)
        #expect(read.parts.map(\.type) == ["text/plain; charset=utf-8", "text/html; charset=utf-8"])
        for words in ["題名", "一段落目", "項目", "食品", "医療", "理由", "参加する", "期限", "交流", "R1"] {
            for part in read.parts { #expect(part.text.contains(words), "\(words) in \(part.type)") }
        }
        #expect(read.parts[0].text.contains("https://mix.example.jp/join?invitation=abc&x=1"))
        #expect(read.parts[1].text.contains("href=\"https://mix.example.jp/join?invitation=abc&amp;x=1\""))
        #expect(read["Date"] == "Sun, 22 Nov 2026 03:14:45 +0000")
        #expect(read["Message-ID"] == "<delivery_0001@example.jp>")
        #expect(read["Auto-Submitted"] == "auto-generated")
        #expect(read["MIME-Version"] == "1.0")
        #expect(try read.text("From") == "産業ミックス <mix@example.jp>")
        #expect(try read.text("To") == "山田 花子 <hana@example.jp>")
    }

    @Test func `is the same at every try`() throws {
        #expect(try mail(letter()).bytes == mail(letter()).bytes)
    }

    @Test func `keeps its lines short, whatever its texts hold`() throws {
        for subject in [
            String(repeating: "長い題名🚀", count: 60), String(repeating: "x", count: 500), "=?UTF-8?B?eA==?=", "", " ",
        ] {
            let paragraphs = [
                String(repeating: "word ", count: 400), String(repeating: "語", count: 900), "a\n.\n..\nb", "end=20  ",
            ]
            let read = try ReadMail(try mail(letter(.notice, subject, paragraphs), name: subject).bytes)
            for line in read.lines { #expect(line.utf8.count <= 78, "\(line)") }
            #expect(read.lines.allSatisfy { $0.utf8.allSatisfy { (0x20...0x7e).contains($0) } })
            #expect(read.parts[0].text.contains("\n.\n..\nb"))
            if !subject.allSatisfy(\.isWhitespace) {
                let shown = try read.text("Subject")
                #expect(shown == subject, "\(shown)")
            }
        }
    }

    @Test(arguments: [
        "a\r\nBcc: victim@example.jp", "a\nBcc: victim@example.jp", "a\r\n\r\nbody", "\u{2028}Bcc: x", "\u{0}\u{1b}[0m",
        "a\u{85}Bcc: x", "<script>alert(1)</script>", "\"><a href=\"https://evil.example\">x</a>", "a\u{202e}b",
    ])
    func `takes no header and no markup from its texts`(_ text: String) throws {
        let nasty = Letter(
            .notice, language: .en, subject: text, paragraphs: [text], items: [NoticeItem(text, detail: text)],
            remarks: [text], source: text, reference: text)
        let message = MIMEMessage(
            nasty, from: try MailBox("mix@example.jp", name: text), to: try MailBox("hana@example.jp", name: text),
            id: text, moment: 0)
        let read = try ReadMail(message.bytes)
        #expect(
            read.headers.map(\.name) == [
                "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress",
                "X-Industry-Mix", "Content-Language", "MIME-Version", "Content-Type",
            ])
        let html = read.parts[1].text
        #expect(!html.contains("<script>") && !html.contains("<a "))
        #expect(!html.unicodeScalars.contains { $0.value == 0x202e || $0.value == 0 })
    }

    @Test func `offers to end notices with one click, and never does so for what is needed`() throws {
        let link = "https://mix.example.jp/letters/abc"
        for kind in LetterKind.allCases {
            let read = try ReadMail(try mail(letter(kind), unsubscribe: link).bytes)
            #expect(read["List-Unsubscribe"] == (kind.isNeeded ? nil : "<\(link)>"))
            #expect(read["List-Unsubscribe-Post"] == (kind.isNeeded ? nil : "List-Unsubscribe=One-Click"))
            for part in read.parts { #expect(part.text.contains(link) == !kind.isNeeded) }
        }
        let plain = try ReadMail(try mail(letter(.digest), unsubscribe: "http://127.0.0.1:8080/letters/abc").bytes)
        #expect(plain["List-Unsubscribe-Post"] == nil, "one click needs https")
    }

    @Test func `comes back from the store as it was`() throws {
        for kind in LetterKind.allCases {
            let one = try letter(kind, "\"quoted\" \\ \n\t🚀", ["a", "", "b\nc"])
            #expect(Letter(stored: one.stored) == one)
        }
        for broken in ["", "{}", "[]", "{\"kind\":\"digest\"}", "null"] {
            #expect(Letter(stored: Array(broken.utf8)) == nil)
        }
    }

    @Test(arguments: [
        "", "a", "@", "a@", "@b", "a@b@c", "a b@c.jp", "a@b c.jp", "a@b.jp\r\nRCPT TO:<x@y.jp>", "a@b.jp\n", "<a@b.jp>",
        "a@b.jp>", "\"a\"@b.jp", "a@[127.0.0.1]", "a@-b.jp", "a@b..jp", "ü@b.jp", "a@bü.jp", "a,b@c.jp", "a@b.jp\u{0}",
    ])
    func `goes to no address that could end a command`(_ address: String) {
        #expect(throws: MailBoxRefusal.badAddress) { try MailBox(address) }
    }

    @Test(arguments: [
        (250, "2.0.0 Ok", "delivered", "mail.accepted"), (451, "4.7.1 Greylisted", "retry", "mail.later"),
        (421, "busy", "retry", "mail.later"), (452, "", "retry", "mail.later"),
        (550, "5.1.1 No such user", "channelStops", "mail.address"), (550, "no", "channelStops", "mail.address"),
        (553, "bad name", "channelStops", "mail.address"), (550, "5.7.1 Spam", "dead", "mail.refused"),
        (554, "5.6.0 Content", "dead", "mail.refused"), (552, "too large", "dead", "mail.refused"),
        (535, "5.7.8 Bad password", "retry", "mail.account"), (530, "5.7.0 Must sign in", "retry", "mail.account"),
        (550, "5.2.1 Mailbox disabled", "channelStops", "mail.address"),
    ])
    func `is judged by the server's reply`(_ code: Int, _ text: String, _ word: String, _ reason: String) {
        let outcome = WireOutcome(.answered(WireAnswer(status: code, body: Array(text.utf8))))
        let verdict = DeliveryJudge.verdict(on: outcome, from: .mail, now: 0)
        #expect(verdict.word == word)
        #expect(verdict.reason.code == reason)
    }
}
