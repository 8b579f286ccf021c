import Foundation
import Testing

/// ARCHITECTURE.md's table of the parts says what the manifest says, and the manifest says what the code needs.
@Suite struct ArchitectureTests {
    /// What every program and library of the table may import, by the table.
    static func table() throws -> [String: Set<String>] {
        let page = try String(
            contentsOf: Project.shared.root.appendingPathComponent("ARCHITECTURE.md"), encoding: .utf8)
        var rows: [String: Set<String>] = [:]
        for line in page.split(separator: "\n") where line.hasPrefix("| `") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 3 else { continue }
            let name = cells[0].trimmingCharacters(in: CharacterSet(charactersIn: "`"))
            let words = cells[2].split { !($0.isLetter || $0.isNumber || $0 == "-") }.map(String.init)
            rows[name] = Set(words).subtracting(["nothing"])
        }
        return rows
    }

    /// The project's own modules: the table speaks of these alone.
    static let own = Set(Project.shared.targets.map(\.name))

    @Test func theTableIsTheManifest() throws {
        let table = try Self.table()
        #expect(table.count >= 10)
        for (name, imports) in table {
            let target = try #require(
                Project.shared.targets.first { $0.name == name }, "\(name) is no target")
            let declared = target.imports.intersection(Self.own)
            #expect(imports == declared, "\(name): the table against Package.swift")
        }
    }

    @Test func everyTargetStandsInTheTable() throws {
        let table = try Self.table()
        let named = table.values.reduce(into: Set(table.keys)) { $0.formUnion($1) }
        for target in Project.shared.targets where !target.isTest && !target.path.hasPrefix("Tests/") {
            // Headers and module maps stand where they are imported.
            #expect(named.contains(target.name) || target.name == "COpenMPI", "\(target.name)")
        }
    }

    /// What is declared is imported: a dependency that nothing needs is a door left open.
    @Test func everyDependencyIsNeeded() {
        for target in Project.shared.targets where !target.isTest && !target.path.hasPrefix("agents/C") {
            let imported = Set(
                Project.shared.files(of: target).flatMap { ImportTests.imports(of: $0) })
            for module in target.imports {
                #expect(imported.contains(module), "\(target.name) never imports \(module)")
            }
        }
    }
}
