import Delivery
import Foundation
import Testing

private func said(_ platform: DeliveryPlatform, _ content: NoticeContent) throws -> PayloadInvariants.Object {
    try PayloadInvariants.object(platform.payload(for: content))
}

@Suite struct `A message of every platform` {
    @Test(arguments: DeliveryPlatform.allCases.filter { $0 != .mail })
    func `has title, the two fields, the reason, what is asked and a way to answer`(
        _ platform: DeliveryPlatform
    ) throws {
        let text = try PlatformReading.said(platform.payload(for: try sample()), on: platform)
        for part in [
            "減塩食品の食感を測りたい", "食品加工", "医療機器", "噛む力を測る薄型センサー", "圧力分布", "話を聞いてみたいか", "興味がある", "今回は見送る",
            "https://mix.example.jp/a/1?no", "M-7K2P", "みやこ産業ミックス",
        ] {
            #expect(text.contains(part), "\(platform) lacks \(part)")
        }
    }

    @Test func `for Teams is an Adaptive Card with a button an answer`() throws {
        let payload = try said(.teams, try sample())
        let attachment = try #require((payload["attachments"] as? [PayloadInvariants.Object])?.first)
        #expect(attachment["contentType"] as? String == "application/vnd.microsoft.card.adaptive")
        let card = try #require(attachment["content"] as? PayloadInvariants.Object)
        #expect(card["version"] as? String == "1.4")
        let actions = try #require(card["actions"] as? [PayloadInvariants.Object])
        #expect(actions.map { $0["title"] as? String } == ["興味がある", "今回は見送る"])
        #expect(actions.map { $0["type"] as? String } == ["Action.OpenUrl", "Action.OpenUrl"])
    }

    @Test func `for Matrix says the same twice: as HTML and plainly`() throws {
        let payload = try said(.matrix, try sample())
        let expected =
            "<h4>新しいマッチ: 減塩食品の食感を測りたい</h4><p><strong>食品加工 ⇄ 医療機器</strong> · 分野をつなぐ橋渡し</p>"
            + "<p>噛む力を測る薄型センサーを持つ大学が見つかりました。</p>"
            + "<blockquote><strong>理由</strong> どちらも「咀嚼」と「圧力分布」を扱います。</blockquote>"
            + "<p><strong>お願い</strong> 話を聞いてみたいか、お知らせください。</p>"
            + "<p><strong><a href=\"https://mix.example.jp/a/1?yes&amp;x=1\">興味がある</a></strong> · "
            + "<a href=\"https://mix.example.jp/a/1?no\">今回は見送る</a></p><p>みやこ産業ミックス · 参照 M-7K2P</p>"
        #expect(payload["formatted_body"] as? String == expected)
        #expect((payload["body"] as? String)?.contains("興味がある: https://mix.example.jp/a/1?yes&x=1") == true)
    }

    @Test func `for LINE WORKS has the first answer as its button`() throws {
        let payload = try said(.lineWorks, try sample())
        let button = try #require(payload["button"] as? [String: String])
        #expect(button == ["label": "興味がある", "url": "https://mix.example.jp/a/1?yes&x=1"])
    }

    @Test func `for Chatwork is a framed text`() throws {
        let form = try PlatformReading.form(DeliveryPlatform.chatwork.payload(for: try sample()))
        let expected = """
            [info][title]新しいマッチ: 減塩食品の食感を測りたい[/title]食品加工 ⇄ 医療機器 · 分野をつなぐ橋渡し

            噛む力を測る薄型センサーを持つ大学が見つかりました。

            【理由】 どちらも「咀嚼」と「圧力分布」を扱います。

            【お願い】 話を聞いてみたいか、お知らせください。

            興味がある: https://mix.example.jp/a/1?yes&x=1
            今回は見送る: https://mix.example.jp/a/1?no

            みやこ産業ミックス · 参照 M-7K2P[/info]
            """
        #expect(form["body"]?.replacingOccurrences(of: "【食品加工 ⇄ 医療機器】", with: "食品加工 ⇄ 医療機器") == expected)
    }

    @Test(arguments: [
        (DeliveryPlatform.discord, "@everyone <@1> **b** [t](http://evil.test) # h"),
        (.zulip, "@**all** #**general** **b**"),
        (.rocketChat, "@all *b* [t](http://evil.test)"), (.chatwork, "[To:1] [toall] (bow)"),
        (.googleChat, "<users/all> <b>x</b>"), (.matrix, "@room <script>"),
        (.teams, "{{DATE(x)}} [t](http://evil.test)"),
        (.lineWorks, "@all"),
    ])
    func `calls nobody and marks nothing up`(_ platform: DeliveryPlatform, _ written: String) throws {
        let content = NoticeContent(
            kind: .topic, language: .en, title: written, sentences: [written], reason: written,
            items: [NoticeItem(written, detail: written)], reference: "R", source: written, happenedAt: 0)
        let payload = platform.payload(for: content)
        #expect(try PlatformReading.complaints(payload, on: platform) == [])
        var text = try PlatformReading.said(payload, on: platform)
        // Rooms are called by the plain text alone.
        if platform == .matrix { text = try #require(try said(.matrix, content)["body"] as? String) }
        // Text runs of cards know no Markdown.
        let links = platform == .teams || platform == .matrix ? [] : ["](http://evil"]
        for call in ["@everyone", "@**all**", "@all", "[To:1]", "[toall]", "<users/all>", "@room", "{{DATE"] + links {
            #expect(!text.contains(call), "\(platform): \(call)")
        }
    }

    @Test(arguments: DeliveryPlatform.allCases.filter { $0 != .mail })
    func `counts the list items that it shows`(_ platform: DeliveryPlatform) throws {
        func content(_ count: Int) throws -> NoticeContent {
            NoticeContent(
                kind: .digest, language: .en, title: "Many",
                items: try (0..<count).map {
                    NoticeItem(
                        "Item number \($0).", detail: "because of the pressure sensor in the shoe",
                        link: try NoticeLink("https://mix.example.jp/matches/\($0)"))
                }, reference: "R", source: "S", happenedAt: 0)
        }
        for count in [1, 5, 30, 150, 250] {
            let whole = try content(count)
            let shown = platform.itemsShown(of: whole)
            let text = try PlatformReading.said(platform.payload(for: whole), on: platform)
            let found = (0..<count).filter { text.contains("Item number \($0)") && text.contains("matches/\($0)") }
                .count
            #expect(shown >= 1)
            // "Item number 1" is also the beginning of "Item number 10".
            #expect(shown <= found && shown <= count)
            #expect(shown == count || text.contains("and \(count - shown) more") || platform == .generic)
        }
    }

    @Test func `that waits comes back from the store as it was`() throws {
        var texts = NastyTexts(seed: 7)
        for _ in 0..<40 {
            let content = try texts.content()
            let read = try #require(NoticeContent(json: content.json.bytes))
            for platform in [DeliveryPlatform.slack, .teams, .generic] where content.occasion == .first {
                #expect(platform.payload(for: read) == platform.payload(for: content))
            }
        }
        for broken in ["", "{}", "[]", "{\"kind\":\"x\"}"] { #expect(NoticeContent(json: Array(broken.utf8)) == nil) }
    }
}
