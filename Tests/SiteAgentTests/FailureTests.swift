import Federation
import Testing

@testable import SiteAgent

/// How the wrapper tells one failure from another, with real programs.
@Suite struct FailureTests {
    /// Runs the script under these rules to its end; answers how it ended and how long that took.
    private func end(
        of script: String, _ rules: FailureRules, walltime: Int64 = 60
    ) async throws -> (end: AttemptEnd, seconds: Int64) {
        let scratch = try Scratch()
        var shape = TestPack.Shape()
        shape.rules = rules
        shape.walltime = walltime
        let pack = try TestPack(below: scratch.path, scripts: [script], shape)
        let began = WallClock.running()
        #expect(try await pack.run() == 0)
        let finish = try #require(try pack.member().finish())
        let end = EndReport.end(finish, in: pack.member(), staged: nil)
        return (end, (WallClock.running() - began) / 1_000_000)
    }

    @Test func aProgramWithoutProgressIsEndedAsStalled() async throws {
        let stall = FailureRules(stallAfterSeconds: 3)
        let script = "echo '{\"step\":1}' >> $HANSA_METRICS; while :; do echo still here; sleep 0.2; done"
        let (end, seconds) = try await end(of: script, stall)
        #expect(end.outcome == .failed(.stalled))
        #expect(end.detail.contains("no progress"))
        #expect(seconds < 20, "output is no progress of a program that writes metrics")
    }

    @Test func metricsCheckpointsAndOutputAreProgress() async throws {
        let stall = FailureRules(stallAfterSeconds: 2)
        let metrics = "for i in 1 2 3 4 5 6 7 8; do echo '{\"step\":1}' >> $HANSA_METRICS; sleep 0.5; done"
        let checkpoints = "for i in 1 2 3 4 5 6 7 8; do mkdir $HANSA_CHECKPOINTS/$i; sleep 0.5; done"
        let output = "for i in 1 2 3 4 5 6 7 8; do echo $i; sleep 0.5; done"
        for script in [metrics, checkpoints, output] {
            #expect(try await end(of: script, stall).end.outcome == .completed, "\(script)")
        }
        #expect(try await end(of: "sleep 30", stall).end.outcome == .failed(.stalled), "and silence is none")
    }

    @Test func aProgramThatSavesWhenItStallsGoesOn() async throws {
        let stall = FailureRules(stallAfterSeconds: 1)
        let script = "trap 'exit 85' TERM; sleep 30 & wait"
        #expect(try await end(of: script, stall).end.outcome == .continues)
    }

    @Test func theLogNamesTheFailure() async throws {
        let rules = FailureRules(patterns: [
            .init(failure: .nodeFailure, text: "NCCL*timed out"),
            .init(failure: .outOfMemory, text: "CUDA out of memory"),
        ])
        let memory = try await end(of: "echo 'x: CUDA out of memory' >&2; exit 1", rules).end
        #expect(memory.outcome == .failed(.outOfMemory))
        #expect(memory.detail.contains("its log says \"CUDA out of memory\""))
        let both = "echo 'CUDA out of memory'; echo 'NCCL rank 3 timed out'; kill -9 $$"
        #expect(try await end(of: both, rules).end.outcome == .failed(.nodeFailure), "the first of the list")
        #expect(try await end(of: "echo CUDA out; exit 1", rules).end.outcome == .failed(.nonZeroExit))
        #expect(try await end(of: "echo CUDA out of memory", rules).end.outcome == .completed)
        #expect(try await end(of: "echo CUDA out of memory; exit 85", rules).end.outcome == .continues)
    }

    @Test func theWalltimeIsNotNamedByTheLog() async throws {
        let rules = FailureRules(patterns: [.init(failure: .outOfMemory, text: "out of memory")])
        let (end, _) = try await end(of: "echo out of memory; sleep 30", rules, walltime: 2)
        #expect(end.outcome == .failed(.walltime))
    }
}
