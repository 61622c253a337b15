import Delivery
import Exchange
import Operations
import Store
import Tabular

/// How a command ended, as a shell sees it.
enum ExitStatus: Int32, Sendable, CaseIterable {
    case done = 0
    /// The world's doing: disk, network, database, a program error.
    case fault = 1
    /// The command line or the configuration is wrong.
    case usage = 2
    /// The input is invalid or the exchange's rules refuse it.
    case refused = 3
    case notFound = 4
    /// Somebody or something else stands in the way: a double, another state, a newer version.
    case conflict = 5
    /// Worth trying again in a moment.
    case busy = 6
}

/// What a command says when it fails: one sentence what is wrong, one what to do next.
struct Failure: Error, Sendable {
    let status: ExitStatus
    let what: String
    let advice: String?

    init(_ status: ExitStatus, _ what: String, _ advice: String? = nil) {
        self.status = status
        self.what = what
        self.advice = advice
    }

    /// Any error in the words for people at a terminal.
    init(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let problem as ConfigurationProblem: self.init(.usage, problem.what, problem.advice)
        case let refusal as Refusal: self.init(refusal)
        case let fault as StoreFault: self.init(fault)
        case let fault as ImportFault:
            self.init(.refused, fault.words(in: .en), "Nothing was written. Mend the file and import it again.")
        case let fault as SealingFault: self.init(.fault, fault.description)
        default:
            self.init(.fault, "\(error)", "Run `industrymix doctor`; if it finds nothing, report this sentence.")
        }
    }

    private init(_ refusal: Refusal) {
        switch refusal {
        case .invalid(let problems):
            let lines = problems.map { "\($0.field): \($0.words)" }
            self.init(
                .refused, lines.joined(separator: "\n"), "Nothing was written. Correct it and repeat the command.")
        case .malformed: self.init(.refused, refusal.words, "Nothing was written.")
        case .unauthenticated: self.init(.refused, refusal.words, "A new one: industrymix token issue PERSON.")
        case .forbidden: self.init(.refused, refusal.words, "Leave --as away, or name somebody who may.")
        case .notFound(let subject, _):
            self.init(.notFound, refusal.words, "The command's `list` shows each \(subject) with its identifier.")
        case .conflict: self.init(.conflict, refusal.words, "Nothing was written. `show` tells its present state.")
        case .stale: self.init(.conflict, refusal.words)
        case .tooMany, .busy: self.init(.busy, refusal.words)
        }
    }

    private init(_ fault: StoreFault) {
        switch fault {
        case .busy, .serialization: self.init(.busy, fault.description)
        case .backup: self.init(.conflict, fault.description)
        default: self.init(.fault, fault.description, "`industrymix doctor` looks at the database in detail.")
        }
    }
}
