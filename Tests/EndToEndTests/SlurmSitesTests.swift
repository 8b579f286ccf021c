import DrillKit
import FoundationEssentials
import Glibc
import TestKit
import Testing

/// The clusters that `ops/slurm` makes are real ones: what the launcher's tests and the drills stand on.
@Suite(.serialized) struct SlurmSitesTests {
    /// What a command of Slurm printed and ended with, at that cluster.
    private func run(_ place: SlurmCluster.Place, _ command: String, _ arguments: String...) async throws
        -> CommandResult
    {
        let output = "/tmp/hansa-slurm-\(getpid())-\(UInt32.random(in: 0...(.max)))"
        defer { for end in ["", ".errors"] { unlink(output + end) } }
        let child = try ChildProcess(
            "\(place.commands)/\(command)", arguments, environment: ["SLURM_CONF": place.configuration],
            output: output, errors: output + ".errors")
        let exit = try await child.end()
        return CommandResult(
            command: command, exit: exit, output: TextFile.read(output),
            errors: TextFile.read(output + ".errors"))
    }

    @Test(.timeLimit(.minutes(2))) func aSiteWithoutAccountingRunsJobsOnTwoNodes() async throws {
        let begin = ContinuousClock.now
        let place = try await SlurmCluster.plain.place()
        #expect(ContinuousClock.now - begin < .seconds(30))
        let names = try await run(place, "srun", "-N2", "-n2", "printenv", "SLURMD_NODENAME").exiting().output
        #expect(Set(names.split(separator: "\n")) == ["plain-n1", "plain-n2"])
        #expect(try await run(place, "sacct").exit == 1)
    }

    @Test(.timeLimit(.minutes(3))) func whatASiteBillsStandsInItsRecord() async throws {
        let place = try await SlurmCluster.billed.place()
        _ = try await run(place, "srun", "-A", "project", "-p", "whole", "-N2", "-n2", "-J", "whole", "true")
            .exiting()
        let row = try await Patience.until("the record of the job", seconds: 30) {
            let row = try await run(
                place, "sacct", "-X", "-n", "-P", "--name", "whole", "-o", "State,AllocTRES"
            ).exiting().output
            return row.hasPrefix("COMPLETED") ? row : nil
        }
        #expect(row.contains("billing=16"))
    }

    @Test(.timeLimit(.minutes(3)), arguments: ["munged", "slurmdbd", "slurmctld", "billed-n1", "mariadb"])
    func aDaemonThatWasKilledComesBack(daemon: String) async throws {
        let cluster = SlurmCluster.billed
        let place = try await cluster.place()
        let pid = try #require(try await cluster.daemons()[daemon])
        let process = try #require(HostProcess(pid: pid))
        try await process.killed()
        #expect(try await cluster.daemons()[daemon] == nil)
        try await cluster.start()
        #expect(try await cluster.daemons()[daemon] != nil)
        // A killed controller may believe that the last job still runs, and its nodes would never be free.
        try await Patience.until("the queue is cleared", seconds: 30) {
            _ = try await run(place, "scancel", "-u", "\(getuid())")
            return try await run(place, "squeue", "-h").exiting().output.isEmpty
        }
        _ = try await run(place, "srun", "-A", "project", "-N2", "-n2", "true").exiting()
    }
}
