import Exchange
package import Hummingbird
package import Operations
package import WebCommon

/// The page behind the links of a match notice: what the notice told, for people on a phone, and how to answer.
///
/// Whoever holds the link may read it, because the channel has shown the same facts; it names no owner.
package struct MatchPages<Store: ExchangeStore>: Sendable {
    private let office: Office<Store>
    private let reading: PostingReading

    /// Takes where to ask, and the lexicon that puts reasons into words.
    package init(office: Office<Store>, reading: PostingReading) {
        self.office = office
        self.reading = reading
    }

    /// Adds `GET /matches/{id}` to the service's router.
    package func add(to router: Router<WebContext>) {
        router.get("/matches/:id") { request, context in
            context.trace.route = "/matches/{id}"
            let text = context.parameters["id"].map(String.init) ?? ""
            let wanted = request.uri.queryParameters["lang"].flatMap { Language(rawValue: String($0)) }
            let language = wanted ?? Self.language(request.headers[.acceptLanguage]) ?? office.settings.defaultLanguage
            let answer = request.uri.queryParameters["answer"].map(String.init)
            do {
                let match = try await office.announcedMatch(
                    try Identifier<Match>(text), in: language, reading: reading)
                return Self.respond(.ok, language) { nonce in
                    MatchPage(match: match, language: language, answer: answer, exchange: office.settings.name)
                        .html(nonce)
                }
            } catch is Refusal {
                return Self.respond(.notFound, language) { nonce in
                    GonePage(language: language, exchange: office.settings.name).html(nonce)
                }
            }
        }
    }

    private static func respond(
        _ status: HTTPResponse.Status, _ language: Language, _ html: (PageNonce) -> String
    ) -> Response {
        let nonce = PageNonce()
        var response = Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html(nonce))))
        response.headers[.contentSecurityPolicy] = nonce.policy
        response.headers[.cacheControl] = "no-store"
        response.headers[.contentLanguage] = language.rawValue
        return response
    }

    /// The first of our languages that the browser asks for; quality values are taken in the order written, as browsers
    /// write them from best to worst.
    private static func language(_ header: String?) -> Language? {
        for part in (header ?? "").split(separator: ",") {
            let tag = part.prefix { $0 != ";" }.prefix(16).lowercased()
            let primary = tag.split(separator: "-").first?.filter { $0 != " " }
            if let primary, let found = Language(rawValue: primary) { return found }
        }
        return nil
    }
}
