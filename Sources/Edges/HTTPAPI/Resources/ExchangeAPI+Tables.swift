import Exchange
import FoundationEssentials
import HTTPTypes
import Operations
import Tabular
import WebCommon

extension ExchangeAPI {
    /// Most bytes of an imported file.
    private static var largestTable: Int { 32 * 1_048_576 }

    /// Import and export of CSV.
    var tableRoutes: [Route] {
        [
            importing(
                at: "/api/v1/imports/participants", "importParticipants", "Imports organizations and their people"
            ) {
                request, options in
                try await office.importParticipants(request.bytes, options, by: request.actor())
            },
            importing(at: "/api/v1/imports/postings", "importPostings", "Imports seeds and needs") { request, options in
                try await office.importPostings(request.bytes, options, by: request.actor())
            }.taking(.query("publish", .boolean, "Publishes them at once.")),
            exporting,
        ]
    }

    /// A route that takes a CSV file in.
    func importing(
        at path: String, _ id: String, _ summary: String,
        _ work: @escaping @Sendable (APIRequest, ImportOptions) async throws -> ImportReport
    ) -> Route {
        Route.post(
            path, id, Tag.tables, summary, needs: .coordinate,
            gives: .ok(ImportForm.schema, "What was done, or would be done.")
        ) { request in
            var options = ImportOptions()
            options.isTrial = request.query["dry_run"]?.bool ?? false
            options.isAllOrNothing = request.query["all_or_nothing"]?.bool ?? false
            options.publishes = request.query["publish"]?.bool ?? false
            options.encoding = request.filters.text("encoding").flatMap(TextEncoding.init(rawValue:))
            let language = WordsLanguage(rawValue: request.language.rawValue) ?? .ja
            options.wordsLanguage = language
            do {
                return .ok(ImportForm.json(try await work(request, options), language))
            } catch let fault as ImportFault {
                let words = fault.words(in: language)
                throw Problem(.invalidInput, words, issues: [InputIssue(.body(pointer: ""), "unreadable", words)])
            }
        }.noting(
            "The encoding is found by itself, headers may be in Japanese, English, Korean or Chinese. All rows are "
                + "checked before any is written; those refused come back as a file to mend and import again. Rows "
                + "with an external identity update what is there."
        ).taking(
            .query("dry_run", .boolean, "Only checks and shows what would be done."),
            .query("all_or_nothing", .boolean, "Writes nothing when any row is refused."),
            .query("encoding", .choice(TextEncoding.self), "What the file is written in, when it is known."), .language
        ).refusing(.conflict).with {
            $0.body = .bytes(["text/csv"], limit: Self.largestTable, about: "A CSV file with a line of headers.")
        }
    }

    private var exporting: Route {
        .get(
            "/api/v1/exports/{subject}", "exportTable", Tag.tables, "Everything of a kind as a CSV file",
            needs: .coordinate,
            gives: Answer(.ok, "The file.", .text(mediaType: "text/csv"))
        ) { request in
            let subject = ExportSubject(rawValue: request.path("subject")) ?? .participants
            let encoding = request.filters.text("encoding").flatMap(TextEncoding.init(rawValue:)) ?? .utf8BOM
            let language = WordsLanguage(rawValue: request.language.rawValue) ?? .ja
            do {
                let bytes = try await office.export(subject, in: language, encoding: encoding, by: request.actor())
                var response = APIResponse(.ok, .bytes(bytes, mediaType: "text/csv"))
                response.headers[.contentDisposition] = "attachment; filename=\"\(subject.rawValue).csv\""
                return response
            } catch let character as UnencodableCharacter {
                throw Problem.invalid(.query(name: "encoding"), "unencodable", character.words.text(in: language))
            }
        }.noting("Opens in Excel; participants and postings can be imported again.").taking(
            .path("subject", .choice(ExportSubject.self), "What to export."),
            .query("encoding", .choice(TextEncoding.self), "utf8BOM when not given, which Excel reads."), .language)
    }
}

/// Reports of imports on the wire.
enum ImportForm {
    /// Refused rows that an answer lists; the file of refused rows holds them all.
    static let mostRejected = 1000

    static let schema = Schema.named(
        "ImportReport",
        .object([
            .required("written", .boolean), .required("created", .integer(0...Int.max)),
            .required("updated", .integer(0...Int.max)), .required("unchanged", .integer(0...Int.max)),
            .required("rejected", .integer(0...Int.max)),
            .required("encoding", .choice(TextEncoding.self)),
            .required("finding", .stored, "How the encoding was found."),
            .required("notices", .array(.stored), "Remarks that stop nothing."),
            .required("problems", .array(problem), "What to mend, of the first refused rows."),
            .required(
                "rejected_file", Schema.text(0...100_000_000).orNull, "The refused rows as a CSV file, in base64."),
            .required("header", .array(.stored)), .required("preview", .array(row)),
        ]))

    private static let problem = Schema.object([
        .required("line", .integer(0...Int.max)), .required("column", .integer(0...Int.max)),
        .required("header", .stored), .required("value", .stored), .required("words", .stored, "What to do."),
    ])

    private static let row = Schema.object([
        .required("line", .integer(0...Int.max)), .required("cells", .array(.stored)),
    ])

    static func json(_ report: ImportReport, _ language: WordsLanguage) -> JSONValue {
        let problems = report.rejected.prefix(mostRejected).flatMap(\.problems).map { problem -> JSONValue in
            [
                "line": .integer(problem.line), "column": .integer(problem.column), "header": .string(problem.header),
                "value": .string(problem.value), "words": .string(problem.words(in: language)),
            ]
        }
        let preview = report.preview.map { row -> JSONValue in
            ["line": .integer(row.line), "cells": .list(row.cells)]
        }
        return [
            "written": .bool(report.isWritten), "created": .integer(report.created),
            "updated": .integer(report.updated),
            "unchanged": .integer(report.unchanged), "rejected": .integer(report.rejected.count),
            "encoding": .string(report.finding.encoding.rawValue),
            "finding": .string(report.finding.words(in: language)),
            "notices": .list(report.notices.map { $0.words(in: language) }), "problems": .array(problems),
            "rejected_file": .optional(report.rejectedFile.map { Data($0).base64EncodedString() }),
            "header": .list(report.header), "preview": .array(preview),
        ]
    }
}
