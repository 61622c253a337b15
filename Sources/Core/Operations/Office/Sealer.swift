import Crypto

/// Encrypts what must not be readable in a stolen database file: webhook addresses and signing keys.
///
/// AES-256-GCM with a random nonce for each value; the name of what is sealed is authenticated with it, so a value
/// moved to another row does not open.
package struct Sealer: Sendable {
    private let key: SymmetricKey

    /// Takes 32 bytes; nothing if there are more or fewer.
    package init?(key bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        key = SymmetricKey(data: bytes)
    }

    /// 32 bytes made of the key for one named use, such as signing links: knowing them tells nothing of the key.
    package func key(for use: String) -> [UInt8] {
        let derived = HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Array(use.utf8), outputByteCount: 32)
        return derived.withUnsafeBytes { Array($0) }
    }

    /// The text, encrypted, as `v1.` and hexadecimal.
    package func seal(_ text: String, for name: String) throws -> String {
        let box = try AES.GCM.seal(Array(text.utf8), using: key, authenticating: Array(name.utf8))
        guard let combined = box.combined else { throw SealingFault.unreadable(name) }
        return "v1." + Hexadecimal.encode(combined)
    }

    /// The text that was sealed under the name; throws if the key is another or the value was changed or moved.
    package func open(_ sealed: String, for name: String) throws -> String {
        guard sealed.hasPrefix("v1."), let bytes = Hexadecimal.decode(sealed.dropFirst(3)),
            let box = try? AES.GCM.SealedBox(combined: bytes),
            let plain = try? AES.GCM.open(box, using: key, authenticating: Array(name.utf8)),
            let text = String(validating: Array(plain), as: UTF8.self)
        else { throw SealingFault.unreadable(name) }
        return text
    }
}

/// A sealed value cannot be opened: most often the key file is not the one it was sealed with.
package enum SealingFault: Error, CustomStringConvertible {
    case unreadable(String)

    package var description: String {
        switch self {
        case .unreadable(let name):
            "The secret of \(name) cannot be decrypted. The key file is not the one it was encrypted with: restore that "
                + "file, or enter the secret again."
        }
    }
}

/// Bytes as lower-case hexadecimal digits.
package enum Hexadecimal {
    private static let digits = Array("0123456789abcdef".utf8)

    /// Two digits a byte.
    package static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes, or nothing if a character is not a digit or one is left over.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        var high: UInt8?
        for character in text.utf8 {
            let value: UInt8
            switch character {
            case 48...57: value = character - 48
            case 97...102: value = character - 87
            case 65...70: value = character - 55
            default: return nil
            }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return high == nil ? bytes : nil
    }
}

/// Secrets handed out once and kept as hashes.
package enum Secret {
    /// 32 random bytes behind a prefix that tells a scanner what it found, such as `imx_token_`.
    package static func make(prefix: String, _ ambient: Ambient) -> String {
        prefix + Hexadecimal.encode(ambient.bytes(32))
    }

    /// SHA-256, hexadecimal: the secrets are random, so no slow hash is needed.
    package static func hash(_ secret: String) -> String {
        Hexadecimal.encode(SHA256.hash(data: Array(secret.utf8)))
    }
}
