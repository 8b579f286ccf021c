/// The contract with whoever starts the kernel: folders and files named by the environment.
struct RunFolder {
    /// Folder of input folders, by name.
    let inputs: String
    /// Folder of output folders, by name; `result.json` stands in it.
    let outputs: String
    /// JSON lines, appended to.
    let metrics: String?
    /// This attempt's checkpoints.
    let checkpoints: String?
    /// The newest complete checkpoint of an earlier attempt.
    let resume: String?

    init() throws {
        inputs = try Self.required("HANSA_INPUTS", "the folder of input folders")
        outputs = try Self.required("HANSA_OUTPUTS", "the folder for outputs")
        metrics = SystemCall.environment("HANSA_METRICS")
        checkpoints = SystemCall.environment("HANSA_CHECKPOINTS")
        resume = SystemCall.environment("HANSA_RESUME")
    }

    /// The folder of an input that must be there.
    func input(_ name: String) throws -> String {
        let path = "\(inputs)/\(name)"
        guard Files.isFolder(path) else {
            let found = Files.names(in: inputs).joined(separator: ", ")
            throw KernelFault.data(
                "no input folder \"\(name)\" in \(inputs) (HANSA_INPUTS); it holds: "
                    + (found.isEmpty ? "nothing" : found))
        }
        return path
    }

    private static func required(_ name: String, _ what: String) throws -> String {
        guard let value = SystemCall.environment(name) else {
            throw KernelFault.usage("the environment variable \(name) is not set: it names \(what)")
        }
        return value
    }
}
