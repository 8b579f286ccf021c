import APIClient
import ArgumentParser
import Federation
import Wire

/// `hansa admin member …`.
struct AdminMemberCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "member", abstract: "List, add and erase members.",
        subcommands: [List.self, Add.self, Erase.self],
        defaultSubcommand: List.self)

    /// Lists the members.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "List the members.")

        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withClient { client in
                let members = try await Pages(client).all("/v1/members", of: MemberView.self).items
                if connection.json { return try JSONOutput.show(members) }
                var table = Table("MEMBER", "PARTNER", "NAME", "ROLES", "SITES", "ACTIVE")
                for member in members {
                    table.add(
                        member.id.rawValue, member.partner.rawValue, member.name ?? "(erased)",
                        member.roles.map(\.rawValue).joined(separator: " "),
                        member.sites.map(\.rawValue).joined(separator: " "), member.active ? "yes" : "no")
                }
                table.show()
            }
        }
    }

    /// Adds a member.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Add a member of a partner.")

        @OptionGroup var connection: ConnectionOptions
        @Argument(help: "The member's id.") var id: String
        @Option(help: "The partner.") var partner: String
        @Option(help: "The member's name; it stands in one erasable place.") var name: String
        @Option(help: "A role (\(Role.allCases.map(\.rawValue).joined(separator: ", "))); repeatable.")
        var role: [Role]
        @Option(help: "A site that a siteAdmin looks after; repeatable.") var site: [String] = []

        func run() async throws {
            let request = MemberRequest(
                partner: PartnerID(partner), id: MemberID(id), name: name, roles: role,
                sites: site.isEmpty ? nil : site.map { SiteID($0) })
            try await connection.withClient { client in
                let member: MemberView = try await client.post("/v1/members", request)
                if connection.json { return try JSONOutput.show(member) }
                print("\(member.id) of \(member.partner) is a member")
            }
        }
    }
    /// Erases a member's name.
    struct Erase: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "erase",
            abstract: "Erase a member's name and mail, and end its tokens; the ledger keeps the pseudonym.")

        @OptionGroup var connection: ConnectionOptions
        @Argument(help: "The member's id.") var id: String

        func run() async throws {
            try await connection.change(
                "/v1/members/\(PathPart.encoded(id))/erase", [String: String](), retry: .idempotent,
                saying: "\(id): erased")
        }
    }
}
