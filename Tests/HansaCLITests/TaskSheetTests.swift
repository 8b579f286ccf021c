import Federation
import Testing

@testable import hansa

/// What `hansa show` says of a task.
@Suite struct TaskSheetTests {
    private static let start = Instant(seconds: 1_800_000_000)
    private static let task = TaskID(submission: "s", index: 3)

    private static func attempt(_ counter: Int64, _ state: AttemptState) -> AttemptView {
        AttemptView(
            key: AttemptKey(task: task, fence: Fence(generation: 1, counter: counter)), state: state,
            site: "lumi",
            agent: "lumi-a", pack: PackID("p\(counter)"), partition: "small", hold: Amount(units: 2),
            holdSize: Amount(units: 2), charged: .zero,
            unit: "core-hours", offeredAt: start)
    }

    private static func detail(_ attempts: [AttemptView], _ history: [HistoryView]) -> TaskDetailView {
        let spec = TaskSpec(
            name: "train", kind: .training, activity: "pretraining", partner: "ut", member: "ana",
            program: "hansa-kernel", arguments: ["train"], resources: Resources(walltimeSeconds: 3600))
        let view = TaskView(
            id: task, campaign: "c", campaignName: "c", name: "train", kind: .training, state: .running,
            partner: "ut", priority: 0, submittedAt: start)
        return TaskDetailView(
            task: view, spec: spec, attempts: attempts, dependsOn: [], artifacts: [], history: history)
    }

    @Test func anAttemptTellsItsJobItsReasonsAndItsUsage() {
        var first = Self.attempt(1, .settled)
        first.job = "4711"
        first.startedAt = Self.start.adding(seconds: 60)
        var end = AttemptEnd(outcome: .failed(.outOfMemory), at: Self.start.adding(seconds: 120))
        end.detail = "ended by signal 9"
        first.end = end
        first.settledAt = Self.start.adding(seconds: 130)
        var usage = Usage(
            runs: [.init(start: Self.start, seconds: 60)], nodes: 2, coresPerNode: 4, memoryMiBPerNode: 100,
            partition: "small", source: .siteRecord)
        usage.cpuSeconds = 412.25
        usage.maximumResidentBytes = 3 << 29
        first.usage = usage
        var second = Self.attempt(2, .submitted)
        second.job = "4712"
        second.waitingReason = "a limit of the account is reached (AssocGrpBillingMinutes)"
        let history = [
            HistoryView(
                at: Self.start.adding(seconds: 30), attempt: first.key,
                text: "waits at lumi: others come first (Priority)"),
            HistoryView(at: Self.start, attempt: nil, text: "of the task itself"),
        ]
        let lines = TaskSheet.lines(Self.detail([first, second], history))
        let text = lines.joined(separator: "\n")
        #expect(text.contains("  #1  settled at lumi (agent lumi-a, partition small, pack p1, job 4711)"))
        #expect(text.contains("2027-01-15 08:00:30  waits at lumi: others come first (Priority)"))
        #expect(
            text.contains("2027-01-15 08:02:00  failed, outOfMemory: ended by signal 9 (the site's clock)"))
        #expect(
            text.contains(
                "used: 2 nodes × 4 cores for 1m, 412.3 CPU-seconds, at most 1.5 GiB resident, from the site's record"
            ))
        #expect(text.contains("settled: usage from the site's record"))
        #expect(text.contains("now: a limit of the account is reached (AssocGrpBillingMinutes)"))
        #expect(text.contains("HISTORY\n  2027-01-15 08:00:00  of the task itself"))
        let times = lines.filter { $0.hasPrefix("      2027") }.map { String($0.prefix(25)) }
        #expect(Array(times.prefix(5)) == times.prefix(5).sorted(), "in the order of time")
    }

    @Test func aLongChainIsShownByItsNewestLinks() {
        let attempts = (1...9).map { Self.attempt(Int64($0), .settled) }
        let lines = TaskSheet.lines(Self.detail(attempts, []))
        #expect(lines.filter { $0.hasPrefix("  #") }.map { $0.prefix(4) } == ["  #7", "  #8", "  #9"])
        #expect(lines.contains { $0.hasPrefix("1  lumi") }, "the table has them all")
    }
}
