/// What refers to tasks and outputs, once all of them are known.
extension CampaignExpansion {
    /// Resolves inputs and dependencies, and proves that no task waits for itself.
    mutating func resolve(_ tasks: [CampaignTask]) {
        let count = result.tasks.count
        result.dependencies = Array(repeating: [], count: count)
        result.earlierTasks = Array(repeating: [], count: count)
        result.residency = Array(repeating: [], count: count)
        for index in 0..<count where !faults.isFull {
            let task = tasks[origins[index].task]
            let bindings = MatrixBindings(axes: task.matrix, combination: origins[index].combination)
            var parents: Set<Int> = []
            resolveInputs(of: index, task, bindings, &parents)
            resolveNames(of: index, task, bindings, &parents)
            for output in result.tasks[index].outputs {
                guard let site = output.residency else { continue }
                note(.init(artifact: output.name, site: site, licence: output.licence), index, task)
            }
            result.dependencies[index] = parents.sorted()
            edges += parents.count
            if edges > CampaignExpansion.maximumEdges {
                faults.add(
                    task.path, "the campaign has more than \(CampaignExpansion.maximumEdges) dependencies",
                    suggestion: "let a task in between depend on the many, and the others on it")
                return
            }
        }
        if faults.faults.isEmpty { findCycle(tasks) }
    }

    private mutating func resolveInputs(
        of index: Int, _ task: CampaignTask, _ bindings: MatrixBindings, _ parents: inout Set<Int>
    ) {
        var inputs: [TaskInput] = []
        for input in task.inputs {
            let folders = input.folder.texts(bindings).map(\.text)
            let artifacts = input.artifacts.flatMap { $0.texts(bindings) }.map(\.text)
            var found: [TaskInput] = []
            for artifact in artifacts {
                found += resolve(artifact, of: index, task, input, &parents)
            }
            // A folder for each artifact as written; what a pattern finds keeps its own name.
            if folders.count == found.count, !(folders + artifacts).contains(where: { $0.contains("*") }) {
                for (place, folder) in folders.enumerated() { found[place].name = folder }
            }
            inputs += found
        }
        var seen: Set<String> = []
        for input in inputs where !seen.insert(input.name).inserted {
            faults.add(
                task.path + [.key("inputs")],
                "two inputs of \(result.tasks[index].name) are named \(input.name)")
        }
        for input in inputs where !Identifier<Campaign>(input.name).isWellFormed {
            faults.add(task.path + [.key("inputs")], "\"\(input.name)\" is no name for an input's folder")
        }
        result.tasks[index].inputs = inputs
    }

    /// The inputs that one artifact or pattern stands for, each under the artifact's own name.
    private mutating func resolve(
        _ artifact: String, of index: Int, _ task: CampaignTask, _ input: CampaignTask.Input,
        _ parents: inout Set<Int>
    ) -> [TaskInput] {
        if let campaign = CampaignDocument.earlierCampaign(of: artifact) {
            return resolveEarlier(campaign, artifact, of: index, task, input)
        }
        let names = outputs(matching: artifact, task)
        if names.isEmpty {
            faults.add(
                input.path, "no task of this campaign makes \(artifact)",
                suggestion: Spelling.nearest(to: artifact, among: outputNames).map {
                    "did you mean \"\($0)\"?"
                }
                    ?? "an artifact of an earlier campaign is written CAMPAIGN/NAME")
        }
        for name in names {
            guard let (maker, output) = outputs[name] else { continue }
            if maker == index {
                faults.add(input.path, "\(result.tasks[index].name) reads its own output \(name)")
            }
            parents.insert(maker)
            if let site = output.residency {
                note(.init(artifact: name, site: site, licence: output.licence), index, task)
            }
        }
        return names.map { TaskInput(name: $0, artifact: $0) }
    }

    private mutating func resolveEarlier(
        _ campaign: String, _ artifact: String, of index: Int, _ task: CampaignTask,
        _ input: CampaignTask.Input
    ) -> [TaskInput] {
        let name = String(artifact.dropFirst(campaign.count + 1))
        guard let earlier = context.earlier else { return [TaskInput(name: name, artifact: artifact)] }
        guard let known = earlier[campaign] else {
            faults.add(input.path, "there is no campaign \(campaign) yet", suggestion: "submit it first")
            return []
        }
        let found = earlierOutputs(campaign, known, name, task)
        if found.isEmpty {
            faults.add(
                input.path, "the campaign \(campaign) leaves no \(name)",
                suggestion: Spelling.nearest(
                    to: name, among: known.outputs.prefix(CampaignExpansion.namesForSuggestions).map(\.name)
                ).map {
                    "did you mean \"\(campaign)/\($0)\"?"
                })
        }
        for output in found {
            if !result.earlierTasks[index].contains(output.task) {
                result.earlierTasks[index].append(output.task)
            }
            if let site = output.residency {
                note(.init(artifact: output.name, site: site, licence: output.licence), index, task)
            }
        }
        // By id, so that a later campaign of the same name does not change what this one reads.
        return found.map { TaskInput(name: $0.name, artifact: "\(known.id)/\($0.name)") }
    }

    private mutating func earlierOutputs(
        _ campaign: String, _ known: EarlierCampaign, _ name: String, _ task: CampaignTask
    ) -> [EarlierCampaign.Output] {
        if earlierByName[campaign] == nil {
            // The last one counts where a name comes twice.
            earlierByName[campaign] = Dictionary(
                known.outputs.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        }
        if let output = earlierByName[campaign]?[name] { return [output] }
        guard name.contains("*"), mayCompare(known.outputs.count, task) else { return [] }
        let pattern = ArtifactPattern(name)
        return known.outputs.filter { pattern.matches($0.name) }
    }

    private mutating func outputs(matching artifact: String, _ task: CampaignTask) -> [String] {
        if outputs[artifact] != nil { return [artifact] }
        guard artifact.contains("*") else { return [] }
        if let known = outputMatches[artifact] { return known }
        guard mayCompare(outputNames.count, task) else { return [] }
        let pattern = ArtifactPattern(artifact)
        let found = outputNames.filter { pattern.matches($0) }
        outputMatches[artifact] = found
        return found
    }

    /// Counts comparisons of names with patterns; false and a fault when they are too many.
    mutating func mayCompare(_ count: Int, _ task: CampaignTask) -> Bool {
        comparisons += count
        if comparisons <= CampaignExpansion.maximumComparisons { return true }
        faults.add(
            task.path, "too many patterns with * over too many names",
            suggestion: "name what is meant, or split the campaign")
        return false
    }
}
