import CCurl
import Delivery
import Glibc

/// One easy handle and what its callbacks gather. Used again and again, always on the sender's thread.
final class Transfer {
    /// The body is read up to here, so that a connection can be reused after an ordinary answer; then it is broken off.
    static let longestBody = 1 << 20
    /// All header lines of an answer together.
    static let longestHeaders = 64 << 10

    let easy: UnsafeMutableRawPointer
    private var job: Job?
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private var scope = AddressScope.publicOnly

    private var headers: [String: String] = [:]
    var headerBytes = 0
    private var body: [UInt8] = []
    private var bodyBytes = 0
    private var keptBytes = WireAnswer.bodyBytes
    private var sends = 0
    private var socketsOpened = 0
    private var refusedAddress: (IPAddress, SpecialRange)?

    /// A mail on its way, and how far it is.
    var outgoing: [UInt8] = []
    var outgoingSent = 0
    var outgoingEnded = false
    /// The mail server's last words.
    var lastReply: [UInt8] = []
    /// Whether that reply refused something.
    var hasRefusal = false
    private var isMail = false

    init?() {
        guard let easy = curl_easy_init() else { return nil }
        self.easy = easy
    }

    deinit {
        curl_slist_free_all(headerList)
        curl_easy_cleanup(easy)
    }

    /// Sets every option anew; false when libcurl does not take one, which only a bad address or header can cause.
    func prepare(_ job: Job, settings: CurlSenderSettings) -> Bool {
        self.job = job
        scope = job.request.scope
        keptBytes = job.request.answerBytes
        isMail = job.request.mail != nil  // the handle is new, or was emptied when the last request was finished
        let context = Unmanaged.passUnretained(self).toOpaque()
        return setSafety(settings) && setLimits(job.request.timeouts) && setCallbacks(context)
            && setRequest(job.request, context)
    }

    /// Tells whoever waits and forgets the request, so that no secret outlives it here.
    func finish(_ outcome: WireOutcome) {
        let continuation = job?.continuation
        job = nil
        curl_easy_reset(easy)
        curl_slist_free_all(headerList)
        headerList = nil
        headers = [:]
        headerBytes = 0
        body = []
        bodyBytes = 0
        sends = 0
        socketsOpened = 0
        refusedAddress = nil
        outgoing = []
        outgoingSent = 0
        outgoingEnded = false
        lastReply = []
        hasRefusal = false
        isMail = false
        continuation?.resume(returning: outcome)
    }

    /// Frees the list with the request.
    func keep(_ list: UnsafeMutablePointer<curl_slist>) { headerList = list }

    // MARK: options

    func set(_ option: CURLoption, _ value: Int) -> Bool { im_curl_set_long(easy, option, value) == CURLE_OK }
    func set(_ option: CURLoption, _ value: String) -> Bool {
        im_curl_set_text(easy, option, value) == CURLE_OK
    }

    /// What keeps a request from going elsewhere or changing on its way.
    private func setSafety(_ settings: CurlSenderSettings) -> Bool {
        set(CURLOPT_NOSIGNAL, 1)
            && set(CURLOPT_PROTOCOLS_STR, isMail ? "smtp,smtps" : "http,https")
            && set(CURLOPT_FOLLOWLOCATION, 0)
            && set(CURLOPT_PROXY, "")  // else http_proxy in the environment would hide the target from our checks
            && set(CURLOPT_NETRC, 0)
            && set(CURLOPT_SSL_VERIFYPEER, 1)
            && set(CURLOPT_SSL_VERIFYHOST, 2)
            && (settings.authorities.map { set(CURLOPT_CAINFO, $0) } ?? true)
            && set(CURLOPT_SSLVERSION, 6)  // CURL_SSLVERSION_TLSv1_2: nothing older
            && set(CURLOPT_HTTP_VERSION, 2)  // CURL_HTTP_VERSION_1_1: one broken connection concerns one request
            && set(CURLOPT_HTTP09_ALLOWED, 0)
            && set(CURLOPT_USERAGENT, settings.userAgent)
            && set(CURLOPT_NOPROGRESS, 1)
    }

    private func setLimits(_ timeouts: WireTimeouts) -> Bool {
        set(CURLOPT_CONNECTTIMEOUT_MS, timeouts.connect)
            && set(CURLOPT_TIMEOUT_MS, timeouts.total)
            && set(CURLOPT_LOW_SPEED_LIMIT, 1)
            && set(CURLOPT_LOW_SPEED_TIME, (timeouts.stall + 999) / 1000)
            && set(CURLOPT_MAXAGE_CONN, 45)  // most servers keep a connection for 60 s or more; a dead one causes doubt
            && set(CURLOPT_MAXLIFETIME_CONN, 300)  // so that a change in DNS is followed
            && set(CURLOPT_TCP_NODELAY, 1)
    }

    private func setCallbacks(_ context: UnsafeMutableRawPointer) -> Bool {
        im_curl_set_write(easy, receiveBody, context) == CURLE_OK
            && im_curl_set_header(easy, receiveHeader, context) == CURLE_OK
            && im_curl_set_open_socket(easy, openSocket, context) == CURLE_OK
            && im_curl_set_prerequest(easy, beforeSending, context) == CURLE_OK
    }

    private func setRequest(_ request: WireRequest, _ context: UnsafeMutableRawPointer) -> Bool {
        guard set(CURLOPT_URL, request.url), !request.url.utf8.contains(0) else { return false }
        if let mail = request.mail { return setMail(mail, message: request.body, context) }
        switch request.method {
        case .get: guard set(CURLOPT_HTTPGET, 1) else { return false }
        case .post: guard setBody(request.body) else { return false }
        case .put: guard setBody(request.body), set(CURLOPT_CUSTOMREQUEST, "PUT") else { return false }
        }
        // An empty `Expect:` keeps libcurl from waiting for 100 Continue before larger bodies.
        for line in ["Expect:"] + request.headers.map({ "\($0.name): \($0.value)" }) {
            guard let longer = curl_slist_append(headerList, line) else { return false }
            headerList = longer
        }
        return im_curl_set_list(easy, CURLOPT_HTTPHEADER, headerList) == CURLE_OK
    }

    private func setBody(_ body: [UInt8]) -> Bool {
        // An empty array may have no address; libcurl wants one even for zero bytes.
        body.isEmpty
            ? im_curl_set_body(easy, "", 0) == CURLE_OK
            : body.withUnsafeBytes { im_curl_set_body(easy, $0.baseAddress, Int($0.count)) == CURLE_OK }
    }

    // MARK: callbacks

    /// Keeps the first bytes, counts the rest, and breaks off an endless answer.
    func receive(body bytes: UnsafeRawBufferPointer) -> Int {
        if body.count < keptBytes { body += bytes.prefix(keptBytes - body.count) }
        bodyBytes += bytes.count
        return bodyBytes > max(Self.longestBody, keptBytes) ? 0 : bytes.count
    }

    /// Keeps the headers the judge needs; a new status line (after 100 Continue) starts over.
    func receive(header bytes: UnsafeRawBufferPointer) -> Int {
        if isMail { return receive(reply: bytes) }
        headerBytes += bytes.count
        guard headerBytes <= Self.longestHeaders else { return 0 }
        if bytes.starts(with: "HTTP/".utf8) {
            headers = [:]
        } else if let first = bytes.first, WireAnswer.keptInitials.contains(first),
            let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon <= 40
        {
            let name = String(decoding: bytes[..<colon], as: UTF8.self).lowercased()
            if WireAnswer.keptHeaders.contains(name), bytes.count <= 512 {
                let value = bytes[(colon + 1)...].split(whereSeparator: { $0 <= 0x20 })
                headers[name] = value.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
            }
        }
        return bytes.count
    }

    /// Looks at the address itself, whatever way the host was spelled, before anything connects to it.
    func opensSocket(_ address: UnsafePointer<curl_sockaddr>) -> curl_socket_t {
        let bytes = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 16) { buffer in
            Array(buffer.prefix(Int(im_curl_address(address, buffer.baseAddress))))
        }
        guard let target = IPAddress(bytes: bytes), allows(target) else { return -1 }  // CURL_SOCKET_BAD
        socketsOpened += 1
        return im_curl_open_socket(address)
    }

    /// Called before every send of this transfer, also on a reused connection: the second one would be libcurl's silent
    /// resend, which is ours to decide.
    func maySend(to address: String?) -> Bool {
        sends += 1
        guard sends == 1 else { return false }
        guard let address else { return scope == .privateAllowed }
        let bare = address.split(separator: "%").first.map(String.init) ?? ""
        guard let target = IPAddress(bare) else { return scope == .privateAllowed }
        return allows(target)
    }

    private func allows(_ address: IPAddress) -> Bool {
        guard let range = AddressPolicy.refusal(of: address, in: scope) else { return true }
        refusedAddress = (address, range)
        return false
    }

    // MARK: outcome

    /// What `result` means, read together with how far the request came.
    func outcome(of result: CURLcode) -> WireOutcome {
        if isMail { return mailOutcome(of: result) }
        let status = im_curl_get_long(easy, CURLINFO_RESPONSE_CODE)
        let sent = im_curl_get_long(easy, CURLINFO_REQUEST_SIZE)
        if status >= 200 {
            let state: AnswerBody =
                bodyBytes > keptBytes ? .cut : result == CURLE_OK ? .complete : .broken
            let answer = WireAnswer(status: status, headers: headers, body: body, bodyState: state, keeping: keptBytes)
            return WireOutcome(.answered(answer), measure(sent))
        }
        if sent == 0 {
            if let refused = refusedOutcome(measure(sent)) { return refused }
            if result == CURLE_UNSUPPORTED_PROTOCOL || result == CURLE_URL_MALFORMAT {
                return WireOutcome(.refused(.badURL), measure(sent))
            }
            return WireOutcome(.notSent(CurlCodes.notSent(result)), measure(sent))
        }
        return WireOutcome(.ambiguous(CurlCodes.ambiguous(result, resendPrevented: sends > 1)), measure(sent))
    }

    /// The address was not allowed, and no other was found.
    func refusedOutcome(_ measure: WireMeasure) -> WireOutcome? {
        guard let (address, range) = refusedAddress, socketsOpened == 0 || sends > 0 else { return nil }
        return WireOutcome(.refused(.addressNotPublic(address.description, range)), measure)
    }

    /// The same for a transfer that is broken off by a shutdown.
    func outcomeWhenAbandoned() -> WireOutcome {
        if isMail { return mailOutcome(of: CURLE_ABORTED_BY_CALLBACK) }
        let status = im_curl_get_long(easy, CURLINFO_RESPONSE_CODE)
        let sent = im_curl_get_long(easy, CURLINFO_REQUEST_SIZE)
        if status >= 200 { return outcome(of: CURLE_PARTIAL_FILE) }
        return WireOutcome(sent == 0 ? .notSent(.senderStopped) : .ambiguous(.senderStopped), measure(sent))
    }

    func measure(_ sent: Int) -> WireMeasure {
        func milliseconds(_ info: CURLINFO) -> Double { Double(im_curl_get_offset(easy, info)) / 1000 }
        return WireMeasure(
            totalMilliseconds: milliseconds(CURLINFO_TOTAL_TIME_T),
            connectMilliseconds: milliseconds(CURLINFO_CONNECT_TIME_T),
            firstByteMilliseconds: milliseconds(CURLINFO_STARTTRANSFER_TIME_T),
            requestBytes: sent, answerBytes: bodyBytes,
            connectionsOpened: im_curl_get_long(easy, CURLINFO_NUM_CONNECTS))
    }
}

// The context is unretained: the loop keeps every transfer alive until after its handle has left the multi handle, and
// libcurl calls back only from within `curl_multi_perform` and `curl_multi_remove_handle` on the loop's own thread.

private func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
}

private func receiveBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    transfer(context)?.receive(body: UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
}

private func receiveHeader(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    transfer(context)?.receive(header: UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
}

private func openSocket(
    _ context: UnsafeMutableRawPointer?, _ purpose: curlsocktype, _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let address, let transfer = transfer(context) else { return -1 }
    return transfer.opensSocket(address)
}

private func beforeSending(
    _ context: UnsafeMutableRawPointer?, _ peer: UnsafeMutablePointer<CChar>?, _ own: UnsafeMutablePointer<CChar>?,
    _ peerPort: CInt, _ ownPort: CInt
) -> CInt {
    let allowed = transfer(context)?.maySend(to: peer.map { String(cString: $0) }) ?? false
    return allowed ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}
