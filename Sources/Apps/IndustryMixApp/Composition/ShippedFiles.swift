import Foundation

/// Finds the files that are shipped with the program: fields, concepts.
enum ShippedFiles {
    /// The folders that are searched, the nearest to the program first: the source tree it was built in, an
    /// installation (`/usr/local/bin` with `/usr/local/share/industrymix`), the system's.
    static func folders(program: String, current: String) -> [String] {
        var folders: [String] = []
        var place = URL(fileURLWithPath: program).resolvingSymlinksInPath().deletingLastPathComponent()
        for _ in 0..<6 where place.path != "/" {
            folders.append(place.appending(path: "Config").path)
            folders.append(place.appending(path: "share/industrymix").path)
            place.deleteLastPathComponent()
        }
        return folders + [current + "/Config", "/etc/industrymix", "/usr/share/industrymix"]
    }

    /// The folders for this program.
    static var folders: [String] {
        let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "."
        return folders(program: program, current: FileManager.default.currentDirectoryPath)
    }

    /// The path of a shipped file; throws with the folders searched.
    static func path(of name: String) throws -> String {
        for folder in folders where FileManager.default.fileExists(atPath: folder + "/" + name) {
            return folder + "/" + name
        }
        throw Failure(
            .usage, "The shipped file \(name) was not found beside the program.",
            "Copy the folder Config of the distribution to /etc/industrymix, or name the file in the configuration.")
    }

    /// The tables in a folder by name, `concepts.tsv` first because the first table has a shared word; or the one file.
    static func tables(at place: String) throws -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder), isFolder.boolValue else {
            return [place]
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: place).filter { $0.hasSuffix(".tsv") }.sorted()
        let main = "concepts.tsv"
        return (names.filter { $0 == main } + names.filter { $0 != main }).map { place + "/" + $0 }
    }

    /// The text of a file.
    static func text(at path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(.usage, "The file \(path) cannot be read.", "Check its name and its permissions.")
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw Failure(.usage, "The file \(path) is not UTF-8.", "Save it as UTF-8.")
        }
        return text
    }
}
