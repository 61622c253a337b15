import CConsole

/// The files embedded in the program: templates, style, script, texts.
package enum ConsoleFiles {
    /// Every file by its name, such as `templates/home.mustache`.
    package static let all: [String: [UInt8]] = {
        var files: [String: [UInt8]] = [:]
        for index in 0..<im_console_file_count() {
            // Proof that these pointers are right: name and bytes are constants of the program with static lifetime,
            // and `count` is the size of the array that `bytes` points to. They are copied at once.
            guard let entry = im_console_file_at(index)?.pointee, let name = entry.name, let bytes = entry.bytes
            else { continue }
            files[String(cString: name)] = Array(UnsafeBufferPointer(start: bytes, count: entry.count))
        }
        return files
    }()

    /// Those whose names begin so, by what follows, as text.
    package static func texts(under folder: String) -> [String: String] {
        var texts: [String: String] = [:]
        for (name, bytes) in all where name.hasPrefix(folder) {
            texts[String(name.dropFirst(folder.count))] = String(decoding: bytes, as: UTF8.self)
        }
        return texts
    }
}
