/// A checkpoint on disk, checked: `model.safetensors`, `optimizer.safetensors`, `state.json`, and `SHA256SUMS` of them.
struct Checkpoint {
    static let model = "model.safetensors"
    static let optimiser = "optimizer.safetensors"
    static let stateFile = "state.json"
    static let sums = "SHA256SUMS"

    let folder: String
    let state: CheckpointState

    /// Reads the state and compares every file with its recorded hash.
    init(_ folder: String) throws {
        self.folder = folder
        guard Files.isFolder(folder) else {
            throw KernelFault.data(
                "\(folder) (HANSA_RESUME) is no folder; a checkpoint is a folder step-<number>")
        }
        try Self.verify(folder)
        state = try JSONText.read(CheckpointState.self, "\(folder)/\(Self.stateFile)")
        guard state.format == 1 else {
            throw KernelFault.data(
                "\(folder)/\(Self.stateFile): format \(state.format); this kernel (\(Kernel.version)) reads format 1"
            )
        }
        do {
            try state.shape.validate()
        } catch {
            throw KernelFault.data("\(folder)/\(Self.stateFile): \(error)")
        }
    }

    private static func verify(_ folder: String) throws {
        let path = "\(folder)/\(sums)"
        let text = try MappedFile.read(path) { String(decoding: $0, as: UTF8.self) }
        var recorded: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ", omittingEmptySubsequences: true)
            guard parts.count == 2, parts[0].utf8.count == 64 else {
                throw KernelFault.data("\(path): \"\(line)\" is not a SHA-256 and a file's name")
            }
            recorded[String(parts[1])] = String(parts[0])
        }
        for name in [model, optimiser, stateFile] {
            guard let expected = recorded[name] else {
                throw KernelFault.data("\(path) has no line for \(name): the checkpoint is incomplete")
            }
            let found = try SHA256.of(file: "\(folder)/\(name)")
            guard found == expected else {
                let bytes = Files.size("\(folder)/\(name)") ?? 0
                throw KernelFault.data(
                    "\(folder)/\(name) is cut off or changed: its \(bytes) bytes have SHA-256 \(found), "
                        + "\(sums) says \(expected); resume from another checkpoint")
            }
        }
    }

    /// Reads parameters and moments into place.
    func load(into trainer: Trainer) throws {
        let layout = trainer.network.layout
        let model = try SafetensorsFile("\(folder)/\(Self.model)")
        let optimiser = try SafetensorsFile("\(folder)/\(Self.optimiser)")
        for tensor in layout.tensors {
            let at = tensor.offset
            try model.copy(tensor.name, shape: tensor.shape, to: trainer.network.parameters + at)
            try optimiser.copy("first." + tensor.name, shape: tensor.shape, to: trainer.firstMoments + at)
            try optimiser.copy("second." + tensor.name, shape: tensor.shape, to: trainer.secondMoments + at)
        }
    }
}
