/// Writes scripts that sbatch and `ScriptReader` read back as they were.
public enum ScriptWriter {
    /// A script with these directives, one a line, right after the interpreter, and this body.
    public static func write(interpreter: String, directives: [Directive], body: String) -> String {
        var text = "#!\(interpreter)\n"
        for directive in directives { text += "#SBATCH \(word(directive))\n" }
        text += body
        return body.hasSuffix("\n") || body.isEmpty ? text : text + "\n"
    }

    /// A directive as one word.
    static func word(_ directive: Directive) -> String {
        quoted("--" + directive.name + (directive.value.map { "=" + $0 } ?? ""))
    }

    /// A word in quotes where it needs them. A newline cannot be written and becomes a blank.
    static func quoted(_ text: String) -> String {
        let special = text.unicodeScalars.contains { scalar in
            scalar.properties.isWhitespace || "\"'\\#".unicodeScalars.contains(scalar) || scalar.value < 0x20
        }
        guard special else { return text }
        var result = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { result.append("\\") }
            result.unicodeScalars.append(scalar == "\n" || scalar == "\0" ? " " : scalar)
        }
        return result + "\""
    }

    /// The text of a script without the directives that sbatch reads, and without its first line.
    public static func body(of script: SbatchScript) -> String {
        let end = script.firstCommand ?? Int.max
        var number = 0
        var lines: [Substring] = []
        for line in script.text.split(separator: "\n", omittingEmptySubsequences: false) {
            number += 1
            if number == 1 || (number < end && line.utf8.starts(with: "#SBATCH".utf8)) { continue }
            lines.append(line)
        }
        return lines.joined(separator: "\n")
    }
}
