import Testing

/// The manifest, read top to bottom, is the import rule; nothing may be imported past it.
@Suite struct ImportTests {
    /// Modules of the toolchain and the system.
    static let system: Set<String> = [
        "Foundation", "FoundationEssentials", "CoreFoundation", "Glibc", "Dispatch", "Synchronization",
        "Testing", "Swift",
    ]

    @Test func theManifestIsRead() {
        let names = Set(Project.shared.targets.map(\.name))
        #expect(
            names.isSuperset(of: ["Federation", "Store", "Gateway", "SiteAgent", "TrainingKernel", "hansa"]))
        #expect(Project.shared.targets.first { $0.name == "Store" }?.imports == ["Federation", "Postgres"])
        #expect(
            Project.shared.targets.first { $0.name == "Gateway" }?.imports.contains("Hummingbird") == true)
    }

    @Test func everyImportIsDeclared() {
        for target in Project.shared.targets {
            // The compiler's names of modules have no dashes.
            let declared = Set(target.imports.map { $0.replacing("-", with: "_") })
            for file in Project.shared.files(of: target) {
                for module in Self.imports(of: file) where !Self.system.contains(module) {
                    #expect(declared.contains(module), "\(file.path) imports \(module)")
                }
            }
        }
    }

    @Test func theRulesImportNothing() {
        for file in Project.shared.swiftFiles where file.path.hasPrefix("Sources/Federation/") {
            #expect(Self.imports(of: file).isEmpty, "\(file.path)")
        }
    }

    static func imports(of file: Project.File) -> [String] {
        file.lines.compactMap { line in
            var words = line.split(separator: " ")
            while let first = words.first,
                first.hasPrefix("@") || ["public", "package", "internal"].contains(first)
            {
                words.removeFirst()
            }
            guard words.first == "import", words.count > 1 else { return nil }
            let isDeclaration = ["struct", "class", "enum", "func", "protocol", "var"].contains(words[1])
            let module = isDeclaration ? words[words.count > 2 ? 2 : 1] : words[1]
            return String(module.split(separator: ".").first ?? module)
        }
    }
}
