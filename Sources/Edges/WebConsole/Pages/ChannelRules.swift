import Exchange
import Operations

/// What a channel wants to hear, as a form and in words.
extension ConsoleSite {
    /// What the channel wants to hear, in short.
    func wish(_ rules: Channel.Rules, _ say: Speech) -> String {
        var parts = rules.topics.map { say.word("topic", $0.rawValue) }
        parts += rules.classes.map { say.word("class", $0.rawValue) }
        parts += rules.fields.map { office.taxonomy.label($0, in: say.language) }
        parts += rules.languages.map(Frame.ownName)
        if rules.minimumScore > 0 { parts.append(say("channel.at_least", ["share": say.percent(rules.minimumScore)])) }
        return parts.isEmpty ? say("channel.everything") : parts.joined(separator: " / ")
    }

    func addRules(
        to form: inout FormView, _ sent: FormFields, _ rules: Channel.Rules, _ language: Language, isSent: Bool,
        _ say: Speech
    ) {
        func chosen(_ name: String, _ kept: [String]) -> [String] { isSent ? sent.all(name) : kept }
        form.choice(
            "language", "channel.language", .required,
            Language.allCases.map { FormView.Option(value: $0.rawValue, label: Frame.ownName($0)) },
            chosen: chosen("language", [language.rawValue]))
        form.choice(
            "topics", "channel.topics", .optional,
            Self.topics.map { FormView.Option(value: $0.rawValue, label: say.word("topic", $0.rawValue)) },
            chosen: chosen("topics", rules.topics.map(\.rawValue)))
        form.choice(
            "classes", "channel.classes", .optional,
            [Match.Class.bridge, .adjacent, .kindred, .wildcard].map {
                FormView.Option(value: $0.rawValue, label: say.word("class", $0.rawValue))
            }, chosen: chosen("classes", rules.classes.map(\.rawValue)))
        form.choice(
            "fields", "channel.fields", .optional,
            office.taxonomy.fields.filter { $0.parent == nil }.map {
                FormView.Option(value: $0.code.text, label: office.taxonomy.label($0.code, in: say.language))
            }, chosen: chosen("fields", rules.fields.map(\.text)))
        form.choice(
            "languages", "channel.languages", .optional,
            Language.allCases.map { FormView.Option(value: $0.rawValue, label: Frame.ownName($0)) },
            chosen: chosen("languages", rules.languages.map(\.rawValue)))
        form.choice(
            "minimum", "channel.minimum", .optional,
            ["0.5", "0.6", "0.7", "0.8", "0.9"].map {
                FormView.Option(value: $0, label: say("channel.at_least", ["share": say.percent(Double($0) ?? 0)]))
            }, chosen: chosen("minimum", rules.minimumScore > 0 ? ["\(rules.minimumScore)"] : []), empty: "form.any")
        let cadences = ["immediate", "hourly", "daily 09:00", "weekly mon 09:00"]
        let cadence = rules.cadence.text
        form.choice(
            "cadence", "channel.cadence", .required,
            (cadences + (cadences.contains(cadence) ? [] : [cadence])).map {
                FormView.Option(value: $0, label: Self.cadence($0, say))
            }, chosen: chosen("cadence", [cadence]))
        form.text(
            "quiet", "channel.quiet", .optional, isSent ? sent["quiet"] : rules.quietHours?.text ?? "")
    }

    /// A cadence in words, by its first word; times are said as they are written.
    private static func cadence(_ text: String, _ say: Speech) -> String {
        let parts = text.split(separator: " ")
        return ([say.word("cadence", String(parts.first ?? ""))] + parts.dropFirst().map(String.init)).joined(
            separator: " ")
    }

    /// Topics that rules can name.
    private static var topics: [Channel.Topic] { Channel.Topic.choices.filter { $0 != .test } }

    /// What the form says of the rules; fields of which only parts were chosen elsewhere stay chosen.
    func rules(_ sent: FormFields, over old: Channel.Rules) throws(Refusal) -> Channel.Rules {
        var rules = old
        rules.topics = sent.all("topics").compactMap(Channel.Topic.init(rawValue:))
        rules.classes = sent.all("classes").compactMap(Match.Class.init(rawValue:))
        let parts = old.fields.filter { office.taxonomy[$0]?.parent != nil }
        rules.fields = sent.all("fields").map { FieldCode($0) } + parts
        rules.languages = sent.all("languages").compactMap(Language.init(rawValue:))
        rules.minimumScore = Double(sent["minimum"]) ?? 0
        if let cadence = Channel.Cadence(sent["cadence"]) { rules.cadence = cadence }
        if let quiet = sent.text("quiet") {
            guard let hours = Channel.QuietHours(quiet) else {
                throw .invalid("quiet", .malformed, "Write it like 22:00-07:00 sat sun.")
            }
            rules.quietHours = hours
        } else {
            rules.quietHours = nil
        }
        return rules
    }
}
