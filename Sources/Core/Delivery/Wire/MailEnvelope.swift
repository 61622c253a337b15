/// How the connection to a mail server is protected.
package enum MailEncryption: String, Sendable, CaseIterable {
    /// STARTTLS, or nothing is sent.
    case required
    /// TLS from the first byte, as at port 465.
    case immediate
    /// STARTTLS if the server offers it.
    case offered
    /// Never: for a server on this machine.
    case none
}

/// The server that takes our mail.
package struct MailServer: Sendable, Equatable {
    /// A user name and its password.
    package struct Account: Sendable, Equatable {
        package let user: String
        package let password: String

        /// Takes both.
        package init(user: String, password: String) {
            self.user = user
            self.password = password
        }
    }

    /// A name, or an address (IPv6 in brackets).
    package let host: String
    package let port: Int
    package let encryption: MailEncryption
    /// None for a server that takes mail from us as we are.
    package let account: Account?
    /// Which addresses it may have.
    package let scope: AddressScope

    /// Takes every value; nil when the host holds anything but letters, digits, dots, hyphens, colons and brackets.
    package init?(
        host: String, port: Int, encryption: MailEncryption, account: Account?, allowing allowance: HostAllowance
    ) {
        let isName =
            !host.isEmpty && host.utf8.count <= 255
            && host.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || "0123456789.-:[]".unicodeScalars.contains($0))
            }
        guard isName, (1...65_535).contains(port) else { return nil }
        self.host = host.lowercased()
        self.port = port
        self.encryption = encryption
        self.account = account
        scope = allowance.permits(host: host.lowercased(), port: port) ? .privateAllowed : .publicOnly
    }
}

/// Whom a mail is from and to, as the servers see it, and which server takes it.
package struct MailEnvelope: Sendable, Equatable {
    package let server: MailServer
    /// Where failures are reported to.
    package let from: MailBox
    package let to: MailBox

    /// Takes every value.
    package init(server: MailServer, from: MailBox, to: MailBox) {
        self.server = server
        self.from = from
        self.to = to
    }
}

extension WireRequest {
    /// A mail: `message` is its bytes with lines ending in CR LF. A mail server is given longer than a chat service.
    package init(
        id: String, by envelope: MailEnvelope, message: [UInt8],
        timeouts: WireTimeouts = WireTimeouts(connect: 15_000, total: 60_000, stall: 30_000)
    ) {
        let server = envelope.server
        let scheme = server.encryption == .immediate ? "smtps" : "smtp"
        self.init(
            id: id, url: "\(scheme)://\(server.host):\(server.port)/\(envelope.from.domain)", method: .post,
            headers: [], body: message, timeouts: timeouts, scope: server.scope, answerBytes: 1024, mail: envelope)
    }
}
