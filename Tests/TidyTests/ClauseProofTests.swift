import Foundation
import Testing

/// Clauses whose proof stands outside the simulation name a test: it is there.
@Suite struct ClauseProofTests {
    @Test func everyNamedTestExists() throws {
        let table = try #require(
            Project.shared.swiftFiles.first { $0.path == "Tests/SimulationTests/ClauseTests.swift" })
        let names = table.lines.compactMap { line -> [Substring]? in
            guard let start = line.range(of: "test: \"") else { return nil }
            return line[start.upperBound...].prefix { $0 != "\"" }.split(separator: ".")
        }
        #expect(names.count >= 10)
        for name in names {
            #expect(name.count == 2, "\(name) is no suite and function")
            guard name.count == 2 else { continue }
            #expect(Self.isTest(name[1], in: name[0]), "\(name[0]).\(name[1]) is no test")
        }
    }

    /// Whether a suite of that name has a function of that name right behind a `@Test`.
    private static func isTest(_ function: Substring, in suite: Substring) -> Bool {
        let files = Project.shared.swiftFiles.filter {
            $0.path.hasPrefix("Tests/") && $0.text.contains("@Suite") && $0.text.contains("struct \(suite) {")
        }
        return files.contains { file in
            guard let place = file.text.range(of: "func \(function)(") else { return false }
            let before = file.text[..<place.lowerBound]
            guard let mark = before.range(of: "@Test", options: .backwards) else { return false }
            return !before[mark.upperBound...].contains("func ")
        }
    }
}
