/// Turns `?` and `?2` into `$1` and `$2`, leaving quoted texts, quoted names and comments alone.
///
/// - Returns: the text for PostgreSQL and how many values it takes.
func rewritePlaceholders(_ sql: String) -> (text: String, count: Int) {
    var output: [UInt8] = []
    output.reserveCapacity(sql.utf8.count + 32)
    var plain = 0
    var highest = 0
    let input = Array(sql.utf8)
    var index = 0
    while index < input.count {
        let byte = input[index]
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "\""):
            // A doubled quote ends one text and begins the next, which comes to the same.
            let end = input[(index + 1)...].firstIndex(of: byte) ?? input.count - 1
            output += input[index...end]
            index = end + 1
        case UInt8(ascii: "-") where index + 1 < input.count && input[index + 1] == byte:
            let end = input[index...].firstIndex(of: UInt8(ascii: "\n")) ?? input.count - 1
            output += input[index...end]
            index = end + 1
        case UInt8(ascii: "?"):
            index += 1
            var number = 0
            while index < input.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(input[index]) {
                number = number * 10 + Int(input[index] - UInt8(ascii: "0"))
                index += 1
            }
            if number == 0 {
                plain += 1
                number = plain
            }
            highest = max(highest, number)
            output += Array("$\(number)".utf8)
        default:
            output.append(byte)
            index += 1
        }
    }
    return (String(decoding: output, as: UTF8.self), highest)
}
