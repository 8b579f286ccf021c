import APIClient
import ArgumentParser
import Federation
import Wire

/// `hansa admin site …`.
struct AdminSiteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site",
        abstract: "Apply site documents, have records read again, close sites and book their records.",
        subcommands: [Apply.self, Reread.self, Retire.self, Record.self])

    /// Applies the document; applying it again changes nothing.
    struct Apply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "apply", abstract: "Apply site documents; applying them again changes nothing.")

        @OptionGroup var connection: ConnectionOptions
        @Argument(help: "The YAML files.") var files: [String]

        func run() async throws {
            for file in files {
                try await DocumentApplication(file: file, options: connection).apply { value in
                    guard let id = value["id"]?.text ?? value["site"]?.text else {
                        throw CommandError(
                            .data, "\(file): a site document begins with its id, such as \"id: lumi\"")
                    }
                    return "/v1/sites/\(PathPart.encoded(id))"
                }
            }
        }
    }

    /// Has the site's agents read the record of settled attempts again.
    struct Reread: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reread",
            abstract: "Have a site's record of settled attempts read again: before a period is closed.",
            discussion: """
                The site's agents ask its accounting again for the attempts that ended in that time, 500 a minute. \
                What differs from what was charged becomes an adjustment; hansa audit entries shows them. It happens \
                by itself too, 1 hour, 6 hours, 1, 3, 7 and 30 days after the end.
                """)

        @OptionGroup var connection: ConnectionOptions
        @Argument(help: "The site.") var site: String
        @Option(name: .customLong("from"), help: "Attempts that ended from then on (2026-11-01, UTC).")
        var begin: String?
        @Option(name: .customLong("until"), help: "And before then.") var end: String?

        func run() async throws {
            try await connection.withClient { client in
                let answer: ChangesAnswer = try await client.post(
                    "/v1/sites/\(PathPart.encoded(site))/rereads",
                    RereadRequest(from: try moment(begin, "--from"), until: try moment(end, "--until")),
                    retry: .idempotent)
                if connection.json { return try JSONOutput.show(answer) }
                guard !answer.changes.isEmpty else {
                    return print("\(site): no attempt was settled there in that time")
                }
                for change in answer.changes { print(Table.printable(change)) }
            }
        }

        private func moment(_ text: String?, _ option: String) throws -> Instant? {
            guard let text else { return nil }
            guard let instant = Instant(text) else {
                throw CommandError(
                    .usage, "\(option) takes a date such as 2026-11-01 or 2026-11-01T18:30:00Z")
            }
            return instant
        }
    }

    /// Closes a site for good.
    struct Retire: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retire",
            abstract: "Close a site for good: no new work; what runs there ends, what was booked stays.",
            discussion: """
                Refused while attempts there are not settled, unless --waive says that they may stay behind: they end \
                by themselves, or by the site's own record (hansa admin site record). There is no way back.
                """)

        @OptionGroup var connection: ConnectionOptions
        @Argument(help: "The site.") var site: String
        @Option(help: "Why, for the record.") var reason: String
        @Flag(help: "Though attempts there are not settled.") var waive = false

        func run() async throws {
            try await connection.withClient { client in
                let answer: ChangesAnswer = try await client.put(
                    "/v1/sites/\(PathPart.encoded(site))/retirement",
                    RetirementRequest(reason: reason, waive: waive), retry: .idempotent)
                if connection.json { return try JSONOutput.show(answer) }
                guard !answer.changes.isEmpty else { return print("\(site): was closed before") }
                for change in answer.changes { print(Table.printable(change)) }
            }
        }
    }

    /// Books a closed site's own record.
    struct Record: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "record",
            abstract: "Book a closed site's own record of attempts that its agent reports on no more.",
            discussion: """
                A file says where the record is from (source:) and lists attempts (record:), each with attempt, runs \
                (start, seconds), nodes, coresPerNode, memoryPerNode and devicesPerNode. An attempt that had not ended \
                ends as lost, and its task goes on elsewhere; all are charged by the site's tariffs.
                """)

        @OptionGroup var connection: ConnectionOptions
        @Argument(help: "The site.") var site: String
        @Argument(help: "The YAML file.") var file: String

        func run() async throws {
            try await DocumentApplication(file: file, options: connection).apply(posting: true) { _ in
                "/v1/sites/\(PathPart.encoded(site))/record"
            }
        }
    }
}
