import Tabular

/// A small generator with a seed that failures print (SplitMix64).
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Text of pieces that CSV, Excel and encodings find hard.
    mutating func hardText(upTo length: Int) -> String {
        let pieces = [
            "a", "9", "\"", "\"\"", ",", ";", "\n", "\r\n", "\r", "\t", "'", "=", "+", "-", "@", "＝", "－", " ",
            "\u{3000}", "東京",
            "ｶﾞ", "한국", "中国", "é", "👩‍🔬", "=\"1\"", "\u{A0}", "#N/A", "1,234", "０",
        ]
        return (0..<Int.random(in: 0...length, using: &self))
            .map { _ in pieces.randomElement(using: &self) ?? "" }.joined()
    }
}

/// All records of a text as strings.
func records(
    _ text: String, separator: Character = ",", maxColumns: Int = 512
) -> [(line: Int, cells: [String], fault: CSVRecord.Fault?)] {
    var reader = CSVReader(
        Array(text.utf8), separator: separator.asciiValue ?? 0x2C, maxColumns: maxColumns)
    var record = CSVRecord()
    var result: [(line: Int, cells: [String], fault: CSVRecord.Fault?)] = []
    while reader.next(&record) {
        result.append((record.line, record.cells.map { reader.content(of: $0) }, record.fault))
    }
    return result
}

/// The columns used by tests of tables.
let people = [
    Column("id", ja: ["ID", "外部ID"], en: ["External ID"]),
    Column("name", .required, ja: ["氏名", "名前"], en: ["Name"], ko: ["이름"], zh: ["姓名"]),
    Column("mail", ja: ["メールアドレス"], en: ["Email", "E-mail"], ko: ["이메일"], zh: ["邮箱"]),
    Column("since", ja: ["登録日"], en: ["Since"]),
    Column("amount", ja: ["金額"], en: ["Amount"]),
    Column("fields", ja: ["分野"], en: ["Fields"]),
]

/// Reads a table from text.
func table(_ text: String, limits: TabularLimits = .standard) throws -> Table {
    try Tabular.read(Array(text.utf8), columns: people, limits: limits)
}

/// The reason thrown by a reader, or nil.
func reason<Value>(_ body: () throws(CellReason) -> Value) -> CellReason? {
    do {
        _ = try body()
        return nil
    } catch {
        return error
    }
}
