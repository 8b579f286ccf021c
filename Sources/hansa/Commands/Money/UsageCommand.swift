import APIClient
import ArgumentParser
import Federation
import Wire

/// `hansa usage`: what was used and charged, by any dimensions.
struct UsageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "usage",
        abstract: "Sum usage and charges by site, partner, work package, language, activity, kind or month.")

    static let dimensions = ["site", "partner", "workPackage", "language", "activity", "kind", "month"]

    @OptionGroup var connection: ConnectionOptions
    @Option(help: "Dimensions, separated by commas (\(UsageCommand.dimensions.joined(separator: ", "))).")
    var by = "site,partner"
    @Flag(help: "Print comma-separated values.") var csv = false

    func validate() throws {
        for dimension in by.split(separator: ",") where !Self.dimensions.contains(String(dimension)) {
            throw ValidationError(
                "no dimension \"\(dimension)\"; there are \(Self.dimensions.joined(separator: ", "))")
        }
    }

    func run() async throws {
        try await connection.withClient { client in
            let found = try await Pages(client).all("/v1/usage", query: [("by", by)], of: UsageView.self)
                .items
            if connection.json { return try JSONOutput.show(found) }
            let names = by.split(separator: ",").map(String.init)
            let heads =
                names + ["unit", "charged", "nodeSeconds", "coreSeconds", "deviceSeconds", "attempts"]
            if csv { print(heads.joined(separator: ",")) }
            var table = Table(
                heads: names.map { ($0.uppercased(), .left) } + [("UNIT", .left)]
                    + ["CHARGED", "NODE-H", "CORE-H", "DEVICE-H", "ATTEMPTS"].map { ($0, .right) })
            for view in found {
                let values = names.map { view.by[$0] ?? "" }
                if csv {
                    let cells =
                        values + [
                            view.unit,
                            Figures.decimal(
                                Double(view.charged.thousandths) / Double(Amount.perUnit), digits: 6),
                            String(view.nodeSeconds), String(view.coreSeconds), String(view.deviceSeconds),
                            String(view.attempts),
                        ]
                    print(cells.map(Self.quoted).joined(separator: ","))
                } else {
                    let hours = [view.nodeSeconds, view.coreSeconds, view.deviceSeconds].map {
                        Figures.decimal(Double($0) / 3600, digits: 3)
                    }
                    table.add(
                        values + [view.unit, Figures.units(view.charged)] + hours + [String(view.attempts)])
                }
            }
            if !csv { table.isEmpty ? print("no usage") : table.show() }
        }
    }

    /// A CSV cell by RFC 4180; one that a spreadsheet would take for a formula is quoted with an apostrophe.
    static func quoted(_ text: String) -> String {
        let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false
        let isNumber = Double(text) != nil
        let safe = isFormula && !isNumber ? "'" + text : text
        guard safe.contains(where: { ",\"\n\r".contains($0) }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
