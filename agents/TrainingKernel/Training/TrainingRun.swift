internal import CMPI
internal import CSimd

/// One link of a training: from the start or a checkpoint to the end, or to where it is asked to stop.
struct TrainingRun {
    let options: TrainOptions
    let world: World
    let folder: RunFolder
    let streams: TokenStreams
    let trainer: Trainer
    let instructions: String
    /// Peak of all ranks together, GF/s.
    let peak: Double
    var state: CheckpointState
    let store: CheckpointStore
    let metrics: MetricsFile
    let started = csimd_seconds()
    private var recentLosses: [Double] = []
    private var checkpointSeconds = 0.0

    /// Runs the whole link; the exit code.
    static func run(_ options: TrainOptions, _ world: World) throws -> Int32 {
        var run = try TrainingRun(options, world)
        return try run.toTheEnd()
    }

    private init(_ options: TrainOptions, _ world: World) throws {
        let folder = try world.together { try RunFolder() }
        let (tokenizer, tokenizerHash) = try world.together {
            let path = try folder.input("tokenizer")
            return (try Tokenizer.load(folder: path), try TokenizerFolder.hash(path))
        }
        let shape = options.shape(vocabulary: tokenizer.vocabularySize)
        try world.together { try shape.validate() }
        let streams = try TokenStreams(
            folder, tokenizer: tokenizer, vocabulary: shape.vocabulary, world: world)
        let instructions = Instructions.choose(options.instructions)
        let resumed = try world.together { try folder.resume.map { try Checkpoint($0) } }
        let wanted = options.blas == "auto" ? resumed?.state.blas ?? "auto" : options.blas
        let products = try ProductChoice.choose(
            wanted, shape: shape, instructions: instructions, world: world)
        let trainer = try world.together {
            try Trainer(shape, batch: options.batch, ranks: world.size, products: products)
        }
        var state = CheckpointState(
            options, shape, ranks: world.size, blas: products.name, tokenizer: tokenizerHash,
            data: streams.hash,
            separator: tokenizer.encode("\n").first.map { Int($0) })
        if let resumed {
            try world.together {
                try resumed.state.check(against: state, resumed.folder)
                try resumed.load(into: trainer)
            }
            state.progress(of: resumed.state)
        } else {
            InitialWeights.fill(
                trainer.network.parameters, shape: shape, layout: trainer.network.layout, seed: options.seed)
        }
        world.barrier()
        peak = world.sum([csimd_fma_peak(0.03)])[0]
        store = CheckpointStore(folder: folder.checkpoints, keep: options.keep)
        metrics = try world.together { try MetricsFile(world.isRoot ? folder.metrics : nil) }
        (self.options, self.world, self.folder, self.streams) = (options, world, folder, streams)
        (self.instructions, self.state) = (instructions, state)
        self.trainer = trainer
        announce(products, from: resumed)
    }

    private func announce(_ products: MatrixProducts, from resumed: Checkpoint?) {
        guard world.isRoot else { return }
        let shape = trainer.network.shape
        SystemCall.say(
            "hansa-kernel \(Kernel.version): \(shape.parameters) parameters (\(shape)), \(world.size) ranks "
                + "(\(world.library)), \(instructions), \(products.detail), peak \(Int(peak)) GF/s")
        SystemCall.say(
            "text: \(streams.languages.count) languages, \(streams.tokens) tokens; \(options.steps) steps of "
                + "\(trainer.targetsPerStep) tokens")
        guard let resumed else { return }
        SystemCall.say("going on after step \(state.step) from \(resumed.folder)")
        if resumed.state.ranks != world.size {
            SystemCall.say(
                "\(resumed.state.ranks) ranks before, \(world.size) now: equal up to rounding, not bit for bit"
            )
        }
    }

    private mutating func toTheEnd() throws -> Int32 {
        try writeInitialModel()
        var stops = false
        while state.step < options.steps, !stops {
            stops = try takeStep()
            let isDue = options.checkpointEvery > 0 && state.step % options.checkpointEvery == 0
            if isDue || (stops && state.step < options.steps) { try save() }
        }
        guard state.step == options.steps else {
            if world.isRoot { SystemCall.say("asked to stop after step \(state.step): continue me") }
            return KernelFault.Code.continueMe.rawValue
        }
        try finish()
        return 0
    }

    /// One step on all ranks; true when any rank was asked to stop.
    private mutating func takeStep() throws -> Bool {
        var times = PhaseTimes()
        let from = csimd_seconds(), context = trainer.network.shape.context, step = state.step + 1
        for index in 0..<trainer.share {
            streams.draw(
                seed: options.seed, step: step, sample: world.rank * trainer.share + index, context: context,
                tokens: trainer.tokens + index * context, targets: trainer.targets + index * context)
        }
        times.data = csimd_seconds() - from
        let loss = trainer.gradient(&times)
        let reducing = csimd_seconds()
        world.sum(trainer.gradients, count: trainer.network.layout.count)
        let all = world.sum([loss, isAskedToStop ? 1 : 0])
        times.allreduce = csimd_seconds() - reducing
        let rate = LearningRate(
            peak: options.learningRate, warmup: options.warmup, steps: options.steps
        ).at(step)
        let updating = csimd_seconds()
        let norm = trainer.update(
            step: step, rate: Float(rate), clip: options.clip, decay: Float(options.weightDecay))
        times.optimiser = csimd_seconds() - updating
        guard all[0].isFinite, norm.isFinite else {
            throw KernelFault(
                code: .software,
                message:
                    "the loss is no number after step \(step): a lower --learning-rate or a longer --warmup is needed",
                isShared: true, isSilent: !world.isRoot)
        }
        state.step = step
        state.tokens += trainer.targetsPerStep
        state.seconds += csimd_seconds() - from
        recentLosses = Array((recentLosses + [all[0]]).suffix(20))
        (times.checkpoint, checkpointSeconds) = (checkpointSeconds, 0)
        try record(loss: all[0], rate: rate, norm: norm, times, seconds: csimd_seconds() - from)
        return all[1] > 0
    }

    private var isAskedToStop: Bool {
        if cmpi_stop_signal() != 0 { return true }
        guard let limit = options.linkSeconds else { return false }
        return csimd_seconds() - started >= limit
    }

    private func record(loss: Double, rate: Double, norm: Double, _ times: PhaseTimes, seconds: Double) throws
    {
        guard world.isRoot else { return }
        let shape = trainer.network.shape, flop = shape.flopPerToken * Double(trainer.targetsPerStep)
        func ms(_ seconds: Double) -> Double { (seconds * 1e5).rounded() / 100 }
        let record = StepRecord(
            step: state.step, steps: options.steps, tokens: state.tokens, loss: loss,
            bitsPerByte: bitsPerByte(loss), lr: rate, gradNorm: norm,
            ms: .init(
                data: ms(times.data), forward: ms(times.forward), backward: ms(times.backward),
                allreduce: ms(times.allreduce), optimiser: ms(times.optimiser),
                checkpoint: ms(times.checkpoint)),
            tokensPerSecond: (Double(trainer.targetsPerStep) / seconds).rounded(), flop: flop,
            mfu: flop / seconds / (peak * 1e9), peakRSS: SystemCall.peakResidentBytes(), ranks: world.size,
            blas: state.blas)
        try metrics.append(record)
        if state.step % max(1, options.steps / 20) == 0 || state.step == 1 {
            SystemCall.say(
                "step \(state.step)/\(options.steps) loss \((loss * 1e4).rounded() / 1e4) "
                    + "tokens/s \(Int(record.tokensPerSecond))")
        }
    }

    private func bitsPerByte(_ loss: Double) -> Double { loss / 0.693147180559945309 / streams.bytesPerToken }

    private mutating func save() throws {
        let from = csimd_seconds()
        try world.together {
            if world.isRoot { try store.save(trainer, state) }
        }
        checkpointSeconds += csimd_seconds() - from
        state.seconds += csimd_seconds() - from
    }

    private func writeInitialModel() throws {
        try world.together {
            guard world.isRoot else { return }
            let shape = trainer.network.shape, layout = trainer.network.layout
            let arena = Arena()
            defer { withExtendedLifetime(arena) {} }  // the pointers below are its
            // After a restart the parameters have moved on; the initial ones are made anew from the seed.
            let parameters = try arena.floats(layout.count)
            InitialWeights.fill(parameters, shape: shape, layout: layout, seed: options.seed)
            let configuration = ModelConfiguration(
                shape, separator: state.separator, origin: .init(steps: 0, tokens: 0))
            try ModelFolder.write(
                parameters, layout, configuration, tokenizer: try folder.input("tokenizer"),
                to: "\(folder.outputs)/model-initial")
        }
    }

    private func finish() throws {
        try world.together {
            guard world.isRoot else { return }
            let shape = trainer.network.shape
            let configuration = ModelConfiguration(
                shape, separator: state.separator, origin: .init(steps: state.step, tokens: state.tokens))
            let weights = try ModelFolder.write(
                trainer.network.parameters, trainer.network.layout, configuration,
                tokenizer: try folder.input("tokenizer"), to: "\(folder.outputs)/model")
            let loss = recentLosses.isEmpty ? 0 : recentLosses.reduce(0, +) / Double(recentLosses.count)
            let flop = shape.flopPerToken * Double(state.tokens)
            let result = TrainingResult(
                parameters: shape.parameters, tokens: state.tokens, flop: flop, seconds: state.seconds,
                loss: loss,
                bitsPerByte: bitsPerByte(loss), steps: state.step, ranks: world.size,
                vocabulary: shape.vocabulary,
                languages: streams.languages, blas: state.blas, instructions: instructions,
                tokensPerSecond: Double(state.tokens) / state.seconds,
                mfu: flop / state.seconds / (peak * 1e9),
                peakRSS: SystemCall.peakResidentBytes(), seed: options.seed, shape: shape,
                tokenizer: state.tokenizer,
                data: state.data, weights: weights, kernel: Kernel.version)
            try Files.write(try JSONText.pretty(result), to: "\(folder.outputs)/result.json")
            SystemCall.say(
                "done: \(state.tokens) tokens in \(Int(state.seconds)) s, loss \((loss * 1e4).rounded() / 1e4)"
            )
        }
    }
}
