/// `hansa-kernel export`: a checkpoint as a model folder.
enum ExportCommand {
    static func run(_ arguments: [String]) throws -> Int32 {
        let given = try CommandLineOptions(
            arguments, command: "export",
            about: "Makes a model folder, as train writes at its end, of a checkpoint folder step-<number>.",
            options: [
                .init("checkpoint", "folder", "the checkpoint; HANSA_RESUME when not given"),
                .init("tokenizer", "folder", "the tokenizer; the input tokenizer when not given"),
                .init("output", "folder", "the model folder; the output model when not given"),
            ])
        if given.isHelp { return 0 }
        guard let source = given.text("checkpoint") ?? SystemCall.environment("HANSA_RESUME") else {
            throw KernelFault.usage("export: --checkpoint or HANSA_RESUME must name a checkpoint")
        }
        let tokenizer = try given.text("tokenizer") ?? RunFolder().input("tokenizer")
        let output = try given.text("output") ?? RunFolder().outputs + "/model"
        let checkpoint = try Checkpoint(source), state = checkpoint.state
        let found = try TokenizerFolder.hash(tokenizer)
        guard found == state.tokenizer else {
            throw KernelFault.data(
                "\(tokenizer) has SHA-256 \(found), but the checkpoint was trained with \(state.tokenizer)")
        }
        let layout = Layout(state.shape)
        let arena = Arena()
        defer { withExtendedLifetime(arena) {} }  // the pointers below are its
        let parameters = try arena.floats(layout.count)
        let file = try SafetensorsFile("\(source)/\(Checkpoint.model)")
        for tensor in layout.tensors {
            try file.copy(tensor.name, shape: tensor.shape, to: parameters + tensor.offset)
        }
        let configuration = ModelConfiguration(
            state.shape, separator: state.separator, origin: .init(steps: state.step, tokens: state.tokens))
        try ModelFolder.write(parameters, layout, configuration, tokenizer: tokenizer, to: output)
        SystemCall.say("wrote \(output), step \(state.step)")
        return 0
    }
}
