import Delivery
import Foundation
import Operations

/// How mail is sent, as the configuration says.
struct MailSettings: Sendable {
    /// None: no mail.
    var host: String?
    var port: Int
    var encryption: MailEncryption
    var user: String?
    var passwordFile: String?
    var password: String?
    var from: String
    var fromName: String?
}

extension MailSettings {
    init(_ all: LayeredValues, base: String?) throws(ConfigurationProblem) {
        host = try all.optional("mail.host")
        port = try all.number("mail.port", in: 1...65_535)
        encryption = try all.choice("mail.encryption")
        user = try all.optional("mail.user")
        passwordFile = try all.path("mail.password_file", base: base)
        password = try all.optional("mail.password")
        from = try all.text("mail.from")
        fromName = try all.optional("mail.from_name")
        guard host != nil else { return }
        guard (try? MailBox(from)) != nil else {
            throw ConfigurationProblem(
                "mail.from is \"\(from)\", which is no mail address.",
                "Write the address that mails are from, such as mix@example.jp.")
        }
        if user != nil, passwordFile == nil, password == nil {
            throw ConfigurationProblem(
                "mail.user is set, but no password.", "Set mail.password_file, or INDUSTRYMIX_MAIL_PASSWORD.")
        }
        if user != nil, encryption == .none || encryption == .offered {
            throw ConfigurationProblem(
                "mail.encryption is \(encryption.rawValue), so the password could be read on its way.",
                "Set mail.encryption to required or immediate, or leave mail.user empty.")
        }
    }
}

extension AppConfiguration {
    /// How letters leave; nothing where no mail server is set up. Reads the password's file.
    func post() throws -> MailPost? {
        guard let host = mail.host else { return nil }
        var account: MailServer.Account?
        if let user = mail.user { account = MailServer.Account(user: user, password: try mail.secret()) }
        let allowance = HostAllowance(allowedHosts)
        guard
            let server = MailServer(
                host: host, port: mail.port, encryption: mail.encryption, account: account, allowing: allowance)
        else {
            throw Failure(.usage, "mail.host is \"\(host)\", which is no host name.", "Write it like mail.example.jp.")
        }
        let from = try MailBox(mail.from, name: mail.fromName ?? exchange.name)
        return MailPost(server: server, from: from)
    }
}

extension MailSettings {
    fileprivate func secret() throws -> String {
        if let password { return password }
        guard let passwordFile else { return "" }
        guard let data = FileManager.default.contents(atPath: passwordFile) else {
            throw Failure(
                .usage, "The file \(passwordFile) of mail.password_file cannot be read.",
                "Check its name and its permissions.")
        }
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
