import SbatchScript
import Testing

/// What a real controller says of a script, and of what its task asks for.
@Suite(
    .enabled(if: RealSbatch.hasCluster, "no cluster answers that SLURM_CONF names: nothing to compare with"))
struct ClusterTests {
    @Test(arguments: [
        "-n1 -t5", "--nodes=1 --ntasks-per-node=2 --time=10", "-N2 -n2 -t1:00:00", "-c2 --mem=100 -t 10",
        "--mem-per-cpu=50M -n2 -t3", "--exclusive -t 2", "--array=0-3:2%1 -t1", "--mem=0 -t 4", "-N1-2 -t 10",
        "--signal=B:USR1@30 -t 5", "--hint=nomultithread -t 5 -n1", "--job-name='a|b' -t5",
        "--comment=\"x # y\" --export=NONE,A=1 -t 5",
    ])
    func bothAreTaken(_ line: String) throws {
        let sbatch = try RealSbatch()
        defer { sbatch.remove() }
        let original = "#!/bin/sh\n#SBATCH \(line.replacing("%1", with: ""))\ntrue\n"
        let said = try sbatch.test(original)
        #expect(said.contains("to start at"), "the original: \(said)")
        let ours = try Readings.mapped(Array(original.utf8)).equivalent
        let saidOfOurs = try sbatch.test(ours)
        #expect(saidOfOurs.contains("to start at"), "\(ours)\(saidOfOurs)")
    }
}
