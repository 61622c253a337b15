import Foundation
import Lexicon

/// Dictionaries that are installed beside the program. They are share-alike, so none is shipped: Debian's package edict
/// and Deploy/dictionaries bring them.
enum Dictionaries {
    /// Where they come from.
    enum Source: Equatable {
        /// The places where they are usually put; what is missing is missing.
        case known
        /// No dictionary.
        case none
        /// These files, all of which must be there.
        case files([String])

        /// `auto`, `off`, or paths.
        init(_ words: [String]) {
            switch words {
            case ["auto"]: self = .known
            case [], ["off"]: self = .none
            default: self = .files(words)
            }
        }
    }

    /// A dictionary and the file it was read from.
    struct Found {
        var path: String
        var dictionary: GlossDictionary
    }

    /// Reads what the configuration names, at most one dictionary a language (the first). Throws `Failure` for a file
    /// that is named and cannot be read, and for one that is no dictionary.
    static func load(_ configuration: AppConfiguration) throws -> [Found] {
        var found: [Found] = []
        for path in paths(configuration) {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw Failure(
                    .usage, "The dictionary \(path) cannot be read.",
                    "Check its name and permissions, or set exchange.dictionaries to auto.")
            }
            do throws(GlossDictionaryError) {
                let dictionary = try GlossDictionary([UInt8](data))
                if !found.contains(where: { $0.dictionary.language == dictionary.language }) {
                    found.append(Found(path: path, dictionary: dictionary))
                }
            } catch {
                throw Failure(
                    .usage, "\(path) is no dictionary in the form of EDICT or CC-CEDICT (\(error)).",
                    "Install it again, or set exchange.dictionaries to off.")
            }
        }
        return found
    }

    private static func paths(_ configuration: AppConfiguration) -> [String] {
        switch configuration.dictionaries {
        case .none: return []
        case .files(let paths): return paths
        case .known:
            let folders = [configuration.dataDirectory + "/models"] + ShippedFiles.folders.map(modelFolder)
            return [["/usr/share/edict/edict"], folders.map { $0 + "/cedict.u8" }].compactMap { places in
                places.first { FileManager.default.isReadableFile(atPath: $0) }
            }
        }
    }

    /// Where Deploy/dictionaries puts files for a program that finds its configuration in `folder`.
    private static func modelFolder(_ folder: String) -> String {
        folder.hasSuffix("/Config") ? folder.dropLast("Config".count) + ".models" : folder + "/models"
    }
}
