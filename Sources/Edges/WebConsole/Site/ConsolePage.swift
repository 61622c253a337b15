package import Exchange
package import HTTPTypes

/// One entry of the table of pages: the address, and who may see it. The table tests of roles are made from it.
package struct ConsolePage: Sendable {
    typealias Handler = @Sendable (Visit) async throws -> Reply

    /// Who may open the page. The table says it for the reader and refuses early; the rules in Core decide.
    package enum Access: Sendable, Equatable {
        case anyone
        /// People whose role grants the permission.
        case role(Permission)
    }

    package let method: HTTPRequest.Method
    /// The template of the address, such as `/postings/{posting}`.
    package let path: String
    package let access: Access
    let handler: Handler
    /// Whether its form may bring a file.
    var takesFile = false

    /// A page to look at.
    static func get(_ path: String, _ access: Access, _ handler: @escaping Handler) -> ConsolePage {
        ConsolePage(method: .get, path: path, access: access, handler: handler)
    }

    /// What a form is sent to.
    static func post(_ path: String, _ access: Access, _ handler: @escaping Handler) -> ConsolePage {
        ConsolePage(method: .post, path: path, access: access, handler: handler)
    }

    /// What a form with a file is sent to.
    static func upload(_ path: String, _ access: Access, _ handler: @escaping Handler) -> ConsolePage {
        ConsolePage(method: .post, path: path, access: access, handler: handler, takesFile: true)
    }

    /// The names in braces.
    var names: [String] {
        path.split(separator: "/").compactMap { part in
            part.hasPrefix("{") && part.hasSuffix("}") ? String(part.dropFirst().dropLast()) : nil
        }
    }
}
