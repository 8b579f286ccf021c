import DrillKit
import FoundationEssentials
import Glibc

/// What a service manager does at a real site: a program that ended by itself is started again, unless a fault has it in
/// hand.
struct Attendance {
    let seed: Seed

    /// Until it is cancelled.
    func attend() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(2))
            if await seed.hands.take([.agents]) {
                for site in seed.sites { try? await restart(site) }
                await seed.hands.release([.agents])
            }
            if await seed.hands.take([.coordinator]) {
                if await seed.coordinator.process() == nil {
                    seed.note(
                        event: "note", target: "coordinator", evidence: "had ended by itself; started again")
                    try? await seed.coordinator.start()
                }
                await seed.hands.release([.coordinator])
            }
        }
    }

    private func restart(_ site: DrillSite) async throws {
        guard await site.agent.process() == nil else { return }
        let code = await site.agent.exit.map { "\($0)" } ?? "?"
        seed.note(
            event: "note", target: "agent of \(site.name)", evidence: "ended with \(code); started again")
        try await site.agent.start()
    }

    /// After the last fault: everything that may still be down is brought up.
    func allUp() async throws {
        try await seed.postgres.start()
        try await seed.coordinator.start()
        try await seed.coordinator.endSecond()
        try await Patience.until("all daemons of the clusters are up", seconds: 150, every: .seconds(2)) {
            try await seed.clusters.run("up").exit == 0
        }
        for site in seed.sites {
            site.proxy.weather = .clear
            site.proxy.redirect(to: seed.exchangePort)
            for node in site.nodes { try await resume(node, at: site) }
            try await site.agent.start()
        }
    }

    private func resume(_ node: String, at site: DrillSite) async throws {
        let state = try await site.run("sinfo", ["-h", "-N", "-n", node, "-o", "%T"], seconds: 20).output
        guard state.hasPrefix("down") || state.hasPrefix("drain") else { return }
        _ = try await site.run("scontrol", ["update", "NodeName=\(node)", "State=RESUME"], seconds: 20)
        seed.note(
            event: "note", target: node, evidence: "was \(state.filter { $0 != "\n" }) at the end; resumed")
    }
}
