import Exchange
import Foundation
import HTTPTypes
import Operations
import Store
import Testing
import WebConsole

/// Two organizations with a pair that fits, and a coordinator.
private struct Pair {
    let world: World
    let coordinator: Guest
    let need: Posting
    let seed: Posting
    let match: Match

    init(needTitle: String = "氷を使わずに魚を冷やしたい gears") async throws {
        world = try await World()
        let owner = try await world.person("太郎", of: "境港水産")
        let other = try await world.person("次郎", of: "冷却技研")
        coordinator = try await world.person("幸子", .coordinator, of: "事務局")
        need = try await world.published(.need, needTitle, by: owner)
        seed = try await world.published(.seed, "氷を使わずに冷やす gears の技術", by: other)
        let found = Match(
            id: world.office.ambient.identifier(at: World.noon), need: need.id, seed: seed.id, score: 0.5, parts: [:],
            kind: .bridge, reason: "{}", state: .proposed, round: nil, version: 1, createdAt: World.noon,
            updatedAt: World.noon)
        match = found
        try await world.store.write { tx in _ = try tx.insert(found) }
    }

    var path: String { "/desk/matches/\(match.id)" }
}

@Suite struct `An introduction on the board` {
    @Test func `goes from an answer heard by telephone to its result, and all of it is on record`() async throws {
        let pair = try await Pair()
        let desk = pair.coordinator
        for side in ["need", "seed"] {
            let said = try await desk.post(
                pair.path + "/answer", from: pair.path, [("side", side), ("answer", "yes"), ("message", "電話で確認")])
            #expect(said.status == 303, "\(said.text.prefix(2000))")
        }
        let board = try await desk.get("/desk/introductions")
        let found = try #require(board.text.firstMatch(of: /\/desk\/introductions\/(intro_[0-9a-z]+)/)).output.1
        let path = "/desk/introductions/\(found)"
        #expect(board.text.contains("双方がコーディネーターの紹介を待っています") && board.text.contains("境港水産"))
        #expect(try await desk.post(path + "/introduce", from: path).status == 303)
        #expect(try await desk.get("/desk/introductions").text.contains("話す番です"))
        #expect(try await desk.post(path + "/meeting", from: path).location == path)
        let missing = try await desk.post(path + "/conclusion", from: path, [("note", "試作へ")])
        #expect(missing.status == 422 && missing.text.contains("試作へ") && missing.text.contains("href=\"#outcome\""))
        let ended = try await desk.post(path + "/conclusion", from: path, [("outcome", "prototype"), ("note", "試作へ")])
        #expect(ended.status == 303)
        let page = try await desk.get(path).text
        for words in ["幸子", "双方を紹介", "話したことを記録", "結果を記録", "電話で確認", "試作"] {
            #expect(page.contains(words), "\(words)")
        }
        #expect(try await desk.get("/desk/introductions?state=concluded").text.contains(String(found)))
        try await pair.world.end()
    }

    @Test func `tells the wrong thing inline and keeps what was typed`() async throws {
        let pair = try await Pair()
        let said = try await pair.coordinator.post(
            pair.path + "/answer", from: pair.path, [("side", "need"), ("answer", "no"), ("message", "断りの言葉")])
        #expect(said.status == 422 && said.text.contains("断りの言葉"))
        // The forms of the page that was answered lead to the page itself, not to the address of the form.
        #expect(!said.text.contains("/answer/answer") && !said.text.contains("value=\"\(pair.path)/answer\""))
        try await pair.world.end()
    }
}

@Suite struct `A match on the desk` {
    @Test func `can be put aside with a reason, and two organizations kept apart and brought together again`()
        async throws
    {
        let pair = try await Pair()
        let desk = pair.coordinator
        let page = try await desk.get(pair.path)
        #expect(page.status == 200 && page.text.contains("境港水産") && page.text.contains("冷却技研"))
        _ = try await desk.post(pair.path + "/dismiss", from: pair.path, [("reason", "重複のため"), ("back", pair.path)])
        #expect(try await desk.get(pair.path).text.contains("重複のため"))
        let one = try #require(page.text.firstMatch(of: /name="one" value="([^"]+)"/)).output.1
        let other = try #require(page.text.firstMatch(of: /name="other" value="([^"]+)"/)).output.1
        let placed = try await desk.post(
            "/desk/vetoes", from: pair.path,
            [("one", String(one)), ("other", String(other)), ("reason", "係争中"), ("back", pair.path)])
        #expect(placed.status == 303 && placed.location == pair.path)
        let list = try await desk.get("/desk/vetoes").text
        #expect(list.contains("境港水産") && list.contains("係争中"))
        let lift = try #require(list.firstMatch(of: /action="(\/desk\/vetoes\/[^"]+\/lift)"/)).output.1
        #expect(try await desk.post(String(lift), from: "/desk/vetoes").status == 303)
        #expect(try await !desk.get("/desk/vetoes").text.contains("係争中"))
        try await pair.world.end()
    }
}

@Suite struct `The audit trail` {
    @Test func `is filtered by kind, subject and person, and asks back for names that fit several`() async throws {
        let pair = try await Pair()
        let desk = pair.coordinator
        let all = try await desk.get("/desk/log")
        #expect(all.text.contains("参加者を招待") && all.text.utf8.count < 150_000)
        let published = try await desk.get("/desk/log?kind=posting.published").text
        #expect(published.contains(pair.need.id.text))
        #expect(!published.contains(">参加者を招待</b>"))
        #expect(try await desk.get("/desk/log?about=\(pair.need.id)").text.contains(pair.need.id.text))
        #expect(try await desk.get("/desk/log?about=%E5%A4%AA%E9%83%8E").text.contains("太郎"))
        let nobody = try await desk.get("/desk/log?about=%E3%81%A0%E3%82%8C%E3%81%8B")
        #expect(nobody.status == 200 && nobody.text.contains("お一人に決まりません"))
        try await pair.world.end()
    }

    @Test func `and the board show hostile text as text`() async throws {
        let hostile = "<script>alert(1)</script>\"'><b>x</b>"
        let pair = try await Pair(needTitle: hostile)
        let desk = pair.coordinator
        _ = try await desk.post(
            pair.path + "/answer", from: pair.path, [("side", "need"), ("answer", "yes"), ("message", hostile)])
        for path in [
            "/desk/introductions", pair.path, "/desk/reports/encounters", "/desk/reports/fairness",
            "/desk/log?about=%3Cscript%3Ealert(1)", "/desk/log?about=\(pair.match.id)",
        ] {
            let text = try await desk.get(path).text
            #expect(!text.contains("<script>alert") && !text.contains("<b>x</b>"), "\(path)")
        }
        try await pair.world.end()
    }
}

@Suite struct `Reports` {
    @Test func `count the fiscal year month by month, as a page and as a table for Excel`() async throws {
        let pair = try await Pair()
        let desk = pair.coordinator
        let page = try await desk.get("/desk/reports")
        #expect(page.text.contains("2026年度") && page.text.contains("<svg class=\"chart\""))
        let table = try await desk.get("/desk/reports/table?year=2026")
        #expect(table.headers[.contentType] == "text/csv; charset=utf-8")
        #expect(table.text.contains("公開された投稿,0,0,0,0,0,0,0,2,,,,,2"), "\(table.text)")
        #expect(try await desk.get("/desk/reports?year=99").status == 422)
        #expect(try await desk.get("/desk/reports/export/secrets").status == 404)
        try await pair.world.end()
    }

    @Test func `draw encounters with a table behind each picture`() async throws {
        let pair = try await Pair()
        let desk = pair.coordinator
        _ = try await desk.post(pair.path + "/answer", from: pair.path, [("side", "need"), ("answer", "yes")])
        let text = try await desk.get("/desk/reports/encounters").text
        #expect(text.components(separatedBy: "<svg class=\"chart\"").count == 3)
        #expect(text.components(separatedBy: "<table>").count == 3)
        #expect(text.contains("life ja") && text.contains("making ja"))
        try await pair.world.end()
    }
}

@Suite struct `The engine's page` {
    @Test func `runs a round and says how far it is; only administrators make it forget`() async throws {
        let pair = try await Pair()
        let desk = pair.coordinator
        let before = try await desk.get("/desk/engine")
        #expect(before.text.contains("まだ何も学習していません") && !before.text.contains("/desk/engine/reset"))
        #expect(try await desk.post("/desk/engine/start", from: "/desk/engine").status == 303)
        await pair.world.site.settled()
        let after = try await desk.get("/desk/engine").text
        #expect(after.contains("state-finished"), "\(after.prefix(6000))")
        #expect(try await desk.post("/desk/engine/reset", from: "/desk/engine").status == 403)
        let administrator = try await pair.world.person("管理", .administrator, of: "事務局")
        #expect(try await administrator.post("/desk/engine/reset", from: "/desk/engine").status == 303)
        #expect(try await desk.post("/desk/engine/groups", from: "/desk/engine").status == 303)
        try await pair.world.end()
    }
}

@Suite struct `An import in the page` {
    private static let table = """
        氏名,団体名,メールアドレス
        花子,境港水産,hanako@mail.example
        次郎,冷却技研,jiro-at-mail.example
        """

    @Test func `shows what it would do, mends cells in the page and writes the rest`() async throws {
        let pair = try await Pair()
        let desk = pair.coordinator
        let sent = try await desk.upload(Self.table, as: "people.csv")
        #expect(sent.status == 303)
        let look = try await desk.get(sent.location)
        #expect(look.text.contains("name=\"c-3-3\" value=\"jiro-at-mail.example\"") && look.text.contains("花子"))
        var filter = ParticipantFilter()
        filter.text = "hanako"
        let wanted = filter
        func count() async throws -> Int {
            try await pair.world.office.participants(wanted, PageRequest(), by: .system("test")).items.count
        }
        #expect(try await count() == 0)
        let written = try await desk.post(sent.location + "/write", from: sent.location)
        #expect(written.location == sent.location)
        #expect(try await count() == 1)
        let rest = try await desk.get(sent.location)
        let cell = try #require(rest.text.firstMatch(of: /name="(c-\d+-3)" value="jiro-at/)).output.1
        #expect(try await desk.get(sent.location + "/rejected").text.contains("jiro-at-mail.example"))
        _ = try await desk.post(sent.location + "/mend", from: sent.location, [(String(cell), "jiro@mail.example")])
        #expect(try await !desk.get(sent.location).text.contains("name=\"c-"))
        _ = try await desk.post(sent.location + "/write", from: sent.location)
        filter.text = "jiro"
        let second = filter
        #expect(try await pair.world.office.participants(second, PageRequest(), by: .system("test")).items.count == 1)
        #expect(try await desk.get(sent.location).text.contains("<dd>2</dd>"))
        try await pair.world.end()
    }

    @Test(arguments: [
        ("PNG", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0] as [UInt8]),
        ("JPEG", [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10] as [UInt8]), ("Excel", [0x50, 0x4B, 0x03, 0x04, 0, 0] as [UInt8]),
    ])
    func `refuses what only bears the name of a table, and says what it is`(
        _ kind: String, _ bytes: [UInt8]
    ) async throws {
        let world = try await World()
        let desk = try await world.person("C", .coordinator, of: "Office")
        let seen = try await desk.upload(bytes, as: "people.csv")
        #expect(seen.status == 422 && seen.text.contains(kind) && seen.text.contains("href=\"#file\""))
        try await world.end()
    }

    @Test func `refuses more than 20 MB with a word, an empty file, and what is long gone`() async throws {
        let world = try await World()
        let desk = try await world.person("C", .coordinator, of: "Office")
        let large = try await desk.upload([UInt8](repeating: 0x61, count: 21 * 1024 * 1024), as: "people.csv")
        #expect(large.status == 422 && large.text.contains("20 MB を超えています"))
        let empty = try await desk.upload([], as: "people.csv")
        #expect(empty.status == 422 && empty.text.contains("ファイルを選んでください"))
        let gone = try await desk.get("/desk/import/0123456789abcdef")
        #expect(gone.status == 404 && gone.text.contains("もう一度選んでください"))
        let member = try await world.person("M", of: "One")
        #expect(try await member.upload("a,b\n", as: "people.csv").status != 303)
        try await world.end()
    }
}

@Suite struct `A channel in the page` {
    private static let form = [
        ("name", "商談のお知らせ"), ("platform", "generic"), ("address", "https://hooks.example.jp/services/secret-part"),
        ("language", "ja"), ("topics", "matches"), ("topics", "groups"), ("fields", "life"), ("minimum", "0.7"),
        ("cadence", "hourly"), ("quiet", "22:00-07:00 sat sun"),
    ]

    @Test func `is added with its rules, tried, changed, silenced and removed; its secret is shown once`() async throws
    {
        let world = try await World()
        let desk = try await world.person("C", .coordinator, of: "Office")
        let added = try await desk.post("/desk/channels/new", from: "/desk/channels/new", Self.form)
        #expect(added.status == 200 && added.text.contains("whsec_"), "\(added.text.prefix(3000))")
        let path = try #require(added.text.firstMatch(of: /href="(\/desk\/channels\/channel_[0-9a-z]+)"/)).output.1
        let page = try await desk.get(String(path))
        #expect(!page.text.contains("whsec_") && !page.text.contains("secret-part"))
        #expect(page.text.contains("value=\"groups\" checked") && page.text.contains("value=\"0.7\" selected"))
        #expect(page.text.contains("value=\"hourly\" selected") && page.text.contains("22:00-07:00 sat sun"))
        #expect(try await desk.get("/desk/channels").text.contains("まだ使われていません"))
        #expect(try await desk.post(path + "/test", from: String(path)).status == 303)
        let tried = try await desk.get(String(path)).text
        let delivery = try #require(tried.firstMatch(of: /href="(\/desk\/deliveries\/[^"]+)"/)).output.1
        #expect(tried.contains("state-due") && tried.contains("これから"))
        #expect(try await desk.get(String(delivery)).text.contains("ためし"))
        #expect(try await desk.post(delivery + "/replay", from: String(delivery)).location == String(delivery))
        let version = try #require(tried.firstMatch(of: /name="version" value="(\d+)"/)).output.1
        let saved = try await desk.post(
            String(path), from: String(path),
            [("name", "別の名"), ("language", "en"), ("topics", "postings"), ("version", String(version))])
        #expect(saved.status == 303)
        let changed = try await desk.get(String(path)).text
        #expect(changed.contains("別の名") && !changed.contains("value=\"0.7\" selected"))
        #expect(try await desk.post(path + "/mute", from: String(path)).status == 303)
        #expect(try await desk.get(String(path)).text.contains("まで止めています"))
        #expect(try await desk.post(path + "/resume", from: String(path)).status == 303)
        let unsure = try await desk.post(path + "/remove", from: String(path))
        #expect(unsure.status == 422 && unsure.text.contains("しるしを付けてください"))
        #expect(
            try await desk.post(path + "/remove", from: String(path), [("sure", "yes")]).location == "/desk/channels")
        #expect(try await desk.get(String(path)).status == 404)
        try await world.end()
    }

    @Test func `keeps what was typed when it cannot be added`() async throws {
        let world = try await World()
        let desk = try await world.person("C", .coordinator, of: "Office")
        let bad = Self.form.map { $0.0 == "address" ? ("address", "http://127.0.0.1/x") : $0 }
        let seen = try await desk.post("/desk/channels/new", from: "/desk/channels/new", bad)
        #expect(seen.status == 422 && seen.text.contains("value=\"http://127.0.0.1/x\""))
        #expect(seen.text.contains("href=\"#address\"") && seen.text.contains("value=\"life\" checked"))
        _ = try await desk.post("/desk/channels/new", from: "/desk/channels/new", Self.form)
        let twice = try await desk.post("/desk/channels/new", from: "/desk/channels/new", Self.form)
        #expect(twice.status == 422 && twice.text.contains("同じ名前のものがあります"))
        try await world.end()
    }
}
