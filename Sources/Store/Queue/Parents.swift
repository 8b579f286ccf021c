import Federation

/// Which tasks of a submission wait for which others: those that `dependsOn` names, and those whose outputs a task
/// reads.
struct Parents {
    /// For each task, the indices of those that must complete first.
    private(set) var indices: [[Int32]]

    /// Throws `StoreFault.unresolved` for a name that is not in the submission, a name that comes twice, or a circle.
    init(_ specs: [TaskSpec]) throws {
        var byName: [String: Int32] = [:]
        var byOutput: [String: Int32] = [:]
        for (index, spec) in specs.enumerated() {
            guard byName.updateValue(Int32(index), forKey: spec.name) == nil else {
                throw StoreFault.unresolved("the task \"\(spec.name)\" comes twice")
            }
            for output in spec.outputs { byOutput[output.name] = Int32(index) }
        }
        indices = []
        indices.reserveCapacity(specs.count)
        for (index, spec) in specs.enumerated() {
            var parents: Set<Int32> = []
            for name in spec.dependsOn {
                guard let parent = byName[name] else {
                    throw StoreFault.unresolved(
                        "\"\(spec.name)\" depends on \"\(name)\", which is not in the submission")
                }
                parents.insert(parent)
            }
            for input in spec.inputs where !input.artifact.contains("/") {
                if let parent = byOutput[input.artifact], parent != Int32(index) { parents.insert(parent) }
            }
            indices.append(parents.sorted())
        }
        try refuseCircles(specs)
    }

    /// Takes away, again and again, what waits for nothing; whatever remains waits for itself.
    private func refuseCircles(_ specs: [TaskSpec]) throws {
        var missing = indices.map(\.count)
        var children: [[Int32]] = Array(repeating: [], count: indices.count)
        for (child, parents) in indices.enumerated() {
            for parent in parents { children[Int(parent)].append(Int32(child)) }
        }
        var free = missing.indices.filter { missing[$0] == 0 }
        var seen = 0
        while let next = free.popLast() {
            seen += 1
            for child in children[next] {
                missing[Int(child)] -= 1
                if missing[Int(child)] == 0 { free.append(Int(child)) }
            }
        }
        guard seen < indices.count, let stuck = missing.firstIndex(where: { $0 > 0 }) else { return }
        throw StoreFault.unresolved("\"\(specs[stuck].name)\" depends on itself, by way of others")
    }
}
