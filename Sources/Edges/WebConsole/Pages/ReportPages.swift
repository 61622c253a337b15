import Charts
import Exchange
import HTTPTypes
import Operations
import WebCommon

/// Reports: the fiscal year against its targets, how far encounters got, who met whom, and whom the engine shows how
/// often.
extension ConsoleSite {
    var reportPages: [ConsolePage] {
        let path = "/desk/reports"
        return [
            .get(path, .role(.coordinate)) { try await report($0) },
            .get(path + "/table", .role(.coordinate)) { visit in
                let say = visit.say
                let report = try await office.yearReport(visit.query.number("year"), by: visit.actor())
                let names = Dictionary(
                    uniqueKeysWithValues: YearReport.kinds.map { ($0, say.word("year", $0.rawValue)) })
                let bytes = try office.yearTable(
                    report, header: (say("report.what"), say("report.sum")), names: names)
                return .file(bytes, "text/csv; charset=utf-8", named: "fiscal-year-\(report.year).csv")
            },
            .get(path + "/fairness", .role(.coordinate)) { try await fairness($0) },
            .get(path + "/encounters", .role(.coordinate)) { try await encounters($0) },
            .get(path + "/export/{subject}", .role(.coordinate)) { visit in
                guard let subject = ExportSubject(rawValue: visit.path["subject"] ?? "") else {
                    throw Refusal.notFound(subject: "export", id: visit.path["subject"] ?? "")
                }
                let bytes = try await office.export(
                    subject, in: visit.language.tableWords, by: visit.actor())
                return .file(bytes, "text/csv; charset=utf-8", named: "\(subject.rawValue)-export.csv")
            },
        ]
    }

    private func report(_ visit: Visit) async throws -> Reply {
        let say = visit.say
        let report = try await office.yearReport(visit.query.number("year"), by: visit.actor())
        let present = try await office.yearReport(by: visit.actor()).year
        let share = report.target > 0 ? Double(report.taking) / Double(report.target) : 1
        let rows = YearReport.kinds.map { kind -> View in
            [
                "name": say.word("year", kind.rawValue), "sum": say.number(report.total(kind)),
                "cells": report.months.map { month -> View in
                    ["number": month.counts.map { say.number($0[kind] ?? 0) } ?? "–"]
                },
            ]
        }
        let heads = report.months.map { month -> View in
            ["month": String(month.name.suffix(2).drop { $0 == "0" })]
        }
        return .page(
            "report", title: say("nav.reports"),
            [
                "year": say.fiscalYear(report.start), "made": say.dateWithEra(office.ambient.now()),
                "before": "/desk/reports?year=\(report.year - 1)",
                "after": report.year < present ? "/desk/reports?year=\(report.year + 1)" as any Sendable : false,
                "table": "/desk/reports/table?year=\(report.year)", "heads": heads, "rows": rows,
                "isPresent": report.year == present, "taking": say.number(report.taking),
                "target": say.number(report.target), "bar": Bar(share: share).svg(say.percent(share)),
                "share": say.percent(share), "funnel": funnel(report, say),
                "steps": Self.steps.map { kind -> View in
                    ["step": say.word("year", kind.rawValue), "count": say.number(report.total(kind))]
                },
                "exports": ExportSubject.allCases.map { subject -> View in
                    [
                        "path": "/desk/reports/export/\(subject.rawValue)",
                        "label": say.word("export", subject.rawValue),
                    ]
                },
            ])
    }

    /// The steps of the funnel.
    private static var steps: [Happening.Kind] {
        [.matchFound, .interestExpressed, .interestMutual, .introductionMade, .introductionMet, .introductionConcluded]
    }

    private func funnel(_ report: YearReport, _ say: Speech) -> String {
        let steps = Self.steps.map { kind -> FunnelChart.Step in
            let count = report.total(kind)
            return FunnelChart.Step(say.word("year", kind.rawValue), count, text: say.number(count))
        }
        let words = steps.map { "\($0.name) \($0.text)" }.joined(separator: ", ")
        return FunnelChart(ChartCaption(id: "funnel", title: say("report.funnel"), summary: words), steps: steps).svg()
    }

    private func fairness(_ visit: Visit) async throws -> Reply {
        let say = visit.say
        let found = try await office.exposure(
            months: 3, PageRequest(limit: 50, after: visit.query.text("after")), by: visit.actor())
        let names = try await office.names(of: Set(found.items.map(\.posting.organization)))
        let months = found.items.first?.months.map { ["month": $0.name] as View } ?? []
        let items = found.items.map { row -> View in
            let ratio = row.mean > 0 ? Double(row.shown) / row.mean : 0
            let how = row.shown == 0 ? "never" : ratio > 2 ? "often" : ratio < 0.5 ? "seldom" : "fair"
            return [
                "path": "/postings/\(row.posting.id)", "postingTitle": row.posting.content.title,
                "lang": row.posting.content.language.rawValue, "owner": names[row.posting.organization] ?? "",
                "kindWord": say.word("word", row.posting.kind.rawValue), "shown": say.number(row.shown),
                "mean": say.number(Int(row.mean.rounded())), "how": say.word("fairness", how), "howCode": how,
                "cells": row.months.map { ["number": say.number($0.shown)] as View },
                "bar": Bar(share: min(1, ratio / 3)).svg(say("fairness.ratio", ["share": say.percent(ratio)])),
            ]
        }
        return .page(
            "fairness", title: say("fairness.title"),
            [
                "items": items, "hasItems": !items.isEmpty, "months": months,
                "more": found.next.map { "/desk/reports/fairness?after=" + $0 as any Sendable } ?? false,
            ])
    }
}
