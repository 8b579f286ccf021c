import Federation

/// Reads a batch script: bytes in, a script or faults out. Any bytes will do; none trap.
public enum ScriptReader {
    private static let mark = Array("#SBATCH".utf8)

    /// Reads a script. Throws every fault found, each with its place.
    public static func read(_ bytes: [UInt8]) throws(ScriptFaults) -> SbatchScript {
        try checkBeginning(bytes)
        try checkBytes(bytes)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ScriptFaults(faults: [ScriptReader.foreignByte(in: bytes)])
        }
        var lines = ScriptLines(bytes)
        var words: [Word] = []
        var faults: [ScriptFault] = []
        var passedOver: [SbatchScript.PassedOver] = []
        var firstCommand: Int?
        while let line = lines.next() {
            if line.bytes.starts(with: mark) {
                guard firstCommand == nil else {
                    note(line, "it stands after the first command, in line \(firstCommand ?? 0)", &passedOver)
                    continue
                }
                let rest = line.bytes.dropFirst(mark.count)
                do throws(ScriptFaults) {
                    let found = try DirectiveLine(rest, line: line.number, firstColumn: mark.count + 1)
                        .words()
                    words.append(contentsOf: found)
                } catch {
                    faults.append(contentsOf: error.faults)
                }
            } else if firstCommand == nil {
                if let first = line.bytes.first(where: { !DirectiveLine.isBlank($0) }) {
                    if first != UInt8(ascii: "#") {
                        firstCommand = line.number
                    } else if line.number > 1, isAlmostMark(line.bytes) {
                        note(line, "a directive begins with #SBATCH, in the first column", &passedOver)
                    }
                }
            } else if passedOver.count >= 20 {
                break
            }
        }
        let reader = DirectiveReader(words)
        faults += reader.faults
        guard faults.isEmpty else {
            throw ScriptFaults(
                faults: faults.sorted { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) })
        }
        let shebang = bytes.dropFirst(2).prefix { $0 != 0x0A }
        return SbatchScript(
            interpreter: String(decoding: shebang, as: UTF8.self), directives: reader.directives, text: text,
            firstCommand: firstCommand, passedOver: passedOver)
    }

    private static func checkBeginning(_ bytes: [UInt8]) throws(ScriptFaults) {
        if bytes.count > TaskScript.maximumBytes {
            throw ScriptFaults(faults: [
                ScriptFault(
                    line: nil, found: "",
                    message: "the script has \(bytes.count) bytes, more than \(TaskScript.maximumBytes)",
                    advice: "put what is long into a file at the site, and let a short script call it")
            ])
        }
        let begin = String(decoding: bytes.prefix { $0 != 0x0A }.prefix(80), as: UTF8.self)
        var message: String?
        var advice = "write #!/bin/bash as the first line"
        if bytes.isEmpty {
            message = "the script is empty"
        } else if bytes.allSatisfy(DirectiveLine.isBlank) {
            message = "the script has nothing but blanks"
        } else if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            message = "the script begins with a byte order mark, so that #! is not its beginning"
            advice = "save it as UTF-8 without BOM: sed -i '1s/^\\xEF\\xBB\\xBF//' FILE"
        } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            message = "the script is UTF-16"
            advice = "convert it: iconv -f UTF-16 -t UTF-8"
        } else if !bytes.starts(with: Array("#!".utf8)) {
            message = "the first line does not name an interpreter"
        }
        guard let message else { return }
        throw ScriptFaults(faults: [
            ScriptFault(line: 1, column: 1, found: begin, message: message, advice: advice)
        ])
    }

    /// What sbatch refuses in any script.
    private static func checkBytes(_ bytes: [UInt8]) throws(ScriptFaults) {
        var line = 1
        var lineStart = 0
        for (place, byte) in bytes.enumerated() {
            if byte == 0x0A {
                if place > 0, bytes[place - 1] == 0x0D {
                    throw ScriptFaults(faults: [
                        ScriptFault(
                            line: line, column: place - lineStart, found: "\r\n",
                            message: "the line ends as DOS writes it, which no interpreter takes",
                            advice: "convert the file: sed -i 's/\\r$//' FILE")
                    ])
                }
                line += 1
                lineStart = place + 1
            } else if byte == 0 {
                throw ScriptFaults(faults: [
                    ScriptFault(
                        line: line, column: place - lineStart + 1, found: "\0",
                        message: "a NUL byte: batch systems take no script with one",
                        advice: "keep binary data in a file of its own")
                ])
            }
        }
    }

    private static func foreignByte(in bytes: [UInt8]) -> ScriptFault {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var line = 1
        var column = 1
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            if scalar == "\n" {
                line += 1
                column = 1
            } else {
                column += String(scalar).utf8.count
            }
        }
        return ScriptFault(
            line: line, column: column, found: "", message: "a byte here is not UTF-8",
            advice: "convert the file: iconv -f ISO-8859-1 -t UTF-8")
    }

    /// `# SBATCH`, ` #SBATCH`, `#sbatch`: meant as directives, read by nobody. `##SBATCH` is meant as a comment.
    private static func isAlmostMark(_ line: ArraySlice<UInt8>) -> Bool {
        let letters = line.prefix(64).filter { !DirectiveLine.isBlank($0) }.prefix(7)
        return String(decoding: letters, as: UTF8.self).uppercased() == "#SBATCH"
    }

    private static func note(
        _ line: ScriptLines.Line, _ reason: String, _ list: inout [SbatchScript.PassedOver]
    ) {
        guard list.count < 20 else { return }
        let text = Printable.text(String(decoding: line.bytes.prefix(400), as: UTF8.self))
        list.append(.init(line: line.number, text: text, reason: reason))
    }
}
