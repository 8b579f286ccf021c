import Testing

@testable import Federation

/// A task's own word on its failures.
@Suite struct FailureRulesReadingTests {
    private func read(_ members: [String: JSONValue]) -> (FailureRules?, [DocumentFault]) {
        let faults = FaultCollector()
        let rules = FailureRules.read(DocumentObject(members: members, path: [], faults: faults))
        return (rules, faults.faults)
    }

    @Test func whatIsSaidIsRead() {
        let (rules, faults) = read([
            "stallAfter": "30m", "retryOutOfMemory": true,
            "failurePatterns": [
                "outOfMemory": ["CUDA*out of memory", "oom-kill"], "nodeFailure": "NCCL timeout",
            ],
        ])
        #expect(faults.isEmpty)
        #expect(rules?.stallAfterSeconds == 1800 && rules?.retryOutOfMemory == true)
        #expect(
            rules?.patterns == [
                .init(failure: .nodeFailure, text: "NCCL timeout"),
                .init(failure: .outOfMemory, text: "CUDA*out of memory"),
                .init(failure: .outOfMemory, text: "oom-kill"),
            ])
        #expect(read(["retries": 1]).0 == nil)
    }

    @Test(arguments: [
        ("preempted", "anything", "no class of failure"), ("outOfMemry", "anything", "no class of failure"),
        ("stalled", "*a*", "four characters"),
    ]) func whatIsWrongIsSaid(_ name: String, _ text: String, _ words: String) {
        let (_, faults) = read(["failurePatterns": [name: .string(text)]])
        #expect(faults.contains { $0.message.contains(words) }, "\(faults)")
    }
}
