import Federation
import Glibc
import Testing

@testable import SiteAgent

/// What a job opens to the network while it runs.
@Suite struct ListeningTests {
    /// Ranks on one host need nobody from outside; mpirun by itself listens on every address there is.
    @Test(.enabled(if: DurableFile.exists("/usr/bin/mpirun")))
    func aJobOnOneHostListensOnTheLoopbackAlone() async throws {
        let kernel = "\(Folder.parent(of: agentProgram))/hansa-kernel"
        try #require(DurableFile.exists(kernel))
        let scratch = try Scratch()
        var shape = TestPack.Shape()
        shape.ranks = 2
        shape.walltime = 120
        let script =
            "echo \"x$LD_PRELOAD\" > preload; touch up; exec \(kernel) bench --batch 2 --steps 100000"
        let pack = try TestPack(below: scratch.path, scripts: [script], shape)
        let pid = try pack.start()
        #expect(await pack.hasWritten("up"))
        var seen: Set<String> = []
        // The ranks have found each other when they compute: both have burnt CPU time since their start.
        #expect(
            await eventually(seconds: 60) {
                for process in pack.processes { seen.formUnion(Self.listening(process.identity.pid)) }
                return pack.processes.count { Self.hasComputed($0.identity.pid) } >= 2
            })
        for process in pack.processes { seen.formUnion(Self.listening(process.identity.pid)) }
        #expect(!seen.isEmpty, "mpirun's own server for its ranks was not seen: nothing was looked at")
        #expect(seen.filter { $0 != "127.0.0.1" && $0 != "::1" } == [])
        #expect(
            pack.text("\(pack.member().path)/preload") == "x\n", "the ranks have nothing loaded before them")
        try pack.member().requestCancel()
        #expect(await TestPack.ended(pid) == 0)
    }

    @Test func ranksOfSeveralHostsReachEachOther() {
        var launch = RankLaunch(
            starter: "/usr/bin/mpirun", resources: Resources(walltimeSeconds: 1), inSlurm: true)
        launch.loopback = "/opt/hansa/libhansa-loopback.so"
        let alone = launch.words(environment: ["LD_PRELOAD": "/lib/x.so"], isRoot: false)
        #expect(alone.starts(with: ["/usr/bin/env", "LD_PRELOAD=/opt/hansa/libhansa-loopback.so:/lib/x.so"]))
        #expect(launch.variables(beside: ["OMPI_MCA_btl": "self,tcp"])["OMPI_MCA_btl"] == nil)
        #expect(launch.variables(beside: [:])["OMPI_MCA_btl"] == "self,vader")
        launch.resources.nodes = 2
        #expect(launch.words(environment: [:], isRoot: false).first == "/usr/bin/mpirun")
        #expect(launch.variables(beside: [:]).isEmpty)
    }

    /// The addresses on which a process listens.
    private static func listening(_ pid: Int32) -> Set<String> {
        var sockets: Set<String> = []
        for name in Folder.entries("/proc/\(pid)/fd") {
            var buffer = [CChar](repeating: 0, count: 256)
            let count = readlink("/proc/\(pid)/fd/\(name)", &buffer, buffer.count)
            guard count > 0 else { continue }
            let target = String(decoding: buffer[0..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if target.hasPrefix("socket:[") { sockets.insert(String(target.dropFirst(8).dropLast())) }
        }
        var found: Set<String> = []
        for table in ["tcp", "tcp6"] {
            let text = String(decoding: (try? DurableFile.read("/proc/net/\(table)")) ?? [], as: UTF8.self)
            for line in text.split(separator: "\n").dropFirst() {
                let fields = line.split(separator: " ")
                guard fields.count > 9, fields[3] == "0A", sockets.contains(String(fields[9])) else {
                    continue
                }
                found.insert(address(fields[1].prefix { $0 != ":" }))
            }
        }
        return found
    }

    private static func address(_ hexadecimal: Substring) -> String {
        switch hexadecimal {
        case "0100007F": "127.0.0.1"
        case "00000000000000000000000001000000": "::1"
        default: String(hexadecimal)
        }
    }

    /// Whether that process is the kernel's and has computed for a while.
    private static func hasComputed(_ pid: Int32) -> Bool {
        let text = String(decoding: (try? DurableFile.read("/proc/\(pid)/stat")) ?? [], as: UTF8.self)
        guard text.contains("(hansa-kernel)") else { return false }
        let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
        return fields.count > 11 && (Int(fields[11]) ?? 0) > 50
    }
}
