import Operations
import Testing

@Suite struct `A sealed secret` {
    private let sealer = Sealer(key: [UInt8](repeating: 1, count: 32))

    @Test func `opens under its own name only`() throws {
        let sealer = try #require(sealer)
        let sealed = try sealer.seal("https://hooks.example/secret", for: "channel_1.address")
        #expect(try sealer.open(sealed, for: "channel_1.address") == "https://hooks.example/secret")
        #expect(throws: SealingFault.self) { try sealer.open(sealed, for: "channel_2.address") }
        #expect(!sealed.contains("secret"))
    }

    @Test func `does not open with another key or after a change`() throws {
        let sealer = try #require(sealer)
        let other = try #require(Sealer(key: [UInt8](repeating: 2, count: 32)))
        let sealed = try sealer.seal("text", for: "a")
        #expect(throws: SealingFault.self) { try other.open(sealed, for: "a") }
        let last = sealed.last == "0" ? "1" : "0"
        #expect(throws: SealingFault.self) { try sealer.open(sealed.dropLast() + last, for: "a") }
    }

    @Test(arguments: [0, 16, 31, 33]) func `needs a key of 32 bytes`(_ count: Int) {
        #expect(Sealer(key: [UInt8](repeating: 1, count: count)) == nil)
    }
}
