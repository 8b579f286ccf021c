import DrillKit
import FoundationEssentials

/// One drill: the fault strikes, lands or not, and heals.
struct Strike {
    private let seed: Seed
    private let drill: Schedule.Drill

    init(_ seed: Seed, _ drill: Schedule.Drill) {
        self.seed = seed
        self.drill = drill
    }

    /// How often it is tried where there was nothing to hit.
    private static let tries = 3
    /// How long a fault waits for others that have in hand what it needs, seconds after the load's beginning.
    private static let latest = 190.0

    func run(since begin: ContinuousClock.Instant) async throws {
        try await Task.sleep(until: begin + .seconds(drill.strikeAfter))
        let needed = Hands.needed(by: drill.kind)
        while await !seed.hands.take(needed) {
            guard ContinuousClock.now < begin + .seconds(Self.latest) else {
                seed.note(event: "strike", fault: drill.kind)
                seed.note(event: "note", fault: drill.kind, evidence: "not landed: others had it in hand")
                return
            }
            try await Task.sleep(for: .milliseconds(250))
        }
        seed.note(event: "strike", fault: drill.kind)
        do {
            try await strike()
        } catch {
            await seed.hands.release(needed)
            throw error
        }
        await seed.hands.release(needed)
    }

    private func strike() async throws {
        guard let fault = FaultCatalogue.make(drill.kind) else {
            throw DrillFault("there is no fault \(drill.kind)")
        }
        var random = drill.random
        for round in 1...Self.tries {
            do {
                if let landing = try await fault.strike(seed, &random) {
                    seed.note(
                        event: "landed", fault: drill.kind, target: landing.target, pid: landing.pid,
                        evidence: landing.evidence)
                    try await Task.sleep(for: .seconds(drill.healAfter))
                    return try await heal(fault)
                }
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                seed.note(event: "note", fault: drill.kind, evidence: "try \(round): \(error)")
            }
            try await heal(fault)
            if round < Self.tries { try await Task.sleep(for: .seconds(4)) }
        }
        seed.note(event: "note", fault: drill.kind, evidence: "not landed: there was nothing to hit")
    }

    /// Other faults may stand in the way of a heal: then it is tried again.
    private func heal(_ fault: any SiteFault) async throws {
        let begin = ContinuousClock.now
        var last: (any Error)?
        while ContinuousClock.now - begin < .seconds(120) {
            do {
                try await fault.heal(seed)
                seed.note(event: "heal", fault: drill.kind)
                return
            } catch {
                last = error
            }
            try await Task.sleep(for: .seconds(2))
        }
        throw DrillFault("it does not heal: \(last.map { "\($0)" } ?? "no word")")
    }
}
