import Delivery
import Exchange

/// What was, or will be, sent, as people may see it: no address whole, no key, no link that is somebody's own.
package struct ShownRequest: Hashable, Sendable {
    /// The address with its secret part hidden.
    package let address: String
    package let contentType: String
    /// The text, with anything that looks like a key hidden; nothing for letters, which are their reader's own, and
    /// after the retention time.
    package let body: String?

    init(_ notice: Notice, to channel: Channel) {
        address = channel.shownAddress
        contentType = channel.platform.delivery.contentType
        body = notice.custody == .plain && !notice.body.isEmpty ? Self.hidingKeys(in: notice.body) : nil
    }

    /// Runs of so many letters and digits without a space are no words of any language, but keys.
    private static let longestWord = 40

    /// The text with long runs of letters, digits, `-`, `_` and `.` cut to their beginning.
    static func hidingKeys(in text: String) -> String {
        var result: [UInt8] = []
        var run: [UInt8] = []
        func end() {
            result += run.count > longestWord ? Array(run.prefix(6)) + Array("***".utf8) : run
            run = []
        }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                run.append(byte)
            default:
                end()
                result.append(byte)
            }
        }
        end()
        return String(decoding: result, as: UTF8.self)
    }
}
