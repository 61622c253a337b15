import Exchange
import HTTPTypes
import Hummingbird
import Logging
import Operations
import WebCommon

/// Carries one page out: everything between the router and the page's handler.
struct ConsoleEndpoint<Store: ExchangeStore>: HTTPResponder {
    typealias Context = WebContext

    let page: ConsolePage
    let site: ConsoleSite<Store>
    /// Whether the address can also be looked at.
    let canBeOpened: Bool

    /// Requests of pages that one address may make.
    private static var allowance: RateLimiter.Allowance { .init(perSecond: 20, burst: 300) }

    func respond(to request: Request, context: WebContext) async throws -> Response {
        context.trace.route = page.path
        let jar = Cookies.read(request)
        let visit = try await visit(request, context, jar)
        var reply: Reply
        do {
            reply = try await answer(request, context, visit)
        } catch let refusal as Refusal {
            reply = site.refused(refusal, visit, isForm: page.method == .post)
        } catch let problem as Problem {
            // The connection is closed after these; the plain answer does that.
            if problem.kind == .tooLarge || problem.kind == .requestTimeout { throw problem }
            reply = site.failed(problem, visit)
        }
        return response(reply, visit, request, jar)
    }

    private func answer(_ request: Request, _ context: WebContext, _ visit: Visit) async throws -> Reply {
        if let wait = site.limiter.spend(visit.caller, Self.allowance).retryAfter {
            throw Refusal.tooMany("Too many requests came in a short time.", retryAfterSeconds: wait)
        }
        if case .role(let permission) = page.access { try visit.actor().require(permission) }
        guard page.method == .post else { return try await page.handler(visit) }
        guard Self.comesFromHere(request) else { throw Refusal.forbidden("The form comes from another site.") }
        guard visit.form["form_token"] == visit.formToken else { return site.expired(visit) }
        return try await page.handler(visit)
    }

    /// Whether browsers say that the form was sent by a page of this service. Those too old to say are believed: the
    /// token in the form is checked as well.
    private static func comesFromHere(_ request: Request) -> Bool {
        if let site = HTTPField.Name("Sec-Fetch-Site").flatMap({ request.headers[$0] }) {
            return site == "same-origin" || site == "none"
        }
        guard let origin = request.headers[.origin], let host = request.head.authority else {
            return true
        }
        return origin.hasSuffix("://" + host)
    }

    // MARK: Who asks

    private func visit(_ request: Request, _ context: WebContext, _ jar: [String: String]) async throws -> Visit {
        var path: [String: String] = [:]
        for name in page.names {
            path[name] = context.parameters[Substring(name)].flatMap {
                PercentEncoding.decode($0, plusIsSpace: false)
            }
        }
        let query = FormFields(encoded: request.uri.query ?? "")
        let holder = try await holder(jar)
        let (form, file) = try await sent(request, holder)
        let language =
            holder?.participant.profile.language ?? query.choice("lang") ?? jar[Cookies.language].flatMap(
                Language.init(rawValue:)) ?? AcceptedLanguage.best(request.headers[.acceptLanguage])
            ?? site.office.settings.defaultLanguage
        let fragment = HTTPField.Name("X-Fragment").flatMap { request.headers[$0] }
        return Visit(
            path: path, query: query, form: form, file: file, holder: holder, say: site.speech(language),
            address: request.uri.path, here: here(request.uri.path), caller: context.caller,
            device: request.headers[.userAgent] ?? "",
            secret: holder != nil
                ? jar[Cookies.session] ?? "" : Self.visitorSecret(jar) ?? Secret.make(prefix: "", site.office.ambient),
            mark: jar[Cookies.mark], note: jar[Cookies.note].flatMap(Note.init(cookie:)), fragment: fragment)
    }

    /// The page that is shown when a form comes back: its own address, or that of the page on which it stands.
    private func here(_ address: String) -> String {
        if canBeOpened { return address }
        let parts = address.split(separator: "/")
        return "/" + parts.dropLast().joined(separator: "/")
    }

    /// The form. Large bodies are read only for those who may send them.
    private func sent(
        _ request: Request, _ holder: SessionHolder?
    ) async throws -> (FormFields, UploadedFile?) {
        guard page.method == .post else { return (FormFields(), nil) }
        guard page.takesFile, case .role(let permission) = page.access, holder?.actor.may(permission) == true else {
            return (try await FormFields.read(request), nil)
        }
        return try await MultipartForm.read(request)
    }

    private static func visitorSecret(_ jar: [String: String]) -> String? {
        jar[Cookies.visit].flatMap { $0.utf8.count == 64 ? $0 : nil }
    }

    private func holder(_ jar: [String: String]) async throws -> SessionHolder? {
        guard let secret = jar[Cookies.session], !secret.isEmpty else { return nil }
        do { return try await site.office.holder(of: secret) } catch Refusal.unauthenticated { return nil }
    }

    // MARK: The answer

    private static var policy: String {
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    }

    private func response(_ reply: Reply, _ visit: Visit, _ request: Request, _ jar: [String: String]) -> Response {
        var headers = reply.headers
        headers[.contentSecurityPolicy] = Self.policy
        headers[.cacheControl] = "no-store"
        headers[.contentLanguage] = visit.language.rawValue
        var cookies = reply.cookies
        if let note = reply.note {
            cookies.append(site.cookies.set(Cookies.note, note.cookie, seconds: 60))
        } else if visit.note != nil, case .page = reply.content {
            cookies.append(site.cookies.remove(Cookies.note))
        }
        if visit.holder == nil, Self.visitorSecret(jar) == nil {
            cookies.append(site.cookies.set(Cookies.visit, visit.secret, seconds: 86_400))
        }
        headers[values: .setCookie] = cookies
        var bytes: [UInt8] = []
        switch reply.content {
        case .page(let template, let view):
            bytes = site.draw(template, view, visit)
            headers[.contentType] = "text/html; charset=utf-8"
        case .redirect(let path): headers[.location] = path
        case .file(let content, let mediaType, let name):
            bytes = content
            headers[.contentType] = mediaType
            headers[.contentDisposition] = "attachment; filename=\"\(name)\""
        case .nothing: break
        }
        headers[.contentLength] = String(bytes.count)
        let body = request.method == .head ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        return Response(status: reply.status, headers: headers, body: body)
    }
}

extension ConsoleSite {
    /// The page in its frame, or the part of it that a script asked for.
    func draw(_ template: String, _ view: View, _ visit: Visit) -> [UInt8] {
        var whole = frame.view(for: visit, template: template)
        for (name, value) in view { whole[name] = value }
        return renderer.render(template, whole, in: visit.language)
    }

    /// A form whose token does not fit: it lay open too long, or somebody signed in or out meanwhile. Nothing typed is
    /// lost: it is shown, and can be sent once more.
    func expired(_ visit: Visit) -> Reply {
        let kept = visit.form.values.filter { $0.name != "form_token" && !$0.name.contains("password") }
        let typed = kept.filter { $0.value.contains(where: \.isWhitespace) || $0.value.utf8.count > 12 }
        return .page(
            "expired", title: visit.say("expired.title"),
            [
                "action": visit.address, "values": kept.map { ["name": $0.name, "value": $0.value] as View },
                "typed": typed.map { ["value": $0.value] as View }, "canRepeat": visit.holder != nil,
            ], status: .forbidden)
    }

    /// The page for a refusal.
    func refused(_ refusal: Refusal, _ visit: Visit, isForm: Bool) -> Reply {
        let problem = Problem(refusal: refusal)
        if case .unauthenticated = refusal {
            guard isForm else {
                let back = visit.address + visit.query.query(setting: "", to: nil)
                return .redirect(back == "/" ? "/sign-in" : "/sign-in?next=" + PercentEncoding.encode(back))
            }
            return expired(visit)
        }
        var reply = Reply.page(
            "refused", title: visit.say(problem.kind == .notFound ? "refused.not_found" : "refused.title"),
            ["words": visit.say.refusal(refusal)], status: problem.kind.status)
        if let seconds = problem.retryAfter { reply.headers[.retryAfter] = String(seconds) }
        return reply
    }

    /// The page for a request that cannot be read.
    func failed(_ problem: Problem, _ visit: Visit) -> Reply {
        .page(
            "refused", title: visit.say("refused.title"), ["words": visit.say.refusal(.malformed(""))],
            status: problem.kind.status)
    }
}

/// The language that a browser asks for.
enum AcceptedLanguage {
    /// The first of ours; quality values are taken in the order written, as browsers write them from best to worst.
    static func best(_ header: String?) -> Language? {
        for part in (header ?? "").split(separator: ",").prefix(20) {
            let tag = part.prefix { $0 != ";" }.filter { $0 != " " }.prefix(16).lowercased()
            if let primary = tag.split(separator: "-").first, let found = Language(rawValue: String(primary)) {
                return found
            }
        }
        return nil
    }
}
