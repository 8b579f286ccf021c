import DrillKit
import FoundationEssentials
import Glibc

/// One seed: its load and its faults, and how it ends.
struct SeedRun {
    let seed: Seed
    let schedule: Schedule
    let load: Load

    /// Seconds after the last heal within which every task has to have ended.
    private static let patience = 120.0
    /// Seconds after it within which every record has been read again, and what it says been booked.
    private static let reReading = Double(2 * SeedDocuments.reReadSeconds + 15)

    init(seed: Seed, schedule: Schedule) {
        self.seed = seed
        self.schedule = schedule
        var random = SeededRandom(UInt64(seed.number) &* 104_729)
        load = Load(&random)
    }

    /// Runs it to the timeline's `end`.
    func run() async throws {
        let begin = ContinuousClock.now
        let attendance = Task { await Attendance(seed: seed).attend() }
        let problems = await withTaskGroup(of: String?.self) { group in
            group.addTask { await failure("the load") { try await submit(since: begin) } }
            group.addTask { await failure("the cancellation") { try await cancel(since: begin) } }
            for drill in schedule.drills {
                group.addTask {
                    await failure(drill.kind) { try await Strike(seed, drill).run(since: begin) }
                }
            }
            return await group.reduce(into: [String]()) { if let problem = $1 { $0.append(problem) } }
        }
        for problem in problems { seed.note(event: "note", evidence: problem) }
        let healing = await failure("the last heal") { try await Attendance(seed: seed).allUp() }
        if let healing { seed.note(event: "note", evidence: healing) }
        seed.note(event: "last-heal")
        let healed = ContinuousClock.now
        var isOver = false
        while !isOver, ContinuousClock.now - healed < .seconds(Self.patience) {
            let isRead = ContinuousClock.now - healed > .seconds(Self.reReading)
            isOver = isRead ? (try? await Collection(seed: seed).isOver()) ?? false : false
            if !isOver { try await Task.sleep(for: .seconds(2)) }
        }
        seed.note(event: "end", evidence: isOver ? "every task has ended and is settled" : "time is up")
        attendance.cancel()
        if let problem = healing ?? problems.first { throw DrillFault(problem) }
    }

    private func failure(_ name: String, _ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch {
            return "\(name): \(error)"
        }
    }

    private func submit(since begin: ContinuousClock.Instant) async throws {
        for wave in load.waves {
            try await Task.sleep(until: begin + .seconds(wave.after))
            try await seed.submit(wave.submission)
        }
    }

    private func cancel(since begin: ContinuousClock.Instant) async throws {
        try await Task.sleep(until: begin + .seconds(load.cancelled.after))
        try await seed.cancel(named: load.cancelled.name)
    }
}
