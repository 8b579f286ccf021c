import ArgumentParser

/// `hansa admin`: what managers, site admins and operators do.
struct AdminCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "admin", abstract: "Programmes, sites, agents, members, tokens, grants.",
        subcommands: [
            AdminProgrammeCommand.self, AdminSiteCommand.self, AdminAgentCommand.self,
            AdminMemberCommand.self,
            AdminTokenCommand.self, AdminLinkCommand.self, AdminGrantCommand.self, AdminTransferCommand.self,
            AdminWriteOffCommand.self, AdminDecideCommand.self, AdminAlarmsCommand.self,
        ])
}
