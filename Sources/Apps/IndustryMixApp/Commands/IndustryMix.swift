import ArgumentParser

/// The program.
struct IndustryMix: AsyncParsableCommand {
    static let version = "1.0.0"

    static let configuration = CommandConfiguration(
        commandName: "industrymix",
        abstract: "The exchange where unlike industries meet: participants, seeds, needs, matches, alerts.",
        discussion: """
            A first exchange in three commands:

              industrymix init --email you@example.jp
              industrymix import participants people.csv
              industrymix serve

            Every command takes --json for machine-readable output and -h for its own help.

            Exit codes: 0 done, 1 fault of disk, network or database, 2 wrong command line or configuration,
            3 invalid input or refused, 4 not found, 5 conflict with what is there, 6 busy, try again.
            """,
        version: version,
        groupedSubcommands: [
            CommandGroup(
                name: "Run:",
                subcommands: [ServeCommand.self, InitCommand.self, PreviewCommand.self, DoctorCommand.self]),
            CommandGroup(
                name: "People and postings:",
                subcommands: [
                    OrganizationsCommand.self, ParticipantsCommand.self, PostingsCommand.self, ImportCommand.self,
                    ExportCommand.self,
                ]),
            CommandGroup(
                name: "Bring together:",
                subcommands: [
                    MatchCommand.self, MatchesCommand.self, IntroductionsCommand.self, GroupsCommand.self,
                    VetoesCommand.self, ChannelsCommand.self, WorkspacesCommand.self, LearningCommand.self,
                    TimetableCommand.self, BoothsCommand.self,
                ]),
            CommandGroup(name: "Meet:", subcommands: [EventsCommand.self]),
            CommandGroup(
                name: "Look after:",
                subcommands: [
                    DeliveriesCommand.self, TokenCommand.self, BackupCommand.self, RestoreCommand.self,
                    MigrateCommand.self, EngineCommand.self,
                ]),
        ])
}
