/// `hansa-kernel quantise`
enum QuantiseCommand {
    /// `result.json`
    private struct Outcome: Encodable {
        var kind = "quantisation"
        let bytesBefore: Int
        let bytesAfter: Int
        /// Of a single weight.
        let maximumError: Float
        let parameters: Int
        var method = "int8, symmetric, one scale a row"
    }

    static func run(_ arguments: [String]) throws -> Int32 {
        let given = try CommandLineOptions(
            arguments, command: "quantise",
            about:
                "Stores the matrices of the input model as int8 with one scale a row, in the output model-int8.",
            options: [])
        if given.isHelp { return 0 }
        let folder = try RunFolder(), source = try folder.input("model")
        var configuration = try ModelConfiguration.read("\(source)/\(ModelFolder.configuration)")
        guard configuration.quantisation == nil else {
            throw KernelFault.data("\(source) is quantised already; the F32 model is needed")
        }
        let layout = Layout(configuration.shape)
        let arena = Arena()
        defer { withExtendedLifetime(arena) {} }  // the pointers below are its
        let parameters = try arena.floats(layout.count)
        try ModelFolder.read(source, configuration, layout, into: parameters)
        configuration.quantisation = .init()
        let output = "\(folder.outputs)/model-int8"
        let error = try write(parameters, layout, configuration, tokenizer: source, to: output)
        let outcome = Outcome(
            bytesBefore: Files.size("\(source)/\(ModelFolder.weights)") ?? 0,
            bytesAfter: Files.size("\(output)/\(ModelFolder.weights)") ?? 0, maximumError: error,
            parameters: configuration.shape.parameters)
        try Files.write(try JSONText.pretty(outcome), to: "\(folder.outputs)/result.json")
        SystemCall.say("\(outcome.bytesBefore) bytes to \(outcome.bytesAfter), largest error \(error)")
        return 0
    }

    /// Writes the quantised folder; answers the largest error of a weight.
    static func write(
        _ parameters: Floats, _ layout: Layout, _ configuration: ModelConfiguration, tokenizer: String,
        to folder: String
    ) throws -> Float {
        try Files.makeFolder(folder)
        let arena = Arena()
        defer { withExtendedLifetime(arena) {} }  // the pointers below are its
        var error: Float = 0
        var parts = ModelFolder.parts(parameters, layout).filter { $0.shape.count == 1 }
        for tensor in layout.tensors where tensor.shape.count == 2 {
            let matrix = try QuantisedMatrix(tensor, parameters + tensor.offset, arena)
            parts += matrix.parts
            error = max(error, matrix.error)
        }
        _ = try SafetensorsWriter.write(
            parts,
            metadata: ["format": "pt", "quantization": "int8, symmetric, one scale a row: <name>.scale"],
            to: "\(folder)/\(ModelFolder.weights)")
        try Files.write(try JSONText.pretty(configuration), to: "\(folder)/\(ModelFolder.configuration)")
        try TokenizerFolder.copy(tokenizer, to: folder, context: configuration.context)
        try Files.synchroniseFolder(folder)
        return error
    }
}
