import Foundation
import Testing

@testable import hansa

/// The README's table of exit codes is the program's.
@Suite struct ExitStatusTests {
    @Test func theReadmeSaysWhatTheProgramEndsWith() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
        var table: [Int32: String] = [:]
        for line in readme.split(separator: "\n") where line.hasPrefix("|") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            // Two codes and their meanings stand side by side.
            for index in stride(from: 0, to: cells.count - 1, by: 2) {
                if let code = Int32(cells[index]) { table[code] = cells[index + 1] }
            }
        }
        #expect(Set(table.keys) == Set(ExitStatus.allCases.map(\.rawValue)))
        for status in ExitStatus.allCases { #expect(table[status.rawValue] == status.meaning) }
    }
}
