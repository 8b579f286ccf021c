/// A model on disk: `model.safetensors`, `config.json`, and the tokenizer's files.
enum ModelFolder {
    static let weights = "model.safetensors"
    static let configuration = "config.json"

    /// The parts of a weight file, straight from the flat vector.
    static func parts(_ vector: Floats, _ layout: Layout, prefix: String = "") -> [SafetensorsWriter.Part] {
        layout.tensors.map { tensor in
            SafetensorsWriter.Part(
                name: prefix + tensor.name, type: "F32", shape: tensor.shape,
                bytes: UnsafeRawBufferPointer(start: vector + tensor.offset, count: 4 * tensor.count))
        }
    }

    /// Writes a folder that transformers opens; answers the weights' SHA-256.
    @discardableResult
    static func write(
        _ parameters: Floats, _ layout: Layout, _ configuration: ModelConfiguration, tokenizer: String,
        to folder: String
    ) throws -> String {
        try Files.makeFolder(folder)
        let hash = try SafetensorsWriter.write(
            parts(parameters, layout), metadata: ["format": "pt"], to: "\(folder)/\(weights)")
        try Files.write(try JSONText.pretty(configuration), to: "\(folder)/\(Self.configuration)")
        try TokenizerFolder.copy(tokenizer, to: folder, context: configuration.context)
        try Files.synchroniseFolder(folder)
        return hash
    }

    /// Reads weights, F32 or int8, into the flat vector.
    static func read(
        _ folder: String, _ configuration: ModelConfiguration, _ layout: Layout, into vector: Floats
    ) throws {
        let file = try SafetensorsFile("\(folder)/\(weights)")
        for tensor in layout.tensors {
            if configuration.quantisation != nil, tensor.shape.count == 2 {
                try QuantisedMatrix.read(tensor, from: file, into: vector + tensor.offset)
            } else {
                try file.copy(tensor.name, shape: tensor.shape, to: vector + tensor.offset)
            }
        }
    }
}
