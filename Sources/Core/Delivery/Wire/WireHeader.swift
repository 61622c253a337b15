/// Why a header was not accepted for the wire.
package enum WireHeaderRefusal: Error, Equatable, Sendable {
    /// The name is empty or holds a character outside RFC 9110's `token`.
    case badName(String)
    /// The value is empty, longer than `WireHeader.valueBytes`, or holds CR, LF, NUL, another control or a non-ASCII
    /// byte.
    case badValue(name: String)
    /// The sender writes this header itself (`host`, `content-length`, ...); a second one would confuse the receiver.
    case reserved(String)
}

/// One request header that is safe to write as it stands: libcurl sends CR and LF unchanged, so they are refused here.
package struct WireHeader: Sendable, Equatable {
    /// The longest value, in bytes; receivers commonly stop at 8 KB for a line.
    package static let valueBytes = 4096

    /// The name as it is written.
    package let name: String
    /// The value as it is written: printable ASCII, spaces and tabs inside.
    package let value: String

    private static let reserved: Set<String> = [
        "host", "content-length", "transfer-encoding", "connection", "expect", "te", "trailer", "upgrade",
        "proxy-authorization", "proxy-connection",
    ]

    /// Checks both parts; throws the reason when one could change the request's shape.
    package init(_ name: String, _ value: String) throws(WireHeaderRefusal) {
        guard !name.isEmpty, name.utf8.count <= 128, name.utf8.allSatisfy(Self.isTokenByte) else {
            throw .badName(name)
        }
        guard !Self.reserved.contains(name.lowercased()) else { throw .reserved(name) }
        let bytes = Array(value.utf8)
        let printable = bytes.allSatisfy { $0 == 0x09 || (0x20...0x7e).contains($0) }
        guard let first = bytes.first, let last = bytes.last, printable, bytes.count <= Self.valueBytes,
            first > 0x20, last > 0x20
        else { throw .badValue(name: name) }
        self.name = name
        self.value = value
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            return true
        default:
            return "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
