import Federation
import Foundation
import Testing

/// Programs that tasks bring along, in documents and in specs.
@Suite struct TaskScriptTests {
    private func document(_ change: (inout [String: JSONValue]) -> Void) -> JSONValue {
        var task: [String: JSONValue] = [
            "name": "t", "kind": "data", "activity": "a", "program": "job.sh",
            "script": "#!/bin/sh\necho {x}\n",
            "resources": ["walltime": "10m"],
        ]
        change(&task)
        return ["name": "c", "tasks": [.object(task)]]
    }

    private func tasks(_ change: (inout [String: JSONValue]) -> Void = { _ in }) throws -> [TaskSpec] {
        try CampaignDocument.read(document(change))
            .expand(in: SubmissionContext(partner: PartnerID("p"), member: MemberID("m"))).tasks
    }

    private func words(_ change: (inout [String: JSONValue]) -> Void) -> String {
        do {
            return "taken: \(try tasks(change).count)"
        } catch {
            return "\(error)"
        }
    }

    @Test func theTextIsNoTemplateAndGetsNoSignal() throws {
        let task = try #require(try tasks().first)
        #expect(task.script == TaskScript(text: "#!/bin/sh\necho {x}\n"))
        #expect(task.signalSecondsBeforeEnd == 0)
        #expect(task.batchOptions.isEmpty)
    }

    @Test func moreIsSaidInAnObject() throws {
        let task = try #require(
            try tasks {
                $0["script"] = [
                    "text": "#!/bin/sh\n", "signal": "SIGTERM", "signalTo": "children", "folder": "/tmp",
                ]
                $0["signalBefore"] = "90s"
                $0["batchOptions"] = ["--hint=nomultithread", "--contiguous"]
                $0["packable"] = true
            }.first)
        #expect(task.script?.signal == 15)
        #expect(task.script?.signalsChildren == true)
        #expect(task.script?.folder == "/tmp")
        #expect(task.signalSecondsBeforeEnd == 90)
        #expect(task.batchOptions == ["--hint=nomultithread", "--contiguous"])
        #expect(!Shape(of: task, residency: []).packable, "members of a job have one set of options")
    }

    @Test func faultsNameThePlace() {
        #expect(words { $0["script"] = "echo\n" }.contains("tasks[0].script: the first line"))
        #expect(words { $0["script"] = ["text": "#!/bin/sh", "signal": "FOO"] }.contains("FOO"))
        #expect(words { $0["script"] = ["text": "#!/bin/sh", "folder": "here"] }.contains("begin with /"))
        #expect(words { $0["batchOptions"] = ["-N2"] }.contains("batchOptions"))
        #expect(words { $0["batchOptions"] = ["--account=x"] }.contains("decided by Hansa"))
        #expect(words { $0["batchOptions"] = ["--hint=a\nb"] }.contains("no option"))
        let large = "#!/bin/sh\n" + String(repeating: "#", count: 1 << 20)
        #expect(words { $0["script"] = .string(large) }.contains("at most"))
        #expect(
            words {
                $0["script"] = .string(String(large.dropLast(64)))
                $0["name"] = "t-{i}"
                $0["matrix"] = ["i": .array((0..<300).map { .string("\($0)") })]
            }.contains("MiB in all"))
    }

    @Test func specsOfBeforeCanStillBeRead() throws {
        let new = try #require(try tasks { $0["batchOptions"] = ["--contiguous"] }.first)
        let coded = try JSONEncoder().encode(new)
        #expect(try JSONDecoder().decode(TaskSpec.self, from: coded) == new)
        var old = try #require(try JSONSerialization.jsonObject(with: coded) as? [String: Any])
        #expect(old["batchOptions"] as? [String] == ["--contiguous"])
        old["batchOptions"] = nil
        old["script"] = nil
        let read = try JSONDecoder().decode(
            TaskSpec.self, from: try JSONSerialization.data(withJSONObject: old))
        #expect(read.script == nil && read.batchOptions.isEmpty && read.name == new.name)
    }
}
