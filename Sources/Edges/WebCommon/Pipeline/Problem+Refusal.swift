package import Exchange

extension Problem {
    /// The one table from refusals to problems.
    package init(refusal: Refusal) {
        switch refusal {
        case .invalid(let problems):
            let issues = problems.map { problem in
                let pointer = "/" + problem.field.replacing(".", with: "/")
                return InputIssue(
                    .body(pointer: pointer), problem.code.rawValue.replacing("_", with: "-"), problem.words)
            }
            self.init(.invalidInput, refusal.words, issues: issues)
        case .malformed(let words): self.init(.malformed, words)
        case .unauthenticated: self.init(.unauthenticated)
        case .forbidden(let words): self.init(.forbidden, words)
        case .notFound: self.init(.notFound, refusal.words)
        case .conflict(.idempotency): self.init(.idempotencyKeyReused)
        case .conflict: self.init(.conflict, refusal.words)
        case .stale: self.init(.changedMeanwhile, refusal.words)
        case .tooMany(_, let seconds): self.init(.tooManyRequests, refusal.words, retryAfter: seconds)
        case .busy(_, let seconds): self.init(.busy, refusal.words, retryAfter: seconds)
        }
    }
}
