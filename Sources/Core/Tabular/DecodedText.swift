/// Text as UTF-8 bytes, checked, with its byte order mark left out.
package struct DecodedText: Sendable {
    /// The bytes; those before `start` are the mark.
    package let bytes: [UInt8]
    /// Where the text begins.
    package let start: Int
    /// Whether a character occurs that `TextScrutiny` wants to see cell by cell.
    package let needsScrutiny: Bool

    /// Decodes strictly. UTF-8 is checked and kept as it is, without a copy; everything else is converted once.
    ///
    /// - Throws: `UndecodableBytes` for the first bytes that the encoding does not know.
    package init(_ source: consuming [UInt8], as encoding: TextEncoding) throws(UndecodableBytes) {
        try self.init(source, as: encoding, audit: nil)
    }

    /// - Parameter audit: what a pass over the whole of UTF-8 without a mark has found already.
    init(
        _ source: consuming [UInt8], as encoding: TextEncoding, audit known: UTF8Audit?
    ) throws(UndecodableBytes) {
        let start = source.starts(with: encoding.mark) ? encoding.mark.count : 0
        switch encoding {
        case .utf8, .utf8BOM:
            let audit = known ?? source.withUnsafeBufferPointer { UTF8Audit($0, from: start) }
            if let fault = audit.fault {
                throw UndecodableBytes(encoding: encoding, at: fault, in: source, skipping: start)
            }
            self.init(checked: source, start: start, needsScrutiny: audit.needsScrutiny)
        case .utf16LE, .utf16BE:
            var output: [UInt8] = []
            output.reserveCapacity(source.count + source.count / 2)
            if let fault = DecodedText.appendUTF16(source, from: start, encoding, to: &output) {
                let line = 1 + output.count { $0 == 0x0A }
                throw UndecodableBytes(
                    encoding: encoding, line: line, column: fault.lowerBound + 1, bytes: Array(source[fault]))
            }
            self.init(auditing: output)
        case .cp932, .cp949, .gb18030:
            var output: [UInt8] = []
            output.reserveCapacity(source.count + source.count / 2)
            guard let converter = CharacterConverter(encoding) else {
                throw UndecodableBytes(encoding: encoding, line: 0, column: 0, bytes: [])
            }
            // ICU reads 80 and FF of CP949 as private characters; to Windows they are none, nor half of one.
            let stop =
                encoding == .cp949
                ? source[start...].firstIndex { $0 == 0x80 || $0 == 0xFF } ?? source.count : source.count
            var fault = source.withUnsafeBufferPointer {
                converter.decode(UnsafeBufferPointer(rebasing: $0[start..<stop]), into: &output)
            }
            if fault == nil, stop < source.count { fault = (stop - start, [source[stop]]) }
            if let fault {
                let place = (start + fault.offset)..<(start + fault.offset + fault.bytes.count)
                throw UndecodableBytes(encoding: encoding, at: place, in: source, skipping: start)
            }
            self.init(auditing: output)
        }
    }

    private init(checked bytes: consuming [UInt8], start: Int, needsScrutiny: Bool) {
        self.bytes = bytes
        self.start = start
        self.needsScrutiny = needsScrutiny
    }

    private init(auditing bytes: consuming [UInt8]) {
        let needsScrutiny = bytes.withUnsafeBufferPointer { UTF8Audit($0).needsScrutiny }
        self.init(checked: bytes, start: 0, needsScrutiny: needsScrutiny)
    }

    /// Appends UTF-16 bytes as UTF-8; answers where a lone surrogate or half a unit stands.
    private static func appendUTF16(
        _ source: [UInt8], from start: Int, _ encoding: TextEncoding, to output: inout [UInt8]
    ) -> Range<Int>? {
        let (high, low) = encoding == .utf16BE ? (0, 1) : (1, 0)
        func unit(_ at: Int) -> UInt32 { UInt32(source[at + high]) << 8 | UInt32(source[at + low]) }
        var at = start
        while at + 1 < source.count {
            let first = unit(at)
            if first & 0xF800 != 0xD800 {
                UTF16Text.append(first, to: &output)
                at += 2
                continue
            }
            guard first & 0xFC00 == 0xD800, at + 3 < source.count, unit(at + 2) & 0xFC00 == 0xDC00 else {
                return at..<(at + 2)
            }
            UTF16Text.append(0x10000 + ((first & 0x3FF) << 10 | (unit(at + 2) & 0x3FF)), to: &output)
            at += 4
        }
        return at < source.count ? at..<source.count : nil
    }
}

extension UndecodableBytes {
    /// Finds line and column by counting line breaks; LF, CR LF and CR count alike, and are never half of a character.
    fileprivate init(encoding: TextEncoding, at place: Range<Int>, in source: [UInt8], skipping start: Int) {
        var line = 1
        var lineStart = start
        var at = start
        while at < place.lowerBound {
            if source[at] == 0x0D || source[at] == 0x0A {
                if source[at] == 0x0D, at + 1 < place.lowerBound, source[at + 1] == 0x0A { at += 1 }
                line += 1
                lineStart = at + 1
            }
            at += 1
        }
        self.init(
            encoding: encoding, line: line, column: place.lowerBound - lineStart + 1, bytes: Array(source[place]))
    }
}

extension TextEncoding {
    /// Writes UTF-8 text in this encoding, with the mark if the encoding is one that begins with it.
    ///
    /// - Throws: `UnencodableCharacter` for the first character that the encoding does not have.
    package func encode(_ text: [UInt8], withMark: Bool = true) throws(UnencodableCharacter) -> [UInt8] {
        switch self {
        case .utf8: return text
        case .utf8BOM: return withMark ? mark + text : text
        case .utf16LE, .utf16BE:
            var output = withMark ? mark : []
            output.reserveCapacity(text.count * 2)
            for unit in String(decoding: text, as: UTF8.self).utf16 {
                let (high, low) = (UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit))
                output.append(self == .utf16BE ? high : low)
                output.append(self == .utf16BE ? low : high)
            }
            return output
        case .cp932, .cp949, .gb18030:
            let units = Array(String(decoding: text, as: UTF8.self).utf16)
            var output: [UInt8] = []
            output.reserveCapacity(text.count)
            guard let converter = CharacterConverter(self), let place = converter.encode(units, into: &output) else {
                return output
            }
            throw unencodable(before: place, in: units)
        }
    }

    private func unencodable(before place: Int, in units: [UInt16]) -> UnencodableCharacter {
        let head = units.prefix(place)
        // A converter that stops has taken the whole character; a lone half cannot come from a String.
        let character = String(decoding: head, as: UTF16.self).unicodeScalars.last ?? "\u{FFFD}"
        return UnencodableCharacter(
            encoding: self, character: character, line: 1 + head.count { $0 == 0x0A })
    }
}
