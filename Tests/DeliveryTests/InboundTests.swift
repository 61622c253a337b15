import Delivery
import Foundation
import Testing

@Suite struct `A request of Slack` {
    private static let secret = "8f742231b10e8888abcd99yyyzzz85a5"
    private static let now: Int64 = 1_531_420_618

    private func check(
        _ body: [UInt8], _ timestamp: String?, _ signature: String?, now: Int64 = Self.now
    ) throws(InboundProofRefusal) {
        try SlackProof.check(
            body: body, timestamp: timestamp, signature: signature, secret: Self.secret, now: now)
    }

    @Test func `is believed by the vector of Slack's documentation`() throws {
        let body = Array(
            ("token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&"
                + "channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&"
                + "response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgc"
                + "ZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c").utf8)
        let signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
        let time = String(Self.now)
        #expect(SlackProof.signature(body: body, timestamp: time, secret: Self.secret) == signature)
        try check(body, time, signature)
        try check(body, time, signature, now: Self.now + 300)
        try check(body, time, signature, now: Self.now - 300)
        #expect(throws: InboundProofRefusal.stale) { try check(body, time, signature, now: Self.now + 301) }
        #expect(throws: InboundProofRefusal.stale) { try check(body, time, signature, now: Self.now - 301) }
        #expect(throws: InboundProofRefusal.wrong) { try check(body + [0x20], time, signature) }
        #expect(throws: InboundProofRefusal.wrong) { try check(body, String(Self.now + 1), signature) }
        for odd in [
            nil, "", "v1" + String(signature.dropFirst(2)), signature.uppercased(), String(signature.dropLast()),
        ] {
            #expect(throws: InboundProofRefusal.missing) { try check(body, time, odd) }
        }
        for odd in [nil, "", "+" + time, " " + time, "1e9", "９"] {
            #expect(throws: InboundProofRefusal.missing) { try check(body, odd, signature) }
        }
    }

    @Test func `says the same to us and to Slack's own framework, whatever was done to it`() throws {
        guard let python = ProcessInfo.processInfo.environment["INDUSTRYMIX_TEST_PYTHON"] else {
            Issue.record("SKIPPED: INDUSTRYMIX_TEST_PYTHON names no Python with slack-bolt", severity: .warning)
            return
        }
        var maker = MutatedRequests(seed: UInt64(Date().timeIntervalSince1970))
        let requests = (0..<1_000).map { maker.request($0) }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("slack-\(UUID().uuidString).jsonl")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(requests.flatMap { $0.line }).write(to: file)
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "Oracles/check_slack_requests.py")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [script.path, file.path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let theirs = said.split(separator: "\n").map { $0 == "taken" }
        try #require(theirs.count == requests.count)
        var taken = 0
        for (request, verdict) in zip(requests, theirs) {
            #expect(request.isTaken == verdict, "\(request.mutation), seed \(maker.seed)")
            if verdict { taken += 1 }
        }
        // Both kinds are there in numbers, or nothing was compared.
        #expect((200...800).contains(taken))
        print("REPORT: 1000 mutated requests (seed \(maker.seed)): slack_bolt and we take the same \(taken)")
    }
}

/// A request as it would arrive, and what was done to it.
private struct MutatedRequest {
    let mutation: String
    let secret: String
    let now: Int64
    let body: [UInt8]
    let headers: [String: String]

    var isTaken: Bool {
        func header(_ name: String) -> String? { headers.first { $0.key.lowercased() == name }?.value }
        do {
            try SlackProof.check(
                body: body, timestamp: header("x-slack-request-timestamp"), signature: header("x-slack-signature"),
                secret: secret, now: now)
        } catch {
            return false
        }
        if case .content = InboundReading.slack(body) { return true }
        return false
    }

    var line: [UInt8] {
        let hexadecimal = body.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let document: JSONValue = [
            "now": .integer(now), "secret": .string(secret), "body": .string(hexadecimal),
            "headers": .object(headers.sorted { $0.key < $1.key }.map { JSONMember($0.key, .string($0.value)) }),
        ]
        return document.bytes + [0x0a]
    }
}

/// Slash commands and presses, and what may happen to them on the way: some of it harmless, most of it not.
private struct MutatedRequests {
    let seed: UInt64
    private var random: Seeded
    private let secrets = ["8f742231b10e8888abcd99yyyzzz85a5", "0123456789abcdef0123456789abcdef"]

    init(seed: UInt64) {
        self.seed = seed
        random = Seeded(seed)
    }

    private static func encoded(_ text: String, lower: Bool = false) -> String {
        text.utf8.map { byte in
            let plain = (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
            if plain { return String(UnicodeScalar(byte)) }
            if byte == 0x20 { return "+" }
            let digits = String(byte, radix: 16, uppercase: !lower)
            return "%" + (digits.count == 1 ? "0" : "") + digits
        }.joined()
    }

    private mutating func fields(_ number: Int) -> [(String, String)] {
        let texts = ["need 排水から油を取り除きたい #食品加工", "matches", "pause 2 weeks", "link ABCD-2345", "🌸 & <tag> + 100%", ""]
        guard number % 3 != 0 else {
            let press = "refused.too_early.match_0000000000000000000000000\(number % 10)"
            let payload: JSONValue = [
                "type": "block_actions", "team": ["id": "T1"],
                "user": ["id": "U1", "username": "花子", "team_id": "T1"], "trigger_id": .string("t\(number)"),
                "channel": ["id": "C1"], "response_url": "https://hooks.slack.com/actions/T1/1/x",
                "actions": [
                    ["action_id": "answer_refused", "block_id": "b", "type": "button", "value": .string(press)]
                ],
            ]
            return [("payload", String(decoding: payload.bytes, as: UTF8.self))]
        }
        return [
            ("token", "t"), ("team_id", "T1"), ("channel_id", "C1"), ("user_id", "U1"), ("user_name", "hanako"),
            ("command", "/mix"), ("text", texts.randomElement(using: &random) ?? ""),
            ("response_url", "https://hooks.slack.com/commands/T1/1/x"), ("trigger_id", "t\(number)"),
        ]
    }

    mutating func request(_ number: Int) -> MutatedRequest {
        let secret = secrets.randomElement(using: &random) ?? secrets[0]
        let now = Int64.random(in: 1_600_000_000...1_900_000_000, using: &random)
        var fields = self.fields(number)
        var time = now
        var signing = secret
        var lower = false
        let mutation = [
            "none", "reordered", "small escapes", "extra field", "empty field", "in time", "late", "early", "far",
            "other secret", "byte changed", "byte added", "byte cut", "resigned for another time", "signature changed",
            "signature cut", "no signature", "no time", "odd time", "other version", "header names",
            "not UTF-8", "empty body", "nothing known",
        ][number % 24]
        switch mutation {
        case "reordered": fields.shuffle(using: &random)
        case "small escapes": lower = true
        case "extra field": fields.append(("enterprise_name", "日本 &=% 株式会社"))
        case "empty field": fields.append(("api_app_id", ""))
        case "in time": time += Int64.random(in: -300...300, using: &random)
        case "late": time -= Int64.random(in: 301...10_000, using: &random)
        case "early": time += Int64.random(in: 301...10_000, using: &random)
        case "far": time = Int64.random(in: 0...1_000, using: &random)
        case "other secret": signing = secrets.first { $0 != secret } ?? ""
        case "nothing known": fields = [("hello", "world")]
        default: break
        }
        var body = Array(fields.map { "\($0.0)=\(Self.encoded($0.1, lower: lower))" }.joined(separator: "&").utf8)
        if mutation == "empty body" { body = [] }
        if mutation == "not UTF-8" { body += Array("&x=".utf8) + [0xff, 0xfe] }
        let written =
            mutation == "odd time" ? ["", "abc", "1.5", "--1"].randomElement(using: &random) ?? "" : "\(time)"
        var signature = SlackProof.signature(body: body, timestamp: written, secret: signing)
        var headers: [String: String] = [:]
        tamper(mutation, &body, &signature)
        let stated = mutation == "resigned for another time" ? "\(time + 1)" : written
        if mutation != "no time" { headers["X-Slack-Request-Timestamp"] = stated }
        if mutation != "no signature" { headers["X-Slack-Signature"] = signature }
        if mutation == "header names" {
            headers = Dictionary(uniqueKeysWithValues: headers.map { ($0.key.lowercased(), $0.value) })
        }
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return MutatedRequest(mutation: mutation, secret: secret, now: now, body: body, headers: headers)
    }

    private mutating func tamper(_ mutation: String, _ body: inout [UInt8], _ signature: inout String) {
        switch mutation {
        case "byte changed":
            let place = Int.random(in: 0..<body.count, using: &random)
            body[place] = body[place] == 0x61 ? 0x62 : 0x61
        case "byte added":
            body.insert(0x61, at: Int.random(in: 0...body.count, using: &random))
        case "byte cut": body.remove(at: Int.random(in: 0..<body.count, using: &random))
        case "signature changed":
            var bytes = Array(signature.utf8)
            let place = Int.random(in: 3..<bytes.count, using: &random)
            bytes[place] = bytes[place] == 0x30 ? 0x31 : 0x30
            signature = String(decoding: bytes, as: UTF8.self)
        case "signature cut": signature = String(signature.prefix(Int.random(in: 0..<67, using: &random)))
        case "other version": signature = "v1" + String(signature.dropFirst(2))
        default: break
        }
    }
}

@Suite struct `A request of Mattermost` {
    private static let token = "xr3j5x3p4pfk7kk6ck7b4e6ghh"

    @Test func `is believed by its token, in both places where both are`() throws {
        func check(_ field: String?, _ header: String?) throws(InboundProofRefusal) {
            try MattermostProof.check(field: field, authorization: header, secret: Self.token)
        }
        try check(Self.token, nil)
        try check(Self.token, "Token " + Self.token)
        try check(Self.token, "token " + Self.token)
        #expect(throws: InboundProofRefusal.missing) { try check(nil, "Token " + Self.token) }
        #expect(throws: InboundProofRefusal.missing) { try check("", nil) }
        #expect(throws: InboundProofRefusal.wrong) { try check(Self.token + "x", nil) }
        #expect(throws: InboundProofRefusal.wrong) { try check(String(Self.token.dropLast()), nil) }
        #expect(throws: InboundProofRefusal.wrong) { try check(Self.token, "Token other") }
        try check(Self.token, "Bearer other")
        #expect(throws: InboundProofRefusal.missing) { try check(Self.token, "Token") }
    }

    @Test func `is read as a command, a post or a press`() {
        let command =
            "token=a&team_id=t&user_id=u1&user_name=hana&command=%2Fmix&text=matches&trigger_id=x&response_url=y"
        guard case .content(let slash, isPost: false) = InboundReading.mattermost(Array(command.utf8), isJSON: false)
        else {
            Issue.record("no command")
            return
        }
        #expect(slash.ask == .words("matches") && slash.answerURL == "y" && slash.unique == "x" && slash.token == "a")
        let post = #"{"token":"a","user_id":"u1","text":"mix seed 接着剤","trigger_word":"mix","post_id":"p"}"#
        guard case .content(let words, isPost: true) = InboundReading.mattermost(Array(post.utf8), isJSON: true) else {
            Issue.record("no post")
            return
        }
        #expect(words.ask == .words(" seed 接着剤") && words.answerURL == nil && words.unique == "p")
        let press =
            #"{"user_id":"u1","trigger_id":"z","context":{"token":"t","press":"refused.m","#
            + #""selected_option":"refused.too_early.m"}}"#
        guard case .content(let chosen, isPost: false) = InboundReading.mattermostPress(Array(press.utf8)) else {
            Issue.record("no press")
            return
        }
        #expect(chosen.ask == .press(AnswerPress(.refused, match: "m", reason: "too_early")) && chosen.token == "t")
        for odd in ["", "{}", "[]", "user_id=%zz", "text=a", "user_id=u&text=other&trigger_word=mix"] {
            #expect(InboundReading.mattermost(Array(odd.utf8), isJSON: odd.hasPrefix("{")) == .malformed)
        }
    }
}

@Suite struct `What a platform sends` {
    @Test func `is kept and read again`() throws {
        for ask in [InboundContent.Ask.words("need 排水 \"油\"\n"), .press(AnswerPress(.asked, match: "match_1"))] {
            let content = InboundContent(
                ask: ask, team: "T1", userTeam: "T2", user: "U1", label: "花子", answerURL: "https://x.example/",
                unique: nil, token: "t")
            #expect(InboundContent(stored: content.text) == content)
        }
        #expect(InboundContent(stored: "{}") == nil)
    }

    @Test func `is nothing for us when a button only opens a link, or the platform tries the address`() {
        let link = #"payload={"type":"block_actions","user":{"id":"U"},"actions":[{"action_id":"open_1","value":"x"}]}"#
        #expect(InboundReading.slack(Array(link.utf8)) == .nothing)
        #expect(InboundReading.slack(Array("ssl_check=1&token=a".utf8)) == .nothing)
        #expect(InboundReading.slack(Array(#"payload={"type":"view_submission"}"#.utf8)) == .nothing)
        let odd =
            #"payload={"type":"block_actions","user":{"id":"U"},"actions":[{"action_id":"answer_asked","value":"?"}]}"#
        #expect(InboundReading.slack(Array(odd.utf8)) == .malformed)
    }

    @Test(arguments: [
        ("a=1&b=%E9%A3%9F+x", ["a": "1", "b": "食 x"]), ("a=1&a=2", ["a": "1"]), ("a", ["a": ""]), ("=x&&", ["": "x"]),
    ])
    func `is a form`(_ text: String, _ values: [String: String]) throws {
        let form = try #require(FormFields(Array(text.utf8)))
        for (name, value) in values { #expect(form[name] == value) }
        #expect(form["other"] == nil)
    }

    @Test(arguments: ["a=%", "a=%4", "a=%zz", "a=%ff"]) func `is refused with a broken escape`(_ text: String) {
        #expect(FormFields(Array(text.utf8)) == nil)
    }
}

@Suite struct `A signed link` {
    private let key = AnswerKey(bytes: [UInt8](repeating: 3, count: 32))
    private let match = "match_01jd3w7k2m9v8x4t6r5q1p0nzb"
    private let person = "person_7zzzzzzzzzzzzzzzzzzzzzzzzz"

    @Test func `brings back what was signed, for its purpose and until it expires`() throws {
        for purpose in AnswerToken.Purpose.allCases {
            let readers: [(String?, String?)] = [
                (nil, nil), ("channel_00000000000000000000000000", nil), (nil, person),
                ("channel_01jd3w7k2m9v8x4t6r5q1p0nzb", person),
            ]
            for (channel, participant) in readers {
                let token = AnswerToken(
                    purpose, match: match, channel: channel, participant: participant, expires: 2_000_000_000)
                let text = key.text(of: token)
                #expect(text.utf8.count <= 140 && (try? NoticeLink("https://mix.example.jp/a/\(text)")) != nil)
                #expect(key.text(of: token) == text)
                #expect(try key.token(in: text, for: purpose, now: 1_999_999_999) == token)
                #expect(throws: AnswerTokenRefusal.expired) { try key.token(in: text, now: 2_000_000_000) }
                let other: AnswerToken.Purpose = purpose == .link ? .button : .link
                #expect(throws: AnswerTokenRefusal.otherPurpose) { try key.token(in: text, for: other, now: 0) }
            }
        }
    }

    @Test func `is refused with any other key and after any change`() throws {
        let text = key.text(of: AnswerToken(.link, match: match, participant: person, expires: 2_000_000_000))
        let other = AnswerKey(bytes: [UInt8](repeating: 4, count: 32))
        #expect(throws: AnswerTokenRefusal.forged) { try other.token(in: text, now: 0) }
        let characters = Array(text)
        for place in characters.indices {
            var changed = characters
            changed[place] = changed[place] == "A" ? "B" : "A"
            #expect(throws: AnswerTokenRefusal.forged) { try key.token(in: String(changed), now: 0) }
            #expect(throws: AnswerTokenRefusal.forged) { try key.token(in: String(text.prefix(place)), now: 0) }
        }
        for odd in ["", "a b", text + "A", text + "=", String(repeating: "A", count: 300), "日本"] {
            #expect(throws: AnswerTokenRefusal.forged) { try key.token(in: odd, now: 0) }
        }
    }

    @Test func `of a button says what is pressed`() {
        for press in [
            AnswerPress(.interested, match: match), AnswerPress(.refused, match: match),
            AnswerPress(.refused, match: match, reason: "conflict_of_interest"), AnswerPress(.asked, match: match),
        ] {
            #expect(AnswerPress(press.text) == press && press.text.utf8.count <= 75)
            #expect(AnswerPress.isActionID(press.actionID))
        }
        for odd in ["", "interested", "interested.", "yes.m", "interested.x.m", "refused..m", "a.b.c.d"] {
            #expect(AnswerPress(odd) == nil)
        }
        #expect(!AnswerPress.isActionID("open_1") && !AnswerPress.isActionID("answer_other"))
    }
}

@Suite struct `A notice that can be answered in place` {
    private static let match = "match_01jd3w7k2m9v8x4t6r5q1p0nzb"

    private func content(_ callback: AnswerControl.Callback?) throws -> NoticeContent {
        let link = try NoticeLink("https://mix.example.jp/a/token")
        let reasons = [AnswerControl.Reason("時期が早い", value: "refused.too_early.\(Self.match)")]
        return NoticeContent(
            kind: .matchFound, language: .ja, title: "題", sentences: ["文"],
            actions: [
                NoticeAction(
                    "興味あり", link, .primary,
                    control: AnswerControl(AnswerPress(.interested, match: Self.match), callback: callback)),
                NoticeAction(
                    "見送る", link,
                    control: AnswerControl(
                        AnswerPress(.refused, match: Self.match), reasons: reasons, callback: callback)),
                NoticeAction("くわしく", link),
            ], reference: "12345678", source: "Mix", happenedAt: 0)
    }

    @Test func `carries buttons and a menu on Slack, and a link for what only opens`() throws {
        let payload = try #require(JSONValue(parsing: SlackPayload.bytes(for: try content(nil))))
        guard case .array(let blocks)? = payload["blocks"] else {
            Issue.record("no blocks")
            return
        }
        let row = try #require(blocks.first { $0["type"]?.text == "actions" })
        guard case .array(let elements)? = row["elements"] else {
            Issue.record("no elements")
            return
        }
        #expect(elements.map { $0["type"]?.text } == ["button", "static_select", "button"])
        #expect(elements.map { $0["action_id"]?.text } == ["answer_interested", "answer_refused", "open_3"])
        #expect(elements[0]["value"]?.text == "interested.\(Self.match)" && elements[0]["url"] == nil)
        #expect(elements[2]["url"]?.text == "https://mix.example.jp/a/token")
    }

    @Test func `carries them on Mattermost with what proves them, and links where there is no workspace`() throws {
        let callback = AnswerControl.Callback(
            url: try NoticeLink("https://mix.example.jp/inbound/mattermost/w/presses"), token: "TOKEN")
        let drawn = String(decoding: MattermostPayload.bytes(for: try content(callback)), as: UTF8.self)
        #expect(drawn.contains(#""context":{"token":"TOKEN","press":"interested."#))
        #expect(drawn.contains(#""type":"select""#) && drawn.contains("refused.too_early."))
        #expect(!drawn.contains("[興味あり]") && drawn.contains("[くわしく]"))
        let linked = String(decoding: MattermostPayload.bytes(for: try content(nil)), as: UTF8.self)
        #expect(!linked.contains("attachments") && linked.contains("[興味あり](https://mix.example.jp/a/token)"))
    }
}
