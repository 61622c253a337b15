import CCurl
import Delivery

/// Mail by SMTP: the same handle and loop as for webhooks.
extension Transfer {
    /// The addresses were checked when the envelope was made: libcurl would write line breaks as they stand.
    func setMail(_ mail: MailEnvelope, message: [UInt8], _ context: UnsafeMutableRawPointer) -> Bool {
        let server = mail.server
        guard set(CURLOPT_MAIL_FROM, "<\(mail.from.address)>") else { return false }
        guard let recipients = curl_slist_append(nil, "<\(mail.to.address)>") else { return false }
        keep(recipients)
        guard im_curl_set_list(easy, CURLOPT_MAIL_RCPT, recipients) == CURLE_OK else { return false }
        if let account = server.account {
            guard set(CURLOPT_USERNAME, account.user), set(CURLOPT_PASSWORD, account.password) else { return false }
        }
        outgoing = message
        return set(CURLOPT_UPLOAD, 1)
            && im_curl_set_offset(easy, CURLOPT_INFILESIZE_LARGE, message.count) == CURLE_OK
            && im_curl_set_read(easy, sendMessage, context) == CURLE_OK
            && set(CURLOPT_USE_SSL, Self.useSSL(server.encryption))
    }

    private static func useSSL(_ encryption: MailEncryption) -> Int {
        switch encryption {
        case .none, .immediate: 0  // CURLUSESSL_NONE; with smtps the connection itself is encrypted
        case .offered: 1  // CURLUSESSL_TRY
        case .required: 3  // CURLUSESSL_ALL
        }
    }

    /// The next bytes of the message.
    func send(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, outgoing.count - outgoingSent)
        outgoing[outgoingSent..<(outgoingSent + count)].withUnsafeBytes { bytes in
            buffer.copyBytes(from: bytes)
        }
        outgoingSent += count
        if count == 0 { outgoingEnded = true }
        return count
    }

    /// What `result` means for a mail: RFC 5321, 4.1.1.4: before the final dot nothing has been accepted, after it the
    /// server's reply decides, and without a reply nobody knows.
    func mailOutcome(of result: CURLcode) -> WireOutcome {
        let status = im_curl_get_long(easy, CURLINFO_RESPONSE_CODE)
        let measured = measure(outgoingSent)
        if result == CURLE_OK || status >= 400 {
            let answer = WireAnswer(
                status: result == CURLE_OK ? 250 : status, body: lastReply,
                bodyState: .complete, keeping: 1024)
            return WireOutcome(.answered(answer), measured)
        }
        if let refused = refusedOutcome(measured) { return refused }
        // 354: the server waits for the message; whatever breaks after its end was read may have been accepted.
        if outgoingEnded || (status == 354 && outgoingSent == outgoing.count) {
            return WireOutcome(.ambiguous(CurlCodes.ambiguous(result, resendPrevented: false)), measured)
        }
        if result == CURLE_USE_SSL_FAILED { return WireOutcome(.notSent(.tlsFailed), measured) }
        return WireOutcome(.notSent(CurlCodes.notSent(result)), measured)
    }

    /// A reply's last line without its code: for a mail, libcurl hands the server's lines over like headers.
    func receive(reply bytes: UnsafeRawBufferPointer) -> Int {
        headerBytes += bytes.count
        guard headerBytes <= Self.longestHeaders else { return 0 }
        // Once a command was refused, only farewells follow, which say nothing.
        let isRefusal = bytes.first.map { $0 == UInt8(ascii: "4") || $0 == UInt8(ascii: "5") } ?? false
        if hasRefusal, !isRefusal { return bytes.count }
        hasRefusal = isRefusal
        lastReply = Array(bytes.dropFirst(4).prefix(400).filter { (0x20...0x7e).contains($0) })
        return bytes.count
    }
}

private func sendMessage(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context, let bytes else { return 0x1000_0000 }  // CURL_READFUNC_ABORT
    // Unretained, as for the other callbacks: the loop keeps the transfer alive.
    return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        .send(into: UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
}
