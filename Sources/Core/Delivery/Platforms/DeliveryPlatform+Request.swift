/// Why no request could be made of a payload.
package enum RequestRefusal: Error, Equatable, Sendable {
    /// A generic webhook has no usable signing key, or the identifier cannot be signed.
    case signing(SigningRefusal)
    /// A header could not be written.
    case header(WireHeaderRefusal)
    /// The secret that the platform needs besides its address is missing or unusable.
    case credential(CredentialRefusal)
    /// The address lacks something that the platform needs; a sentence says what.
    case address(String)
}

extension RequestRefusal: CustomStringConvertible {
    /// One plain English sentence, without secrets.
    package var description: String {
        switch self {
        case .signing(.noKey): "The channel has no signing key; give it one (channels rotate-key)."
        case .signing(.badIdentifier): "The delivery's identifier cannot be signed."
        case .header: "A header could not be written."
        case .credential(let refusal): refusal.sentence
        case .address(let flaw): flaw
        }
    }
}

extension DeliveryPlatform {
    /// The complete request that carries `payload`. `id` is the delivery's identifier, the same for every try, and the
    /// one that is signed unless the receiver is told another `message`; `seconds` is the time of this try in seconds
    /// UTC; `secrets`, newest first, are used where the platform signs, all of them while keys are exchanged;
    /// `credential` where the platform needs more than its address.
    package func request(
        id: String, message: String? = nil, to url: WebhookURL, payload: [UInt8], secrets: [WebhookSecret] = [],
        credential: String? = nil, seconds: Int64, timeouts: WireTimeouts = WireTimeouts()
    ) throws(RequestRefusal) -> WireRequest {
        if let flaw = form.flaw(in: url) { throw .address(flaw) }
        let call = form.call(url, id: id, body: payload)
        var headers: [WireHeader] = []
        do throws(WireHeaderRefusal) {
            headers.append(try WireHeader("Content-Type", contentType))
        } catch {
            throw .header(error)
        }
        headers += call.headers
        do throws(CredentialRefusal) {
            try check(credential: credential)
            if let credential { headers.append(try form.header(for: credential)) }
        } catch {
            throw .credential(error)
        }
        if signs {
            do throws(SigningRefusal) {
                headers += try StandardSignature.headers(
                    id: message ?? id, seconds: seconds, body: call.body, secrets: secrets)
            } catch {
                throw .signing(error)
            }
        }
        return WireRequest(
            id: id, url: call.url, method: call.method, headers: headers, body: call.body, timeouts: timeouts,
            scope: url.scope)
    }
}
