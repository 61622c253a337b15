/// The encodings in which office files come: Unicode in its usual forms, and the legacy encodings of Japan, Korea and
/// China as Windows and Excel write them.
package enum TextEncoding: String, Sendable, CaseIterable {
    case utf8
    /// UTF-8 that begins with a byte order mark: what Excel needs in order to open a CSV file as UTF-8.
    case utf8BOM
    case utf16LE
    case utf16BE
    /// Windows-31J, the Shift_JIS of Windows with the characters of NEC and IBM (①, ㈱, 髙, 﨑).
    case cp932
    /// Unified Hangul Code, the EUC-KR of Windows.
    case cp949
    case gb18030

    /// The names people and other programs use, for `--encoding`; case, `-` and `_` do not matter.
    package init?(named name: String) {
        let key = String(name.lowercased().filter { $0.isLetter || $0.isNumber })
        switch key {
        case "utf8": self = .utf8
        case "utf8bom", "utf8sig": self = .utf8BOM
        case "utf16", "utf16le", "unicode": self = .utf16LE
        case "utf16be": self = .utf16BE
        case "cp932", "932", "ms932", "shiftjis", "sjis", "windows31j", "windows932": self = .cp932
        case "cp949", "949", "ms949", "euckr", "uhc", "windows949", "ksc56011987": self = .cp949
        case "gb18030", "gbk", "gb2312", "cp936", "936", "windows936", "euccn": self = .gb18030
        default: return nil
        }
    }

    /// The name to show to people.
    package var name: String {
        switch self {
        case .utf8: "UTF-8"
        case .utf8BOM: "UTF-8 (BOM)"
        case .utf16LE: "UTF-16LE"
        case .utf16BE: "UTF-16BE"
        case .cp932: "CP932 (Shift_JIS)"
        case .cp949: "CP949 (EUC-KR)"
        case .gb18030: "GB18030 (GBK)"
        }
    }

    /// The mark a file in this encoding may begin with; it is no part of the text.
    var mark: [UInt8] {
        switch self {
        case .utf8, .utf8BOM: [0xEF, 0xBB, 0xBF]
        case .utf16LE: [0xFF, 0xFE]
        case .utf16BE: [0xFE, 0xFF]
        case .gb18030: [0x84, 0x31, 0x95, 0x33]
        case .cp932, .cp949: []
        }
    }

    /// The converter of ICU for an encoding that needs one.
    var converterName: String? {
        switch self {
        case .cp932: "ibm-943_P15A-2003"
        case .cp949: "windows-949-2000"
        case .gb18030: "gb18030"
        case .utf8, .utf8BOM, .utf16LE, .utf16BE: nil
        }
    }
}

/// Bytes that the encoding does not know: where they are and what they are. Nothing is replaced silently.
package struct UndecodableBytes: Error, Hashable, Sendable {
    package let encoding: TextEncoding
    /// Line of the file, from 1.
    package let line: Int
    /// Byte within that line, from 1.
    package let column: Int
    /// The bytes that have no meaning, one to four.
    package let bytes: [UInt8]

    /// Takes every value.
    package init(encoding: TextEncoding, line: Int, column: Int, bytes: [UInt8]) {
        self.encoding = encoding
        self.line = line
        self.column = column
        self.bytes = bytes
    }

    /// The bytes as hexadecimal pairs, "83 FF".
    package var hexadecimal: String {
        bytes.map { String($0 >> 4, radix: 16, uppercase: true) + String($0 & 15, radix: 16, uppercase: true) }
            .joined(separator: " ")
    }
}

/// A character that the encoding of an export cannot write.
package struct UnencodableCharacter: Error, Hashable, Sendable {
    package let encoding: TextEncoding
    package let character: Unicode.Scalar
    /// Line of the text, from 1.
    package let line: Int

    /// Takes every value.
    package init(encoding: TextEncoding, character: Unicode.Scalar, line: Int) {
        self.encoding = encoding
        self.character = character
        self.line = line
    }
}
