import Exchange
import Operations

/// The form in which a seed or a need is written, and the content that it gives.
struct PostingFormReading {
    let taxonomy: FieldTaxonomy
    let offsetMinutes: Int

    /// What was typed, over what the posting held before. Values that cannot be read are reported with the field's
    /// name, so that nothing typed is lost without a word.
    func content(_ sent: FormFields, over old: PostingContent?, language: Language) throws(Refusal) -> PostingContent {
        var problems: [FieldProblem] = []
        var content = old ?? PostingContent(title: "", language: language)
        content.title = sent["title"]
        content.summary = sent["summary"]
        content.detail = sent["detail"]
        content.purpose = sent.text("purpose")
        content.means = sent.text("means")
        var seen: Set<String> = []
        content.fields = Self.fieldCodes(sent).filter { seen.insert($0).inserted }.map { FieldCode($0) }
        content.keywords = Self.words(sent["keywords"])
        content.stage = sent.number("stage")
        content.cooperation = sent.all("cooperation").compactMap { PostingContent.Cooperation(rawValue: $0) }
        content.ipr = sent.choice("ipr")
        content.visibility = sent.choice("visibility") ?? content.visibility
        content.language = sent.choice("language") ?? content.language
        content.regionWishes = []
        for name in Self.words(sent["region_wishes"]) {
            if let code = RegionNames.code(of: name) {
                content.regionWishes.append(code)
            } else {
                problems.append(FieldProblem("region_wishes", .unknown, "\"\(name.prefix(40))\" is no known region."))
            }
        }
        if let text = sent.text("expires_at") {
            if let day = CalendarDay(iso: text) {
                let end = day.end(offsetMinutes: offsetMinutes)
                // A day that was not touched keeps the moment it stands for.
                if old?.expiresAt != end { content.expiresAt = end }
            } else {
                problems.append(FieldProblem("expires_at", .malformed, "Write the day like 2027-03-31."))
            }
        } else {
            content.expiresAt = nil
        }
        if !problems.isEmpty { throw .invalid(problems) }
        return content
    }

    private static func fieldCodes(_ sent: FormFields) -> [String] {
        sent.all("fields") + sent.all("fields-second") + sent.all("fields-third")
    }

    /// Words apart by commas, ideographic commas or line breaks.
    static func words(_ text: String) -> [String] {
        text.split(whereSeparator: { ",、,;;\n".contains($0) }).map { String($0).trimmed }.filter { !$0.isEmpty }
    }

    /// The form as it is sent, filled from a posting.
    func filled(_ content: PostingContent) -> FormFields {
        var fields = FormFields()
        fields.add("title", content.title)
        fields.add("summary", content.summary)
        fields.add("detail", content.detail)
        fields.add("purpose", content.purpose ?? "")
        fields.add("means", content.means ?? "")
        for code in content.fields { fields.add("fields", code.text) }
        fields.add("keywords", content.keywords.joined(separator: "、"))
        fields.add("stage", content.stage.map(String.init) ?? "")
        for kind in content.cooperation { fields.add("cooperation", kind.rawValue) }
        fields.add("ipr", content.ipr?.rawValue ?? "")
        fields.add("visibility", content.visibility.rawValue)
        fields.add("language", content.language.rawValue)
        fields.add("region_wishes", content.regionWishes.map(\.text).joined(separator: "、"))
        if let end = content.expiresAt {
            // The last day that counts: expiry is the first moment that does not.
            let last = CalendarDay(of: end.advanced(byMilliseconds: -1), offsetMinutes: offsetMinutes)
            fields.add("expires_at", last.iso)
        }
        return fields
    }

    /// The form as it is drawn. Questions are asked in plain words, other ones for a need than for a seed.
    func drawn(
        _ kind: Posting.Kind, _ sent: FormFields, _ problems: [FieldProblem], _ say: Speech
    ) -> FormView {
        var form = FormView(problems, say)
        let own = "post.\(kind.rawValue)"
        form.text("title", own + ".title", .required, sent["title"], limit: TextLimits.title)
        form.text("summary", own + ".summary", .required, sent["summary"], limit: TextLimits.summary, rows: 4)
        form.text("purpose", own + ".purpose", .optional, sent["purpose"], limit: TextLimits.detail, rows: 3)
        form.text("means", own + ".means", .optional, sent["means"], limit: TextLimits.detail, rows: 3)
        form.text("detail", "post.detail", .optional, sent["detail"], limit: TextLimits.detail, rows: 6)
        let fields = Self.fieldCodes(sent)
        form.choice(
            "fields", "post.field", .required, fieldOptions(say.language), chosen: Array(fields.prefix(1)),
            empty: "form.choose")
        form.choice(
            "fields-second", "post.field.second", .optional, fieldOptions(say.language),
            chosen: Array(fields.dropFirst().prefix(1)), empty: "post.field.none")
        form.choice(
            "fields-third", "post.field.third", .optional, fieldOptions(say.language),
            chosen: Array(fields.dropFirst(2).prefix(1)), empty: "post.field.none")
        form.text("keywords", "post.keywords", .optional, sent["keywords"])
        form.choice(
            "visibility", "post.visibility", .required,
            options(PostingContent.Visibility.allCases, "visibility", say),
            chosen: [sent.text("visibility") ?? (kind == .need ? "anonymous" : "named")])
        form.choice(
            "cooperation", "post.cooperation", .optional,
            options(PostingContent.Cooperation.allCases, "cooperation", say), chosen: sent.all("cooperation"))
        form.choice(
            "stage", "post.stage", .optional,
            (1...9).map { FormView.Option(value: String($0), label: say.word("stage", String($0))) },
            chosen: [sent["stage"]], empty: "post.unknown")
        form.choice(
            "ipr", "post.ipr", .optional, options(PostingContent.IPRStatus.allCases, "ipr", say),
            chosen: [sent["ipr"]], empty: "post.unknown")
        form.text("region_wishes", "post.regions", .optional, sent["region_wishes"])
        form.text("expires_at", "post.expires", .optional, sent["expires_at"], type: "date")
        form.choice(
            "language", "post.language", .required,
            Language.allCases.map { FormView.Option(value: $0.rawValue, label: Frame.ownName($0)) },
            chosen: [sent.text("language") ?? say.language.rawValue])
        return form
    }

    private func options<Choice: RawRepresentable<String>>(
        _ choices: [Choice], _ family: String, _ say: Speech
    ) -> [FormView.Option] {
        choices.map { FormView.Option(value: $0.rawValue, label: say.word(family, $0.rawValue)) }
    }

    private func fieldOptions(_ language: Language) -> [FormView.Option] {
        taxonomy.fields.filter { $0.parent != nil }.map { field in
            FormView.Option(
                value: field.code.text, label: taxonomy.label(field.code, in: language),
                group: field.parent.map { taxonomy.label($0, in: language) })
        }
    }
}
