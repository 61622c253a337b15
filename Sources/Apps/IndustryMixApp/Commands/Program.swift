import ArgumentParser
import Foundation

/// The program as the executable starts it.
package enum Program {
    /// Parses the command line, runs, and ends the process with the documented exit code.
    package static func run() async -> Never {
        signal(SIGPIPE, SIG_IGN)
        let asJSON = CommandLine.arguments.contains("--json")
        do {
            var command = try IndustryMix.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            Foundation.exit(ExitStatus.done.rawValue)
        } catch {
            Foundation.exit(ending(error, asJSON: asJSON).rawValue)
        }
    }

    private static func ending(_ error: any Error, asJSON: Bool) -> ExitStatus {
        let code = IndustryMix.exitCode(for: error)
        if code.isSuccess {
            Console.out(IndustryMix.fullMessage(for: error))
            return .done
        }
        // The parser's own complaints, and nothing else, carry this code.
        if code == .validationFailure {
            if asJSON {
                let failure = Failure(.usage, IndustryMix.message(for: error), "See -h of the command.")
                Console.report(failure, asJSON: true)
            } else {
                Console.note(IndustryMix.fullMessage(for: error))
            }
            return .usage
        }
        let failure = Failure(error)
        Console.report(failure, asJSON: asJSON)
        return failure.status
    }
}
