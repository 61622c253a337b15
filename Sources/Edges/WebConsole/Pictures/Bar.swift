import WebCommon

/// How far something is on its way to a target.
struct Bar {
    /// From 0; more than 1 is drawn as 1.
    let share: Double

    /// The drawing as an SVG element; `label` says it in words.
    func svg(_ label: String) -> String {
        let width = Int((min(1, max(0, share)) * 400).rounded())
        return """
            <svg class="bar" viewBox="0 0 400 14" preserveAspectRatio="none" role="img" \
            aria-label="\(label.htmlEscaped)"><rect class="track" width="400" height="14" rx="7"/>\
            <rect class="fill" width="\(width)" height="14" rx="7"/></svg>
            """
    }
}
