import HTTPTypes

/// Who calls, in the order of the columns of the table.
enum Voice: String, CaseIterable, Sendable {
    case visitor, observer, owner, other, coordinator, administrator
    /// A coordinator's token that may only read.
    case narrow
}

/// One request of the table, and what must become of it for each caller.
struct Scenario: Sendable, CustomStringConvertible {
    let operation: String
    let method: HTTPRequest.Method
    let path: String
    /// Statuses in the order of `Voice`.
    let statuses: [Int]
    var body: String?
    var contentType = "application/json"
    var headers: HTTPFields = [:]
    /// What answers of success must hold, for these callers or, without callers, for all.
    var shows: [(voices: [Voice], texts: [String])] = []
    /// What answers must not hold.
    var hides: [(voices: [Voice], texts: [String])] = []
    /// The kinds of happenings that success causes, in order.
    var causes: [String] = []

    var description: String { "\(operation) \(path)" }

    init(_ operation: String, _ method: HTTPRequest.Method, _ path: String, _ statuses: String, _ body: String? = nil) {
        self.operation = operation
        self.method = method
        self.path = path
        self.statuses = statuses.split(separator: " ").compactMap { Int($0) }
        self.body = body
    }

    func status(for voice: Voice) -> Int {
        let index = Voice.allCases.firstIndex(of: voice) ?? 0
        return statuses.count == 1 ? statuses[0] : statuses[index]
    }

    private func with(_ change: (inout Scenario) -> Void) -> Scenario {
        var scenario = self
        change(&scenario)
        return scenario
    }

    func shows(_ texts: String..., to voices: Voice...) -> Scenario { with { $0.shows.append((voices, texts)) } }
    func hides(_ texts: String..., from voices: Voice...) -> Scenario { with { $0.hides.append((voices, texts)) } }
    func causes(_ kinds: String...) -> Scenario { with { $0.causes = kinds } }
    func header(_ name: HTTPField.Name, _ value: String) -> Scenario { with { $0.headers[name] = value } }
    func svg() -> Scenario { with { $0.contentType = "image/svg+xml" } }
    func csv() -> Scenario { with { $0.contentType = "text/csv" } }
}
