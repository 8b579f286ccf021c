import Federation

/// Turns a script that was read into Hansa's words, line by line.
public struct ScriptMapping {
    let script: SbatchScript
    let choices: SubmissionChoices
    /// The directive that counts for each option: the last one.
    let effective: [SbatchOption: Directive]
    var notes: [MappingNote] = []
    var faults: [ScriptFault] = []
    var batchOptions: [String] = []
    var environment: [String: String] = [:]
    var tags: [String: String] = [:]
    var body: TaskScript
    var signalBefore: Int64 = 0
    var array: ArrayIndices?
    var resources = Resources(walltimeSeconds: 0)
    var stack = "cpu"
    var jobName: String

    /// Maps a script. Throws every reason for which it cannot be a task, each with its line.
    public static func map(
        _ script: SbatchScript, _ choices: SubmissionChoices
    ) throws(ScriptFaults) -> MappedScript {
        var mapping = ScriptMapping(script, choices)
        mapping.takeDirectives()
        mapping.readResources()
        mapping.fillEnvironment()
        mapping.lookIntoBody()
        mapping.noteRest()
        guard mapping.faults.isEmpty else {
            throw ScriptFaults(faults: mapping.faults.sorted { ($0.line ?? 0) < ($1.line ?? 0) })
        }
        let document = mapping.document
        do throws(DocumentFaults) {
            _ = try CampaignDocument.read(document)
        } catch {
            throw ScriptFaults(
                faults: error.faults.map {
                    ScriptFault(
                        line: nil, found: PathStep.text($0.path), message: $0.message, advice: $0.suggestion)
                })
        }
        return MappedScript(
            document: document, notes: mapping.notes.sorted { ($0.line ?? Int.max) < ($1.line ?? Int.max) },
            name: mapping.taskName, array: mapping.array, resources: mapping.resources,
            equivalent: mapping.equivalent)
    }

    private init(_ script: SbatchScript, _ choices: SubmissionChoices) {
        self.script = script
        self.choices = choices
        var effective: [SbatchOption: Directive] = [:]
        for directive in script.directives {
            if let option = directive.option { effective[option] = directive }
        }
        self.effective = effective
        body = TaskScript(text: script.text)
        let name = effective[.jobName]?.value ?? ""
        jobName = name.isEmpty ? choices.fileName : name
    }

    /// The task's name: the job's, with nothing but the characters of names.
    var taskName: String { ScriptMapping.name(jobName) ?? ScriptMapping.name(choices.fileName) ?? "script" }

    static func name(_ text: String) -> String? {
        var result = ""
        for byte in text.utf8 {
            guard result.utf8.count < 48 else { break }
            let isLetter =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            if isLetter || (!result.isEmpty && "._-".utf8.contains(byte)) {
                result.unicodeScalars.append(UnicodeScalar(byte))
            } else if !result.isEmpty, !result.hasSuffix("-") {
                result += "-"
            }
        }
        while result.hasSuffix("-") { result.removeLast() }
        return result.isEmpty ? nil : result
    }

    mutating func note(_ directive: Directive, _ verdict: MappingNote.Verdict, _ words: String) {
        notes.append(
            MappingNote(line: directive.line, written: directive.written, verdict: verdict, words: words))
    }

    mutating func assume(_ words: String) {
        notes.append(MappingNote(line: nil, written: "", verdict: .assumed, words: words))
    }

    mutating func refuse(_ directive: Directive, _ message: String, _ advice: String?) {
        faults.append(directive.fault(message, advice))
    }

    private mutating func noteRest() {
        for line in script.passedOver {
            notes.append(
                MappingNote(line: line.line, written: line.text, verdict: .ignored, words: line.reason))
        }
        if choices.activity == nil {
            assume(
                "kind \(choices.kind.rawValue), activity \(choices.usualActivity): evidence counts on them, "
                    + "say --kind and --activity where they differ")
        }
    }
}
