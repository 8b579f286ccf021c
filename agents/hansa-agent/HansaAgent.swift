import ArgumentParser
import SiteAgent

/// The agent of a site.
struct HansaAgent: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hansa-agent",
        abstract: "Runs a site's share of the programme's tasks, with user rights only.",
        discussion: """
            Enrol once with a token from a manager, look with `doctor` whether everything is in place, then `install` \
            or `serve`. Jobs outlive the agent: it may be stopped and started at any time.
            """,
        version: AgentService.programVersion,
        subcommands: [
            Enrol.self, Doctor.self, Install.self, Serve.self, Once.self, Courier.self, Status.self,
            Drain.self,
            Renew.self, Uninstall.self,
        ])
}
