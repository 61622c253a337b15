import Charts
import Exchange
import Operations
import Tabular

/// Pictures of who met whom, each with its table.
extension ConsoleSite {
    func encounters(_ visit: Visit) async throws -> Reply {
        let say = visit.say
        let picture = try await office.encounters(by: visit.actor())
        func name(_ field: FieldCode) -> String { office.taxonomy.label(field, in: say.language) }
        let cells = picture.cells.map { cell -> View in
            [
                "need": name(cell.need), "seed": name(cell.seed), "matches": say.number(cell.matches),
                "introductions": say.number(cell.introductions),
            ]
        }
        let names = Dictionary(picture.nodes.map { ($0.organization, $0.name) }) { first, _ in first }
        let links = picture.links.map { link -> View in
            [
                "need": names[link.need] ?? "", "seed": names[link.seed] ?? "", "count": say.number(link.count),
                "made": say(link.isIntroduced ? "encounters.made" : "encounters.open"),
            ]
        }
        return .page(
            "encounters", title: say("encounters.title"),
            [
                "heat": heat(picture, say), "cells": cells, "hasCells": !cells.isEmpty,
                "network": network(picture, say), "links": links, "hasLinks": !links.isEmpty,
                "looked": say(
                    "encounters.looked",
                    [
                        "matches": say.number(picture.looked.matches),
                        "introductions": say.number(picture.looked.introductions),
                    ]),
            ])
    }

    private func heat(_ picture: EncounterPicture, _ say: Speech) -> String {
        func name(_ field: FieldCode) -> String { office.taxonomy.label(field, in: say.language) }
        let order = office.taxonomy.fields.filter { $0.parent == nil }.map(\.code)
        let rows = order.filter { field in picture.cells.contains { $0.need == field } }
        let columns = order.filter { field in picture.cells.contains { $0.seed == field } }
        let most = Double(max(1, picture.cells.map { $0.matches + 2 * $0.introductions }.max() ?? 1))
        let cells = rows.map { need in
            columns.map { seed -> HeatTable.Cell? in
                guard let cell = picture.cells.first(where: { $0.need == need && $0.seed == seed }) else { return nil }
                return HeatTable.Cell(
                    Double(cell.matches + 2 * cell.introductions) / most, text: say.number(cell.introductions),
                    note: say("encounters.of", ["matches": say.number(cell.matches)]))
            }
        }
        let best = picture.cells.max { $0.introductions < $1.introductions }
        let summary =
            best.map {
                say(
                    "encounters.best",
                    ["need": name($0.need), "seed": name($0.seed), "count": say.number($0.introductions)])
            } ?? say("encounters.none")
        return HeatTable(
            ChartCaption(id: "heat", title: say("encounters.heat"), summary: summary), rows: rows.map(name),
            columns: columns.map(name), cells: cells, rowName: say("word.need"), columnName: say("word.seed")
        ).svg()
    }

    private func network(_ picture: EncounterPicture, _ say: Speech) -> String {
        let nodes = picture.nodes.map {
            NetworkChart.Node(
                $0.name, group: colours.colour(of: $0.field.map { [$0] } ?? []), weight: Double($0.count))
        }
        var places: [Identifier<Organization>: Int] = [:]
        for (index, node) in picture.nodes.enumerated() { places[node.organization] = index }
        let ties = picture.links.compactMap { link -> NetworkChart.Tie? in
            guard let from = places[link.need], let to = places[link.seed] else { return nil }
            let hint = "\(nodes[from].name) – \(nodes[to].name): \(say.number(link.count))"
            return NetworkChart.Tie(
                from, to, weight: Double(link.count), isMade: link.isIntroduced, hint: hint)
        }
        let summary = say(
            "encounters.network.words",
            ["nodes": say.number(nodes.count), "ties": say.number(ties.count)])
        return NetworkChart(
            ChartCaption(id: "network", title: say("encounters.network"), summary: summary), nodes: nodes, ties: ties
        ).svg()
    }
}

extension Language {
    /// The language in which tables speak.
    var tableWords: WordsLanguage { WordsLanguage(rawValue: rawValue) ?? .ja }
}
