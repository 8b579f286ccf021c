/// What people read of a task's life beside its attempts' own columns.
extension Book {
    /// Why an attempt's job does not run, in the site's words. That it waits its turn is said once, whether for nodes or
    /// for others' priority: batch systems go back and forth between the two.
    mutating func wait(_ key: AttemptKey, _ reason: String) {
        guard let before = attempts[key], before.waitingReason != reason else { return }
        attempts[key]?.waitingReason = reason
        if Book.isTurn(reason), before.waitingReason.map(Book.isTurn) ?? false { return }
        effects.append(.history(key, "waits at \(before.site): \(reason)"))
    }

    private static func isTurn(_ reason: String) -> Bool {
        reason.hasSuffix("(Priority)") || reason.hasSuffix("(Resources)")
    }

    /// What an end that was no completion meant for the task.
    mutating func explain(_ key: AttemptKey, _ end: AttemptEnd, _ event: TaskEvent) {
        guard let task = tasks[key.task] else { return }
        switch (end.outcome, event) {
        case (.failed(let failure), .retried):
            let later = task.notBefore.map { ", not before \($0.timeText)" } ?? ""
            effects.append(.history(key, "\(failure.rawValue): \(failure.inWords); tried again\(later)"))
        case (.failed(let failure), .exhausted):
            effects.append(
                .history(key, "\(failure.rawValue): \(failure.inWords); \(givenUp(task, after: failure))"))
        case (.continues, .exhausted):
            let why =
                task.linksWithoutProgress < 2
                ? "its \(task.linksAllowed) links are used up"
                : "two links in a row came no further than \(task.progress)"
            effects.append(.history(key, "the chain ends: \(why)"))
        default: break
        }
    }

    private func givenUp(_ task: TaskRecord, after failure: FailureClass) -> String {
        switch RetryRule.of(failure) {
        case .onlyIfAsked where task.failures <= task.retriesAllowed:
            "not tried again, it would come to the same (`retryOutOfMemory: true` asks for it)"
        case .counted, .onlyIfAsked: "not tried again, its \(task.retriesAllowed) retries are used up"
        case .disruption, .freeWithProgress, .unstarted:
            "not tried again after \(task.disruptions) disruptions at its sites"
        }
    }
}
