import Testing

@testable import TrainingKernel

extension RunningTests {
    @Suite struct RankTests {
        /// The same data whoever computes them; only the order of additions differs.
        @Test func anyNumberOfRanksTrainsTheSameModel() throws {
            let run = try KernelRun(), arguments = ["train"] + KernelRun.small + ["--steps", "10"]
            #expect(try run.run("alone", arguments).code == 0)
            let alone = try run.metrics("alone", "loss")
            #expect(alone.count == 10)
            for ranks in [1, 2, 4] {
                let outcome = try run.run("ranks\(ranks)", ranks: ranks, arguments)
                #expect(outcome.code == 0, "\(outcome.errors)")
                for (one, many) in zip(alone, try run.metrics("ranks\(ranks)", "loss")) {
                    #expect(abs(one - many) <= 1e-5 * one)
                }
                #expect(try run.result("ranks\(ranks)")["ranks"] as? Int == ranks)
            }
        }

        @Test func aBatchThatRanksCannotShareEndsAllOfThem() throws {
            let run = try KernelRun()
            let outcome = try run.run("a", ranks: 3, ["train"] + KernelRun.small + ["--steps", "1"])
            #expect(outcome.code == 64)
            #expect(outcome.complaint == "hansa-kernel: --batch 4 must be a multiple of the 3 ranks")
        }

        @Test func aMissingTextEndsAllRanks() throws {
            let run = try KernelRun()
            try Files.makeFolder("\(run.path)/in/train-mt")
            let outcome = try run.run("a", ranks: 2, ["train"] + KernelRun.small + ["--steps", "1"])
            #expect(outcome.code == 74)
            #expect(outcome.complaint.contains("train-mt/train.txt: No such file or directory"))
        }
    }
}
