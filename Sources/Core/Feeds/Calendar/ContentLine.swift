/// A line of an iCalendar text: a name, parameters and a value (RFC 5545, 3.1).
struct ContentLine: Sendable, Equatable {
    /// Octets of one line, its end not counted.
    static let longest = 75

    let name: String
    let parameters: [(name: String, value: String)]
    /// As it is written, escaped already.
    let value: String

    /// A line with a value that needs no escaping.
    init(_ name: String, _ value: String, _ parameters: [(name: String, value: String)] = []) {
        self.name = name
        self.value = value
        self.parameters = parameters
    }

    /// A line with a text.
    init(_ name: String, text: String, _ parameters: [(name: String, value: String)] = []) {
        self.init(name, Self.escaped(text), parameters)
    }

    static func == (left: ContentLine, right: ContentLine) -> Bool { left.written == right.written }

    /// A text with what has a meaning in it escaped (3.3.11); control characters other than tabs and line ends are
    /// left out.
    static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var isAfterReturn = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", ";", ",":
                result.append("\\")
                result.append(scalar)
            case "\n" where isAfterReturn: break
            case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}":
                result.append("\\")
                result.append("n")
            case "\t": result.append(scalar)
            default:
                if scalar.value >= 0x20, !(0x7f...0x9f).contains(scalar.value) { result.append(scalar) }
            }
            isAfterReturn = scalar == "\r"
        }
        return String(result)
    }

    /// The whole line, folded, with its ends.
    var written: String {
        var line = name
        for parameter in parameters { line += ";" + parameter.name + "=" + Self.quoted(parameter.value) }
        return Self.folded(line + ":" + value)
    }

    /// A parameter's value: in quotation marks where it needs them, with quotation marks and line ends in it as RFC
    /// 6868 has them.
    private static func quoted(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "^": result.append(contentsOf: "^^".unicodeScalars)
            case "\"": result.append(contentsOf: "^'".unicodeScalars)
            case "\n": result.append(contentsOf: "^n".unicodeScalars)
            default:
                if scalar.value >= 0x20, scalar.value != 0x7f { result.append(scalar) }
            }
        }
        let needsQuotes = result.contains { $0 == ":" || $0 == ";" || $0 == "," }
        return needsQuotes ? "\"" + String(result) + "\"" : String(result)
    }

    /// Breaks a line so that none is longer than 75 octets and no character is broken.
    static func folded(_ line: String) -> String {
        var result = ""
        var room = longest
        for scalar in line.unicodeScalars {
            let length = UTF8.width(scalar)
            if length > room {
                result += "\r\n "
                room = longest - 1
            }
            result.unicodeScalars.append(scalar)
            room -= length
        }
        return result + "\r\n"
    }
}
