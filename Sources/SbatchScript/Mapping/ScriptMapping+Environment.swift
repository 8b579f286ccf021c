import Federation

/// The environment that a batch script expects, and what its body uses that a task has not.
extension ScriptMapping {
    mutating func takeExport(_ directive: Directive) {
        guard let list = ExportList(directive.value ?? "") else {
            refuse(directive, "is no list of variables", "e.g. --export=NONE, --export=ALL,NAME=value")
            return
        }
        guard list.inherited.isEmpty else {
            refuse(
                directive,
                "would take \(list.inherited.joined(separator: ", ")) out of your shell and keep it in the book "
                    + "for all to read",
                "write NAME=value where it is no secret; a secret stays in a file at the site that the script reads"
            )
            return
        }
        for (name, value) in list.values {
            guard !name.hasPrefix("HANSA_"), !value.contains("\0") else {
                refuse(directive, "\(name) is Hansa's own", "give it another name")
                return
            }
            environment[name] = value
        }
        let names = list.values.map(\.name).joined(separator: ", ")
        note(
            directive, .mapped,
            (names.isEmpty ? "" : "sets \(names); ")
                + "your shell's environment stays with you, the site's agent sets its own")
    }

    /// The variables that sbatch would set, where the script's own options say their values. The job's id is left to
    /// Slurm: an MPI that found one where there is no Slurm would wait for it.
    mutating func fillEnvironment() {
        environment["SLURM_JOB_NAME"] = Printable.text(jobName, most: 1000)
        environment["SLURM_JOB_NUM_NODES"] = String(resources.nodes)
        environment["SLURM_NNODES"] = String(resources.nodes)
        if effective[.ntasks] != nil || effective[.ntasksPerNode] != nil {
            let tasks = String(WholeNumber.product(resources.nodes, resources.ranksPerNode))
            environment["SLURM_NTASKS"] = tasks
            environment["SLURM_NPROCS"] = tasks
        }
        if effective[.ntasksPerNode] != nil {
            environment["SLURM_NTASKS_PER_NODE"] = String(resources.ranksPerNode)
        }
        if effective[.cpusPerTask] != nil {
            environment["SLURM_CPUS_PER_TASK"] = String(
                resources.coresPerNode / max(1, resources.ranksPerNode))
        }
        environment["SLURM_CPUS_ON_NODE"] = String(resources.coresPerNode)
        if effective[.export] == nil {
            assume("your shell's environment stays with you; --export=NAME=value says what goes along")
        }
        guard let array, let first = array.values.first, let last = array.values.last else { return }
        environment["SLURM_ARRAY_TASK_COUNT"] = String(array.values.count)
        environment["SLURM_ARRAY_TASK_MIN"] = String(first)
        environment["SLURM_ARRAY_TASK_MAX"] = String(last)
        environment["SLURM_ARRAY_TASK_STEP"] = String(array.step)
    }

    /// What the body does that is worth a word. It is looked through, never understood.
    mutating func lookIntoBody() {
        guard let first = script.firstCommand else {
            assume("the script has no command: the task ends at once")
            return
        }
        var told: Set<String> = []
        var number = 0
        for line in script.text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            guard number >= first, line.count <= 4096, let text = String(line) else { continue }
            let code = text.drop { $0 == " " || $0 == "\t" }
            guard !code.hasPrefix("#") else { continue }
            for (word, words) in ScriptMapping.worthAWord
            where code.contains(word) && told.insert(words).inserted {
                if word.hasSuffix(" "), !ScriptMapping.isCommand(word, in: code) {
                    told.remove(words)
                    continue
                }
                notes.append(MappingNote(line: number, written: String(code), verdict: .mind, words: words))
            }
        }
    }

    private static let worthAWord: [(String, String)] = [
        ("srun ", "srun is there only where the site's batch system is Slurm"),
        ("sbatch ", "what it submits runs outside Hansa's book"),
        ("scontrol ", "scontrol is there only where Slurm is, and Hansa does not know what it changes"),
        ("SLURM_JOB_ID", "SLURM_JOB_ID is set only where Slurm is; HANSA_ATTEMPT is everywhere"),
        ("SLURM_JOBID", "SLURM_JOBID is set only where Slurm is; HANSA_ATTEMPT is everywhere"),
        ("SLURM_ARRAY_JOB_ID", "SLURM_ARRAY_JOB_ID is not set: members are tasks of their own"),
    ]

    /// Whether the word begins the line, or follows something that begins a command.
    private static func isCommand(_ word: String, in code: Substring) -> Bool {
        if code.hasPrefix(word) { return true }
        return ["; ", "&& ", "|| ", "| ", "exec ", "time ", "do ", "then ", "$(", "`", ";"].contains {
            code.contains($0 + word)
        }
    }
}
