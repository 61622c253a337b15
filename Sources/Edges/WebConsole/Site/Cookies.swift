import HTTPTypes
import Hummingbird

/// The console's cookies. All are kept from scripts and not sent along from other sites.
struct Cookies: Sendable {
    /// The session's secret.
    static let session = "imx_session"
    /// A visitor's secret, to which forms are bound before anybody is signed in.
    static let visit = "imx_visit"
    /// The mark of an earlier session: this browser is known.
    static let mark = "imx_mark"
    /// The language that a visitor chose.
    static let language = "imx_lang"
    /// What the next page says.
    static let note = "imx_note"

    /// Whether browsers may send them over encrypted connections only.
    let isSecure: Bool

    /// The value of `Set-Cookie`. Without seconds it goes with the browser's session.
    func set(_ name: String, _ value: String, seconds: Int? = nil) -> String {
        var text = "\(name)=\(value); Path=/; HttpOnly; SameSite=Lax"
        if let seconds { text += "; Max-Age=\(seconds)" }
        if isSecure { text += "; Secure" }
        return text
    }

    /// Takes the cookie away.
    func remove(_ name: String) -> String { set(name, "", seconds: 0) }

    /// The cookies of a request by name; the first of a name counts.
    static func read(_ request: Request) -> [String: String] {
        var cookies: [String: String] = [:]
        for header in request.headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let parts = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
                guard parts.count == 2, cookies[String(parts[0])] == nil else { continue }
                cookies[String(parts[0])] = String(parts[1])
            }
        }
        return cookies
    }
}
