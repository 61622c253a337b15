import Exchange
import HTTPTypes
import Operations
import Tabular
import WebCommon

/// Import from a file: looked at before anything is written, mended in the page, written when it looks right.
extension ConsoleSite {
    var importPages: [ConsolePage] {
        let path = "/desk/import"
        return [
            .get(path, .role(.coordinate)) { choosing($0, problems: []) },
            .upload(path, .role(.coordinate)) { try await takeFile($0) },
            .get(path + "/{upload}", .role(.coordinate)) { try await looking($0) },
            .get(path + "/{upload}/rejected", .role(.coordinate)) { visit in
                guard let upload = uploaded(visit) else { return gone(visit) }
                let report = try await trial(upload, visit)
                return .file(report.rejectedFile ?? [], "text/csv; charset=utf-8", named: "rows-to-mend.csv")
            },
            .post(path + "/{upload}/mend", .role(.coordinate)) { visit in
                guard var upload = uploaded(visit) else { return gone(visit) }
                upload.bytes = try office.mended(upload.subject, upload.bytes, Self.cells(visit.form), by: visit.actor())
                shelf.put(upload, as: visit.path["upload"] ?? "", at: office.ambient.now().milliseconds)
                return .redirect("\(path)/\(visit.path["upload"] ?? "")", Note("done.mended"))
            },
            .post(path + "/{upload}/write", .role(.coordinate)) { try await write($0) },
        ]
    }

    private func uploaded(_ visit: Visit) -> UploadShelf.Upload? {
        shelf.take(visit.path["upload"] ?? "", at: office.ambient.now().milliseconds)
    }

    private func gone(_ visit: Visit) -> Reply {
        var reply = choosing(visit, problems: [FieldProblem("file", .unknown, "")])
        reply.status = .notFound
        return reply
    }

    private func choosing(_ visit: Visit, problems: [FieldProblem]) -> Reply {
        let say = visit.say
        var form = FormView(problems, say)
        form.choice(
            "subject", "import.subject", .required,
            ImportSubject.allCases.map {
                FormView.Option(value: $0.rawValue, label: say.word("export", $0.rawValue))
            }, chosen: [visit.form.text("subject") ?? visit.query.text("subject") ?? "participants"])
        form.text("file", "import.file", .required, nil, type: "file")
        form.tick("publish", "import.publish", visit.form["publish"] == "yes")
        return .page(
            "import", title: say("import.title"), ["form": form.view, "problems": form.summary],
            status: problems.isEmpty ? .ok : .unprocessableContent)
    }

    private func takeFile(_ visit: Visit) async throws -> Reply {
        guard let subject = visit.form.choice("subject", ImportSubject.self) else {
            return choosing(visit, problems: [FieldProblem("subject", .required, "Choose.")])
        }
        guard let file = visit.file, file.isTooLarge || !file.bytes.isEmpty else {
            return choosing(visit, problems: [FieldProblem("file", .required, "Choose a file.")])
        }
        guard !file.isTooLarge else { return choosing(visit, problems: [FieldProblem("file", .tooLong, "")]) }
        let upload = UploadShelf.Upload(
            subject: subject, name: file.name, bytes: file.bytes, publishes: visit.form["publish"] == "yes")
        do { _ = try await trial(upload, visit) } catch let fault as ImportFault {
            return unreadable(fault, visit)
        }
        let name = String(Secret.make(prefix: "", office.ambient).prefix(32))
        shelf.put(upload, as: name, at: office.ambient.now().milliseconds)
        return .redirect("/desk/import/\(name)")
    }

    /// A file that cannot be read at all: what it is instead, and what to do.
    private func unreadable(_ fault: ImportFault, _ visit: Visit) -> Reply {
        var reply = choosing(visit, problems: [FieldProblem("file", .malformed, "")])
        if case .page(let template, var view) = reply.content {
            let lines = fault.words(in: visit.language.tableWords).split(separator: "\n").map(String.init)
            view["faults"] = lines
            view["hasFaults"] = !lines.isEmpty
            reply.content = .page(template: template, view)
        }
        return reply
    }

    private func trial(_ upload: UploadShelf.Upload, _ visit: Visit) async throws -> ImportReport {
        var options = ImportOptions()
        options.isTrial = true
        options.publishes = upload.publishes
        options.wordsLanguage = visit.language.tableWords
        return try await office.importTable(upload.subject, upload.bytes, options, by: visit.actor())
    }

    private func write(_ visit: Visit) async throws -> Reply {
        guard var upload = uploaded(visit) else { return gone(visit) }
        let name = visit.path["upload"] ?? ""
        var options = ImportOptions()
        options.publishes = upload.publishes
        options.wordsLanguage = visit.language.tableWords
        let report = try await office.importTable(upload.subject, upload.bytes, options, by: visit.actor())
        var written = upload.written ?? UploadShelf.Written()
        written.created += report.created
        written.updated += report.updated
        written.unchanged += report.unchanged
        upload.written = written
        upload.bytes = try report.remainder() ?? []
        shelf.put(upload, as: name, at: office.ambient.now().milliseconds)
        return .redirect("/desk/import/\(name)", Note("done.imported"))
    }

    /// Rows that are shown for mending at a time: a page of a thousand fields helps nobody.
    private static var mostRows: Int { 40 }

    private func looking(_ visit: Visit) async throws -> Reply {
        let say = visit.say
        guard let upload = uploaded(visit) else { return gone(visit) }
        let path = "/desk/import/\(visit.path["upload"] ?? "")"
        var view: View = [
            "self": path, "file": upload.name, "subjectWord": say.word("export", upload.subject.rawValue),
            "written": upload.written.map { written -> any Sendable in
                [
                    "created": say.number(written.created), "updated": say.number(written.updated),
                    "unchanged": say.number(written.unchanged),
                ] as View
            } ?? false, "isDone": upload.bytes.isEmpty, "hasRejected": false, "canWrite": false,
            "list": upload.subject == .participants ? "/desk/participants" : "/desk/review",
        ]
        guard !upload.bytes.isEmpty else { return .page("import-look", title: say("import.result"), view) }
        let report = try await trial(upload, visit)
        let language = visit.language.tableWords
        view["finding"] = report.finding.words(in: language)
        view["notices"] = report.notices.map { $0.words(in: language) }
        view["created"] = say.number(report.created)
        view["updated"] = say.number(report.updated)
        view["rejected"] = say.number(report.rejected.count)
        view["canWrite"] = report.created + report.updated > 0
        view["publishes"] = upload.publishes
        view["columns"] = report.header
        view["preview"] = report.preview.map { row -> View in ["line": String(row.line), "cells": row.cells] }
        view["hasPreview"] = !report.preview.isEmpty && upload.written == nil
        view["hasRejected"] = !report.rejected.isEmpty
        view["more"] =
            report.rejected.count > Self.mostRows
            ? say("import.more", ["count": say.number(report.rejected.count - Self.mostRows)]) as any Sendable : false
        view["rows"] = report.rejected.prefix(Self.mostRows).map { mending($0, report.header, say) }
        return .page("import-look", title: say(upload.written == nil ? "import.look" : "import.result"), view)
    }

    /// A refused row: each wrong cell as a field with what is wrong, the others as they are.
    private func mending(_ row: RejectedRow, _ header: [String], _ say: Speech) -> View {
        let language = say.language.tableWords
        let wrong = Dictionary(grouping: row.problems) { $0.column }
        let cells = row.cells.enumerated().compactMap { index, cell -> View? in
            guard let problems = wrong[index + 1] else { return nil }
            return [
                "cell": "c-\(row.line)-\(index + 1)", "head": index < header.count ? header[index] : "",
                "place": say("import.place", ["line": String(row.line), "column": problems[0].excelColumn]),
                "value": cell, "wrongs": problems.map { $0.reason.words.text(in: language) },
            ]
        }
        let known = row.cells.enumerated().filter { wrong[$0.offset + 1] == nil && !$0.element.isEmpty }
        return [
            "line": say("import.line", ["line": String(row.line)]), "fields": cells, "hasFields": !cells.isEmpty,
            "rest": known.prefix(6).map(\.element).joined(separator: " / "),
            "whole": (wrong[0] ?? []).map { $0.reason.words.text(in: language) },
        ]
    }

    /// The cells that somebody typed, by line and column.
    private static func cells(_ form: FormFields) -> [Int: [Int: String]] {
        var cells: [Int: [Int: String]] = [:]
        for (name, value) in form.values {
            let parts = name.split(separator: "-")
            guard parts.count == 3, parts[0] == "c", let line = Int(parts[1]), let column = Int(parts[2]) else {
                continue
            }
            cells[line, default: [:]][column] = value
        }
        return cells
    }
}
