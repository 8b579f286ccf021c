import APIClient
import ArgumentParser
import Federation
import Wire

/// `hansa admin agent …`.
struct AdminAgentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent", abstract: "Enrol, drain, revoke, move and waive agents.",
        subcommands: [Enrol.self, Drain.self, Revoke.self, Move.self, Waive.self])

    /// Makes a one-time token for `hansa-agent enrol`.
    struct Enrol: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "enrol",
            abstract: "Make a one-time token with which an agent enrols itself at its site.")

        @OptionGroup var connection: ConnectionOptions
        @Argument(help: "The agent's name.") var agent: String
        @Option(help: "The site it will act at.") var site: String

        func run() async throws {
            try await connection.withClient { client in
                let answer: EnrolmentTokenAnswer = try await client.post(
                    "/v1/enrolment-tokens", EnrolmentTokenRequest(agent: AgentID(agent), site: SiteID(site)))
                if connection.json { return try JSONOutput.show(answer) }
                print(
                    "token        \(answer.token)   (once, within \(Figures.duration(seconds: answer.validSeconds)))"
                )
                print("authority    SHA-256 \(answer.fingerprint)")
                print(
                    "at the site  hansa-agent enrol --coordinator URL --ca FILE --folder FOLDER --token TOKEN"
                )
            }
        }
    }

    /// Stops or resumes giving an agent new work.
    struct Drain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "drain", abstract: "Give an agent no new work; what runs goes on.")

        @OptionGroup var connection: ConnectionOptions
        @Argument(help: "The agent.") var agent: String
        @Flag(help: "Give it work again.") var undo = false

        func run() async throws {
            try await connection.change(
                "/v1/agents/\(PathPart.encoded(agent))/drain", DrainRequest(drain: !undo), retry: .idempotent,
                saying: "\(agent): \(undo ? "gets work again" : "gets no new work; what runs goes on")")
        }
    }

    /// Ends an agent's certificate.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke", abstract: "Refuse an agent's certificate from its next request on.")

        @OptionGroup var connection: ConnectionOptions
        @Argument(help: "The agent.") var agent: String

        func run() async throws {
            try await connection.change(
                "/v1/agents/\(PathPart.encoded(agent))/revoke", [String: String](), retry: .idempotent,
                saying: "\(agent): revoked; enrol it again with hansa admin agent enrol")
        }
    }
    /// Lets an agent take another run root.
    struct Move: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "move",
            abstract: "Let an agent enrol with another run root: your word that nothing runs in the old one.")

        @OptionGroup var connection: ConnectionOptions
        @Argument(help: "The agent.") var agent: String

        func run() async throws {
            try await connection.change(
                "/v1/agents/\(PathPart.encoded(agent))/move", [String: String](), retry: .idempotent,
                saying: "\(agent): may take another run root; make a token with hansa admin agent enrol")
        }
    }

    /// Ends an agent's quarantine after a restore.
    struct Waive: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "waive",
            abstract:
                "After a restore: do without an agent's report. Your recorded word that nothing runs there.")

        @OptionGroup var connection: ConnectionOptions
        @Argument(help: "The agent.") var agent: String
        @Option(help: "Why nothing of this book runs there, for the record.") var reason: String

        func run() async throws {
            try await connection.change(
                "/v1/agents/\(PathPart.encoded(agent))/waive", WaiverRequest(reason: reason),
                retry: .idempotent,
                saying: "\(agent): out of quarantine; the reason is on record")
        }
    }
}
