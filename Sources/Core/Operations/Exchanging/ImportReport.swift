package import Tabular

/// How an import is to be done.
package struct ImportOptions: Sendable {
    /// What the file is written in; found by itself if left out.
    package var encoding: TextEncoding?
    /// Only checks and previews; writes nothing.
    package var isTrial = false
    /// Writes nothing if any row is rejected; else the good rows are written.
    package var isAllOrNothing = false
    /// Publishes postings at once; for coordinators.
    package var publishes = false
    /// In which language rejected rows say what to mend.
    package var wordsLanguage = WordsLanguage.ja

    /// Finds the encoding, writes the good rows, publishes nothing.
    package init() {}
}

/// What an import did, or would do.
package struct ImportReport: Sendable {
    /// How the file was read, in words.
    package let finding: EncodingFinding
    /// Remarks that stop nothing: unknown headers.
    package let notices: [HeaderNotice]
    /// Rows written or that would be written as new.
    package var created = 0
    /// Rows that changed or would change what is there.
    package var updated = 0
    /// Rows that say what is there already.
    package var unchanged = 0
    /// Rows refused, each with what to mend.
    package let rejected: [RejectedRow]
    /// The refused rows as a file that can be mended and imported again; nothing if there are none.
    package let rejectedFile: [UInt8]?
    /// The header and the first rows as they were read.
    package let header: [String]
    package let preview: [PreviewRow]
    /// Whether it was written.
    package var isWritten = false

    init<Value>(_ reading: TableReading<Value>, _ options: ImportOptions) throws {
        finding = reading.table.finding
        notices = reading.table.notices
        rejected = reading.rejected
        rejectedFile = try reading.rejectedFile(in: options.wordsLanguage)
        header = reading.table.header
        preview = options.isTrial ? reading.table.preview(rows: 5) : []
    }
}

/// A file that cannot be read at all.
package struct ImportFault: Error, Sendable {
    package let fault: TabularFault

    /// What is wrong and what to do, in the language.
    package func words(in language: WordsLanguage) -> String { fault.words(in: language) }
}
