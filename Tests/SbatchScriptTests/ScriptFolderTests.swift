import Federation
import SbatchScript
import Testing

/// The example scripts, each with the outcome that it names itself.
@Suite struct ScriptFolderTests {
    @Test func everyExampleHasTheOutcomeThatItNames() throws {
        let folder = try ScriptFolder()
        #expect(folder.examples.count >= 40)
        #expect(folder.examples.count { $0.isAccepted } >= 20)
        for example in folder.examples {
            let choices = SubmissionChoices(fileName: example.name)
            guard example.isAccepted else {
                check(Readings.faults(example.bytes, choices), example)
                continue
            }
            do {
                try check(
                    try Readings.mapped(example.bytes, choices), try Readings.tasks(example.bytes, choices),
                    example)
            } catch {
                Issue.record("\(example.name): \(error)")
            }
        }
    }

    private func check(_ faults: [ScriptFault], _ example: ScriptFolder.Example) {
        let words = faults.map(\.inWords).joined(separator: "\n")
        #expect(!faults.isEmpty, "\(example.name) was taken")
        #expect(faults.first?.line.map(String.init) == example.expected["line"], "\(example.name): \(words)")
        #expect(words.contains(example.expected["says"] ?? "?"), "\(example.name): \(words)")
        #expect(faults.allSatisfy { $0.advice != nil || $0.message.contains("did you mean") }, "\(words)")
        if let also = example.expected["also"] {
            #expect(faults.contains { $0.line.map(String.init) == also }, "\(example.name): \(words)")
        }
    }

    private func check(
        _ mapped: MappedScript, _ tasks: [TaskSpec], _ example: ScriptFolder.Example
    ) throws {
        let first = try #require(tasks.first)
        let values = Self.values(of: first, mapped, count: tasks.count)
        for (key, value) in example.expected {
            switch key {
            case "env":
                for pair in value.split(separator: ",") {
                    let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
                    #expect(first.environment[parts[0]] == parts[1], "\(example.name)")
                }
            case "mind":
                #expect(mapped.notes.contains { $0.verdict == .mind && $0.written.contains(value) })
            default: #expect(values[key] == value, "\(example.name): \(key) is \(values[key] ?? "not there")")
            }
        }
        #expect(first.script?.text.utf8.elementsEqual(example.bytes) == true)
        #expect(first.retries == 0)
        if mapped.array != nil { #expect(first.environment["SLURM_ARRAY_TASK_ID"] != nil) }
    }

    private static func values(of task: TaskSpec, _ mapped: MappedScript, count: Int) -> [String: String] {
        let resources = task.resources
        return [
            "name": mapped.name, "nodes": "\(resources.nodes)", "ranks": "\(resources.ranksPerNode)",
            "cores": "\(resources.coresPerNode)", "memory": "\(resources.memoryMiBPerNode)",
            "devices": "\(resources.devicesPerNode)", "deviceType": resources.deviceType ?? "",
            "walltime": "\(resources.walltimeSeconds)", "exclusive": "\(resources.exclusive)",
            "stack": task.stack, "members": "\(count)", "before": "\(task.signalSecondsBeforeEnd)",
            "signal": "\(task.script?.signal ?? 0)", "children": "\(task.script?.signalsChildren ?? false)",
            "folder": task.script?.folder ?? "", "options": task.batchOptions.joined(separator: ","),
        ]
    }
}
