/// CRC-64 of ECMA-182, reflected: finds every accidental change of a migration or a dump. No protection against intent.
struct CRC64 {
    private var state: UInt64 = .max

    var value: UInt64 { ~state }

    var hex: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    mutating func update(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            state = CRC64.table[Int(UInt8(truncatingIfNeeded: state) ^ byte)] ^ (state >> 8)
        }
    }

    static func checksum(_ text: String) -> UInt64 {
        var sum = CRC64()
        sum.update(text.utf8)
        return sum.value
    }

    private static let table: [UInt64] = (0..<256).map { index in
        (0..<8).reduce(UInt64(index)) { value, _ in
            value & 1 == 1 ? (value >> 1) ^ 0xC96C_5795_D787_0F42 : value >> 1
        }
    }
}
