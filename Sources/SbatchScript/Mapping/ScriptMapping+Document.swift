import Federation

/// The campaign's document, and the same said to sbatch.
extension ScriptMapping {
    var document: JSONValue {
        var task: [String: JSONValue] = [
            "name": .string(array == nil ? taskName : taskName + "-{index}"),
            "kind": .string(choices.kind.rawValue),
            "activity": .string(choices.activity ?? choices.usualActivity),
            "program": .string(ScriptMapping.escaped(ScriptMapping.name(choices.fileName) ?? "script")),
            "script": scriptValue,
            "environment": .object(environmentValue),
            "resources": .object(resourcesValue),
            "stack": .string(choices.stack ?? stack),
            "retries": .integer(Int64(choices.retries)),
            "signalBefore": .string("\(signalBefore)s"),
        ]
        if let array {
            task["matrix"] = .object(["index": .array(array.values.map { .string(String($0)) })])
        }
        if !choices.arguments.isEmpty {
            task["arguments"] = .array(choices.arguments.map { .string(ScriptMapping.escaped($0)) })
        }
        if !batchOptions.isEmpty { task["batchOptions"] = .array(batchOptions.map { .string($0) }) }
        if !choices.sites.isEmpty { task["sites"] = .array(choices.sites.map { .string($0.rawValue) }) }
        if !tags.isEmpty { task["tags"] = .object(tags.mapValues { .string(ScriptMapping.escaped($0)) }) }
        if let package = choices.workPackage { task["workPackage"] = .string(package.rawValue) }
        if let budget = choices.budget { task["budget"] = .string(budget.rawValue) }
        if let model = choices.model { task["model"] = .string(ScriptMapping.escaped(model)) }
        return .object([
            "name": .string(choices.campaign ?? taskName),
            "tasks": .array([.object(task)]),
        ])
    }

    private var scriptValue: JSONValue {
        guard body.signal != nil || body.folder != nil || body.signalsChildren != nil else {
            return .string(body.text)
        }
        var object: [String: JSONValue] = ["text": .string(body.text)]
        if let signal = body.signal { object["signal"] = .string(SignalText.name(signal)) }
        if body.signalsChildren == true { object["signalTo"] = .string("children") }
        if let folder = body.folder { object["folder"] = .string(folder) }
        return .object(object)
    }

    /// An empty value cannot be said in a document; a variable without one is the same to nearly every script.
    private var environmentValue: [String: JSONValue] {
        var values = environment.filter { !$0.value.isEmpty }.mapValues {
            JSONValue.string(ScriptMapping.escaped($0))
        }
        if array != nil { values["SLURM_ARRAY_TASK_ID"] = .string("{index}") }
        return values
    }

    private var resourcesValue: [String: JSONValue] {
        var object: [String: JSONValue] = [
            "nodes": .integer(Int64(resources.nodes)),
            "ranks": .integer(Int64(resources.ranksPerNode)),
            "cores": .integer(Int64(resources.coresPerNode)),
            "memory": .string("\(resources.memoryMiBPerNode)MiB"),
            "walltime": .string("\(resources.walltimeSeconds)s"),
        ]
        if resources.exclusive { object["exclusive"] = .bool(true) }
        if resources.devicesPerNode > 0 { object["devices"] = .integer(Int64(resources.devicesPerNode)) }
        if let type = resources.deviceType { object["deviceType"] = .string(type) }
        return object
    }

    /// Braces have a meaning in documents.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar == "{" || scalar == "}" { result.unicodeScalars.append(scalar) }
            result.unicodeScalars.append(scalar)
        }
        return result
    }

    /// What the task asks for, as a script for sbatch.
    var equivalent: String {
        var directives = [
            Directive(.jobName, taskName),
            Directive(.nodes, String(resources.nodes)),
            Directive(.ntasksPerNode, String(resources.ranksPerNode)),
            Directive(.cpusPerTask, String(max(1, resources.coresPerNode / resources.ranksPerNode))),
            Directive(.time, TimeLimit.minutes((resources.walltimeSeconds + 59) / 60).text),
        ]
        let wholeMemory = effective[.mem].flatMap { MemorySize($0.value ?? "") }?.mebibytes == 0
        let saysMemory = [SbatchOption.mem, .memPerCpu, .memPerGpu].contains { effective[$0] != nil }
        if saysMemory {
            let size = MemorySize(mebibytes: wholeMemory ? 0 : resources.memoryMiBPerNode)
            directives.append(Directive(.mem, size.text))
        }
        if resources.exclusive { directives.append(Directive(.exclusive, nil)) }
        if resources.devicesPerNode > 0 {
            directives.append(Directive(.gpusPerNode, String(resources.devicesPerNode)))
        }
        if let array { directives.append(Directive(.array, array.text)) }
        if signalBefore > 0, let signal = body.signal {
            let flag = body.signalsChildren == true ? "" : "B:"
            directives.append(Directive(.signal, "\(flag)\(SignalText.name(signal))@\(signalBefore)"))
        }
        var text = ScriptWriter.write(interpreter: script.interpreter, directives: directives, body: "")
        for option in batchOptions { text += "#SBATCH \(ScriptWriter.quoted(option))\n" }
        let body = ScriptWriter.body(of: script)
        return body.isEmpty || body.hasSuffix("\n") ? text + body : text + body + "\n"
    }
}
