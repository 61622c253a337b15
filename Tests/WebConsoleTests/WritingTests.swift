import Exchange
import Foundation
import Operations
import Testing
import WebConsole

@Suite struct `Writing a posting` {
    private static let values = [
        ("kind", "need"), ("title", "氷を使わずに魚を冷やしたい"), ("summary", "港から店まで三時間、氷の重さを運びたくない"), ("fields", "food"),
        ("visibility", "anonymous"), ("language", "ja"),
    ]

    @Test func `goes to review at once, and only once however often it is sent`() async throws {
        let world = try await World()
        let person = try await world.person("太郎", of: "One")
        let page = try await person.get("/postings/new?kind=need")
        let once = try #require(page.text.firstMatch(of: /name="once" value="([0-9a-f]+)"/)).output.1
        let form = Self.values + [("once", String(once)), ("submit", "1")]
        let first = try await person.post("/postings/new", token: page.token, form)
        let second = try await person.post("/postings/new", token: page.token, form)
        #expect(first.status == 303 && first.location == second.location, "\(first.text.prefix(4000))")
        let shown = try await person.get(first.location)
        #expect(shown.text.contains("氷を使わずに魚を冷やしたい") && shown.text.contains("state-in_review"))
        let mine = try await person.get("/postings").text
        #expect(mine.components(separatedBy: "<article").count == 2)
        try await world.end()
    }

    @Test func `keeps what was typed and says what is missing`() async throws {
        let world = try await World()
        let person = try await world.person("太郎", of: "One")
        let long = String(repeating: "長", count: 1001)
        let seen = try await person.post(
            "/postings/new", from: "/postings/new?kind=seed",
            [("kind", "seed"), ("title", ""), ("summary", long), ("region_wishes", "鳥取県、ムー大陸"), ("submit", "1")])
        #expect(seen.status == 422)
        #expect(seen.text.contains("ムー大陸") && seen.text.contains(long))
        #expect(seen.text.contains("id=\"problems\"") && seen.text.contains("href=\"#region_wishes\""))
        let missing = try await person.post(
            "/postings/new", from: "/postings/new?kind=seed", [("kind", "seed"), ("title", "名前だけ"), ("submit", "1")])
        #expect(missing.status == 422 && missing.text.contains("名前だけ"))
        #expect(missing.text.contains("href=\"#summary\"") && missing.text.contains("href=\"#fields\""))
        try await world.end()
    }

    @Test func `shows matches, give-aways and the preview before anything is saved`() async throws {
        let world = try await World()
        let other = try await world.person("次郎", of: "冷却技研")
        _ = try await world.published(.seed, "氷を使わずに魚を冷やす gears の技術", by: other)
        let person = try await world.person("太郎", of: "境港水産")
        let page = try await person.get("/postings/new?kind=need")
        let form = Self.values.map { $0.0 == "summary" ? ("summary", "境港水産の魚を gears で") : $0 } + [("check", "1")]
        let whole = try await person.post("/postings/new", token: page.token, form)
        #expect(whole.status == 200 && whole.text.contains("境港水産の魚を gears で"))
        let part = try await person.post(
            "/postings/new", token: page.token, form, Guest.wanting("findings"))
        #expect(!part.text.contains("<html") && part.text.contains("class=\"shore"))
        #expect(part.text.contains("団体名は伏せられています"))
        #expect(try await person.get("/postings").text.contains("<article") == false)
        try await world.end()
    }

    @Test func `in two tabs shows both texts and loses neither`() async throws {
        let world = try await World()
        let person = try await world.person("太郎", of: "One")
        let posting = try await world.published(.need, "元の題", by: person)
        let path = "/postings/\(posting.id)/edit"
        let first = try await person.get(path)
        let second = try await person.get(path)
        #expect(first.text.contains("name=\"version\" value=\"\(posting.version)\""))
        let base = [
            ("summary", "要約"), ("fields", "food"), ("visibility", "named"), ("language", "ja"),
            ("version", String(posting.version)),
        ]
        let saved = try await person.post(path, token: first.token, base + [("title", "一つ目の題")])
        #expect(saved.status == 303, "\(saved.text.prefix(3000))")
        let overtaken = try await person.post(path, token: second.token, base + [("title", "二つ目の題")])
        #expect(overtaken.status == 409)
        #expect(overtaken.text.contains("一つ目の題") && overtaken.text.contains("value=\"二つ目の題\""))
        let version = try #require(overtaken.text.firstMatch(of: /name="version" value="(\d+)"/)).output.1
        let again = try await person.post(
            path, token: second.token,
            base.filter { $0.0 != "version" } + [("version", String(version)), ("title", "合わせた題")])
        #expect(again.status == 303)
        try await world.end()
    }

    @Test func `by others is out of reach`() async throws {
        let world = try await World()
        let owner = try await world.person("太郎", of: "One")
        let other = try await world.person("次郎", of: "Two")
        let posting = try await world.published(.need, "ひみつの gears", by: owner, .anonymous)
        let seen = try await other.get("/postings/\(posting.id)")
        #expect(seen.status == 200 && !seen.text.contains("inner detail") && !seen.text.contains("/edit"))
        #expect(try await other.get("/postings/\(posting.id)/edit").status == 403)
        #expect(try await other.post("/postings/\(posting.id)/pause", from: "/me").status == 403)
        try await world.end()
    }
}

@Suite struct `Hostile text` {
    private static let hostile =
        "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{title}}[[nav.me]]\u{202E}txt"

    @Test func `stays text wherever it is shown`() async throws {
        let world = try await World()
        let kept = Self.hostile.filter { $0 != "\u{202E}" }
        let owner = try await world.person("A \(kept)", of: "B \(kept)")
        let coordinator = try await world.person("C", .coordinator, of: "Office")
        let content = PostingContent(
            title: "T \(kept)", summary: "S <b>bold</b> & {{{art}}}",
            detail: "D </textarea><script>1</script>", purpose: "P <i>", means: "M \"quote\"",
            fields: [FieldCode("food")], keywords: ["<u>k</u>"], language: .ja, visibility: .named)
        let id = try #require(owner.holder).participant.id
        let posting = try await world.office.draft(.need, content, for: id, by: .system("test"))
        _ = try await world.office.submit(posting.id, by: .system("test"))
        let paths = [
            "/", "/postings", "/postings/\(posting.id)", "/postings/\(posting.id)/edit",
            "/postings/\(posting.id)/close",
            "/me",
        ]
        for path in paths { expectInert(try await owner.get(path), path) }
        for path in [
            "/desk/review", "/desk/review/\(posting.id)", "/desk/participants", "/desk/participants/\(id)",
            "/desk/participants?q=" + "%3Cscript%3E", "/desk/participants?role=%22%3E%3Cscript%3E",
        ] { expectInert(try await coordinator.get(path), path) }
        let sent = try await coordinator.post(
            "/desk/participants/new", from: "/desk/participants/new",
            [("name", Self.hostile), ("email", Self.hostile), ("organization", Self.hostile), ("role", Self.hostile)])
        #expect(sent.status == 422)
        expectInert(sent, "invite")
        try await world.end()
    }

    private func expectInert(_ seen: Seen, _ place: String) {
        for markup in ["<script>", "<img src=x", "<b>bold", "<i>", "<u>k", "onerror=alert(2)>", "\u{202E}"] {
            // The attribute may stand in escaped text, where its bracket is escaped too.
            #expect(!seen.text.contains(markup), "\(markup) in \(place)")
        }
        #expect(seen.text.components(separatedBy: "<script ").count <= 2, "\(place)")
    }

    @Test func `of ten thousand characters is refused with what was typed`() async throws {
        let world = try await World()
        let coordinator = try await world.person("C", .coordinator, of: "Office")
        let name = String(repeating: "ع", count: 10_000)
        let seen = try await coordinator.post(
            "/desk/participants/new", from: "/desk/participants/new",
            [("name", name), ("email", "a@b.example"), ("organization", "Office")])
        #expect(seen.status == 422 && seen.text.contains(name) && seen.text.contains("200"))
        try await world.end()
    }
}
