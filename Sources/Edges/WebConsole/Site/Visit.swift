import Exchange
import HTTPTypes
import Hummingbird
import Operations
import WebCommon

/// One request for a page, after everything common to all pages was found out: who asks, in which language, what was
/// sent.
struct Visit: Sendable {
    let path: [String: String]
    let query: FormFields
    let form: FormFields
    /// The file that came with the form.
    var file: UploadedFile?
    /// Who is signed in; nothing for visitors.
    let holder: SessionHolder?
    let say: Speech
    /// The path that was asked for, without its query.
    let address: String
    /// The address of the page that the reader sees: where changing the language leads back to.
    let here: String
    /// Where the request comes from, as far as it can be trusted.
    let caller: String
    /// What the browser calls itself.
    let device: String
    /// The secret of the browser's cookie: that of the session, or a visitor's.
    let secret: String
    /// The mark of an earlier session of this browser; tells a known browser from a stranger's.
    let mark: String?
    /// What was done right before, to be said on this page.
    let note: Note?
    /// The part of the page that a script asks for, or nothing for the whole page.
    let fragment: String?

    var language: Language { say.language }

    /// Whoever acts. Pages that need a sign-in have checked for it before the handler runs.
    func actor() throws(Refusal) -> Actor {
        guard let holder else { throw .unauthenticated }
        return holder.actor
    }

    /// The identifier in the path.
    func id<Owner: Identified>(_ name: String, _: Owner.Type = Owner.self) throws(Refusal) -> Identifier<Owner> {
        try Identifier<Owner>(path[name] ?? "")
    }

    /// What a form must carry to be taken: bound to the browser's secret, which other sites cannot read.
    var formToken: String { Self.formToken(of: secret) }

    static func formToken(of secret: String) -> String { String(Secret.hash("form:" + secret).prefix(40)) }
}

/// Something to be said on the next page, with the way back.
struct Note: Sendable, Equatable {
    /// The key of the text.
    let key: String
    /// The address to which a form can be sent that undoes it.
    var undo: String?

    /// The value of the cookie that carries it.
    var cookie: String { PercentEncoding.encode(key) + (undo.map { "|" + PercentEncoding.encode($0) } ?? "") }

    init(_ key: String, undo: String? = nil) {
        self.key = key
        self.undo = undo
    }

    init?(cookie: String) {
        let parts = cookie.split(separator: "|").map { PercentEncoding.decode($0, plusIsSpace: false) ?? "" }
        guard let key = parts.first, key.hasPrefix("done.") else { return nil }
        self.key = key
        // Only an address of this service: the cookie is not signed.
        if parts.count > 1, parts[1].hasPrefix("/"), !parts[1].hasPrefix("//") { undo = parts[1] }
    }
}

/// The answer to a visit.
struct Reply: Sendable {
    enum Content: Sendable {
        case page(template: String, View)
        case redirect(to: String)
        case file(bytes: [UInt8], mediaType: String, name: String)
        case nothing
    }

    var status: HTTPResponse.Status
    var content: Content
    /// Values of Set-Cookie.
    var cookies: [String] = []
    /// What the next page says.
    var note: Note?
    var headers: HTTPFields = [:]

    /// A page. `title` heads it and stands in the browser's tab.
    static func page(
        _ template: String, title: String, _ view: View = [:], status: HTTPResponse.Status = .ok
    ) -> Reply {
        var view = view
        view["title"] = title
        return Reply(status: status, content: .page(template: template, view))
    }

    /// Sends the browser on with GET, so that reloading repeats nothing.
    static func redirect(_ path: String, _ note: Note? = nil) -> Reply {
        Reply(status: .seeOther, content: .redirect(to: path), note: note)
    }

    /// A file to keep.
    static func file(_ bytes: [UInt8], _ mediaType: String, named name: String) -> Reply {
        Reply(status: .ok, content: .file(bytes: bytes, mediaType: mediaType, name: name))
    }
}
