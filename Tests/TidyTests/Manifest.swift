import Foundation

/// Reads the targets out of the manifest's text: its layout is fixed by the formatter, and asking the package manager
/// from inside a test would wait for the lock that the test run holds.
struct Manifest {
    let targets: [Project.Target]

    init(_ text: String) {
        var products: [String: String] = [:]
        for line in text.split(separator: "\n") where line.hasPrefix("let ") && line.contains("= product(\"")
        {
            let parts = line.split(separator: "\"")
            let name = line.dropFirst(4).prefix { $0 != " " }
            if parts.count > 1 { products[String(name)] = String(parts[1]) }
        }
        var found: [Project.Target] = []
        for kind in [".target(", ".executableTarget(", ".testTarget(", ".systemLibrary("] {
            for block in Manifest.blocks(startingWith: kind, in: text) {
                if let target = Manifest.target(kind: kind, block: block, products: products) {
                    found.append(target)
                }
            }
        }
        targets = found
    }

    private static func target(kind: String, block: String, products: [String: String]) -> Project.Target? {
        guard let name = quoted(after: "name: ", in: block) else { return nil }
        var imports: Set<String> = []
        if let start = block.range(of: "dependencies: ["),
            let end = block.range(of: "]", range: start.upperBound..<block.endIndex)
        {
            let list = block[start.upperBound..<end.lowerBound].replacingOccurrences(
                of: "product(\"", with: "\u{1}")
            for raw in list.split(separator: ",") {
                let item = raw.trimmingCharacters(in: .whitespacesAndNewlines)
                if item.hasPrefix("\u{1}") {
                    imports.insert(String(item.dropFirst().prefix { $0 != "\"" }))
                } else if item.hasSuffix("\")") {
                    continue  // a product's package: no module
                } else if item.hasPrefix("\"") {
                    imports.insert(item.trimmingCharacters(in: CharacterSet(charactersIn: "\")")))
                } else if let module = products[item] {
                    imports.insert(module)
                }
            }
        }
        let isTest = kind == ".testTarget("
        let path = quoted(after: "path: ", in: block) ?? (isTest ? "Tests/\(name)" : "Sources/\(name)")
        return Project.Target(name: name, path: path, imports: imports, isTest: isTest)
    }

    private static func quoted(after label: String, in text: String) -> String? {
        guard let start = text.range(of: label + "\"") else { return nil }
        return String(text[start.upperBound...].prefix { $0 != "\"" })
    }

    private static func blocks(startingWith opening: String, in text: String) -> [String] {
        var blocks: [String] = []
        var rest = text[...]
        while let start = rest.range(of: opening) {
            var depth = 1
            var index = start.upperBound
            while index < rest.endIndex, depth > 0 {
                if rest[index] == "(" { depth += 1 }
                if rest[index] == ")" { depth -= 1 }
                index = rest.index(after: index)
            }
            blocks.append(String(rest[start.upperBound..<index]))
            rest = rest[index...]
        }
        return blocks
    }
}
