/// A task's word on its failures: `stallAfter`, `retryOutOfMemory`, `failurePatterns`.
extension FailureRules {
    static let keys = ["stallAfter", "retryOutOfMemory", "failurePatterns"]

    /// Nil where the task says nothing.
    static func read(_ object: DocumentObject) -> FailureRules? {
        guard keys.contains(where: object.has) else { return nil }
        return FailureRules(
            stallAfterSeconds: object.optional("stallAfter")?.seconds(in: 1...2_592_000),
            retryOutOfMemory: object.optional("retryOutOfMemory")?.flag() ?? false,
            patterns: object.optional("failurePatterns").map(patterns) ?? [])
    }

    /// Lists of texts by the class that they name.
    private static func patterns(_ node: DocumentNode) -> [FailurePattern] {
        let known = FailurePattern.nameable.map(\.rawValue)
        var patterns: [FailurePattern] = []
        for (name, list) in node.entries() ?? [] {
            guard let failure = FailureClass(rawValue: name), FailurePattern.nameable.contains(failure) else {
                list.fault(
                    "\"\(name)\" is no class of failure that a log can name: \(known.joined(separator: ", "))",
                    suggestion: Spelling.nearest(to: name, among: known).map { "did you mean \"\($0)\"?" })
                continue
            }
            for element in list.elements() {
                guard let text = element.text(most: FailurePattern.mostBytes) else { continue }
                let pattern = FailurePattern(failure: failure, text: text)
                if let fault = pattern.fault {
                    element.fault("the pattern \(fault)", suggestion: "e.g. \"CUDA * out of memory\"")
                } else {
                    patterns.append(pattern)
                }
            }
        }
        if patterns.count > FailurePattern.most {
            node.fault("has \(patterns.count) patterns; at most \(FailurePattern.most) are looked for")
        }
        return patterns
    }
}
