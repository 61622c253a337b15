import Foundation

/// The files of the project, found from where this file was compiled.
enum SourceTree {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// Every Swift file under the folders, by its path from the root.
    static let swift: [SourceFile] =
        files(under: ["Sources", "Tests"], ending: ".swift") + [SourceFile("Package.swift")]
    /// The Swift files that make up the product.
    static let product: [SourceFile] = swift.filter { $0.path.hasPrefix("Sources/") }

    /// Files under the folders whose names end so, in the order of their paths.
    static func files(under folders: [String], ending: String) -> [SourceFile] {
        var paths: [String] = []
        for folder in folders {
            let found = FileManager.default.enumerator(atPath: root + "/" + folder)
            while let path = found?.nextObject() as? String {
                let hidden = path.split(separator: "/").contains { $0.hasPrefix(".build") || $0 == "__pycache__" }
                if path.hasSuffix(ending), !hidden { paths.append(folder + "/" + path) }
            }
        }
        return paths.sorted().map { SourceFile($0) }
    }

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: root + "/" + path) }
    static func isExecutable(_ path: String) -> Bool { FileManager.default.isExecutableFile(atPath: root + "/" + path) }

    static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: root + "/" + path)))
    }

    static func text(_ path: String) throws -> String {
        String(decoding: try bytes(path), as: UTF8.self)
    }
}

/// A file with its text, and the text without comments and string literals.
struct SourceFile: Sendable {
    /// From the root, such as `Sources/Core/Exchange/Postings/Posting.swift`.
    let path: String
    let lines: [String]
    /// The same lines with every comment and string literal blanked out.
    let code: [String]

    init(_ path: String) {
        self.path = path
        let text = (try? SourceTree.text(path)) ?? ""
        lines = text.components(separatedBy: "\n")
        code = path.hasSuffix(".swift") ? SwiftText.blanked(text).components(separatedBy: "\n") : lines
    }

    /// The target it belongs to: the third part of its path under Core, Edges and Apps.
    var target: String {
        let parts = path.split(separator: "/")
        return parts.count > 3 ? String(parts[2]) : ""
    }
    var isCore: Bool { path.hasPrefix("Sources/Core/") }
    /// Where a line stands, as compilers write it.
    func place(_ index: Int) -> String { "\(path):\(index + 1)" }
}
