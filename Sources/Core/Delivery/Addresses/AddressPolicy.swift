/// Why an address is not one a request may go to.
package enum SpecialRange: String, Sendable, Hashable, CaseIterable {
    case unspecified, thisNetwork, privateUse, carrierGradeNAT, loopback, linkLocal, metadata, protocolAssignment
    case documentation, deprecatedRelay, benchmarking, multicast, reserved, broadcast
    case uniqueLocal, siteLocal, localTranslation, teredo, discard

    /// The range in plain words, to follow "is".
    package var words: String {
        switch self {
        case .unspecified: "the unspecified address"
        case .thisNetwork: "in the range of this network (0.0.0.0/8)"
        case .privateUse: "in a private network"
        case .carrierGradeNAT: "in the range shared by carriers (100.64.0.0/10)"
        case .loopback: "this machine itself"
        case .linkLocal: "reachable on the local link only"
        case .metadata: "a cloud provider's metadata service"
        case .protocolAssignment: "reserved for protocols"
        case .documentation: "reserved for documentation"
        case .deprecatedRelay: "a withdrawn 6to4 relay"
        case .benchmarking: "reserved for benchmarks"
        case .multicast: "a multicast group"
        case .reserved: "reserved"
        case .broadcast: "the broadcast address"
        case .uniqueLocal: "in a private IPv6 network"
        case .siteLocal: "in a private IPv6 network of the old kind"
        case .localTranslation: "in a local translation network"
        case .teredo: "a Teredo tunnel"
        case .discard: "in the range whose packets are discarded"
        }
    }
}

/// Decides whether an address is public, from the IANA special-purpose registries (RFC 6890 and its updates).
///
/// IPv6 forms that carry an IPv4 address (mapped, compatible, NAT64, 6to4, Teredo, ISATAP) are judged by what they
/// carry.
package enum AddressPolicy {
    /// The range that keeps `address` from being public; nil when it is public.
    package static func specialRange(of address: IPAddress) -> SpecialRange? {
        switch address {
        case .v4(let value): specialRange(v4: value)
        case .v6(let high, let low): specialRange(high: high, low: low)
        }
    }

    /// Whether a request of this scope may connect to `address`; nil when it may.
    package static func refusal(of address: IPAddress, in scope: AddressScope) -> SpecialRange? {
        switch scope {
        case .publicOnly: specialRange(of: address)
        case .privateAllowed: nil
        }
    }

    private struct Block4 {
        let base: UInt32
        let length: UInt32
        let range: SpecialRange

        init(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32, _ length: UInt32, _ range: SpecialRange) {
            self.base = a << 24 | b << 16 | c << 8 | d
            self.length = length
            self.range = range
        }

        func holds(_ value: UInt32) -> Bool { (value ^ base) >> (32 - length) == 0 }
    }

    /// The first block that holds an address names it, so narrower blocks stand before wider ones.
    private static let blocks4: [Block4] = [
        Block4(0, 0, 0, 0, 32, .unspecified), Block4(255, 255, 255, 255, 32, .broadcast),
        Block4(169, 254, 169, 254, 32, .metadata), Block4(169, 254, 170, 2, 32, .metadata),
        Block4(100, 100, 100, 200, 32, .metadata), Block4(192, 0, 0, 192, 32, .metadata),
        Block4(168, 63, 129, 16, 32, .metadata),
        Block4(0, 0, 0, 0, 8, .thisNetwork), Block4(10, 0, 0, 0, 8, .privateUse),
        Block4(100, 64, 0, 0, 10, .carrierGradeNAT), Block4(127, 0, 0, 0, 8, .loopback),
        Block4(169, 254, 0, 0, 16, .linkLocal), Block4(172, 16, 0, 0, 12, .privateUse),
        Block4(192, 0, 0, 0, 24, .protocolAssignment), Block4(192, 0, 2, 0, 24, .documentation),
        Block4(192, 31, 196, 0, 24, .protocolAssignment), Block4(192, 52, 193, 0, 24, .protocolAssignment),
        Block4(192, 88, 99, 0, 24, .deprecatedRelay), Block4(192, 168, 0, 0, 16, .privateUse),
        Block4(192, 175, 48, 0, 24, .protocolAssignment), Block4(198, 18, 0, 0, 15, .benchmarking),
        Block4(198, 51, 100, 0, 24, .documentation), Block4(203, 0, 113, 0, 24, .documentation),
        Block4(224, 0, 0, 0, 4, .multicast), Block4(240, 0, 0, 0, 4, .reserved),
    ]

    private static func specialRange(v4 value: UInt32) -> SpecialRange? {
        blocks4.first { $0.holds(value) }?.range
    }

    private struct Block6 {
        let base: UInt64
        let length: UInt64
        let range: SpecialRange

        init(_ base: UInt64, _ length: UInt64, _ range: SpecialRange) {
            self.base = base
            self.length = length
            self.range = range
        }

        func holds(_ high: UInt64) -> Bool { (high ^ base) >> (64 - length) == 0 }
    }

    /// Blocks of at most 64 bits, narrower before wider.
    private static let blocks6: [Block6] = [
        Block6(0x0064_ff9b_0001_0000, 48, .localTranslation), Block6(0x0100_0000_0000_0000, 64, .discard),
        Block6(0x2001_0002_0000_0000, 48, .benchmarking), Block6(0x2001_0db8_0000_0000, 32, .documentation),
        Block6(0x2001_0000_0000_0000, 23, .protocolAssignment), Block6(0x3fff_0000_0000_0000, 20, .documentation),
        Block6(0x3ffe_0000_0000_0000, 16, .reserved), Block6(0xfc00_0000_0000_0000, 7, .uniqueLocal),
        Block6(0xfe80_0000_0000_0000, 10, .linkLocal), Block6(0xfec0_0000_0000_0000, 10, .siteLocal),
        Block6(0xff00_0000_0000_0000, 8, .multicast),
    ]

    private static func specialRange(high: UInt64, low: UInt64) -> SpecialRange? {
        let tail = UInt32(truncatingIfNeeded: low)
        if high == 0 {
            switch low {
            case 0: return .unspecified
            case 1: return .loopback
            default: break
            }
            switch low >> 32 {
            case 0xffff: return specialRange(v4: tail)  // ::ffff:a.b.c.d
            case 0xffff_0000: return specialRange(v4: tail) ?? .reserved  // ::ffff:0:a.b.c.d, RFC 2765
            case 0: return specialRange(v4: tail) ?? .reserved  // ::a.b.c.d, withdrawn by RFC 4291
            default: return .reserved
            }
        }
        if high == 0xfd00_0ec2_0000_0000, low == 0x254 { return .metadata }
        if high == 0x0064_ff9b_0000_0000, low >> 32 == 0 { return specialRange(v4: tail) }  // NAT64, RFC 6052
        if high >> 48 == 0x2002 {  // 6to4, RFC 3056
            return specialRange(v4: UInt32(truncatingIfNeeded: high >> 16)) ?? embedded(low)
        }
        if high >> 32 == 0x2001_0000 {  // Teredo, RFC 4380: server in clear, client with its bits turned
            return specialRange(v4: UInt32(truncatingIfNeeded: high)) ?? specialRange(v4: ~tail) ?? .teredo
        }
        if let block = blocks6.first(where: { $0.holds(high) }) { return block.range }
        guard high >> 61 == 1 else { return .reserved }  // 2000::/3 is all the global unicast space there is
        return embedded(low)
    }

    /// ISATAP (RFC 5214) hides an IPv4 address in the interface part of a global prefix.
    private static func embedded(_ low: UInt64) -> SpecialRange? {
        let marker = low >> 32
        guard marker == 0x0000_5efe || marker == 0x0200_5efe else { return nil }
        return specialRange(v4: UInt32(truncatingIfNeeded: low))
    }
}
