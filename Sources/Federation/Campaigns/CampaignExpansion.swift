/// A campaign while it is expanded: first all tasks and outputs, then what refers to them.
struct CampaignExpansion {
    let context: SubmissionContext
    let faults: FaultCollector
    var result = ExpandedCampaign(tasks: [], dependencies: [], earlierTasks: [], residency: [])
    /// The task of the document and the combination that each expanded task came from.
    var origins: [(task: Int, combination: Int)] = []
    var taskByName: [String: Int] = [:]
    var outputs: [String: (task: Int, output: TaskOutput)] = [:]
    var outputNames: [String] = []
    var matches: [ArtifactPattern: [Int]] = [:]
    var outputMatches: [String: [String]] = [:]
    var earlierByName: [String: [String: EarlierCampaign.Output]] = [:]
    var edges = 0
    /// Names compared with patterns so far.
    var comparisons = 0

    /// So many dependencies a campaign may have in all.
    static let maximumEdges = 4_000_000
    /// So many names may be compared with patterns in all, so that no campaign keeps the coordinator busy for minutes.
    static let maximumComparisons = 100_000_000
    /// Only so many names are looked through for the one that was meant.
    static let namesForSuggestions = 5000

    init(context: SubmissionContext, faults: FaultCollector) {
        self.context = context
        self.faults = faults
    }

    /// Makes the tasks of one task of the document.
    mutating func add(_ task: CampaignTask, at place: Int) {
        for combination in 0..<task.count where !faults.isFull {
            let bindings = MatrixBindings(axes: task.matrix, combination: combination)
            let index = result.tasks.count
            let spec = makeSpec(task, bindings)
            if let other = taskByName.updateValue(index, forKey: spec.name) {
                let place = PathStep.text([.key("tasks"), .index(origins[other].task)])
                faults.add(
                    task.path + [.key("name")], "a task \(spec.name) is made twice, here and by \(place)",
                    suggestion: "names of a campaign's tasks must differ")
            }
            for output in spec.outputs {
                if let other = outputs.updateValue((index, output), forKey: output.name)?.task {
                    let by = other == index ? spec.name : result.tasks[other].name
                    faults.add(
                        task.path + [.key("outputs")],
                        "the output \(output.name) is made twice, by \(by) and by \(spec.name)")
                }
                outputNames.append(output.name)
            }
            result.tasks.append(spec)
            origins.append((place, combination))
        }
    }

    private func makeSpec(_ task: CampaignTask, _ bindings: MatrixBindings) -> TaskSpec {
        let name = checked(task.name.text(bindings), "task", task.path + [.key("name")])
        var spec = TaskSpec(
            name: name, kind: task.kind, activity: task.activity, partner: context.partner,
            member: context.member,
            program: task.program.text(bindings), arguments: task.arguments.map { $0.text(bindings) },
            resources: task.resources)
        spec.script = task.script
        spec.batchOptions = task.batchOptions
        spec.workPackage = task.workPackage
        spec.budget = task.budget
        var languages: [String] = []
        for text in task.languages.flatMap({ $0.texts(bindings) }).map(\.text) {
            guard let code = LanguageTable.code(text) else {
                faults.add(task.path + [.key("languages")], "\"\(text)\" is no known language")
                continue
            }
            if !languages.contains(code) { languages.append(code) }
        }
        spec.languages = languages
        spec.model = task.model?.text(bindings)
        spec.environment = task.environment.mapValues { $0.text(bindings) }
        spec.outputs = task.outputs.flatMap { output in
            output.name.texts(bindings).map { text, elements in
                TaskOutput(
                    name: checked(text, "output", output.path), licence: output.licence,
                    residency: output.residency(of: elements))
            }
        }
        spec.stack = task.stack
        spec.sites = task.sites
        spec.priority = task.priority
        spec.retries = task.retries
        spec.maximumLinks = task.links
        spec.signalSecondsBeforeEnd = task.signalBefore
        spec.packable = task.packable
        spec.onSilence = task.onSilence
        spec.failureRules = task.failureRules
        spec.tags = task.tags.mapValues { $0.text(bindings) }
        return spec
    }

    /// Names of tasks and outputs become folders, so they are made of harmless characters.
    private func checked(_ name: String, _ kind: String, _ path: [PathStep]) -> String {
        if !Identifier<Campaign>(name).isWellFormed {
            faults.add(
                path, "\"\(name)\" is no name for \(kind == "output" ? "an" : "a") \(kind)",
                suggestion: "1 to 64 of a-z A-Z 0-9 . _ -, beginning with a letter or digit")
        }
        return name
    }
}
