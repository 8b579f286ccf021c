import APIClient
import ArgumentParser
import Federation
import FoundationEssentials
import Seal
import Wire

/// `hansa audit`: the ledger line by line, and whether anybody changed it.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Show the ledger's entries and prove that they balance and are unchanged.",
        subcommands: [AuditEntriesCommand.self, AuditCheckCommand.self, AuditBlocksCommand.self],
        defaultSubcommand: AuditEntriesCommand.self)
}

/// `hansa audit entries`.
struct AuditEntriesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "entries", abstract: "List the ledger's entries.")

    @OptionGroup var connection: ConnectionOptions
    @Option(help: "Only entries at this site.") var site: String?
    @Option(help: "Only entries of this budget.") var budget: String?
    @Option(help: "At most so many entries.") var limit = 200

    func run() async throws {
        try await connection.withClient { client in
            let query = [("site", site), ("budget", budget)].compactMap { name, value in
                value.map { (name: name, value: $0) }
            }
            let found = try await Pages(client).all(
                "/v1/ledger/entries", query: query, limit: limit, of: EntryView.self)
            if connection.json { return try JSONOutput.show(found.items) }
            var table = Table(
                ">NO", "BOOKED", "KIND", "SITE", "BUDGET", ">AMOUNT", "UNIT", "ATTEMPT", "REASON", ">BLOCK")
            for entry in found.items {
                table.add(
                    String(entry.number), Figures.moment(entry.bookedAt), entry.kind.rawValue,
                    entry.site.rawValue,
                    entry.budget?.rawValue ?? "suspense", Figures.units(entry.amount), entry.unit,
                    entry.attempt?.description ?? "", entry.reason, entry.block.map(String.init) ?? "open")
            }
            table.isEmpty ? print("no entries") : table.show()
            if found.isCut { print("… more: raise --limit above \(limit)") }
        }
    }
}

/// `hansa audit blocks`.
struct AuditBlocksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "blocks", abstract: "List the sealed blocks.")

    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await connection.withClient { client in
            let blocks = try await Pages(client).all("/v1/ledger/blocks", of: BlockView.self).items
            if connection.json { return try JSONOutput.show(blocks) }
            var table = Table(">BLOCK", ">FROM", ">TO", "SEALED", "HASH")
            for block in blocks {
                table.add(
                    String(block.number), String(block.firstEntry), String(block.lastEntry),
                    Figures.moment(block.sealedAt), block.hash)
            }
            table.isEmpty ? print("no sealed blocks yet") : table.show()
        }
    }
}

/// `hansa audit check`.
struct AuditCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Prove that every budget balances; exit 1 if one does not.")

    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await connection.withClient { client in
            let check: LedgerCheckView = try await client.get("/v1/ledger/check", retry: .idempotent)
            if connection.json {
                try JSONOutput.show(check)
            } else {
                var table = Table(
                    "SITE", ">GRANTED", ">OVERRUN", ">AVAILABLE", ">HELD", ">SPENT", ">EXPIRED", "UNIT")
                for (site, balance) in check.sites.sorted(by: { $0.key < $1.key }) {
                    table.add([site] + BudgetCommand.figures(balance) + [check.units[site] ?? ""])
                }
                table.show()
                print("\(check.entries) entries, \(check.balanced ? "everything balances" : "NOT BALANCED")")
                for fault in check.faults { print("  \(Table.printable(fault))") }
            }
            guard check.balanced else { throw ExitStatusReached() }
        }
    }
}
