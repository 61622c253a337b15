import Foundation
import Testing

extension `The built program` {
    @Suite struct `The history of a forum of three regions` {
        private struct Edition: Equatable {
            let number: Int
            let date: String
            let host: String
            var former: [String] = []
        }

        /// As the programme's documents tell it: two events were put off, one of them twice.
        private let history = [
            Edition(number: 1, date: "2008", host: "KR-42"),
            Edition(number: 2, date: "2011-07", host: "CN-22", former: ["2009 鳥インフルエンザ", "2010-10-27 記録なし"]),
            Edition(number: 3, date: "2012-05", host: "JP-31"), Edition(number: 4, date: "2013-09", host: "KR-42"),
            Edition(number: 5, date: "2015-09", host: "CN-22", former: ["2014 "]),
            Edition(number: 6, date: "2016-09", host: "JP-31"), Edition(number: 7, date: "2017-09", host: "KR-42"),
            Edition(number: 8, date: "2018-09", host: "CN-22"), Edition(number: 9, date: "2019-10", host: "JP-31"),
            Edition(number: 10, date: "2020-autumn", host: "KR-42"),
        ]
        private let names = ["KR-42": "江原道", "CN-22": "吉林省", "JP-31": "鳥取県"]

        private func id(_ ending: Program.Ending) throws -> String {
            try #require(ending.object["id"] as? String, "\(ending.err)")
        }

        private func add(_ edition: Edition, to series: String, _ served: Served) throws {
            let common = [
                "events", "add", "forum", "第\(edition.number)回北東アジア産業技術フォーラム", "--series", series, "--edition",
                "\(edition.number)", "--host-region", names[edition.host] ?? edition.host, "--json",
            ]
            // The second one is entered as it happened, put off by hand; the fifth as it was written down later.
            let first = edition.number == 2 ? "2009" : edition.date
            let noted = edition.number == 5 ? ["--former", "2014"] : []
            let event = try id(try served.run(common + ["--date", first] + noted))
            if edition.number == 2 {
                for (date, reason) in [("2010-10-27", "鳥インフルエンザ"), ("2011-07", "記録なし")] {
                    let put = try served.run(["events", "postpone", event, "--to", date, "--reason", reason, "--json"])
                    #expect(put.status == 0, "\(put.err)")
                }
            }
            if edition.number == 4 { try addAffairs(of: event, served) }
            guard edition.number < 10 else { return }
            let held = try served.run(["events", "hold", event, "--json"])
            #expect(held.object["state"] as? String == "held", "\(held.err)")
        }

        /// Money, a delegation, a visit and an agreement, as a document.
        private func addAffairs(of event: String, _ served: Served) throws {
            let document = """
                {"summary": "医療機器展示会に鳥取ブースを出展",
                 "budget": [
                  {"fiscal_year": 2013, "purpose": "開催費", "source": "県一般財源", "currency": "JPY", "asked": 528000},
                  {"fiscal_year": 2012, "purpose": "開催費", "source": "県一般財源", "currency": "JPY", "granted": 3183000},
                  {"fiscal_year": 2013, "purpose": "人件費", "source": "県一般財源", "currency": "JPY", "asked": 1574000,
                   "persons": 0.2}],
                 "delegations": [{"name": "鳥取県訪問団", "region": "JP-31",
                  "members": [{"name": "招へい教授 1", "title": "教授", "invited": true}]}],
                 "site_visits": [{"place": "江原テクノパーク"}],
                 "agreements": [{"title": "医学部間協定", "date": "2008-11", "parties": ["鳥取大学医学部", "江原大学校医学部"]}]}
                """
            let path = served.data + "/affairs.json"
            try document.write(toFile: path, atomically: true, encoding: .utf8)
            let edited = try served.run(["events", "edit", event, "--document", path, "--json"])
            #expect(edited.status == 0, "\(edited.err)")
            let shown = try served.run(["events", "show", event, "--json"]).object
            #expect((shown["budget"] as? [[String: Any]])?.map { $0["asked"] as? Int } == [528_000, nil, 1_574_000])
            let agreements = shown["agreements"] as? [[String: Any]]
            #expect(agreements?.first?["date"] as? String == "2008-11")
            let results = try served.run(["events", "results", event, "--json"]).object
            let budget = results["budget"] as? [[String: Any]]
            #expect(budget?.map { $0["fiscal_year"] as? Int } == [2012, 2013])
            #expect(budget?.last?["asked"] as? Int == 2_102_000)
        }

        @Test func `is entered by hand and comes out as it was, with whose turn it is`() throws {
            try withFolder { folder in
                let served = try Served(in: folder)
                let made = try served.run([
                    "events", "series", "add", "forum", "北東アジア産業技術フォーラム", "--turn", "江原道", "--turn", "吉林省", "--turn",
                    "鳥取県",
                    "--json",
                ])
                let series = try id(made)
                for edition in history { try add(edition, to: series, served) }
                let shown = try served.run(["events", "series", "show", series, "--json"]).object
                let events = try #require(shown["events"] as? [[String: Any]])
                let found = events.map { event in
                    Edition(
                        number: event["edition"] as? Int ?? 0, date: event["date"] as? String ?? "",
                        host: event["host_region"] as? String ?? "",
                        former: (event["former_dates"] as? [[String: Any]] ?? []).map {
                            "\($0["date"] as? String ?? "") \($0["reason"] as? String ?? "")"
                        })
                }
                #expect(found == history)
                let states = events.compactMap { $0["state"] as? String }
                #expect(states == Array(repeating: "held", count: 9) + ["planned"])
                let next = shown["next"] as? [String: Any]
                #expect(next?["host_region"] as? String == "CN-22" && next?["edition"] as? Int == 11)
                let table = try served.run(["events", "series", "show", series])
                #expect(table.out.contains("2009 (鳥インフルエンザ), 2010-10-27 (記録なし)"))
                #expect(table.err.contains("Next: no. 11"))
            }
        }

        @Test func `refuses what cannot be, and says why`() throws {
            try withFolder { folder in
                let served = try Served(in: folder)
                let event = try id(
                    try served.run([
                        "events", "add", "seminar", "講座", "--date", "2028-03-26", "--zone", "Europe/Berlin", "--json",
                    ]))
                let cases: [([String], Int32, String)] = [
                    (["events", "add", "seminar", "x", "--date", "2028-02-30"], 3, "is no date"),
                    (["events", "add", "seminar", "x", "--zone", "Mars/Olympus"], 3, "no time zone"),
                    (["events", "add", "seminar", "x", "--capacity", "0"], 3, "A capacity is 1"),
                    (["events", "hold", event], 3, "still to come"),
                    (["events", "series", "show", "series_nothing"], 4, "There is no series"),
                    (
                        [
                            "events", "programme", "add", event, "x", "--from", "2028-03-26T02:30", "--to",
                            "2028-03-26T04:00",
                        ], 3, "put forward"
                    ),
                    (
                        [
                            "events", "programme", "add", event, "x", "--from", "2028-10-29T02:30", "--to",
                            "2028-10-29T04:00",
                        ], 3, "twice that day"
                    ),
                ]
                for (arguments, status, words) in cases {
                    let ending = try served.run(arguments)
                    #expect(ending.status == status && ending.err.contains(words), "\(arguments): \(ending.err)")
                }
            }
        }
    }
}
