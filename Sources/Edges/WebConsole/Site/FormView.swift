import Exchange

/// A form as templates draw it: each field with its label, hint, value and what is wrong with it.
///
/// `{{#form.title}}{{> field-text}}{{/form.title}}` draws one; `{{> form-problems}}` lists everything wrong above it.
struct FormView {
    private var fields: [String: View] = [:]
    private var order: [String] = []
    private let problems: [FieldProblem]
    private let say: Speech

    /// - Parameters:
    ///   - problems: What was wrong with the form when it was sent.
    ///   - say: The reader's language.
    init(_ problems: [FieldProblem] = [], _ say: Speech) {
        self.problems = problems
        self.say = say
    }

    /// Whether people must fill a field in; said in words beside its label.
    enum Need { case required, optional }

    /// A choice of a list.
    struct Option {
        let value: String
        let label: String
        var group: String?
    }

    /// A field to type in. `label` is a key; its hint is the key with `.hint` if the catalogue has it.
    mutating func text(
        _ name: String, _ label: String, _ need: Need, _ value: String?, limit: Int? = nil, type: String = "text",
        rows: Int = 4, autocomplete: String? = nil
    ) {
        var view = common(name, label, need)
        view["value"] = value ?? ""
        view["type"] = type
        view["rows"] = String(rows)
        view["limit"] = limit.map { String($0) as any Sendable } ?? false
        view["autocomplete"] = autocomplete.map { $0 as any Sendable } ?? false
        put(name, view)
    }

    /// A list of which one or, with `several`, any number is chosen.
    mutating func choice(
        _ name: String, _ label: String, _ need: Need, _ options: [Option], chosen: [String], empty: String? = nil
    ) {
        var view = common(name, label, need)
        func drawn(_ option: Option, _ index: Int) -> View {
            [
                "value": option.value, "label": option.label, "id": "\(name)-\(index)", "name": name,
                "chosen": chosen.contains(option.value),
            ]
        }
        var groups: [(String?, [View])] = []
        for (index, option) in options.enumerated() {
            if groups.isEmpty || groups[groups.count - 1].0 != option.group { groups.append((option.group, [])) }
            groups[groups.count - 1].1.append(drawn(option, index))
        }
        view["groups"] = groups.map { group -> View in
            ["group": group.0.map { $0 as any Sendable } ?? false, "options": group.1]
        }
        view["options"] = options.enumerated().map { drawn($0.element, $0.offset) }
        view["empty"] = empty.map { say($0) as any Sendable } ?? false
        put(name, view)
    }

    /// One box to tick.
    mutating func tick(_ name: String, _ label: String, _ isOn: Bool) {
        var view = common(name, label, .optional)
        view["chosen"] = isOn
        put(name, view)
    }

    private mutating func put(_ name: String, _ view: View) {
        fields[name] = view
        order.append(name)
    }

    private func common(_ name: String, _ label: String, _ need: Need) -> View {
        let found = problems.filter { $0.field == name || $0.field.hasPrefix(name + ".") }
        let hint = label + ".hint"
        let hasHint = say.catalogue.text(hint, in: say.language) != nil
        var described: [String] = []
        if hasHint { described.append("\(name)-hint") }
        if !found.isEmpty { described.append("\(name)-error") }
        return [
            "name": name, "id": name, "label": say(label), "hint": hasHint ? say(hint) as any Sendable : false,
            "required": need == .required, "error": found.isEmpty ? false : said(found[0]) as any Sendable,
            "described": described.isEmpty ? false : described.joined(separator: " ") as any Sendable,
        ]
    }

    private func said(_ problem: FieldProblem) -> String { say.problem(problem) }

    /// The fields by name.
    var view: View {
        var view: View = [:]
        for (name, field) in fields { view[name] = field }
        return view
    }

    /// What is wrong, each with the place to mend it; false when nothing is.
    var summary: any Sendable {
        guard !problems.isEmpty else { return false }
        let items = problems.map { problem -> View in
            let name = problem.field.split(separator: ".").first.map(String.init) ?? problem.field
            let field = fields[name]
            return [
                "target": field == nil ? false : name as any Sendable,
                "field": (field?["label"] as? String).map { $0 as any Sendable } ?? false,
                "words": said(problem),
            ]
        }
        return ["items": items] as View
    }
}

extension Speech {
    /// What is wrong with a value and what to do, in the reader's language.
    func problem(_ problem: FieldProblem) -> String {
        // A text made for this field says more than the kind of rule alone.
        let own = "problem.\(problem.field).\(problem.code.rawValue)"
        if catalogue.text(own, in: language) != nil { return self(own) }
        let text = word("problem", problem.code.rawValue)
        let numbers = problem.words.split(whereSeparator: { !$0.isNumber }).map(String.init)
        return text.replacing("{most}", with: numbers.last ?? "")
            .replacing("{excerpt}", with: Self.quoted(problem.words) ?? "")
    }

    /// The first text in double quotes.
    private static func quoted(_ words: String) -> String? {
        let parts = words.split(separator: "\"", omittingEmptySubsequences: false)
        return parts.count > 2 ? String(parts[1]) : nil
    }

    /// Why a request was refused, in the reader's language.
    func refusal(_ refusal: Refusal) -> String {
        switch refusal {
        case .invalid(let problems): problems.map(problem).joined(separator: " ")
        case .malformed: word("refusal", "malformed")
        case .unauthenticated: word("refusal", "unauthenticated")
        case .forbidden: word("refusal", "forbidden")
        case .notFound: word("refusal", "not_found")
        case .conflict(.duplicate): word("refusal", "duplicate")
        case .conflict(.pair): word("refusal", "pair")
        case .conflict(.inUse): word("refusal", "in_use")
        case .conflict: word("refusal", "state")
        case .stale: word("refusal", "stale")
        case .tooMany(_, let seconds): self("refusal.too_many", ["seconds": String(seconds)])
        case .busy: word("refusal", "busy")
        }
    }
}
