import Delivery
import Foundation
import Testing

func sample(_ language: NoticeLanguage = .ja, occasion: NoticeOccasion = .first) throws -> NoticeContent {
    NoticeContent(
        kind: .matchFound, language: language, title: "減塩食品の食感を測りたい",
        sentences: ["噛む力を測る薄型センサーを持つ大学が見つかりました。"], reason: "どちらも「咀嚼」と「圧力分布」を扱います。",
        bridge: NoticeBridge(from: "食品加工", to: "医療機器"), closeness: .bridge, request: "話を聞いてみたいか、お知らせください。",
        actions: [
            NoticeAction("興味がある", try NoticeLink("https://mix.example.jp/a/1?yes&x=1"), .primary),
            NoticeAction("今回は見送る", try NoticeLink("https://mix.example.jp/a/1?no")),
        ],
        reference: "M-7K2P", source: "みやこ産業ミックス", happenedAt: 1_795_293_989_000, occasion: occasion)
}

private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

@Suite struct `A Slack message` {
    @Test func `is designed: headline, the two fields, why, what is asked, a button per answer`() throws {
        let expected = """
            {"text":"新しいマッチ – 減塩食品の食感を測りたい – 食品加工 ⇄ 医療機器 – どちらも「咀嚼」と「圧力分布」を扱います。","blocks":[\
            {"type":"header","text":{"type":"plain_text","text":"新しいマッチ: 減塩食品の食感を測りたい","emoji":false}},\
            {"type":"section","text":{"type":"mrkdwn","text":"*食品加工 ⇄ 医療機器*  ·  分野をつなぐ橋渡し","verbatim":true}},\
            {"type":"section","text":{"type":"plain_text","text":"噛む力を測る薄型センサーを持つ大学が見つかりました。","emoji":false}},\
            {"type":"section","text":{"type":"mrkdwn","text":"*理由*  どちらも「咀嚼」と「圧力分布」を扱います。","verbatim":true}},\
            {"type":"section","text":{"type":"mrkdwn","text":"*お願い*  話を聞いてみたいか、お知らせください。","verbatim":true}},\
            {"type":"actions","elements":[\
            {"type":"button","text":{"type":"plain_text","text":"興味がある","emoji":false},\
            "url":"https://mix.example.jp/a/1?yes&x=1","action_id":"open_1","style":"primary"},\
            {"type":"button","text":{"type":"plain_text","text":"今回は見送る","emoji":false},\
            "url":"https://mix.example.jp/a/1?no","action_id":"open_2"}]},\
            {"type":"context","elements":[{"type":"plain_text","text":"みやこ産業ミックス  ·  参照 M-7K2P","emoji":false}]}],\
            "unfurl_links":false,"unfurl_media":false}
            """
        #expect(text(SlackPayload.bytes(for: try sample())) == expected)
    }

    @Test func `that may be a repeat says so and quotes the reference`() throws {
        for platform in DeliveryPlatform.allCases where platform != .mail {
            let first = try PlatformReading.said(platform.payload(for: try sample(.en)), on: platform)
            let again = try PlatformReading.said(
                platform.payload(for: try sample(.en).possiblyRepeated()), on: platform)
            #expect(first != again)
            #expect(again.contains("M-7K2P"))
            #expect(
                again.contains(platform == .generic ? "possibly_repeated" : "you may see this twice"), "\(platform)")
        }
    }

    @Test func `shows markup as text`() {
        let content = NoticeContent(
            kind: .topic, language: .en, title: "<!channel> & <b>", sentences: ["a <@U1> *b* _c_"],
            reason: "snake_case *x* 2*3 `y`",
            reference: "R", source: "S", happenedAt: 0)
        let shown = text(SlackPayload.bytes(for: content))
        #expect(shown.contains("\"text\":\"Topic: &lt;!channel&gt; &amp; &lt;b&gt;\""))
        #expect(shown.contains("\"text\":\"a &lt;@U1&gt; *b* _c_\""))
        #expect(shown.contains("\"text\":\"*Why*  snake_case ∗x∗ 2*3 ˋyˋ\""))
    }
}

@Suite struct `A Mattermost message` {
    @Test func `is designed: headline, the two fields, why, what is asked, a link per answer`() throws {
        let expected = """
            #### 新しいマッチ: 減塩食品の食感を測りたい

            **食品加工 ⇄ 医療機器** · 分野をつなぐ橋渡し

            噛む力を測る薄型センサーを持つ大学が見つかりました。

            > **理由** どちらも「咀嚼」と「圧力分布」を扱います。

            **お願い** 話を聞いてみたいか、お知らせください。

            **[興味がある](https://mix.example.jp/a/1?yes&x=1)** · [今回は見送る](https://mix.example.jp/a/1?no)

            みやこ産業ミックス · 参照 M-7K2P
            """
        let payload = try PayloadInvariants.object(MattermostPayload.bytes(for: try sample()))
        #expect(payload["text"] as? String == expected)
    }

    @Test(arguments: [
        ("@all", "@\u{200b}all"), ("**b**", "\\*\\*b\\*\\*"), ("a_b", "a\\_b"), ("<!here>", "&lt;\\!here&gt;"),
        ("~town", "\\~town"),
        ("<http://a|b>", "&lt;http://a\\|b&gt;"), ("- x", "\\- x"), ("1. x", "1\\. x"), ("a - b 1. c", "a - b 1. c"),
        ("see https://a.test/x_y(z)", "see https://a.test/x_y\\(z\\)"), ("\\", "\\\\"), ("&lt;", "&amp;lt;"),
    ])
    func `shows markup as text and calls nobody`(_ written: String, _ escaped: String) throws {
        let content = NoticeContent(
            kind: .topic, language: .en, title: "t", sentences: [written], reference: "R", source: "S", happenedAt: 0)
        let payload = try PayloadInvariants.object(MattermostPayload.bytes(for: content))
        #expect(payload["text"] as? String == "#### Topic: t\n\n\(escaped)\n\nS · Ref. R")
    }
}

@Suite struct `A generic message` {
    @Test func `follows Standard Webhooks`() throws {
        let expected = """
            {"type":"match.found","timestamp":"2026-11-21T20:46:29.000Z","data":{"reference":"M-7K2P",\
            "source":"みやこ産業ミックス","language":"ja","title":"減塩食品の食感を測りたい",\
            "fields":{"from":"食品加工","to":"医療機器"},"class":"bridge",\
            "text":"噛む力を測る薄型センサーを持つ大学が見つかりました。","reason":"どちらも「咀嚼」と「圧力分布」を扱います。",\
            "request":"話を聞いてみたいか、お知らせください。","actions":[\
            {"label":"興味がある","url":"https://mix.example.jp/a/1?yes&x=1"},\
            {"label":"今回は見送る","url":"https://mix.example.jp/a/1?no"}]}}
            """
        #expect(text(GenericPayload.bytes(for: try sample())) == expected)
    }
}

@Suite struct `Any text` {
    static let seed: UInt64 = 20_261_121

    @Test func `makes a valid and inert message on every platform`() throws {
        var texts = NastyTexts(seed: Self.seed)
        for number in 0..<400 {
            let content = try texts.content()
            let complaints = try DeliveryPlatform.allCases.flatMap { platform in
                try PlatformReading.complaints(platform.payload(for: content), on: platform).map {
                    "\(platform): \($0)"
                }
            }
            try #require(complaints.isEmpty, "notice \(number) of seed \(Self.seed): \(complaints.prefix(3))")
        }
        print("payload seed \(Self.seed): 400 notices of \(texts.made) texts on every platform")
        #expect(texts.made >= 2000)
    }

    @Test func `gives the same bytes again`() throws {
        for platform in DeliveryPlatform.allCases {
            var (one, two) = (NastyTexts(seed: 5), NastyTexts(seed: 5))
            for _ in 0..<20 {
                #expect(platform.payload(for: try one.content()) == platform.payload(for: try two.content()))
            }
        }
    }

    @Test(arguments: [
        ("", NoticeLinkRefusal.notHTTP), ("javascript:alert(1)", .notHTTP), ("//x.test", .notHTTP),
        ("https://x.test/a b", .badCharacter),
        ("https://x.test/<", .badCharacter), ("https://x.test/)", .badCharacter), ("https://x.test/|", .badCharacter),
        ("https://x.test/@all", .badCharacter), ("https://x.test/\r\n", .badCharacter),
        ("https://x.test/日", .badCharacter),
        ("https://x.test/" + String(repeating: "a", count: 986), .tooLong),
    ])
    func `is no link when it could break out of one`(_ text: String, _ refusal: NoticeLinkRefusal) throws {
        #expect(throws: refusal) { try NoticeLink(text) }
        let longest = "https://x.test/" + String(repeating: "a", count: 985)
        #expect(try NoticeLink(longest).text == longest)
    }

    @Test(arguments: [TextUnit.utf8, .utf16, .scalars]) func `is cut between graphemes within its limit`(
        _ unit: TextUnit
    ) {
        let text = "e\u{301}👨‍👩‍👧‍👦🇯🇵食品"
        for limit in 0...(unit.count(text) + 1) {
            let cut = Clip.text(text, within: limit, unit)
            #expect(unit.count(cut) <= limit)
            let kept = cut.hasSuffix("…") ? String(cut.dropLast()) : cut
            #expect(text.hasPrefix(kept) || kept.isEmpty)
            #expect(limit < unit.count(text) || cut == text)
        }
    }
}
