import Foundation
import Testing

@testable import TrainingKernel

extension RunningTests {
    /// Checkpoints that must not be gone on with: each ends the run with 65 and a line that says what and where.
    @Suite struct CheckpointFaultTests {
        private func checkpoint(_ run: KernelRun) throws -> String {
            let outcome = try run.run("first", arguments + ["--checkpoint-every", "2"])
            #expect(outcome.code == 0, "\(outcome.errors)")
            return "\(run.path)/first/checkpoints/step-00000002"
        }

        private let arguments = ["train"] + KernelRun.small + ["--steps", "2"]

        @Test func cutOff() throws {
            let run = try KernelRun(), checkpoint = try checkpoint(run)
            let handle = try #require(FileHandle(forWritingAtPath: checkpoint + "/optimizer.safetensors"))
            try handle.truncate(atOffset: 1000)
            let outcome = try run.run("second", ranks: 2, resume: checkpoint, arguments)
            #expect(outcome.code == 65)
            #expect(
                outcome.complaint.hasPrefix(
                    "hansa-kernel: \(checkpoint)/optimizer.safetensors is cut off or changed"))
            #expect(outcome.complaint.split(separator: "\n").count == 1)
        }

        @Test func ofAnotherShape() throws {
            let run = try KernelRun(), checkpoint = try checkpoint(run)
            let outcome = try run.run("second", resume: checkpoint, arguments + ["--layers", "1"])
            #expect(outcome.code == 65)
            #expect(outcome.complaint.contains("state.json: the model is of 2 layers, width 32"))
            #expect(outcome.complaint.contains("but this run has 1 layers"))
        }

        @Test func withAnotherTokenizer() throws {
            let run = try KernelRun(), checkpoint = try checkpoint(run)
            let file = "\(run.path)/in/tokenizer/tokenizer.json"
            try Files.write(Array((run.text(file) + "\n").utf8), to: file)
            let outcome = try run.run("second", resume: checkpoint, arguments)
            #expect(outcome.code == 65)
            #expect(outcome.complaint.contains("the input folder tokenizer must be the one"))
        }

        @Test func onOtherText() throws {
            let run = try KernelRun(), checkpoint = try checkpoint(run)
            let file = "\(run.path)/in/train-en/train.txt"
            try Files.write(Array((run.text(file) + "more\n").utf8), to: file)
            let outcome = try run.run("second", resume: checkpoint, arguments)
            #expect(outcome.code == 65)
            #expect(outcome.complaint.contains("the input folders train-<language> must be those"))
        }

        @Test func thatIsNotThere() throws {
            let run = try KernelRun()
            let outcome = try run.run("second", resume: "/nonexistent/step-00000001", arguments)
            #expect(outcome.code == 65)
            #expect(outcome.complaint.contains("/nonexistent/step-00000001 (HANSA_RESUME) is no folder"))
        }
    }
}
