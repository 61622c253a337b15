import Delivery
import Exchange

/// How the readers of a channel answer what it tells them: by buttons, where a workspace brings them back, and by
/// signed links everywhere.
struct AnswerWays: Sendable {
    /// How long links and buttons in messages can be used, in days.
    static let days = 60

    let key: AnswerKey
    let sealer: Sealer
    let publicAddress: String
    /// Those whose requests are taken.
    let workspaces: [Workspace]

    /// The three answers to a match, most important first.
    func actions(on match: Identifier<Match>, for channel: Channel, at now: Instant) -> [NoticeAction] {
        let texts = AnswerTexts(channel.language)
        return [
            action(.interested, texts.interested, match, channel, .primary, now),
            action(.refused, texts.refused, match, channel, .plain, now),
            action(.asked, texts.asked, match, channel, .plain, now),
        ].compactMap(\.self)
    }

    private func action(
        _ verb: AnswerVerb, _ label: String, _ match: Identifier<Match>, _ channel: Channel,
        _ weight: NoticeAction.Weight, _ now: Instant
    ) -> NoticeAction? {
        let link = AnswerToken(
            .link, match: match.text, channel: channel.id.text, participant: channel.owner?.text,
            expires: Self.expiry(from: now))
        guard let target = try? NoticeLink("\(publicAddress)/a/\(key.text(of: link))?answer=\(verb.rawValue)") else {
            return nil
        }
        let button = workspace(of: channel).flatMap { home in
            control(verb, match, at: home, channel: channel, channel.language, now)
        }
        return NoticeAction(label, target, weight, control: button)
    }

    /// The button or menu for an answer, as the workspace's platform carries it; of a message to a channel, or of an
    /// answer to one person.
    func control(
        _ verb: AnswerVerb, _ match: Identifier<Match>, at workspace: Workspace, channel: Channel? = nil,
        person: Identifier<Participant>? = nil, _ language: Language, _ now: Instant
    ) -> AnswerControl? {
        let texts = AnswerTexts(language)
        let press = AnswerPress(verb, match: match.text)
        let reasons =
            verb == .refused
            ? Introduction.RefusalReason.allCases.filter { $0 != .other }.map { reason in
                AnswerControl.Reason(
                    texts.reason(reason), value: AnswerPress(.refused, match: match.text, reason: reason.rawValue).text)
            } : []
        guard workspace.platform == .mattermost else { return AnswerControl(press, reasons: reasons) }
        let token = AnswerToken(
            .button, match: match.text, channel: channel?.id.text, participant: person?.text,
            expires: Self.expiry(from: now))
        guard let url = try? NoticeLink(publicAddress + workspace.path + "/presses") else { return nil }
        return AnswerControl(
            press, reasons: reasons, callback: AnswerControl.Callback(url: url, token: key.text(of: token)))
    }

    /// The workspace that brings back what is pressed in the channel: the Slack team in the webhook's address, or the
    /// Mattermost server that it belongs to.
    func workspace(of channel: Channel) -> Workspace? {
        let candidates = workspaces.filter { $0.platform.rawValue == channel.platform.rawValue }
        guard !candidates.isEmpty,
            let address = try? sealer.open(channel.sealedAddress, for: channel.id.text + ".address")
        else { return nil }
        let rest = address.split(separator: "/", omittingEmptySubsequences: false).dropFirst(2).map(String.init)
        guard let authority = rest.first else { return nil }
        switch channel.platform {
        case .slack:
            guard rest.count > 2, rest[1] == "services" else { return nil }
            return candidates.first { $0.realm == rest[2] }
        case .mattermost: return candidates.first { $0.realm == authority }
        default: return nil
        }
    }

    /// The end of the day so many days from now, so that a message composed again carries the same links.
    static func expiry(from now: Instant) -> Int64 {
        (now.milliseconds / 86_400_000 + Int64(days) + 1) * 86_400
    }
}

extension Office {
    /// The key that signs links and buttons.
    var answerKey: AnswerKey { AnswerKey(bytes: sealer.key(for: "industrymix answers v1")) }

    /// How the readers of channels answer at the moment of the transaction.
    func answerWays(_ tx: some ExchangeTransaction) throws -> AnswerWays {
        AnswerWays(
            key: answerKey, sealer: sealer, publicAddress: settings.publicAddress,
            workspaces: try tx.workspaces().filter { $0.revokedAt == nil })
    }
}
