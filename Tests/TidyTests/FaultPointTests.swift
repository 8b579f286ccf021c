import Foundation
import Testing

/// What drills may do to an agent is no part of what sites get.
@Suite struct FaultPointTests {
    private static let variable = "HANSA_FAULT_POINT"
    private static let release = Project.shared.root.appendingPathComponent(".build/release/hansa-agent")

    /// Every line that names the fault point stands between `#if DEBUG` and its `#endif`.
    @Test func itIsCompiledInDebugBuildsOnly() {
        var named = 0
        for file in Project.shared.swiftFiles where file.path.hasPrefix("agents/") {
            var depth = 0
            for (number, line) in file.lines.enumerated() {
                let code = line.drop { $0 == " " }
                if code.hasPrefix("#if") { depth += code == "#if DEBUG" || depth > 0 ? 1 : 0 }
                if code.hasPrefix("#endif"), depth > 0 { depth -= 1 }
                guard !code.hasPrefix("//"), line.contains("FaultPoint") || line.contains(Self.variable)
                else {
                    continue
                }
                named += 1
                #expect(depth > 0, "\(file.path):\(number + 1)")
            }
        }
        #expect(named >= 3)
    }

    /// The release program itself, where there is one.
    @Test(.enabled(if: FileManager.default.fileExists(atPath: release.path)))
    func theReleaseProgramKnowsNothingOfIt() throws {
        let program = try Data(contentsOf: Self.release)
        #expect(program.range(of: Data("HANSA_SLOT_FILES".utf8)) != nil)
        #expect(program.range(of: Data(Self.variable.utf8)) == nil)
    }
}
