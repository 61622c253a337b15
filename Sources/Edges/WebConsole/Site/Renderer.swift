import Exchange
import Mustache
import WebCommon

/// What a template shows: texts, truths, lists and further views by name. Texts are escaped by the template; only
/// names in three braces are markup, and those are made by `Pictures` alone.
typealias View = [String: any Sendable]

/// The templates in every language. `[[key]]` in a template is the text of the key, put in when the program starts;
/// a name in braces inside the text becomes a variable of the template.
package struct Renderer: Sendable {
    /// A template that cannot be used.
    package struct Fault: Error, CustomStringConvertible {
        package let description: String
    }

    private let libraries: [Language: MustacheLibrary]

    /// Parses every embedded template in every language. Throws for a broken template or an unknown key.
    package init(_ catalogue: Catalogue) throws {
        var libraries: [Language: MustacheLibrary] = [:]
        let templates = ConsoleFiles.texts(under: "templates/")
        for language in Language.allCases {
            var library = MustacheLibrary()
            for (file, text) in templates.sorted(by: { $0.key < $1.key }) {
                let name = String(file.dropLast(".mustache".count))
                let spoken = try Self.spoken(text, in: language, catalogue, file)
                do { try library.register(spoken, named: name) } catch {
                    throw Fault(description: "\(file) in \(language.rawValue): \(error)")
                }
            }
            libraries[language] = library
        }
        self.libraries = libraries
    }

    /// The page as bytes.
    func render(_ template: String, _ view: View, in language: Language) -> [UInt8] {
        guard let text = libraries[language]?.render(view, withTemplate: template) else {
            preconditionFailure("there is no template \(template)")
        }
        return Self.tamed(Array(text.utf8))
    }

    private static func spoken(
        _ template: String, in language: Language, _ catalogue: Catalogue, _ file: String
    ) throws -> String {
        var result = ""
        var rest = template[...]
        while let start = rest.firstRange(of: "[[") {
            result += rest[..<start.lowerBound]
            rest = rest[start.upperBound...]
            guard let end = rest.firstRange(of: "]]") else {
                throw Fault(description: "\(file): [[ without ]]")
            }
            let key = String(rest[..<end.lowerBound])
            guard let text = catalogue.text(key, in: language) else {
                throw Fault(description: "\(file): there is no text \(key)")
            }
            result += text.htmlEscaped.replacing("{", with: "{{").replacing("}", with: "}}")
            rest = rest[end.upperBound...]
        }
        return result + rest
    }

    /// Replaces characters that turn the direction of what follows, which could make a page say something else than it
    /// does: U+200E, U+200F, U+202A...U+202E, U+2066...U+2069.
    static func tamed(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        var index = 0
        while index + 2 < bytes.count {
            guard bytes[index] == 0xE2 else {
                index += 1
                continue
            }
            let (second, third) = (bytes[index + 1], bytes[index + 2])
            let isTurning =
                (second == 0x80 && (third == 0x8E || third == 0x8F || (0xAA...0xAE).contains(third)))
                || (second == 0x81 && (0xA6...0xA9).contains(third))
            // U+FFFD has three bytes too.
            if isTurning { bytes.replaceSubrange(index...(index + 2), with: [0xEF, 0xBF, 0xBD]) }
            index += 3
        }
        return bytes
    }
}
