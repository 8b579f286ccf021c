import Testing

/// Small files and short functions, measured over the whole project.
@Suite struct SizeTests {
    @Test func filesAreSmall() {
        let sizes = Project.shared.swiftFiles.map { (lines: $0.lines.count, path: $0.path) }
            .sorted { $0.lines < $1.lines }
        guard let largest = sizes.last else {
            Issue.record("no Swift file found")
            return
        }
        #expect(sizes[sizes.count / 2].lines <= 100, "median")
        #expect(sizes[sizes.count * 9 / 10].lines <= 300, "90th percentile")
        #expect(largest.lines <= 500, "\(largest.path) has \(largest.lines) lines")
    }

    @Test func functionsAreShort() {
        for file in Project.shared.swiftFiles {
            for function in Self.functions(of: file) {
                #expect(function.lines < 70, "\(file.path):\(function.line) has \(function.lines) lines")
            }
        }
    }

    /// Functions by the formatter's own layout: a `func` or `init` line, up to the closing brace in its column.
    static func functions(of file: Project.File) -> [(line: Int, lines: Int)] {
        var found: [(line: Int, lines: Int)] = []
        let lines = file.lines
        for (number, line) in lines.enumerated() {
            let indent = line.prefix { $0 == " " }
            let code = line.dropFirst(indent.count)
            guard code.contains("func ") || code.hasPrefix("init(") || code.contains(" init("),
                !code.hasPrefix("//"), !code.hasPrefix("*"), !code.contains("\"")
            else { continue }
            let closing = indent + "}"
            guard !code.hasSuffix("}"),
                let end = lines[(number + 1)...].firstIndex(where: { $0 == closing })
            else { continue }
            let next = lines[(number + 1)..<end].first { $0.hasPrefix(indent + "func ") }
            if next == nil { found.append((number + 1, end - number + 1)) }
        }
        return found
    }
}
