package import Exchange
package import HTTPTypes
package import Logging
package import WebCommon

/// A request that passed all checks of form: what a handler works with.
package struct APIRequest: Sendable {
    package let requestID: String
    package let logger: Logger
    /// Who calls; nil on routes that anyone may call without a token.
    package let caller: Caller?
    /// The parameters by name, each of the form its schema says.
    package let path: [String: JSONValue]
    package let query: [String: JSONValue]
    /// The JSON body, or null.
    package let body: JSONValue
    /// The bytes of a body that is not JSON.
    package let bytes: [UInt8]
    package let headers: HTTPFields
    /// The address with its query, as it came.
    package let target: String
    package let method: HTTPRequest.Method

    /// A parameter of the path. The route table guarantees that it is there; an absent one is the empty text.
    package func path(_ name: String) -> String { path[name]?.string ?? "" }

    /// Whoever acts. Routes that need a token have checked for it before the handler runs.
    package func actor() throws(Problem) -> Actor {
        guard let caller else { throw Problem(.unauthenticated) }
        return caller.actor
    }

    /// The version that If-Match names, if any. Another tag than this service makes cannot match.
    package func expectedVersion() throws(Problem) -> Int? {
        guard let header = headers[.ifMatch] else { return nil }
        let tags = EntityTag.list(header)
        if tags == [.any] { return nil }
        let versions = tags.compactMap(\.version)
        guard versions.count == 1, tags.count == 1 else { throw Problem(.changedMeanwhile) }
        return versions[0]
    }
}

/// A valid token: whom it stands for, and the name under which the log knows it.
package struct Caller: Sendable {
    package let actor: Actor
    /// Names the token without giving it away.
    package let tokenID: String

    package init(actor: Actor, tokenID: String) {
        self.actor = actor
        self.tokenID = tokenID
    }
}

/// The answer of a handler.
package struct APIResponse: Sendable {
    package enum Content: Sendable {
        case nothing
        case json(JSONValue)
        case bytes([UInt8], mediaType: String)
    }

    package var status: HTTPResponse.Status
    package var content: Content
    package var headers: HTTPFields

    package init(_ status: HTTPResponse.Status, _ content: Content, headers: HTTPFields = [:]) {
        self.status = status
        self.content = content
        self.headers = headers
    }

    package static func ok(_ json: JSONValue) -> APIResponse { APIResponse(.ok, .json(json)) }

    /// 200 with the tag of that version of the thing.
    package static func ok(_ json: JSONValue, version: Int) -> APIResponse {
        APIResponse(.ok, .json(json), headers: [.eTag: EntityTag(version: version).text])
    }

    package static func created(_ json: JSONValue, at location: String, version: Int? = nil) -> APIResponse {
        var response = APIResponse(.created, .json(json), headers: [.location: location])
        if let version { response.headers[.eTag] = EntityTag(version: version).text }
        return response
    }

    package static var nothing: APIResponse { APIResponse(.noContent, .nothing) }

    package static func text(_ text: String, mediaType: String) -> APIResponse {
        APIResponse(.ok, .bytes(Array(text.utf8), mediaType: mediaType))
    }
}

/// The tag of a version of a thing (RFC 9110, 8.8.3).
package enum EntityTag: Sendable, Hashable {
    case any
    case version(Int)
    case other(String)

    package init(version: Int) { self = .version(version) }

    package var version: Int? {
        guard case .version(let version) = self else { return nil }
        return version
    }

    package var text: String {
        switch self {
        case .any: "*"
        case .version(let version): "\"v\(version)\""
        case .other(let tag): "\"\(tag)\""
        }
    }

    /// The tags of an If-Match or If-None-Match header. Weak tags compare like strong ones, as the versions are exact.
    package static func list(_ header: String) -> [EntityTag] {
        header.split(separator: ",").map { part in
            var tag = part.drop { $0 == " " }
            while tag.last == " " { tag.removeLast() }
            if tag == "*" { return .any }
            if tag.hasPrefix("W/") { tag = tag.dropFirst(2) }
            let inner = tag.filter { $0 != "\"" }
            if inner.first == "v", let version = Int(inner.dropFirst()) { return .version(version) }
            return .other(String(inner))
        }
    }
}
