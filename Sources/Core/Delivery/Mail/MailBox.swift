/// Why a mail address was not accepted for the wire.
package enum MailBoxRefusal: Error, Equatable, Sendable {
    /// Not `local@domain` in printable ASCII without spaces, brackets and quotes, or longer than 254 bytes.
    case badAddress

    /// One plain English sentence that says what to do.
    package var sentence: String {
        "The mail address is not one that can be written to; write it like name@example.jp."
    }
}

/// One end of a mail: an address, and the name that is shown with it.
///
/// libcurl writes an envelope's addresses as they stand, line breaks included: what could end a command is refused
/// here.
package struct MailBox: Sendable, Hashable {
    /// The longest address that SMTP can carry (RFC 5321, 4.5.3.1.3), without the brackets.
    package static let longest = 254

    /// `local@domain`.
    package let address: String
    /// Any text; encoded where it is written.
    package let name: String?

    /// Checks the address.
    package init(_ address: String, name: String? = nil) throws(MailBoxRefusal) {
        let parts = address.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard address.utf8.count <= Self.longest, parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty,
            address.utf8.allSatisfy(Self.isSafe), Self.isDomain(parts[1])
        else { throw .badAddress }
        self.address = address
        self.name = name
    }

    /// What stands behind the @.
    package var domain: Substring {
        address[(address.lastIndex(of: "@").map(address.index(after:)) ?? address.startIndex)...]
    }

    private static func isSafe(_ byte: UInt8) -> Bool {
        guard (0x21...0x7e).contains(byte) else { return false }
        return !"\"(),:;<>[\\]".utf8.contains(byte)
    }

    private static func isDomain(_ bytes: Substring.UTF8View.SubSequence) -> Bool {
        bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            !label.isEmpty && label.count <= 63 && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
                && label.allSatisfy { byte in
                    switch byte {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                        true
                    default: false
                    }
                }
        }
    }
}
