/// Reads Accept and Content-Type headers.
enum MediaRange {
    /// Whether the Accept header lets through one of the media types. No header lets everything through; `q=0` shuts
    /// out.
    static func accepts(_ header: String?, oneOf mediaTypes: [String]) -> Bool {
        guard let header, !mediaTypes.isEmpty, !header.allSatisfy({ $0 == " " }) else { return true }
        let ranges = header.lowercased().split(separator: ",").map(Range.init)
        return mediaTypes.contains { mediaType in
            let name = essence(mediaType)
            let fitting = ranges.filter { $0.matches(name) }.max { $0.precision < $1.precision }
            return fitting.map { $0.quality > 0 } ?? false
        }
    }

    /// The media type without its parameters, in lower case.
    static func essence(_ mediaType: String) -> String {
        let name = mediaType.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false)[0]
        return name.filter { $0 != " " && $0 != "\t" }.lowercased()
    }

    /// The charset parameter in lower case, if given.
    static func charset(_ mediaType: String) -> String? {
        for part in mediaType.lowercased().split(separator: ";").dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1)
            if pair.count == 2, pair[0].filter({ $0 != " " }) == "charset" {
                return String(pair[1].filter { $0 != "\"" && $0 != " " })
            }
        }
        return nil
    }

    private struct Range {
        let name: String
        let quality: Double

        init(_ text: Substring) {
            name = MediaRange.essence(String(text))
            let parameters = text.split(separator: ";").dropFirst().map { $0.filter { $0 != " " } }
            quality = parameters.first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
        }

        var precision: Int { name == "*/*" ? 0 : name.hasSuffix("/*") ? 1 : 2 }

        func matches(_ mediaType: String) -> Bool {
            switch precision {
            case 0: true
            case 1: mediaType.hasPrefix(name.dropLast())
            default: mediaType == name || (name == "application/problem+json" && mediaType == "application/json")
            }
        }
    }
}
