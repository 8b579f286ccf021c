internal import CMPI
internal import CSimd

/// `hansa-kernel bench`: whole training steps on random tokens, for comparison with other programs and nodes.
enum BenchCommand {
    private static let models: [String: (shape: Shape, batch: Int)] = [
        "A": (Shape(layers: 4, width: 256, heads: 4, context: 256, vocabulary: 256), 16),
        "B": (Shape(layers: 6, width: 384, heads: 6, context: 256, vocabulary: 256), 12),
    ]

    static func run(_ arguments: [String]) throws -> Int32 {
        let given = try CommandLineOptions(
            arguments, command: "bench",
            about:
                "Measures full training steps (forward, backward, allreduce, clipping, AdamW) on random tokens.",
            options: [
                .init("model", "name", "A: 4 layers × 256, batch 16; B: 6 layers × 384, batch 12"),
                .init("batch", "n", "sequences a step over all ranks"),
                .init("steps", "n", "steps measured; the median is told"),
                .init("warm", "n", "steps before"),
                .init("ranks", "n", "fail unless the run has so many ranks"),
                .init("blas", "name", "own, openblas, dnnl, or auto"),
                .init("isa", "name", "base, avx2 or avx512 instead of the best"),
                .init("peak", nil, "only measure the peak of fused multiply-adds of one core"),
            ])
        if given.isHelp { return 0 }
        let instructions = Instructions.choose(try given.choice("isa", Instructions.names))
        if given.flag("peak") {
            SystemCall.say("\(Int(csimd_fma_peak(1))) GF/s a core (\(instructions))")
            return 0
        }
        let world = try World()
        defer { world.close() }
        return try world.together { try measure(given, instructions, world) }
    }

    private static func measure(_ given: CommandLineOptions, _ instructions: String, _ world: World) throws
        -> Int32
    {
        let name = try given.choice("model", models.keys.sorted()) ?? "A"
        guard let model = models[name] else { throw KernelFault.usage("--model \(name)") }
        if let ranks = try given.whole("ranks", 1...65_536), ranks != world.size {
            throw KernelFault.usage("--ranks \(ranks): this run has \(world.size)")
        }
        let batch = try given.whole("batch", 1...65_536) ?? model.batch
        let steps = try given.whole("steps", 1...100_000) ?? 8, warm = try given.whole("warm", 0...1000) ?? 2
        let products = try ProductChoice.choose(
            try given.choice("blas", ProductChoice.words) ?? "auto", shape: model.shape,
            instructions: instructions, world: world)
        let trainer = try Trainer(model.shape, batch: batch, ranks: world.size, products: products)
        let layout = trainer.network.layout
        InitialWeights.fill(trainer.network.parameters, shape: model.shape, layout: layout, seed: 1)
        var seconds: [Double] = [], loss = 0.0
        for step in 1...(warm + steps) {
            fill(trainer, step: step, rank: world.rank)
            world.barrier()
            let from = csimd_seconds()
            var times = PhaseTimes()
            loss = trainer.gradient(&times)
            world.sum(trainer.gradients, count: layout.count)
            loss = world.sum([loss])[0]
            _ = trainer.update(step: step, rate: 1e-3, clip: 1, decay: 0.1)
            if step > warm { seconds.append(csimd_seconds() - from) }
        }
        guard world.isRoot else { return 0 }
        seconds.sort()
        let median = seconds[seconds.count / 2], tokens = Double(trainer.targetsPerStep)
        let result = BenchResult(
            model: name, ranks: world.size, ms: median * 1e3, bestMs: seconds[0] * 1e3,
            tokensPerSecond: (tokens / median).rounded(),
            gigaflops: model.shape.flopPerToken * tokens / median * 1e-9, loss: loss,
            peakRSS: SystemCall.peakResidentBytes(), blas: products.detail, instructions: instructions)
        SystemCall.say(String(decoding: try JSONText.line(result), as: UTF8.self))
        return 0
    }

    private static func fill(_ trainer: Trainer, step: Int, rank: Int) {
        let shape = trainer.network.shape, words = shape.vocabulary
        for index in 0..<trainer.share * shape.context {
            let key = Randomness.key(7, UInt64(step), UInt64(rank), UInt64(index))
            trainer.tokens[index] = Int32(Randomness.below(words, key))
            trainer.targets[index] = Int32(Randomness.below(words, Randomness.mix(key)))
        }
    }
}
