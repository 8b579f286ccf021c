import Foundation
import Testing

@testable import TrainingKernel

extension RunningTests {
    @Suite struct ResumeTests {
        private let arguments = ["train"] + KernelRun.small + ["--steps", "30", "--checkpoint-every", "10"]

        private func hashes(_ run: KernelRun, _ name: String) throws -> [String] {
            let last = "\(run.path)/\(name)/checkpoints/step-00000030"
            return try [
                "\(run.path)/\(name)/out/model/model.safetensors", "\(last)/model.safetensors",
                "\(last)/optimizer.safetensors",
            ].map { try SHA256.of(file: $0) }
        }

        @Test func aKilledTrainingEndsAsIfItHadNotBeen() throws {
            let run = try KernelRun()
            #expect(try run.run("straight", arguments).code == 0)
            try Files.makeFolder("\(run.path)/killed")
            let pipe = try MetricsPipe("\(run.path)/killed/metrics.jsonl")
            let process = run.process("killed", ranks: nil, metrics: pipe.path, arguments)
            let outcome = try run.finish(process, "killed") {
                pipe.wait(forStep: 11)  // step 10's checkpoint is written before step 11
                kill(process.processIdentifier, SIGKILL)
            }
            #expect(outcome.code == 9)
            #expect(!Files.isFolder("\(run.path)/killed/out/model"))
            let resumed = try run.run(
                "resumed", resume: "\(run.path)/killed/checkpoints/step-00000010", arguments)
            #expect(resumed.code == 0, "\(resumed.errors)")
            #expect(try hashes(run, "resumed") == hashes(run, "straight"))
            #expect(try run.metrics("resumed", "step").first == 11)
            #expect(Files.names(in: "\(run.path)/resumed/checkpoints") == ["step-00000020", "step-00000030"])
        }

        @Test(arguments: [SIGUSR1, SIGTERM])
        func askedToStopItSavesAndSays85(signal: Int32) throws {
            let run = try KernelRun()
            let ranks = signal == SIGUSR1 ? 2 : nil
            #expect(try run.run("straight", ranks: ranks, arguments).code == 0)
            try Files.makeFolder("\(run.path)/first")
            let pipe = try MetricsPipe("\(run.path)/first/metrics.jsonl")
            let process = run.process("first", ranks: ranks, metrics: pipe.path, arguments)
            let outcome = try run.finish(process, "first") {
                pipe.wait(forStep: 3)
                // With a launcher one rank alone is told; all must stop after the same step.
                kill(ranks == nil ? process.processIdentifier : try firstRank(process), signal)
                pipe.drain()
            }
            #expect(outcome.code == 85, "\(outcome.errors)")
            let saved = Files.names(in: "\(run.path)/first/checkpoints")
            let newest = try #require(saved.last)
            let resumed = try run.run(
                "second", ranks: ranks, resume: "\(run.path)/first/checkpoints/\(newest)", arguments)
            #expect(resumed.code == 0, "\(resumed.errors)")
            #expect(try hashes(run, "second") == hashes(run, "straight"))
            #expect(try run.result("second")["tokens"] as? Int == 30 * 4 * 32)
        }

        private func firstRank(_ launcher: Process) throws -> pid_t {
            let id = launcher.processIdentifier
            let children = try String(contentsOfFile: "/proc/\(id)/task/\(id)/children", encoding: .utf8)
            let ranks = children.split(separator: " ").compactMap { pid_t($0) }
            return try #require(ranks.last)
        }

        @Test func aLinkOfNoSecondsStopsAfterOneStep() throws {
            let run = try KernelRun()
            #expect(try run.run("a", ranks: 2, arguments + ["--link-seconds", "0"]).code == 85)
            #expect(Files.names(in: "\(run.path)/a/checkpoints") == ["step-00000001"])
        }
    }
}
