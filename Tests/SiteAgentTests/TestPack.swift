import Federation
import Glibc

@testable import SiteAgent

/// A pack of shell scripts in a run folder of its own, and its real wrapper.
final class TestPack {
    static let instance = InstanceID("test\(getpid())")

    let folder: RunFolder
    let offer: Offer
    private(set) var pid: Int32 = 0
    private var exit: Int32?

    /// What a pack is made of, with defaults that suit most tests.
    struct Shape {
        var walltime: Int64 = 30
        var memberWalltime: Int64?
        var signalBefore: Int64 = 0
        var ranks = 1
        /// Members that have room beside each other.
        var atOnce = 1
        var mustStartIn: Int64 = 600
        var grace: Int64 = 30
        var fence: Int64 = 1
        var task = RandomName.make()
        var program = "/bin/sh"
        /// Takes the member's text as the program itself, with what is said here of it.
        var script: TaskScript?
        var settings = TestPack.quick
        var rules: FailureRules?
    }

    /// Times that suit tests.
    static var quick: WrapperSettings {
        var settings = WrapperSettings()
        settings.heartbeatSeconds = 1
        settings.silenceSeconds = 20
        settings.killSeconds = 1
        return settings
    }

    /// Makes the run folder below that root; every script becomes a member, in order.
    init(below root: String, scripts: [String], _ shape: Shape = .init()) throws {
        let pack = PackID(RandomName.make())
        var members: [Offer.Member] = []
        for (index, script) in scripts.enumerated() {
            var resources = Resources(walltimeSeconds: shape.memberWalltime ?? shape.walltime)
            resources.ranksPerNode = shape.ranks
            var spec = TaskSpec(
                name: "t\(index)", kind: .data, activity: "test", partner: PartnerID("p"),
                member: MemberID("m"),
                program: shape.program, arguments: ["-c", script], resources: resources)
            spec.signalSecondsBeforeEnd = shape.signalBefore
            if var own = shape.script {
                own.text = script
                spec.script = own
                spec.arguments = []
            }
            spec.failureRules = shape.rules
            let task = TaskID(submission: SubmissionID(shape.task), index: index)
            members.append(
                Offer.Member(
                    attempt: AttemptKey(task: task, fence: Fence(generation: 1, counter: shape.fence)),
                    spec: spec,
                    inputs: [], budget: BudgetID("b"), hold: .zero))
        }
        let now = WallClock().now()
        var job = Resources(walltimeSeconds: shape.walltime)
        job.coresPerNode *= shape.atOnce
        job.memoryMiBPerNode *= shape.atOnce
        offer = Offer(
            pack: pack, partition: PartitionID("local"), account: "a", resources: job,
            graceSeconds: shape.grace,
            mustStartBy: now.adding(seconds: shape.mustStartIn), openSeconds: 60, members: members)
        folder = RunFolder(path: "\(root)/\(pack)")
        let record = RunRecord(
            instance: TestPack.instance, agent: AgentID("a"), offer: offer, madeAt: now)
        _ = try folder.make(record, settings: shape.settings)
    }

    func member(_ index: Int = 0) -> MemberFolder { folder.member(offer.members[index].attempt) }

    /// Starts a wrapper, as the launcher does but without slots.
    @discardableResult
    func start() throws -> Int32 {
        let null = open("/dev/null", O_RDWR | O_CLOEXEC)
        defer { close(null) }
        var environment = HostCalls.environment().filter { !$0.key.hasPrefix("HANSA_") }
        environment["HANSA_ROLE"] = "wrapper"
        environment["HANSA_PACK"] = offer.pack.rawValue
        environment["HANSA_INSTANCE"] = TestPack.instance.rawValue
        pid = try Spawn(
            executable: agentProgram, arguments: ["run-pack", folder.path], environment: environment,
            descriptors: [0: null, 1: null, 2: null], ownSession: true
        ).start()
        exit = nil
        return pid
    }

    /// The wrapper's exit code once it has ended; 256 + signal where one ended it.
    static func ended(_ pid: Int32) async -> Int32? {
        var status: Int32 = 0
        var code: Int32?
        _ = await eventually(seconds: 40) {
            guard waitpid(pid, &status, WNOHANG) == pid else { return false }
            code = status & 0x7f == 0 ? (status >> 8) & 0xff : 256 + (status & 0x7f)
            return true
        }
        return code
    }

    /// Starts a wrapper and waits for its end.
    func run() async throws -> Int32? { await TestPack.ended(try start()) }

    /// Processes of the pack that live, without its watchdog.
    var processes: [ProcessTable.Entry] {
        ProcessTable.entries(instance: TestPack.instance.rawValue, pack: offer.pack.rawValue)
    }

    /// Waits until the first member's program has written that file into its run folder.
    func hasWritten(_ name: String, member index: Int = 0) async -> Bool {
        let path = "\(member(index).path)/\(name)"
        return await eventually { DurableFile.exists(path) }
    }

    func text(_ path: String) -> String {
        String(decoding: (try? DurableFile.read(path)) ?? [], as: UTF8.self)
    }
}
