import DrillKit
import Federation
import Glibc
import Testing
import Wire

extension EndToEndTests {
    /// A site that lets nothing out but takes ssh in: the exchange's HTTPS goes through a tunnel that the coordinator's
    /// side opens, with certificates at both ends as ever.
    @Suite(.serialized) struct TunnelTests {
        @Test(
            .enabled(if: getuid() == 0, "only root may enter a namespace that another process made"),
            .enabled(if: SealedSite.isPossible, "network namespaces are denied here"))
        func httpsThroughAReverseTunnel() async throws {
            try await Drill.run("reverse-tunnel") { drill in
                let deployment = drill.deployment
                let site = try await SealedSite(folder: drill.folder)
                // The agent asks for the coordinator where it always does, and that is the tunnel's end in there.
                let port = deployment.proxy.port
                try await deployment.end("south")
                do {
                    try await run(drill, site, port: port)
                } catch {
                    try? await deployment.kill("south")
                    try? await site.end()
                    throw error
                }
                try await deployment.end("south")
                try await site.end()
                try await deployment.heal()
            }
        }

        private func run(_ drill: Drill, _ site: SealedSite, port: UInt16) async throws {
            let deployment = drill.deployment
            let links = try await site.ask("ip -o link | wc -l; ip route | wc -l")
            try drill.demand(links == "1\n0", "the namespace has a way out: \(links)")
            try drill.demand(try await !site.opens(port), "the coordinator is reached without a tunnel")
            let agent = ["serve", "--folder", deployment.agentFolder("south"), "--config"]
            try await deployment.start(
                "south", as: "/usr/bin/nsenter",
                site.words + [try Programs.path("hansa-agent")] + agent + [
                    "\(deployment.folder)/agents/south.yaml"
                ])
            try await reaches(drill, "unreachable")

            let first = try await site.tunnel(port: port, to: deployment.exchange)
            try await reaches(drill, "connected")
            let task = try await drill.submitOne(.init(site: "south"))
            try await drill.begun(task)
            let place = try await site.ask("readlink /proc/self/ns/net")
            let program = try await drill.process("program", of: task)
            try drill.demand(
                Self.network(of: program.pid) == place, "the program does not run in the namespace")

            // The tunnel breaks while the program runs and ends; what happened meanwhile is told when it stands again.
            first.send(SIGKILL)
            _ = try await first.end()
            try drill.demand(try await !site.opens(port), "the tunnel was not cut")
            try await reaches(drill, "unreachable")
            try drill.release()
            try await Patience.until("the program ended while nobody heard of it") {
                drill.ledger(task).ends == 1
            }
            let detail = try await drill.detail(task)
            try drill.demand(detail.task.state == .running, "\(detail.task.state) without a tunnel")
            let second = try await site.tunnel(port: port, to: deployment.exchange)
            let done = try await drill.mustComplete(task)
            try drill.demand(done.attempts.count == 1, "\(done.attempts)")
            try await reaches(drill, "connected")
            second.send(SIGTERM)
            _ = try await second.end()
        }

        private func reaches(_ drill: Drill, _ state: String) async throws {
            try await Patience.until("south is \(state)", every: .milliseconds(200)) {
                let view: SiteView = try await drill.deployment.hansa(["sites", "south", "--json"]).value()
                return view.agents.contains { $0.id == "south" && $0.state == state }
            }
        }

        private static func network(of pid: Int32) -> String {
            var buffer = [CChar](repeating: 0, count: 256)
            let count = readlink("/proc/\(pid)/ns/net", &buffer, buffer.count)
            return String(decoding: buffer[0..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }
}
