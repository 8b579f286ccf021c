import Federation
import FoundationEssentials
import Glibc
import SbatchScript

/// A batch script that is submitted as it is: read, put into Hansa's words, and handed on as a campaign's document.
struct BatchScriptFile {
    /// The largest file that is looked into, bytes; what may be submitted is less.
    static let maximumBytes = 32 << 20
    private static let endings = [".sh", ".sbatch", ".slurm", ".job", ".batch"]

    let path: String
    let mapped: MappedScript

    /// Whether the file is a script and no YAML: it begins with `#!`, or is called like one.
    static func isScript(path: String) -> Bool {
        if endings.contains(where: path.hasSuffix) { return true }
        guard path != "-", let file = fopen(path, "r") else { return false }
        defer { fclose(file) }
        return fgetc(file) == 0x23 && fgetc(file) == 0x21
    }

    init(path: String, _ choices: SubmissionChoices) throws {
        self.path = path
        do {
            mapped = try ScriptMapping.map(
                try ScriptReader.read(try BatchScriptFile.bytes(of: path)), choices)
        } catch let faults as ScriptFaults {
            throw Refusal(path: path, faults: faults)
        }
    }

    /// The campaign as a file of documents, so that whatever the coordinator finds in it has a place.
    func documents() throws -> DocumentFile {
        try DocumentFile(
            path: "\(path), as --dry-run shows it",
            bytes: Array(try DocumentText.yaml(mapped.document).utf8))
    }

    /// What became of each line, for people.
    var mappingLines: [String] {
        let tasks =
            mapped.array.map { "\($0.values.count) tasks \(mapped.name)-…" } ?? "the task \(mapped.name)"
        var table = Table("LINE", "", "WRITTEN", "BECOMES")
        for note in mapped.notes {
            table.add(note.line.map(String.init) ?? "", note.verdict.inWords, note.written, note.words)
        }
        return ["\(path) becomes \(tasks)"] + (table.isEmpty ? [] : table.lines)
    }

    /// A script that cannot be a task.
    struct Refusal: Error {
        let path: String
        let faults: ScriptFaults

        var commandError: CommandError {
            let lines = faults.faults.map { fault in
                var line = fault
                line.line = nil
                let place = fault.line.map { ":\($0)" + (fault.column.map { ":\($0)" } ?? "") } ?? ""
                return "\(path)\(place): \(line.inWords)"
            }
            return CommandError(.data, lines.joined(separator: "\n"))
        }
    }

    private static func bytes(of path: String) throws -> [UInt8] {
        let manager = FileManager.default
        let name = path == "-" ? "/dev/stdin" : path
        if path != "-", let size = try? manager.attributesOfItem(atPath: path)[.size] as? Int,
            size > maximumBytes
        {
            throw CommandError(
                .data, "\(path) is larger than \(maximumBytes >> 20) MiB; no batch system takes such a script"
            )
        }
        guard let data = manager.contents(atPath: name) else {
            throw CommandError(.noInput, "\(path) cannot be read; is it a file, and are you allowed to?")
        }
        return Array(data)
    }
}

extension MappingNote.Verdict {
    /// The verdict in a word or two.
    var inWords: String {
        switch self {
        case .mapped: "mapped"
        case .decided: "Hansa decides"
        case .passedOn: "passed on"
        case .ignored: "no effect"
        case .assumed: "assumed"
        case .mind: "mind"
        }
    }
}
