import Exchange
import Operations
import Tabular
import Testing

private let people = """
    管理番号,団体名,法人番号,地域,分野,氏名,メールアドレス,役割,参加日,名簿掲載
    P1,株式会社ヒラキ製作所,,鳥取県,new-materials,平木 茂,hiraki@hiraki.example,会員,令和7年4月1日,はい
    P2,㈱ヒラキ製作所,,鳥取県,,田中 葵,tanaka@hiraki.example,会員,2025/5/1,いいえ
    P3,白砂大学,7000012050002,JP-31,food-processing,森 進,mori@shirasuna.example,会員,,

    """

private let needs = """
    管理番号,種別,担当者メール,件名,概要,分野,開発段階,公開範囲
    N1,ニーズ,hiraki@hiraki.example,切削油の劣化を知りたい,交換の時期を勘に頼っている,new-materials,,匿名
    S1,シーズ,mori@shirasuna.example,氷温での鮮度保持,凍らせずに保つ,food-processing,6,団体名を公開

    """

private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

@Suite struct `An import of participants` {
    @Test func `registers people and each organization once, however its legal form is written`() async throws {
        let world = try await World()
        let report = try await world.office.importParticipants(bytes(people), by: world.desk)
        #expect((report.created, report.rejected.count) == (3, 0))
        let homes = try await world.office.organizations(OrganizationFilter(), PageRequest(), by: world.desk)
        #expect(Set(homes.items.map(\.profile.name)) == ["株式会社ヒラキ製作所", "白砂大学"])
        var filter = ParticipantFilter()
        filter.text = "平木"
        let found = try await world.office.participants(filter, PageRequest(), by: world.desk).items.first
        let hiraki = try #require(found)
        #expect(hiraki.status == .active)
        #expect(hiraki.joinedAt?.rfc3339 == "2025-03-31T15:00:00.000Z")
        #expect(hiraki.consent.listedAt != nil)
    }

    @Test func `changes nothing when it is repeated, and updates what was changed`() async throws {
        let world = try await World()
        _ = try await world.office.importParticipants(bytes(people), by: world.desk)
        let again = try await world.office.importParticipants(bytes(people), by: world.desk)
        #expect((again.created, again.updated, again.unchanged) == (0, 0, 3))
        let edited = people.replacing("田中 葵", with: "田中 あおい")
        let third = try await world.office.importParticipants(bytes(edited), by: world.desk)
        #expect((third.created, third.updated, third.unchanged) == (0, 1, 2))
    }

    @Test func `writes nothing when it is only a trial`() async throws {
        let world = try await World()
        var options = ImportOptions()
        options.isTrial = true
        let report = try await world.office.importParticipants(bytes(people), options, by: world.desk)
        #expect(report.created == 3)
        #expect(!report.isWritten)
        #expect(try await world.office.participants(ParticipantFilter(), PageRequest(), by: world.desk).items.isEmpty)
    }

    @Test func `names line, column and cure of each bad cell, and its rejected rows can be mended and imported`()
        async throws
    {
        let world = try await World()
        let bad = people.replacing("7000012050002", with: "8000012050002").replacing("2025/5/1", with: "04/05/2025")
            .replacing("鳥取県,new-materials", with: "アトランティス,new-materials")
        let report = try await world.office.importParticipants(bytes(bad), by: world.desk)
        #expect(report.created == 0)
        let places = report.rejected.flatMap(\.problems).map { "\($0.line) \($0.header)" }
        #expect(places == ["2 地域", "3 参加日", "4 法人番号"])
        let file = try #require(report.rejectedFile)
        let mended = String(decoding: file, as: UTF8.self).replacing("8000012050002", with: "7000012050002")
            .replacing("04/05/2025", with: "2025-05-04").replacing("アトランティス", with: "鳥取県")
        let second = try await world.office.importParticipants(bytes(mended), by: world.desk)
        #expect((second.created, second.rejected.count) == (3, 0))
    }

    @Test func `is refused for members, and coordinators cannot make administrators by it`() async throws {
        let world = try await World()
        let (_, member) = try await world.join("Mori")
        let (_, coordinator) = try await world.join("Office", .coordinator)
        let refused = try await refusal { try await world.office.importParticipants(bytes(people), by: member) }
        guard case .forbidden = refused else {
            Issue.record("\(refused)")
            return
        }
        let risen = people.replacing("hiraki@hiraki.example,会員", with: "hiraki@hiraki.example,管理者")
        let report = try await world.office.importParticipants(bytes(risen), by: coordinator)
        #expect(report.rejected.map(\.line) == [2])
        #expect(report.created == 2)
    }
}

@Suite struct `An import of postings` {
    private func world() async throws -> World {
        let world = try await World()
        _ = try await world.office.importParticipants(bytes(people), by: world.desk)
        return world
    }

    @Test func `publishes when asked to, and repeats harmlessly`() async throws {
        let world = try await world()
        var options = ImportOptions()
        options.publishes = true
        let first = try await world.office.importPostings(bytes(needs), options, by: world.desk)
        #expect((first.created, first.rejected.count) == (2, 0))
        let again = try await world.office.importPostings(bytes(needs), options, by: world.desk)
        #expect((again.created, again.updated, again.unchanged) == (0, 0, 2))
        let listed = try await world.office.postings(PostingFilter(), PageRequest(), by: world.desk)
        #expect(listed.items.allSatisfy { $0.posting.state.word == "published" })
    }

    @Test func `comes out of an export as it went in`() async throws {
        let world = try await world()
        _ = try await world.office.importPostings(bytes(needs), by: world.desk)
        let file = try await world.office.export(.postings, in: .ja, by: world.desk)
        let again = try await world.office.importPostings(file, by: world.desk)
        #expect((again.created, again.updated, again.unchanged) == (0, 0, 2))
        let people = try await world.office.export(.participants, in: .ko, by: world.desk)
        let same = try await world.office.importParticipants(people, by: world.desk)
        #expect((same.created, same.updated, same.unchanged) == (0, 0, 3))
    }

    @Test(
        arguments: [
            ("mori@shirasuna.example", "nobody@shirasuna.example", "3 担当者メール"),
            (",6,", ",12,", "3 開発段階"), ("ニーズ,", "ニード,", "2 種別"), ("new-materials", "spaceflight", "2 分野"),
            ("交換の時期を", "ヒラキ製作所では交換の時期を", "2 概要"),
        ]) func `rejects one bad cell and takes the other row`(
            _ good: String, _ bad: String, _ place: String
        )
        async throws
    {
        let world = try await world()
        var options = ImportOptions()
        options.publishes = true
        let report = try await world.office.importPostings(
            bytes(needs.replacing(good, with: bad)), options, by: world.desk)
        #expect(report.created == 1)
        #expect(report.rejected.flatMap(\.problems).map { "\($0.line) \($0.header)" } == [place])
    }

    @Test func `reads a long file side by side as it would row by row`() async throws {
        let world = try await world()
        let owners = ["hiraki@hiraki.example", "mori@shirasuna.example"]
        func file(_ rows: Range<Int>, _ title: String, double: Bool = false) -> [UInt8] {
            bytes(
                "管理番号,種別,担当者メール,件名,概要,分野,開発段階\n"
                    + rows.map { number in
                        let stage = number % 1_000 == 3 ? "12" : "5"
                        let id = double && number == rows.upperBound - 1 ? "L-\(rows.lowerBound)" : "L-\(number)"
                        let owner = owners[double ? 0 : number % 2]
                        return "\(id),シーズ,\(owner),\(title) \(number),要約,food-processing,\(stage)\n"
                    }.joined())
        }
        let first = try await world.office.importPostings(file(0..<6_000, "初め"), by: world.desk)
        #expect((first.created, first.updated, first.rejected.count) == (5_994, 0, 6))
        #expect(first.rejected.map(\.line) == [5, 1_005, 2_005, 3_005, 4_005, 5_005])
        // New ones keep the order of the file: identifiers ascend, so the last row is the newest.
        let listed = try await world.office.postings(PostingFilter(), PageRequest(limit: 2), by: world.desk)
        #expect(listed.items.map(\.posting.content.title) == ["初め 5999", "初め 5998"])
        // 100 that are there and change, 400 that are new; of each some with a bad cell.
        let second = try await world.office.importPostings(file(5_900..<6_400, "次"), by: world.desk)
        #expect((second.created, second.updated, second.rejected.count) == (399, 100, 1))
        let doubled = try await world.office.importPostings(file(7_000..<12_000, "三", double: true), by: world.desk)
        #expect((doubled.created, doubled.rejected.count) == (4_994, 6))
        #expect(doubled.rejected.last?.problems.map(\.reason) == [.choice(.doubled(firstLine: 2))])
    }

    @Test func `writes none when all or nothing is asked for`() async throws {
        let world = try await world()
        var options = ImportOptions()
        options.isAllOrNothing = true
        let report = try await world.office.importPostings(
            bytes(needs.replacing(",6,", with: ",12,")), options, by: world.desk)
        #expect(!report.isWritten)
        #expect(try await world.office.postings(PostingFilter(), PageRequest(), by: world.desk).items.isEmpty)
    }
}
