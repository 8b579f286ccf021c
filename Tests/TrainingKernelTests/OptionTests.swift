import Testing

@testable import TrainingKernel

@Suite struct OptionTests {
    private func train(_ arguments: [String]) throws -> TrainOptions {
        try TrainOptions(
            CommandLineOptions(arguments, command: "train", about: "", options: TrainOptions.options))
    }

    @Test func readsBothForms() throws {
        let options = try train(["--layers", "3", "--learning-rate=0.25", "--steps=7"])
        #expect(options.layers == 3)
        #expect(options.learningRate == 0.25)
        #expect(options.steps == 7)
    }

    @Test func tokensAreStepsRoundedUp() throws {
        #expect(try train(["--tokens", "1025", "--batch", "4", "--context", "64"]).steps == 5)
    }

    @Test(arguments: [
        (["--learning-rat", "1"], "did you mean --learning-rate?"),
        (["--layers", "none"], "--layers none: a whole number from 1 to 128 is needed"),
        (["--layers"], "--layers needs a value"),
        (["layers"], "is not an option"),
        (["--blas", "mkl"], "one of auto, own, openblas, dnnl is needed"),
        (["--steps", "1", "--tokens", "1"], "give one"),
        (["--warmup=-1"], "a whole number from 0"),
    ])
    func saysWhatWouldBeRight(arguments: [String], part: String) {
        let fault = #expect(throws: KernelFault.self) { try train(arguments) }
        #expect(fault?.code == .usage)
        #expect(fault?.message.contains(part) == true, "\(fault?.message ?? "")")
    }

    @Test func refusesShapesTheKernelsCannotCompute() {
        for shape in [
            Shape(layers: 1, width: 100, heads: 3, context: 64, vocabulary: 100),
            Shape(layers: 1, width: 64, heads: 4, context: 64, vocabulary: 100),
            Shape(layers: 1, width: 64, heads: 2, context: 50, vocabulary: 100),
            Shape(layers: 1, width: 64, heads: 2, context: 64, vocabulary: 70_000),
        ] {
            #expect(throws: KernelFault.self) { try shape.validate() }
        }
    }

    @Test func parametersCountAsInTheLayout() {
        let shape = Shape(layers: 2, width: 64, heads: 2, context: 64, vocabulary: 40)
        #expect(shape.parameters == Layout(shape).tensors.reduce(0) { $0 + $1.count })
    }
}
