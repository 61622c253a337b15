import Foundation
import Testing

/// What must hold for every payload, written apart from the code that makes them.
enum PayloadInvariants {
    typealias Object = [String: Any]

    static func object(_ bytes: [UInt8]) throws -> Object {
        try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? Object)
    }

    /// The complaints about a Slack payload; none when it is good.
    static func slack(_ bytes: [UInt8]) throws -> [String] {
        let payload = try object(bytes)
        var complaints: [String] = []
        guard let blocks = payload["blocks"] as? [Object], let text = payload["text"] as? String else {
            return ["shape"]
        }
        let start = try #require(bytes.firstRange(of: Array("\"blocks\":[".utf8)))
        let end = try #require(bytes.firstRange(of: Array("],\"unfurl_links\"".utf8)))
        let length = String(decoding: bytes[(start.upperBound - 1)...end.lowerBound], as: UTF8.self).utf16.count
        if length > 13_000 { complaints.append("blocks have \(length) characters") }
        if !(1...50).contains(blocks.count) { complaints.append("\(blocks.count) blocks") }
        if text.isEmpty || text.utf16.count > 600 { complaints.append("text has \(text.utf16.count)") }
        complaints += inert(text, links: false)
        for block in blocks { complaints += slack(block: block) }
        return complaints
    }

    private static func slack(block: Object) -> [String] {
        switch block["type"] as? String {
        case "header": return slack(text: block["text"], longest: 150, kinds: ["plain_text"])
        case "section": return slack(text: block["text"], longest: 3000, kinds: ["plain_text", "mrkdwn"])
        case "context":
            let elements = block["elements"] as? [Object] ?? []
            return elements.count == 1
                ? slack(text: elements[0], longest: 3000, kinds: ["plain_text"]) : ["context elements"]
        case "actions":
            let elements = block["elements"] as? [Object] ?? []
            if !(1...25).contains(elements.count) { return ["\(elements.count) actions"] }
            var complaints: [String] = []
            if Set(elements.compactMap { $0["action_id"] as? String }).count != elements.count {
                complaints.append("action ids")
            }
            for element in elements {
                complaints += slack(text: element["text"], longest: 75, kinds: ["plain_text"])
                let url = element["url"] as? String ?? ""
                if url.utf8.count > 3000 || !url.hasPrefix("https://mix.example.jp/") {
                    complaints.append("url \(url)")
                }
            }
            return complaints
        default: return ["unknown block \(block)"]
        }
    }

    private static func slack(text: Any?, longest: Int, kinds: Set<String>) -> [String] {
        guard let object = text as? Object, let kind = object["type"] as? String, let text = object["text"] as? String
        else {
            return ["text object"]
        }
        if !kinds.contains(kind) { return ["kind \(kind)"] }
        if !(1...longest).contains(text.utf16.count) { return ["\(kind) has \(text.utf16.count) of \(longest)"] }
        if kind == "mrkdwn", object["verbatim"] as? Bool != true { return ["not verbatim"] }
        return inert(text, links: kind == "mrkdwn")
    }

    /// No control, no reordering, no entity but the three, no angle bracket outside our own links.
    private static func inert(_ text: String, links: Bool) -> [String] {
        var complaints = quiet(text)
        var rest = text
        if links {
            rest = rest.replacingOccurrences(
                of: #"<https://mix\.example\.jp/[^|<>]*\|[^<>]+>"#, with: "", options: .regularExpression)
        }
        if rest.unicodeScalars.contains(where: { $0 == "<" || $0 == ">" }) {
            complaints.append("angle bracket in \(rest)")
        }
        complaints += entities(rest)
        return complaints
    }

    private static func entities(_ text: String) -> [String] {
        let stripped = text.replacingOccurrences(of: "&(amp|lt|gt);", with: "", options: .regularExpression)
        return stripped.unicodeScalars.contains("&") ? ["torn entity in \(text.suffix(80))"] : []
    }

    private static func quiet(_ text: String) -> [String] {
        let loud = text.unicodeScalars.first { scalar in
            switch scalar.value {
            case 0x0a: false
            case 0x00..<0x20, 0x7f...0x9f, 0x2028, 0x2029, 0x202a...0x202e, 0x2066...0x2069, 0x200e, 0x200f, 0xfeff:
                true
            case let value where value & 0xfffe == 0xfffe: true
            default: false
            }
        }
        return loud.map { ["scalar \(String($0.value, radix: 16))"] } ?? []
    }

    /// The complaints about a Mattermost payload; none when it is good.
    static func mattermost(_ bytes: [UInt8]) throws -> [String] {
        let payload = try object(bytes)
        guard payload.count == 1, let text = payload["text"] as? String else { return ["shape"] }
        var complaints = quiet(text)
        let scalars = Array(text.unicodeScalars)
        if !(1...16_383).contains(scalars.count) { complaints.append("text has \(scalars.count)") }
        for line in text.split(separator: "\n") {
            let bare = line.hasPrefix("> ") ? line.dropFirst(2) : line
            if bare.unicodeScalars.contains(where: { $0 == "<" || $0 == ">" }) {
                complaints.append("angle bracket: \(line)")
            }
            complaints += unescaped(in: Array(bare.unicodeScalars))
        }
        // Link targets are addresses of our own, in which & stands for itself.
        let texts = text.replacingOccurrences(
            of: #"\]\(https://mix\.example\.jp/[^)]*\)"#, with: "]", options: .regularExpression)
        complaints += entities(texts)
        for index in scalars.indices where scalars[index] == "@" {
            if index + 1 < scalars.count, scalars[index + 1] != "\u{200b}" { complaints.append("mention at \(index)") }
        }
        return complaints
    }

    /// Marks that Markdown would read although they are not ours.
    private static func unescaped(in line: [Unicode.Scalar]) -> [String] {
        var index = 0
        if line.starts(with: "#### ".unicodeScalars) { index = 5 }
        if line.starts(with: "- ".unicodeScalars) { index = 2 }
        while index < line.count {
            let rest = line[index...]
            if line[index] == "\\" {
                index += 2
            } else if rest.starts(with: "https://".unicodeScalars) || rest.starts(with: "http://".unicodeScalars) {
                let address = rest.prefix {
                    $0.isASCII && ($0.properties.isAlphabetic || "-._/?#=%+,;:0123456789".unicodeScalars.contains($0))
                }
                index += address.count
            } else if rest.starts(with: "](https://mix.example.jp/".unicodeScalars) {
                index = (rest.firstIndex(of: ")") ?? line.count) + 1
            } else if "`_{}!|~$#]".unicodeScalars.contains(line[index]) {
                return ["bare \(line[index]) at \(index)"]
            } else {
                index += 1
            }
        }
        return []
    }

    /// The complaints about a generic payload; none when it is good.
    static func generic(_ bytes: [UInt8]) throws -> [String] {
        let payload = try object(bytes)
        var complaints: [String] = []
        if bytes.count > 20_000 { complaints.append("\(bytes.count) bytes") }
        if Set(payload.keys) != ["type", "timestamp", "data"] { complaints.append("keys \(payload.keys)") }
        func walk(_ value: Any) {
            if let text = value as? String { complaints += quiet(text) }
            if let object = value as? Object { object.values.forEach(walk) }
            if let list = value as? [Any] { list.forEach(walk) }
        }
        walk(payload)
        return complaints
    }
}
