import Exchange
package import Hummingbird
package import Operations
package import WebCommon

/// The pages behind the signed links of messages and mails: `GET /a/TOKEN` shows what is answered, `POST` answers.
///
/// The token in the address is the right to answer, so no session is looked at and no cookie is set. Looking changes
/// nothing: mail scanners open every link.
package struct AnswerPages<Store: ExchangeStore>: Sendable {
    /// Room for a message of 4,000 characters as a form.
    private static var mostBytes: Int { 65_536 }

    private let office: Office<Store>
    private let reading: PostingReading
    private let limiter = RateLimiter()

    /// Takes where to ask, and the lexicon that puts reasons into words.
    package init(office: Office<Store>, reading: PostingReading) {
        self.office = office
        self.reading = reading
    }

    /// Adds `GET` and `POST /a/{token}` to the service's router.
    package func add(to router: Router<WebContext>) {
        router.get("/a/:token") { request, context in
            try await show(request, context, notice: nil)
        }
        router.post("/a/:token") { request, context in
            try await act(request, context)
        }
    }

    private func show(
        _ request: Request, _ context: WebContext, notice: String?
    ) async throws -> Response {
        context.trace.route = "/a/{token}"
        try spend(context)
        let token = Self.token(context)
        do {
            let link = try await office.answerLink(token, reading: reading)
            let wanted = request.uri.queryParameters["answer"].flatMap { String($0) }
            return Self.respond(.ok, link.language) { nonce in
                AnswerPage(link: link, token: token, wanted: wanted, notice: notice, exchange: office.settings.name)
                    .html(nonce)
            }
        } catch let refusal as AnswerLinkRefusal {
            return gone(refusal)
        } catch let refusal as Refusal {
            throw Problem(refusal: refusal)
        }
    }

    private func act(_ request: Request, _ context: WebContext) async throws -> Response {
        context.trace.route = "/a/{token}"
        try spend(context)
        let token = Self.token(context)
        let bytes = try await BodyReader(limit: Self.mostBytes).read(request)
        do {
            let link = try await office.answerLink(token, reading: reading)
            let texts = AnswerTexts(link.language)
            guard let form = PageForm(bytes) else { throw Problem(.malformed, "The form cannot be read.") }
            let deed: AnswerLinkDeed
            switch (link.content, form["answer"]) {
            case (.unsubscribing, _): deed = .unsubscribe
            case (.match, "interested"): deed = .interested(message: form.words)
            case (.match, "asked"): deed = .asked(words: form.words)
            case (.match, "refused"):
                let reason = form["reason"].flatMap { Introduction.RefusalReason(rawValue: $0) }
                guard let reason, reason != .other || form.words != nil else {
                    return try await show(request, context, notice: texts.chooseReason)
                }
                deed = .refused(reason, note: form.words)
            default: throw Problem(.malformed, "The form names no answer.")
            }
            switch try await office.act(onLink: token, deed, code: form["code"], caller: context.caller) {
            case .wrongCode(let words): return try await show(request, context, notice: words)
            case .done(let words):
                return Self.respond(.ok, link.language) { nonce in
                    AnswerNote(
                        language: link.language, title: texts.doneTitle, words: words, exchange: office.settings.name
                    ).html(nonce)
                }
            }
        } catch let refusal as AnswerLinkRefusal {
            return gone(refusal)
        } catch let refusal as Refusal {
            throw Problem(refusal: refusal)
        }
    }

    /// Tokens cannot be guessed; this spares the store a flood.
    private func spend(_ context: WebContext) throws {
        let allowance = RateLimiter.Allowance(perSecond: 5, burst: 60)
        if let seconds = limiter.spend(context.caller, allowance).retryAfter {
            throw Problem(.tooManyRequests, "Too many requests came in a short time.", retryAfter: seconds)
        }
    }

    private func gone(_ refusal: AnswerLinkRefusal) -> Response {
        let language = office.settings.defaultLanguage
        let texts = AnswerTexts(language)
        return Self.respond(refusal == .expired ? .gone : .notFound, language) { nonce in
            AnswerNote(
                language: language, title: texts.goneTitle, words: texts.gone(refusal), exchange: office.settings.name
            ).html(nonce)
        }
    }

    private static func token(_ context: WebContext) -> String {
        context.parameters["token"].map(String.init) ?? ""
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
}

/// A form as a browser sends it. Of a name that comes twice the first counts.
struct PageForm {
    private var values: [String: String] = [:]

    /// Nothing for a broken escape or text that is not UTF-8.
    init?(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        for part in text.split(separator: "&").prefix(20) {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(pair[0], plusIsSpace: true),
                let value = PercentEncoding.decode(pair.count > 1 ? pair[1] : "", plusIsSpace: true)
            else { return nil }
            if values[name] == nil { values[name] = value }
        }
    }

    subscript(_ name: String) -> String? { values[name] }

    /// What the reader wrote, with plain line breaks; nothing if it is empty.
    var words: String? {
        let text = (values["words"] ?? "").replacing("\r\n", with: "\n").trimmed
        return text.isEmpty ? nil : text
    }
}
