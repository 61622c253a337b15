/// Why a signing secret was not accepted.
package enum WebhookSecretRefusal: Error, Equatable, Sendable {
    /// It does not begin with `whsec_`.
    case prefix
    /// What follows `whsec_` is not base64.
    case encoding
    /// The key has this many bytes; 24 to 64 are possible.
    case length(Int)

    /// One plain English sentence for a form or a command line.
    package var sentence: String {
        switch self {
        case .prefix: "A signing secret begins with whsec_."
        case .encoding: "What follows whsec_ must be base64 with its padding; copy the secret again."
        case .length(let count): "The secret holds \(count) bytes; it must hold 24 to 64."
        }
    }
}

/// A signing key of a generic webhook, as Standard Webhooks writes it: `whsec_` and base64 of 24 to 64 bytes.
package struct WebhookSecret: Sendable, Equatable {
    /// How many random bytes a new secret is made of.
    package static let freshBytes = 32

    let key: [UInt8]

    /// Reads the written form.
    package init(_ text: String) throws(WebhookSecretRefusal) {
        guard text.hasPrefix("whsec_") else { throw .prefix }
        guard let bytes = Base64.bytes(of: text.dropFirst(6)) else { throw .encoding }
        try self.init(bytes: bytes)
    }

    /// From key bytes: `freshBytes` of a cryptographic source make a new secret.
    package init(bytes: [UInt8]) throws(WebhookSecretRefusal) {
        guard (24...64).contains(bytes.count) else { throw .length(bytes.count) }
        key = bytes
    }

    /// A new secret from an injected source, which must be a cryptographic one outside tests.
    package static func generate(using source: inout some RandomNumberGenerator) -> WebhookSecret {
        WebhookSecret(checked: (0..<freshBytes).map { _ in UInt8.random(in: 0...255, using: &source) })
    }

    private init(checked key: [UInt8]) {
        self.key = key
    }

    /// The written form, for the encrypted store and for showing it once to the channel's owner.
    package var text: String { "whsec_" + Base64.text(of: key) }
}

extension WebhookSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Never the key.
    package var description: String { "whsec_..." }
    /// Never the key.
    package var debugDescription: String { description }
    /// Never the key.
    package var customMirror: Mirror { Mirror(self, children: ["key": "hidden"]) }
}
