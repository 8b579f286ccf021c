import DrillKit
import Synchronization

/// A node is lost with what runs on it: an administrator takes it out of service, or its power fails.
final class NodeDownFault: SiteFault {
    let kind = "node-down"
    let isLong = false

    private struct Hit {
        var site: DrillSite
        var node: String
        var slurmd: HostProcess
    }
    private let hit = Mutex<Hit?>(nil)

    func strike(_ seed: Seed, _ random: inout SeededRandom) async throws -> Landing? {
        let site = seed.sites[Int.random(in: seed.sites.indices, using: &random)]
        let powerFails = Bool.random(using: &random)
        let job = try await LiveJob.any(["RUNNING"], at: site, of: seed, seconds: 15, &random)
        let node = job.map(\.host) ?? site.nodes[Int.random(in: site.nodes.indices, using: &random)]
        guard let pid = try await site.daemons()[node], let slurmd = HostProcess(pid: pid), !slurmd.isStopped
        else { return nil }
        hit.withLock { $0 = Hit(site: site, node: node, slurmd: slurmd) }
        let first = powerFails ? try await losePower(node, slurmd, site) : "an administrator says State=DOWN"
        guard let first else { return nil }
        let answer = try await site.run(
            "scontrol", ["update", "NodeName=\(node)", "State=DOWN", "Reason=drill"], seconds: 10)
        guard answer.exit == 0 || powerFails else { return nil }
        let seen = try await effect(on: node, of: job, at: site, mustStayDown: powerFails)
        return seen.map {
            Landing(
                target: "\(node) of \(site.name)", pid: powerFails ? pid : nil, evidence: "\(first); \($0)")
        }
    }

    /// Kills the node's slurmd and all that runs there, at one stroke.
    private func losePower(_ node: String, _ slurmd: HostProcess, _ site: DrillSite) async throws -> String? {
        guard let gone = try await slurmd.killedNow() else { return nil }
        var killed = 0
        // What is killed last may have started another one meanwhile.
        for _ in 0..<10 {
            let running = JobProcesses(of: site).on(node)
            if running.isEmpty { break }
            for process in running where try await process.killedNow() != nil { killed += 1 }
        }
        return "power failure: slurmd \(gone), and \(killed) processes of its jobs with it"
    }

    /// What the controller says. A node whose slurmd lives is back within a second; its jobs are not.
    private func effect(
        on node: String, of job: LiveJob?, at site: DrillSite, mustStayDown: Bool
    ) async throws -> String? {
        let state = await Patience.found("node \(node) is down", seconds: mustStayDown ? 40 : 3) {
            try await Self.state(of: node, at: site).flatMap { $0.hasPrefix("down") ? $0 : nil }
        }
        let after = try? await job?.seen(at: site, "failed with its node") { $0.state == "NODE_FAIL" }
        let seen = [state.map { "sinfo: \(node) is \($0)" }, after].compactMap(\.self)
        return seen.isEmpty ? nil : seen.joined(separator: "; ")
    }

    func heal(_ seed: Seed) async throws {
        guard let now = hit.withLock({ $0 }) else { return }
        if !now.slurmd.isAlive { try await now.site.start(now.node) }
        // Refused where the node is up already.
        _ = try await now.site.run(
            "scontrol", ["update", "NodeName=\(now.node)", "State=RESUME"], seconds: 10)
        let state = try await Self.state(of: now.node, at: now.site)
        guard let state, !state.hasPrefix("down") else {
            throw DrillFault(
                "\(now.node) of \(now.site.name) is \(state ?? "unknown: the controller is silent")")
        }
        hit.withLock { $0 = nil }
    }

    /// The node's state in the controller's word; nil where it does not answer.
    static func state(of node: String, at site: DrillSite) async throws -> String? {
        let answer = try await site.run("sinfo", ["-h", "-N", "-n", node, "-o", "%T"], seconds: 10)
        guard answer.exit == 0 else { return nil }
        return answer.output.split(separator: "\n").first.map(String.init)
    }
}
