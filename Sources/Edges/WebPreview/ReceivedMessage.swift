package import WebCommon

/// One webhook that came in, kept as it was sent and shown as a channel would show it.
package struct ReceivedMessage: Sendable, Equatable {
    /// How the body was understood.
    package enum Form: String, Sendable { case chat, event, unknown }

    package let number: Int
    package let hook: String
    /// RFC 3339, UTC.
    package let receivedAt: String
    /// Whether the signature was right; nil when there was none to check.
    package let signature: Signature
    package let body: String
    package let form: Form

    package enum Signature: String, Sendable { case none, valid }

    package init(number: Int, hook: String, receivedAt: String, signature: Signature, body: String) {
        self.number = number
        self.hook = hook
        self.receivedAt = receivedAt
        self.signature = signature
        self.body = body
        form = Self.form(of: body)
    }

    /// The form that a chat service would see in the body: chat messages have text, blocks or attachments.
    private static func form(of body: String) -> Form {
        guard let json = try? JSONParser.parse(body), case .object(let object) = json else { return .unknown }
        if ["text", "blocks", "attachments"].contains(where: { object[$0] != nil }) { return .chat }
        return .event
    }

    /// The parsed body.
    package var json: JSONValue { (try? JSONParser.parse(body)) ?? .null }

    /// One line of the file in which messages are kept, and one element of `/messages.json`.
    package var record: JSONValue {
        [
            "number": .integer(number), "hook": .string(hook), "received_at": .string(receivedAt),
            "signature": .string(signature.rawValue), "form": .string(form.rawValue), "body": .string(body),
        ]
    }

    /// Reads what `record` wrote.
    package init?(record: JSONValue) {
        guard let number = record["number"]?.integer, let hook = record["hook"]?.string,
            let receivedAt = record["received_at"]?.string, let body = record["body"]?.string,
            let signature = record["signature"]?.string.flatMap(Signature.init(rawValue:))
        else { return nil }
        self.init(number: number, hook: hook, receivedAt: receivedAt, signature: signature, body: body)
    }
}
