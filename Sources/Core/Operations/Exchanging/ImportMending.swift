package import Exchange
import Tabular

/// What can be imported.
package enum ImportSubject: String, Sendable, CaseIterable {
    case participants, postings

    var columns: [Column] {
        switch self {
        case .participants: ImportColumns.participants
        case .postings: ImportColumns.postings
        }
    }
}

extension Office {
    /// Imports a file of either kind; see `importParticipants` and `importPostings`.
    package func importTable(
        _ subject: ImportSubject, _ bytes: [UInt8], _ options: ImportOptions, by actor: Actor
    ) async throws -> ImportReport {
        switch subject {
        case .participants: try await importParticipants(bytes, options, by: actor)
        case .postings: try await importPostings(bytes, options, by: actor)
        }
    }

    /// The file with some of its cells replaced, as UTF-8.
    ///
    /// - Parameter cells: The new cells by the line on which their row begins and by column from 1. Lines and columns
    ///   that are not there are passed over.
    /// - Throws: `ImportFault` when the file cannot be read at all.
    package func mended(
        _ subject: ImportSubject, _ bytes: [UInt8], _ cells: [Int: [Int: String]], by actor: Actor
    ) throws -> [UInt8] {
        try actor.require(.coordinate)
        let table = try Self.table(bytes, ImportOptions(), subject.columns)
        var writer = CSVWriter(encoding: .utf8BOM)
        writer.write(table.header, guard: .protectRaw)
        for row in table.preview(rows: .max) {
            var row = (line: row.line, cells: row.cells)
            for (column, value) in cells[row.line] ?? [:] where row.cells.indices.contains(column - 1) {
                row.cells[column - 1] = value
            }
            writer.write(row.cells, guard: .protectRaw)
        }
        return try writer.drain()
    }
}

extension ImportReport {
    /// The rows that were refused under the same header, as UTF-8: what is left to mend. Nothing if there are none.
    package func remainder() throws -> [UInt8]? {
        guard !rejected.isEmpty else { return nil }
        var writer = CSVWriter(encoding: .utf8BOM)
        writer.write(header, guard: .protectRaw)
        for row in rejected { writer.write(row.cells, guard: .protectRaw) }
        return try writer.drain()
    }
}
