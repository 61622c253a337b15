/// The languages of headers and messages.
package enum WordsLanguage: String, Hashable, Sendable, CaseIterable {
    case ja, en, ko, zh
}

/// A sentence in the languages of the people who mend files; Korean and Chinese fall back to English.
package struct Words: Hashable, Sendable {
    package let ja: String
    package let en: String
    package let ko: String?
    package let zh: String?

    /// Takes the texts; English stands in for a language that is left out.
    package init(ja: String, en: String, ko: String? = nil, zh: String? = nil) {
        self.ja = ja
        self.en = en
        self.ko = ko
        self.zh = zh
    }

    /// The sentence in a language.
    package func text(in language: WordsLanguage) -> String {
        switch language {
        case .ja: ja
        case .en: en
        case .ko: ko ?? en
        case .zh: zh ?? en
        }
    }
}

// All texts of this module stand below, in one place for whoever reviews or translates them.

extension CellProblem {
    /// The whole message: where, what, and how to mend it.
    package func words(in language: WordsLanguage) -> String {
        let what = reason.words.text(in: language)
        if column == 0 {
            return Words(ja: "\(line)行目：\(what)", en: "Line \(line): \(what)").text(in: language)
        }
        return Words(
            ja: "\(line)行目 \(excelColumn)列「\(header)」：\(what)（値：「\(value)」）",
            en: "Line \(line), column \(excelColumn) \"\(header)\": \(what) (value: \"\(value)\")"
        ).text(in: language)
    }
}

extension CellReason {
    /// What is wrong and how to mend it, without the place.
    package var words: Words {
        switch self {
        case .structure(let reason): reason.words
        case .text(let reason): reason.words
        case .number(let reason): reason.words
        case .date(let reason): reason.words
        case .choice(let reason): reason.words
        case .refused(_, let words): words
        }
    }
}

extension CellReason.StructureReason {
    fileprivate var words: Words {
        switch self {
        case .tooFewCells(let expected, let found):
            Words(
                ja: "見出しは\(expected)列ですが、この行は\(found)列しかありません。足りないセルを（空でもよいので）区切り文字で補ってください。",
                en:
                    "the header has \(expected) columns but this row only \(found). Add the missing cells, blank if need be."
            )
        case .tooManyCells(let expected, let found):
            Words(
                ja: "見出しは\(expected)列ですが、この行は\(found)列あります。区切り文字を含むセルは \" で囲んでください。",
                en:
                    "the header has \(expected) columns but this row \(found). Put cells that contain the separator in quotes."
            )
        case .unterminatedQuote(let line):
            Words(
                ja: "\(line)行目で始まった \" が閉じられておらず、それ以降がすべて一つのセルになっています。セルの終わりに \" を付けてください。",
                en:
                    "the quote opened on line \(line) is never closed, so all that follows is one cell. Add \" at its end."
            )
        case .textAfterQuote:
            Words(
                ja: "閉じの \" の後に文字があります。セルの中の \" は \"\" と二つ重ねて書いてください。",
                en: "text follows the closing quote. Write a quote inside a cell twice: \"\".")
        case .tooManyRows(let limit):
            Words(
                ja: "一つのファイルで取り込めるのは\(limit)行までです。ファイルを分けてください。",
                en: "one file may hold \(limit) rows. Split the file.")
        }
    }
}

extension CellReason.TextReason {
    fileprivate var words: Words {
        switch self {
        case .blank: Words(ja: "必須の項目が空です。入力してください。", en: "this cell must not be blank. Fill it in.")
        case .tooLong(let limit, let length):
            Words(
                ja: "\(length)文字あります。\(limit)文字以内にしてください。",
                en: "\(length) characters are too many. Shorten the text to at most \(limit).")
        case .concern(let concern, let scalar): CellReason.TextReason.words(for: concern, scalar)
        case .excelError:
            Words(
                ja: "Excelの計算エラーが書き出されています。元の表の数式を直すか、値を直接入力してください。",
                en: "Excel exported a formula error. Mend the formula in the sheet or type the value.")
        case .notMail:
            Words(
                ja: "メールアドレスとして読めません。name@example.ac.jp の形で、一つだけ書いてください。",
                en: "this is no mail address. Write exactly one, like name@example.ac.jp.")
        case .notPhone:
            Words(
                ja: "電話番号として読めません。03-1234-5678 または +81-3-1234-5678 の形で書いてください。",
                en: "this is no phone number. Write it like 03-1234-5678 or +81-3-1234-5678.")
        case .notCode(let allowed):
            Words(
                ja: "文字・数字と \(allowed) だけが使えます。空白や記号を除いてください。",
                en: "only letters, digits and \(allowed) are allowed. Remove spaces and other signs.")
        case .tooManyItems(let limit, let count):
            Words(
                ja: "\(count)件あります。\(limit)件以内にしてください。", en: "\(count) entries are too many. Keep at most \(limit).")
        }
    }

    private static func words(for concern: TextScrutiny.Concern, _ scalar: Unicode.Scalar) -> Words {
        let name = scalar.codeName
        return switch concern {
        case .control:
            Words(
                ja: "制御文字（\(name)）が含まれています。セルを入力し直してください。",
                en: "it holds the control character \(name). Type the cell again.")
        case .direction:
            Words(
                ja: "表示の向きを変える見えない文字（\(name)）が含まれています。文章を見た目どおりに入力し直してください。",
                en: "it holds \(name), an invisible character that changes the direction of text. Type the cell again.")
        case .privateUse:
            Words(
                ja: "外字（\(name)）が含まれており、ほかの人には読めません。通常の漢字かカナに置き換えてください。",
                en: "it holds the private character \(name), which others cannot read. Use an ordinary character.")
        case .replacement:
            Words(
                ja: "文字化け（\(name)）があり、元の文字が失われています。元の資料を見て入力し直してください。",
                en: "it holds \(name): a character was lost before. Type it again from the original.")
        }
    }
}

extension CellReason.NumberReason {
    fileprivate var words: Words {
        switch self {
        case .notInteger:
            Words(
                ja: "整数として読めません。1234 または 1,234 の形で書いてください。", en: "this is no whole number. Write it like 1234 or 1,234."
            )
        case .notDecimal:
            Words(ja: "数値として読めません。1234.5 の形で書いてください。", en: "this is no number. Write it like 1234.5.")
        case .scientific:
            Words(
                ja: "Excelが長い数字を丸めた形（1.23E+11）です。セルの書式を「文字列」にして入力し直してください。",
                en: "Excel has rounded a long number (1.23E+11). Format the cell as text and type the number again.")
        case .outOfRange(let lowest, let highest) where lowest == .min && highest == .max:
            Words(ja: "数が大きすぎます。", en: "the number is too large.")
        case .outOfRange(let lowest, let highest) where highest == .max:
            Words(ja: "\(lowest)以上にしてください。", en: "it must be at least \(lowest).")
        case .outOfRange(let lowest, let highest):
            Words(ja: "\(lowest)から\(highest)までの数にしてください。", en: "it must be from \(lowest) to \(highest).")
        }
    }
}

extension CellReason.DateReason {
    fileprivate var words: Words {
        switch self {
        case .notDate:
            Words(
                ja: "日付として読めません。2025-04-01、2025年4月1日、令和7年4月1日 のいずれかの形で書いてください。",
                en: "this is no date. Write it like 2025-04-01.")
        case .ambiguous(let readings):
            Words(
                ja: "年が最後にあり、月と日の順が分かりません。\(CellReason.DateReason.list(readings, " か "))と書いてください。",
                en:
                    "the year stands last, so month and day are unclear. Write \(CellReason.DateReason.list(readings, " or "))."
            )
        case .withoutYear:
            Words(ja: "年がありません。2025-04-01 のように年から書いてください。", en: "the year is missing. Write it like 2025-04-01.")
        case .shortYear(let suggestion):
            Words(
                ja: "年が2桁で、西暦か和暦か分かりません。\(suggestion?.description ?? "2025-04-01") のように西暦4桁で書くか、元号を付けてください。",
                en: "the year has two digits. Write it with four, like \(suggestion?.description ?? "2025-04-01").")
        case .noSuchDay: Words(ja: "暦にない日付です。月と日を確かめてください。", en: "there is no such day. Check month and day.")
        case .outsideEra(let name, let western):
            Words(
                ja: "\(name)の期間に入らない日付です。\(western) のことであれば、そのように西暦で書いてください。",
                en: "this day is outside the era \(name). If \(western) is meant, write that.")
        case .hasTime:
            Words(ja: "日付だけを書いてください。時刻は取り込まれません。", en: "write the day alone; the time would be lost here.")
        case .notTime:
            Words(
                ja: "時刻が読めません。2025-04-01 17:00 の形で書いてください。", en: "the time is unclear. Write it like 2025-04-01 17:00.")
        }
    }

    private static func list(_ readings: [CivilDate], _ or: String) -> String {
        readings.map(\.description).joined(separator: or)
    }
}

extension CellReason.ChoiceReason {
    fileprivate var words: Words {
        switch self {
        case .notBoolean:
            return Words(ja: "「はい」か「いいえ」（○・×、有・無、1・0 も可）で書いてください。", en: "write yes or no (1 and 0 will do).")
        case .unknownLabel(let permitted, let nearest):
            let hint = nearest.map { Words(ja: "「\($0)」のことですか。", en: " Did you mean \"\($0)\"?") }
            return Words(
                ja: "決められた値ではありません。\(hint?.ja ?? "")使える値：\(permitted.joined(separator: "、"))",
                en: "this value is not known.\(hint?.en ?? "") Permitted: \(permitted.joined(separator: ", "))")
        case .doubled(let firstLine):
            return Words(
                ja: "同じ値が\(firstLine)行目にもあります。どちらかを直すか削除してください。",
                en: "the same value stands on line \(firstLine). Change or delete one of them.")
        }
    }
}

extension HeaderProblem {
    /// What is wrong with the header and how to mend it.
    package func words(in language: WordsLanguage) -> String {
        switch self {
        case .missing(let column):
            let label = column.label(in: language)
            return Words(
                ja: "必須の列「\(label)」がありません。1行目の見出しに「\(label)」を加えてください。",
                en: "The column \"\(label)\" is missing. Add a column with this header."
            ).text(in: language)
        case .doubled(let column, let headers, let numbers):
            let places = numbers.map(String.init).joined(separator: ", ")
            return Words(
                ja:
                    "「\(column.label(in: language))」の列が重なっています（\(places)列目：\(headers.joined(separator: "、"))）。一つにしてください。",
                en:
                    "\"\(column.label(in: language))\" stands in columns \(places) (\(headers.joined(separator: ", "))). Keep one."
            ).text(in: language)
        }
    }
}

extension HeaderNotice {
    /// What was noticed.
    package func words(in language: WordsLanguage) -> String {
        switch self {
        case .unknown(let header, let number, let nearest):
            let hint = nearest.map { column in
                let label = column.label(in: language)
                return Words(ja: "「\(label)」のことであれば、見出しを直してください。", en: " If \"\(label)\" is meant, correct the header.")
                    .text(in: language)
            }
            return Words(
                ja: "\(number)列目「\(header)」は知らない見出しなので読みません。\(hint ?? "")",
                en: "Column \(number) \"\(header)\" is not known and is passed over.\(hint ?? "")"
            ).text(in: language)
        }
    }
}

extension TabularFault {
    /// Why the file cannot be read and what to do.
    package func words(in language: WordsLanguage) -> String {
        if case .header(let problems, let notices, let finding) = self {
            let lines = problems.map { $0.words(in: language) } + notices.map { $0.words(in: language) }
            return (lines + [finding.words(in: language)]).joined(separator: "\n")
        }
        if case .undecodable(let place, let finding) = self {
            return finding.words(in: language) + " " + place.words.text(in: language)
        }
        return words.text(in: language)
    }

    private var words: Words {
        switch self {
        case .empty, .header, .undecodable:
            Words(ja: "ファイルに見出しの行がありません。", en: "The file has no header line.")
        case .tooManyBytes(let limit, let found):
            Words(
                ja: "ファイルが大きすぎます（\(found)バイト）。\(limit)バイト以内に分けてください。",
                en: "The file is too large (\(found) bytes). Split it into files of at most \(limit) bytes.")
        case .tooManyColumns(let limit, let found):
            Words(
                ja: "列が\(found)あります。\(limit)列以内にしてください。",
                en: "The file has \(found) columns; at most \(limit) are read.")
        case .notText(let kind):
            Words(
                ja: "CSVではなく\(kind)のファイルです。Excelの「名前を付けて保存」で「CSV UTF-8（コンマ区切り）」を選んでください。",
                en: "This is a file of \(kind), not CSV. In Excel choose Save As, \"CSV UTF-8 (comma delimited)\".")
        case .brokenHeader(let line):
            Words(ja: "見出しの \" が閉じられていません（\(line)行目）。", en: "A quote in the header (line \(line)) is never closed.")
        }
    }
}

extension UndecodableBytes {
    /// Where the bytes are and what to do.
    package var words: Words {
        Words(
            ja: "\(line)行目の\(column)バイト目（\(hexadecimal)）は\(encoding.name)の文字ではありません。"
                + "文字コードを指定して読み直すか、その行を直してください。",
            en: "Line \(line), byte \(column): \(hexadecimal) is no character of \(encoding.name). "
                + "Name the encoding and try again, or mend that line.")
    }
}

extension UnencodableCharacter {
    /// Which character cannot be written and what to do.
    package var words: Words {
        Words(
            ja: "\(line)行目の「\(character)」（\(character.codeName)）は\(encoding.name)では書けません。UTF-8で書き出してください。",
            en:
                "Line \(line): \"\(character)\" (\(character.codeName)) cannot be written in \(encoding.name). Export as UTF-8."
        )
    }
}

extension EncodingFinding {
    /// What encoding was found and from what it was seen.
    package func words(in language: WordsLanguage) -> String {
        let doubt =
            confidence == .guess
            ? Words(ja: "確かではないので、プレビューで文字を確かめてください。", en: " This is a guess: look at the preview.")
            : Words(ja: "", en: "")
        return Words(
            ja: "文字コード：\(encoding.name)（\(evidence.words.ja)）。\(doubt.ja)",
            en: "Encoding: \(encoding.name) (\(evidence.words.en)).\(doubt.en)"
        ).text(in: language)
    }
}

extension EncodingFinding.Evidence {
    fileprivate var words: Words {
        switch self {
        case .told: Words(ja: "指定による", en: "as told")
        case .mark: Words(ja: "ファイルの先頭の印（BOM）による", en: "by the mark at its beginning")
        case .onlyASCII: Words(ja: "英数字のみ", en: "only ASCII")
        case .validUTF8(let characters):
            Words(ja: "英数字以外の\(characters)文字がすべて正しい", en: "all \(characters) characters beyond ASCII are valid")
        case .damagedUTF8(let characters, let faults):
            Words(
                ja: "\(characters)文字は正しく、\(faults)か所が壊れている",
                en: "\(characters) characters are valid, \(faults) places are damaged")
        case .zeroBytes: Words(ja: "1バイトおきの0による", en: "every other byte is zero")
        case .characters(let everyday, let all, let runnerUp):
            Words(
                ja: "\(all)文字のうち\(everyday)文字が日常の文字\(runnerUp.map { "、次の候補は\($0.name)" } ?? "")",
                en:
                    "\(everyday) of \(all) characters are everyday ones\(runnerUp.map { ", next best \($0.name)" } ?? "")"
            )
        }
    }
}

extension Unicode.Scalar {
    /// "U+202E".
    package var codeName: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
