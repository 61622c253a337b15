import CUnicode

/// A converter of ICU that stops at what it cannot convert.
struct CharacterConverter: ~Copyable {
    private let handle: OpaquePointer
    let encoding: TextEncoding

    /// Fails for Unicode encodings, which need no converter, and if ICU has lost its tables.
    init?(_ encoding: TextEncoding) {
        guard let name = encoding.converterName, let handle = im_ucnv_open_strict(name) else { return nil }
        self.handle = handle
        self.encoding = encoding
    }

    deinit { im_ucnv_close(handle) }

    /// Bytes to UTF-8.
    ///
    /// - Returns: nil if all of them could be decoded; otherwise the offset and the bytes that could not.
    func decode(_ source: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) -> (offset: Int, bytes: [UInt8])? {
        guard let base = source.baseAddress else { return nil }
        im_ucnv_reset(handle)
        var at = 0
        return withUnsafeTemporaryAllocation(of: UInt16.self, capacity: 1 << 15) { units in
            guard let target = units.baseAddress else { return (at, []) }
            var pending: UInt16 = 0
            while true {
                let length = Int32(min(1 << 14, source.count - at))
                let isLast: Int32 = at + Int(length) == source.count ? 1 : 0
                var taken: Int32 = 0
                var made: Int32 = 0
                let status = im_ucnv_decode(
                    handle, base + at, length, isLast, target, Int32(units.count), &taken, &made)
                at += Int(taken)
                repairControls(units[0..<Int(made)])
                UTF16Text.append(units[0..<Int(made)], pending: &pending, to: &output)
                switch Int(status) {
                case Int(IM_UCNV_DONE): if isLast == 1 { return nil }
                case Int(IM_UCNV_FULL): continue
                default:
                    let bytes = offendingBytes()
                    return (max(0, at - bytes.count), bytes)
                }
            }
        }
    }

    /// UTF-16 to bytes.
    ///
    /// - Returns: nil if all could be written; otherwise the index of the unit after the one that could not.
    func encode(_ source: [UInt16], into output: inout [UInt8]) -> Int? {
        im_ucnv_reset(handle)
        var units = source
        if encoding != .gb18030 { WindowsVariants.replace(in: &units, for: encoding) }
        return units.withUnsafeBufferPointer { source -> Int? in
            guard let base = source.baseAddress else { return nil }
            var at = 0
            return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 << 16) { bytes in
                guard let target = bytes.baseAddress else { return at }
                while true {
                    let length = Int32(min(1 << 14, source.count - at))
                    let isLast: Int32 = at + Int(length) == source.count ? 1 : 0
                    var taken: Int32 = 0
                    var made: Int32 = 0
                    let status = im_ucnv_encode(
                        handle, base + at, length, isLast, target, Int32(bytes.count), &taken, &made)
                    at += Int(taken)
                    output.append(contentsOf: bytes[0..<Int(made)])
                    switch Int(status) {
                    case Int(IM_UCNV_DONE): if isLast == 1 { return nil }
                    case Int(IM_UCNV_FULL): continue
                    default: return at
                    }
                }
            }
        }
    }

    private func offendingBytes() -> [UInt8] {
        var room = [UInt8](repeating: 0, count: 8)
        let length = Int(im_ucnv_offending_bytes(handle, &room))
        return Array(room.prefix(length))
    }

    /// IBM's table for CP932 rotates three control characters as terminals of old did; Windows does not.
    private func repairControls(_ units: Slice<UnsafeMutableBufferPointer<UInt16>>) {
        guard encoding == .cp932 else { return }
        let whole = UnsafeMutableBufferPointer(rebasing: units)
        for index in whole.indices where whole[index] < 0x80 {
            switch whole[index] {
            case 0x1C: whole[index] = 0x1A
            case 0x7F: whole[index] = 0x1C
            case 0x1A: whole[index] = 0x7F
            default: break
            }
        }
    }
}

/// Characters that other systems write where Windows writes a twin of theirs: 〜 of macOS is ～ on Windows. In an
/// encoding that only knows the twin, the twin is written.
enum WindowsVariants {
    private static let shared: [UInt16: UInt16] = [0x301C: 0xFF5E, 0x2212: 0xFF0D, 0x2016: 0x2225, 0x2014: 0x2015]
    private static let japanese: [UInt16: UInt16] = [
        0x00A2: 0xFFE0, 0x00A3: 0xFFE1, 0x00AC: 0xFFE2, 0x00A5: 0xFFE5, 0x00A6: 0xFFE4,
        // The control characters that the table rotates, see `CharacterConverter`.
        0x1A: 0x1C, 0x1C: 0x7F, 0x7F: 0x1A,
    ]

    static func replace(in units: inout [UInt16], for encoding: TextEncoding) {
        for index in units.indices {
            let unit = units[index]
            if let twin = shared[unit] ?? (encoding == .cp932 ? japanese[unit] : nil) { units[index] = twin }
        }
    }
}

/// UTF-16 units to UTF-8 bytes.
enum UTF16Text {
    /// Appends well-formed UTF-16; a high surrogate at the end waits in `pending` for the next call.
    static func append(
        _ units: Slice<UnsafeMutableBufferPointer<UInt16>>, pending: inout UInt16, to output: inout [UInt8]
    ) {
        output.reserveCapacity(output.count + units.count * 3)
        for unit in UnsafeMutableBufferPointer(rebasing: units) {
            if unit < 0x80 {
                output.append(UInt8(truncatingIfNeeded: unit))
            } else if unit & 0xFC00 == 0xD800 {
                pending = unit
            } else if unit & 0xFC00 == 0xDC00 {
                append(0x10000 + (UInt32(pending & 0x3FF) << 10 | UInt32(unit & 0x3FF)), to: &output)
            } else {
                append(UInt32(unit), to: &output)
            }
        }
    }

    /// Appends one scalar value as UTF-8.
    static func append(_ scalar: UInt32, to output: inout [UInt8]) {
        func low(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(truncatingIfNeeded: scalar >> shift & 0x3F) }
        if scalar < 0x80 {
            output.append(UInt8(scalar))
        } else if scalar < 0x800 {
            output.append(0xC0 | UInt8(scalar >> 6))
            output.append(low(0))
        } else if scalar < 0x10000 {
            output.append(0xE0 | UInt8(scalar >> 12))
            output.append(low(6))
            output.append(low(0))
        } else {
            output.append(0xF0 | UInt8(scalar >> 18))
            output.append(low(12))
            output.append(low(6))
            output.append(low(0))
        }
    }
}
