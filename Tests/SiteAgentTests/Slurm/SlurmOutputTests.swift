import Federation
import Testing

@testable import SiteAgent

/// The parsers, against what real releases printed (`ops/slurm/record`), and against what was done to it.
@Suite struct SlurmOutputTests {
    static let separator = "@0123456789abcdef@"
    /// Releases with recorded outputs.
    static let releases = Folder.entries(folder).filter { Folder.isFolder("\(folder)/\($0)") }
    static let folder =
        "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/") + "/Recorded"

    static func bytes(_ release: String, _ name: String) throws -> [UInt8] {
        try DurableFile.read("\(folder)/\(release)/\(name)")
    }

    static func text(_ release: String, _ name: String) throws -> String {
        String(decoding: try bytes(release, name), as: UTF8.self)
    }

    @Test func releasesAreThere() { #expect(Self.releases.contains("22.05")) }

    @Test(arguments: releases) func theQueue(_ release: String) throws {
        let bytes = try Self.bytes(release, "squeue.out")
        let rows = try #require(QueueRow.rows(bytes, separator: Self.separator, user: "0"))
        let named = Dictionary(rows.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        #expect(named["hansa-demo-pack-completed"]?.state.isOver == true)
        #expect(named["hansa-demo-pack-running"]?.state.name == "RUNNING")
        #expect(named["hansa-demo-pack-suspended"]?.state.name == "SUSPENDED")
        #expect(named["hansa-demo-pack-wide"]?.nodes == 2)
        let held = try #require(named["hansa-demo-pack-held"])
        #expect(WaitingReason.words(state: held.state, reason: held.reason)?.hasPrefix("onHold") == true)
        #expect(held.start == nil)
        #expect((held.submitted?.seconds ?? 0) > 1_600_000_000)
        let later = try #require(named["hansa-demo-pack-later"])
        #expect(WaitingReason.words(state: later.state, reason: later.reason)?.contains("BeginTime") == true)
        // Names that anybody may choose stay names.
        #expect(named["hansa-demo-pack-forged"] == nil)
        #expect(rows.contains { $0.name.hasPrefix("evil\n") && $0.name.contains("hansa-demo-pack-forged") })
        // Somebody who knew the separator would get no row either: nothing is read at all.
        let known = ByteText.split(bytes, by: Array("@guess@".utf8)).joined(
            separator: Array(Self.separator.utf8))
        #expect(QueueRow.rows(Array(known), separator: Self.separator, user: "0") == nil)
        #expect(rows.contains { $0.name.count == 1000 })
        #expect(rows.contains { $0.name.hasPrefix("a|b\"'\u{1B}[31mred") })
        #expect(rows.allSatisfy { Int($0.job) != nil })
    }

    @Test(arguments: releases) func theQueueOfNobodyIsEmpty(_ release: String) throws {
        let bytes = try Self.bytes(release, "squeue-none.out")
        #expect(QueueRow.rows(bytes, separator: Self.separator, user: "65534") == [])
        #expect(QueueRow.rows([], separator: Self.separator, user: "65534") == nil, "no header, no answer")
        #expect(QueueRow.rows(Array("motd\n".utf8), separator: Self.separator, user: "0") == nil)
        #expect(
            QueueRow.rows(Array("Welcome!\n".utf8) + bytes, separator: Self.separator, user: "0") == [],
            "a banner before it is none of it")
    }

    @Test(arguments: releases) func anOutputThatWasCutIsNone(_ release: String) throws {
        let queue = try Self.bytes(release, "squeue.out")
        for length in stride(from: 0, to: queue.count - 1, by: 7) {
            let rows = QueueRow.rows(
                Array(queue.prefix(length)), separator: Self.separator, user: "0")
            // Cut just behind a row it looks whole: there the exit code tells.
            #expect(rows == nil || queue[length - 1] == 0x0A, "\(length)")
        }
        let fields = try #require(AccountingRow.Fields(known: Self.text(release, "sacct-fields.out")))
        let record = try Self.bytes(release, "sacct.out")
        for length in stride(from: 0, to: record.count - 1, by: 7) {
            let rows = AccountingRow.rows(
                Array(record.prefix(length)), fields: fields, separator: Self.separator, user: "0",
                cluster: nil)
            #expect(rows == nil || record[length - 1] == 0x0A, "\(length)")
        }
    }

    @Test(arguments: releases) func theRecord(_ release: String) throws {
        let rows = try record(release)
        func row(_ name: String) -> JobRow? { rows.last { $0.name == "hansa-demo-pack-\(name)" }?.row }
        #expect(row("completed")?.state == .completed)
        #expect(row("completed")?.coresPerNode == 1)
        #expect(row("completed")?.memoryMiBPerNode == 100)
        #expect(row("failed")?.state == .failed)
        #expect(row("refused")?.state == .refused)
        #expect(row("signal")?.state == .failed)
        #expect(row("cancelled")?.state == .cancelled)
        #expect(row("running")?.hasEnded == false)
        #expect(row("running")?.state == .running)
        let wide = try #require(row("wide"))
        #expect((wide.nodes, wide.coresPerNode, wide.billing) == (2, 2, 4))
        #expect((wide.maximumResidentBytes ?? 0) > 1 << 20, "from its steps")
        #expect(wide.cpuSeconds != nil)
        // Suspended time is not billed, and not in the record's seconds.
        let suspended = try #require(rows.last { $0.name == "hansa-demo-pack-suspended" })
        #expect(suspended.row.hasEnded)
        #expect((5...7).contains(suspended.row.seconds), "\(suspended)")
        // A run that was put back at once may keep the name that a record has at first: then its id and time tell.
        let fields = try #require(AccountingRow.Fields(known: Self.text(release, "sacct-fields.out")))
        let byID = try #require(
            AccountingRow.rows(
                Self.bytes(release, "sacct-requeued.out"), fields: fields, separator: Self.separator,
                user: nil,
                cluster: nil))
        var runs = rows.filter { $0.name == "hansa-demo-pack-requeued" }
        if runs.count == 1 {
            let began = try #require(byID.compactMap(\.row.start).min())
            #expect(AccountingRow.run(of: "1", begunAt: began, among: byID) == nil, "another job")
            #expect(
                AccountingRow.run(of: runs[0].row.job, begunAt: began.adding(seconds: 60), among: byID) == nil
            )
            runs.insert(
                try #require(AccountingRow.run(of: runs[0].row.job, begunAt: began, among: byID)), at: 0)
        }
        #expect(runs.count == 2)
        #expect(runs.first?.row.state == .preempted)
        #expect(runs.last?.row.hasEnded == false)
        #expect(Set(runs.map(\.row.job)).count == 1)
        #expect(Set(runs.map(\.index)).count == 2)
    }

    private func record(_ release: String) throws -> [AccountingRow] {
        let fields = try #require(AccountingRow.Fields(known: Self.text(release, "sacct-fields.out")))
        return try #require(
            AccountingRow.rows(
                Self.bytes(release, "sacct.out"), fields: fields, separator: Self.separator, user: "0",
                cluster: nil))
    }

    @Test(arguments: releases) func rowsOfOthersAreNotOurs(_ release: String) throws {
        let fields = try #require(AccountingRow.Fields(known: Self.text(release, "sacct-fields.out")))
        let bytes = try Self.bytes(release, "sacct.out")
        for (user, cluster) in [("0", "elsewhere"), ("4711", nil)] as [(String, String?)] {
            let rows = AccountingRow.rows(
                bytes, fields: fields, separator: Self.separator, user: user, cluster: cluster)
            #expect(rows == [])
        }
        let none = try Self.bytes(release, "sacct-none.out")
        #expect(
            AccountingRow.rows(none, fields: fields, separator: Self.separator, user: "0", cluster: nil) == []
        )
        #expect(
            AccountingRow.rows([], fields: fields, separator: Self.separator, user: "0", cluster: nil) == nil)
    }

    @Test(arguments: releases) func refusalsAreTold(_ release: String) throws {
        for name in ["partition", "account", "qos", "nodes", "time", "memory", "gres", "option"] {
            let words = try Self.text(release, "sbatch-\(name).err").split(separator: "\n").dropLast()
                .joined(separator: "\n")
            let answer = SlurmAnswer(
                .init(end: .exit(1), output: [], errors: Array(words.utf8)), of: "s" + "batch", seconds: 1)
            guard case .refused = answer else {
                Issue.record("\(name): \(answer)")
                continue
            }
        }
        #expect(SlurmLauncher.jobID(try Self.bytes(release, "sbatch.out")) != nil)
    }

    @Test func onlyACleanIDIsOne() {
        func id(_ text: String) -> String? { SlurmLauncher.jobID(Array(text.utf8)) }
        #expect(id("17\n") == "17")
        #expect(id("17;lumi\n") == "17")
        for text in ["", "\n", "17", "0\n", "-1\n", "17\n18\n", "Welcome\n17\n", "17;a;b\n", "١٧\n", " 17\n"]
        {
            #expect(id(text) == nil, "\(text)")
        }
    }

    @Test func silenceIsNotARefusal() {
        for words in [
            "squeue: error: slurm_receive_msg: Socket timed out on send/recv operation",
            "slurm_load_jobs error: Unable to contact slurm controller (connect failure)",
            "sbatch: error: Batch job submission failed: Socket timed out on send/recv operation",
            "sbatch: error: Batch job submission failed: Zero Bytes were transmitted or received",
            "sbatch: error: Batch job submission failed: Protocol authentication error", "",
        ] {
            let answer = SlurmAnswer(
                .init(end: .exit(1), output: [], errors: Array(words.utf8)), of: "x", seconds: 1)
            guard case .unreachable = answer else {
                Issue.record("\(words): \(answer)")
                continue
            }
        }
        let denied = SlurmAnswer(
            .init(end: .exit(126), output: [], errors: Array("sinfo: Permission denied".utf8)), of: "x",
            seconds: 1)
        #expect(denied == .denied("x cannot be run: sinfo: Permission denied"))
    }

    @Test(arguments: releases) func limits(_ release: String) throws {
        var limits = SiteLimits()
        limits.readPartitions(try Self.text(release, "partitions.out"))
        limits.readQualities(try Self.text(release, "qos.out"))
        #expect(limits.partitions["main"]?.walltimeSeconds == 86_400)
        #expect(limits.partitions["main"]?.nodes == 2)
        #expect(limits.partitions["main"]?.isUp == true)
        if release == "22.05" {
            #expect(limits.jobs(partition: "limited", qos: nil) == 4)
            #expect(limits.partitions["limited"]?.nodes == 1)
            #expect(limits.walltime(partition: "limited", qos: nil) == 3600)
        }
    }

    @Test func amounts() {
        #expect(TrackedResources("billing=2,cpu=4,gres/gpu=8,gres/gpu:a100=8,mem=7.50G,node=2").devices == 8)
        #expect(TrackedResources("cpu=4,gres/gpu:a=2,gres/gpu:b=3,node=1").devices == 5)
        #expect(TrackedResources("mem=7.50G").memoryMiB == 7680)
        #expect(TrackedResources("mem=1536K").memoryMiB == 2)
        #expect(TrackedResources("mem=1T").memoryMiB == 1_048_576)
        #expect(TrackedResources("mem=x,cpu=-,=,").memoryMiB == nil)
        #expect(AccountingRow.seconds("1-02:03:04.500") == 93_784.5)
        #expect(AccountingRow.seconds("00:00.004") == 0.004)
        #expect(SiteLimits.duration("UNLIMITED") == nil)
        #expect(SiteLimits.duration("2-00:00:00") == 172_800)
        #expect(SlurmState("CANCELLED by 1000").ended == .cancelled)
        #expect(SlurmState("SOMETHING_NEW").ended == nil)
        #expect(!SlurmState("SOMETHING_NEW").isOver)
    }
}
