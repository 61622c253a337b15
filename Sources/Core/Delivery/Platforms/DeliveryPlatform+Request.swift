/// Why no request could be made of a payload.
package enum RequestRefusal: Error, Equatable, Sendable {
    /// A generic webhook has no usable signing key, or the identifier cannot be signed.
    case signing(SigningRefusal)
    /// A header could not be written.
    case header(WireHeaderRefusal)
}

extension DeliveryPlatform {
    /// The complete request that carries `payload`. `id` is the delivery's identifier, the same for every try, and the
    /// one that is signed unless the receiver is told another `message`; `seconds` is the time of this try in seconds
    /// UTC; `secrets`, newest first, are used where the platform signs.
    package func request(
        id: String, message: String? = nil, to url: WebhookURL, payload: [UInt8], secrets: [WebhookSecret] = [],
        seconds: Int64, timeouts: WireTimeouts = WireTimeouts()
    ) throws(RequestRefusal) -> WireRequest {
        var headers: [WireHeader] = []
        do throws(WireHeaderRefusal) {
            headers.append(try WireHeader("Content-Type", contentType))
        } catch {
            throw .header(error)
        }
        if signs {
            do throws(SigningRefusal) {
                headers += try StandardSignature.headers(
                    id: message ?? id, seconds: seconds, body: payload, secrets: secrets)
            } catch {
                throw .signing(error)
            }
        }
        return WireRequest(id: id, to: url, headers: headers, body: payload, timeouts: timeouts)
    }
}
