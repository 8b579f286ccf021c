/// Dependencies by name, residency, and the proof that no task waits for itself.
extension CampaignExpansion {
    mutating func resolveNames(
        of index: Int, _ task: CampaignTask, _ bindings: MatrixBindings, _ parents: inout Set<Int>
    ) {
        for (place, name) in task.dependsOn.flatMap({ $0.texts(bindings) }).map(\.text).enumerated() {
            let path = task.path + [.key("dependsOn")] + (task.dependsOn.count > 1 ? [.index(place)] : [])
            if let parent = taskByName[name] {
                if parent == index { faults.add(path, "\(name) depends on itself") }
                parents.insert(parent)
                continue
            }
            let pattern = ArtifactPattern(name)
            var found = matches[pattern]
            if found == nil {
                let isPossible = !pattern.isPlain && mayCompare(result.tasks.count, task)
                found =
                    isPossible ? result.tasks.indices.filter { pattern.matches(result.tasks[$0].name) } : []
                matches[pattern] = found
            }
            let others = (found ?? []).filter { $0 != index }
            if others.isEmpty {
                faults.add(
                    path, "there is no task \(name) in this campaign",
                    suggestion: Spelling.nearest(
                        to: name,
                        among: result.tasks.prefix(CampaignExpansion.namesForSuggestions).map(\.name)
                    ).map {
                        "did you mean \"\($0)\"?"
                    })
            }
            parents.formUnion(others)
        }
        result.tasks[index].dependsOn = task.dependsOn.flatMap { $0.texts(bindings) }.map(\.text)
    }

    /// Notes that a task is bound to a site; bound to two it could never run.
    mutating func note(_ residency: Residency, _ index: Int, _ task: CampaignTask) {
        guard !result.residency[index].contains(residency) else { return }
        if let other = result.residency[index].first(where: { $0.site != residency.site }) {
            faults.add(
                task.path,
                "\(result.tasks[index].name) can run nowhere: \(other.artifact) may not leave \(other.site), "
                    + "\(residency.artifact) may not leave \(residency.site)")
        }
        let sites = result.tasks[index].sites
        if !sites.isEmpty && !sites.contains(residency.site) {
            faults.add(
                task.path + [.key("sites")],
                "\(result.tasks[index].name) must run at \(residency.site), which \(residency.artifact) may not leave"
            )
        }
        result.residency[index].append(residency)
    }

    /// Takes away tasks whose parents are all gone; what remains waits for itself.
    func findCycle(_ tasks: [CampaignTask]) {
        var open = result.dependencies.map(\.count)
        var children: [[Int]] = Array(repeating: [], count: open.count)
        for (index, parents) in result.dependencies.enumerated() {
            for parent in parents { children[parent].append(index) }
        }
        var free = open.indices.filter { open[$0] == 0 }
        while let index = free.popLast() {
            for child in children[index] {
                open[child] -= 1
                if open[child] == 0 { free.append(child) }
            }
        }
        guard var index = open.firstIndex(where: { $0 > 0 }) else { return }
        // From any that remains, parents that remain lead into a cycle.
        var way: [Int] = []
        while !way.contains(index) {
            way.append(index)
            guard let parent = result.dependencies[index].first(where: { open[$0] > 0 }) else { return }
            index = parent
        }
        let cycle = way.drop { $0 != index } + [index]
        let names = cycle.prefix(8).map { result.tasks[$0].name }.joined(separator: " ← ")
        faults.add(tasks[origins[index].task].path, "tasks wait for each other: \(names)")
    }
}
