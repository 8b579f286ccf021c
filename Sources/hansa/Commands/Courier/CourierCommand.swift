import APIClient
import ArgumentParser
import Federation
import Glibc
import Seal
import Wire

/// `hansa courier …`.
struct CourierCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "courier",
        abstract: "Carry an agent's signed bundles between the coordinator and a site that lets nothing out.",
        subcommands: [Carry.self, Enrol.self])

    /// Carries once, or again and again.
    struct Carry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "carry",
            abstract: "Fetch an agent's bundles and chunks, post them, and bring the replies.",
            discussion: """
                Every step may be repeated and may break off anywhere: what was not brought is brought next time, \
                and what arrives twice counts once. Who carries can read and delay, and change nothing unseen.
                """)

        @OptionGroup var connection: ConnectionOptions
        @Option(help: "The agent.") var agent: String
        @Option(
            name: .customLong("site-folder"),
            help: "The folder with the agent's outbox and inbox: user@host:/path by ssh, or /path.")
        var siteFolder: String
        @Option(help: "Carry again and again, so long apart: 30s, 5m, 1h.") var every: String?
        @Option(
            name: .customLong("run"),
            help: "A command at the site that runs the agent's cycle, before and after: hansa-agent courier …"
        )
        var cycle: String?
        @Option(
            help: "Say so, and end with exit code 1, when the newest bundle is older than this: 1h, 1d.")
        var quiet = "1d"
        @Option(help: "How ssh is started, with its options.") var ssh = "ssh"
        @Flag(inversion: .prefixedNo, help: "Carry chunks by rsync, where this host and the site have it.")
        var rsync = true
        @Option(help: "At most so many megabytes of chunks each way in one round.") var megabytes: Int64 =
            4096

        func validate() throws {
            _ = try pause()
            _ = try quietSeconds()
            guard megabytes >= 16 else { throw ValidationError("--megabytes has to be 16 at least") }
        }

        func run() async throws {
            let place = try SitePlaces.place(siteFolder, ssh: ssh, rsync: rsync)
            let pause = try pause()
            try await connection.withClient { client in
                let carrier = Carrier(
                    client: client, place: place, agent: AgentID(agent), cycle: cycle, limit: megabytes << 20,
                    quietSeconds: try quietSeconds())
                repeat {
                    do {
                        let tally = try await carrier.round()
                        if connection.json { try JSONOutput.show(tally) } else { print(tally.words) }
                        // Who follows a carrier for days reads a file, which is written in large pieces.
                        fflush(nil)
                        guard pause != nil || tally.faults.isEmpty else { throw ExitStatusReached() }
                    } catch {
                        guard pause != nil, !(error is CancellationError) else { throw error }
                        // A carrier that gives up for a cut line would be one more thing that has to be watched.
                        Failure.complain(Failure.words(for: error))
                    }
                    if let pause { try await Task.sleep(for: .seconds(pause)) }
                } while pause != nil
            }
        }

        private func quietSeconds() throws -> Int64 {
            guard let seconds = DurationText.seconds(quiet), seconds >= 1 else {
                throw ValidationError("--quiet wants a duration, like 90m, 6h or 2d, not \"\(quiet)\"")
            }
            return seconds
        }

        private func pause() throws -> Int64? {
            guard let every else { return nil }
            guard let seconds = DurationText.seconds(every), (1...86_400).contains(seconds) else {
                throw ValidationError("--every wants 1s to 1d, like 30s, 5m or 1h, not \"\(every)\"")
            }
            return seconds
        }
    }

    /// Enrols an agent whose request was brought as a file.
    struct Enrol: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "enrol",
            abstract:
                "Post an agent's enrolment request and write the answer, to be brought back to its site.")

        @OptionGroup var connection: ConnectionOptions
        @Argument(help: "The agent's name.") var agent: String
        @Option(help: "The site it will act at.") var site: String
        @Option(help: "The file that hansa-agent enrol --courier wrote.") var request: String
        @Option(help: "Where to write the answer.") var answer: String
        @Option(help: "A one-time token; without it one is made.") var token: String?

        func run() async throws {
            let bytes = try LocalPlace.read(request, limit: 1 << 20)
            let carried: CourierEnrolment
            do {
                carried = try WireJSON.value(from: bytes)
            } catch {
                throw CommandError(.data, "\(request) is no enrolment request: \(error)")
            }
            try await connection.withClient { client in
                var token = token
                if token == nil {
                    let made: EnrolmentTokenAnswer = try await client.post(
                        "/v1/enrolment-tokens",
                        EnrolmentTokenRequest(agent: AgentID(agent), site: SiteID(site)))
                    token = made.token
                }
                let enrolled: EnrolmentAnswer = try await client.post(
                    "/v1/enrolments",
                    EnrolmentRequest(
                        token: token ?? "", csr: carried.csr, runRoot: carried.runRoot,
                        ed25519: carried.ed25519))
                try PrivateFile.write(try WireJSON.bytes(enrolled), to: answer)
                if connection.json { return try JSONOutput.show(enrolled) }
                print(
                    "\(enrolled.agent) of site \(enrolled.site) is enrolled; bring \(answer) to the site and run"
                )
                print("  hansa-agent enrol --courier --folder FOLDER --answer FILE")
                if let pem = enrolled.bookKey, let key = try? Ed25519PublicKey(pem: pem) {
                    print("the book's key has the SHA-256 \(try key.fingerprint().hex)")
                }
            }
        }
    }
}
