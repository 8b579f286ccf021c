internal import Glibc

/// Where checkpoints go. A folder `step-<number>` is complete as soon as it has that name.
struct CheckpointStore {
    /// This attempt's folder of checkpoints; nil when the run is not to write any.
    let folder: String?
    /// How many to keep.
    let keep: Int

    /// Writes a checkpoint under another name, makes it durable, and only then gives it its own.
    func save(_ trainer: Trainer, _ state: CheckpointState) throws {
        guard let folder else {
            throw KernelFault.usage("HANSA_CHECKPOINTS is not set: it names the folder for checkpoints")
        }
        let name = Self.name(state.step), target = "\(folder)/\(name)", open = "\(folder)/.\(name).open"
        try Files.makeFolder(folder)
        Files.removeFolder(open)
        try Files.makeFolder(open)
        let layout = trainer.network.layout
        let model = try SafetensorsWriter.write(
            ModelFolder.parts(trainer.network.parameters, layout), metadata: ["format": "pt"],
            to: "\(open)/\(Checkpoint.model)")
        let optimiser = try SafetensorsWriter.write(
            ModelFolder.parts(trainer.firstMoments, layout, prefix: "first.")
                + ModelFolder.parts(trainer.secondMoments, layout, prefix: "second."),
            metadata: ["format": "pt"], to: "\(open)/\(Checkpoint.optimiser)")
        let stateBytes = try JSONText.pretty(state)
        try Files.write(stateBytes, to: "\(open)/\(Checkpoint.stateFile)")
        var stateHash = SHA256()
        stateBytes.withUnsafeBytes { stateHash.update($0) }
        let sums = [
            (model, Checkpoint.model), (optimiser, Checkpoint.optimiser),
            (stateHash.finish(), Checkpoint.stateFile),
        ].map { "\($0)  \($1)\n" }.joined()
        try Files.write(Array(sums.utf8), to: "\(open)/\(Checkpoint.sums)")
        try Files.synchroniseFolder(open)
        Files.removeFolder(target)  // of an earlier start of this attempt, which stopped at the same step
        try Files.move(open, to: target)
        try Files.synchroniseFolder(folder)
        prune(folder)
    }

    private static func name(_ step: Int) -> String {
        let digits = String(step)
        return "step-" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    }

    /// Removes all but the newest, and what an interrupted save left.
    private func prune(_ folder: String) {
        let names = Files.names(in: folder, hidden: true)
        for name in names where name.hasPrefix(".step-") { Files.removeFolder("\(folder)/\(name)") }
        for name in names.filter({ $0.hasPrefix("step-") }).dropLast(keep) {
            Files.removeFolder("\(folder)/\(name)")
        }
    }
}
