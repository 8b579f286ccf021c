import Foundation
import Testing

@testable import TrainingKernel

extension RunningTests {
    /// Training, quantisation, export and evaluation hand their folders on.
    @Suite struct PipelineTests {
        private func inputs(_ run: KernelRun, _ name: String, model: String) throws -> String {
            let inputs = "\(run.path)/inputs-\(name)"
            try Files.makeFolder(inputs)
            let links = [
                "model": model, "heldout-en": "\(run.path)/in/heldout-en",
                "heldout-de": "\(run.path)/in/heldout-de",
            ]
            for (link, target) in links {
                try FileManager.default.createSymbolicLink(
                    atPath: "\(inputs)/\(link)", withDestinationPath: target)
            }
            return inputs
        }

        private func number(_ result: [String: Any], _ key: String) throws -> Double {
            try #require(result[key] as? Double, "\(key) in \(result)")
        }

        @Test func trainedBeatsUntrained() throws {
            let run = try KernelRun()
            let trained = try run.run("train", ["train"] + KernelRun.small + ["--steps", "150"])
            #expect(trained.code == 0, "\(trained.errors)")
            let out = "\(run.path)/train/out"

            let untrained = try inputs(run, "untrained", model: "\(out)/model-initial")
            #expect(try run.run("e0", inputs: untrained, evaluate("en", "untrained")).code == 0)
            let before = try run.result("e0")
            let uniform = try number(before, "uniform_bpb")
            #expect(abs(try number(before, "bpb") - uniform) < 0.05 * uniform)
            #expect(try number(before, "bytes") == 600)
            #expect(try number(before, "xz_bpb") > 0)

            let after = try inputs(run, "trained", model: "\(out)/model")
            try Files.makeFolder("\(run.path)/e1/out/scores-en")
            #expect(try run.run("e1", inputs: after, evaluate("en", "trained")).code == 0)
            #expect(
                run.text("\(run.path)/e1/out/scores-en/scores.json")
                    == run.text("\(run.path)/e1/out/result.json"))
            let result = try run.result("e1"), bpb = try number(result, "bpb")
            #expect(bpb < 0.9 * uniform)
            #expect(bpb < (try number(result, "unigram_bpb")))

            #expect(try run.run("q", inputs: after, ["quantise"]).code == 0)
            let sizes = try run.result("q")
            #expect(try number(sizes, "bytesAfter") < 0.5 * number(sizes, "bytesBefore"))
            let int8 = try inputs(run, "int8", model: "\(run.path)/q/out/model-int8")
            #expect(try run.run("e2", inputs: int8, evaluate("all", "int8")).code == 0)
            let results = try #require(try run.result("e2")["results"] as? [[String: Any]])
            #expect(results.compactMap { $0["language"] as? String } == ["de", "en"])
            #expect(abs(try number(results[1], "bpb") - bpb) < 0.05 * bpb)

            let wrong = try run.run("e3", inputs: after, evaluate("en", "int8"))
            #expect(wrong.code == 65)
            #expect(wrong.complaint == "hansa-kernel: --variant int8, but the input folder model is F32")
        }

        private func evaluate(_ language: String, _ variant: String) -> [String] {
            ["evaluate", "--language", language, "--variant", variant]
        }

        @Test func anExportIsTheModelOfItsStep() throws {
            let run = try KernelRun()
            let steps = ["--steps", "4", "--checkpoint-every", "4"]
            #expect(try run.run("train", ["train"] + KernelRun.small + steps).code == 0)
            let checkpoint = "\(run.path)/train/checkpoints/step-00000004"
            #expect(try run.run("export", ["export", "--checkpoint", checkpoint]).code == 0)
            for file in ["model.safetensors", "config.json", "tokenizer.json"] {
                #expect(
                    try SHA256.of(file: "\(run.path)/export/out/model/\(file)")
                        == SHA256.of(file: "\(run.path)/train/out/model/\(file)"), "\(file)")
            }
        }

        @Test func aWordThatIsNoCommandIsMetWithTheNearest() throws {
            let run = try KernelRun(), outcome = try run.run("a", ["evalute"])
            #expect(outcome.code == 64)
            #expect(
                outcome.complaint == "hansa-kernel: unknown command \"evalute\"; did you mean \"evaluate\"?")
        }
    }
}
