/// What a file may hold. Each limit has its own clear error; nothing is cut off silently.
package struct TabularLimits: Hashable, Sendable {
    /// Bytes of a file: 1 GiB.
    package var maxBytes = 1 << 30
    /// Records below the header: what a sheet of Excel holds.
    package var maxRows = 1_048_575
    package var maxColumns = 512
    /// Characters (Unicode scalars) of a cell: what a cell of Excel holds.
    package var maxCellCharacters = 32_767
    /// Entries of a list in one cell.
    package var maxListItems = 200
    /// Different mail addresses of a file that are remembered while it is read; others are understood each time.
    package var maxRememberedMails = 10_000

    /// The standard limits.
    package init() {}

    package static let standard = TabularLimits()
}
