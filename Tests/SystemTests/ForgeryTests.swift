import Foundation
import Testing

extension `The built program` {
    @Suite struct `A cursor that somebody made up` {
        /// What the API writes, for any position: the checksum has no key.
        private func cursor(_ position: String, list: String) -> String {
            let content = Array("[\"\(position)\"]".utf8)
            var hash: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D
            for byte in Array(list.utf8) + [0] + content {
                hash ^= UInt128(byte)
                hash = hash &* 0x0000_0000_0100_0000_0000_0000_0000_013B
            }
            let checksum = (0..<8).map { UInt8(truncatingIfNeeded: hash >> UInt128($0 * 8)) }
            return Data(checksum + content).base64EncodedString()
                .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
                .replacingOccurrences(of: "=", with: "")
        }

        @Test func `ends neither the service nor the list`() throws {
            try Served.with { served in
                let wire = try served.wire()
                for number in 0..<3 { try #require(try served.publish("casting \(number)", over: wire) != nil) }
                let search = "/api/v1/postings?q=casting&limit=1"
                let found = eventually {
                    (try? wire.ask("GET", search, token: served.token).object["next"] as? String) != nil
                }
                try #require(found)
                let real = try wire.ask("GET", search, token: served.token).object["next"] as? String
                // If this fails, the form of cursors has changed, and the forgeries below would prove nothing.
                #expect(real == cursor("1", list: "listPostings&q=casting"))
                for position in ["-1", "-9223372036854775808", "9223372036854775807", "99999999999999999999", "", "x"] {
                    let forged = cursor(position, list: "listPostings&q=casting")
                    let answer = try wire.ask("GET", "\(search)&cursor=\(forged)", token: served.token)
                    #expect([200, 400, 422].contains(answer.status), "\(position): \(answer.text)")
                    let plain = cursor(position, list: "listPostings")
                    let listed = try wire.ask("GET", "/api/v1/postings?cursor=\(plain)", token: served.token)
                    #expect([200, 400, 422].contains(listed.status), "\(position): \(listed.text)")
                }
                #expect(served.isRunning)
                #expect(try served.wire().ask("GET", "/health/live").status == 200)
            }
        }
    }
}
