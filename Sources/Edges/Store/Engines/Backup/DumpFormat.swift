import Foundation

/// The engine-independent copy of a store: one JSON value a line, so that it can be read without this program.
///
/// First a header object, then for each table an object that opens it, its rows as arrays, and an object that closes it
/// with the number of its rows and their checksum; at last an object that closes the dump. Bytes are
/// `{"base64": …}`. Whatever is missing or altered is found before a single row is restored.
enum DumpFormat {
    static let name = "industrymix-store"
    static let version = 1

    struct Header: Codable, Equatable {
        var format: String
        var version: Int
        var schema: Int
        var createdAtMs: Int64
        var engine: String
    }

    struct Opening: Codable, Equatable {
        var table: String
        var columns: [String]
    }

    struct Closing: Codable, Equatable {
        var end: String
        var rows: Int
        var crc64: String
    }

    static func line(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value)) + [newline]
    }

    static let newline = UInt8(ascii: "\n")

    /// A row as a JSON array in ASCII and UTF-8, without line breaks inside.
    static func append(_ row: [SQLValue], to line: inout [UInt8]) throws {
        line.append(UInt8(ascii: "["))
        for (index, value) in row.enumerated() {
            if index > 0 { line.append(UInt8(ascii: ",")) }
            switch value {
            case .null: line += "null".utf8
            case .integer(let number): line += "\(number)".utf8
            case .real(let number):
                guard number.isFinite else { throw StoreFault.undecodable("a number that is not finite") }
                // Always with a point or an exponent, so that it is not read back as an integer.
                line += "\(number)".utf8
            case .text(let text): appendQuoted(text, to: &line)
            case .blob(let bytes): line += "{\"base64\":\"\(Data(bytes).base64EncodedString())\"}".utf8
            }
        }
        line.append(UInt8(ascii: "]"))
        line.append(newline)
    }

    private static func appendQuoted(_ text: String, to line: inout [UInt8]) {
        line.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): line += [UInt8(ascii: "\\"), byte]
            case 0..<0x20, 0x7F:
                let digits = String(byte, radix: 16)
                line += "\\u00\(digits.count == 1 ? "0" : "")\(digits)".utf8
            default: line.append(byte)
            }
        }
        line.append(UInt8(ascii: "\""))
    }
}
