public import Federation

/// An attempt's folder within its pack's run folder.
public struct MemberFolder: Hashable, Sendable {
    /// The folder, absolute.
    public let path: String
    /// The attempt.
    public let attempt: AttemptKey

    var inputs: String { "\(path)/inputs" }
    var outputs: String { "\(path)/outputs" }
    var checkpoints: String { "\(path)/checkpoints" }
    var metrics: String { "\(path)/metrics.jsonl" }
    /// The program's text, where the task brings it along.
    var script: String { "\(path)/script" }
    var cancelPath: String { "\(path)/cancel" }
    var stagedPath: String { "\(path)/staged.json" }
    /// Both streams as they came, bounded: what is shown to whoever asks for the log.
    public var log: String { "\(path)/output.log" }

    /// Who took the member's own marker: its pack's job when its turn came, or the agent so that it never starts.
    public func start() throws -> StartMarker? { try StartMarker.standing(in: path) }
    /// How its program was started, if it was.
    public func launch() throws -> LaunchNote? { try JSONFile.read(LaunchNote.self, "\(path)/launch.json") }
    /// Its finish marker.
    public func finish() throws -> MemberFinish? {
        try JSONFile.read(MemberFinish.self, "\(path)/finish.json")
    }
    func write(_ note: LaunchNote) throws { try JSONFile.replace(note, at: "\(path)/launch.json") }
    func write(_ finish: MemberFinish) throws { try JSONFile.write(finish, to: "\(path)/finish.json") }

    /// Whether somebody asked for its end.
    var isCancelled: Bool { DurableFile.exists(cancelPath) }
    /// Asks for its end; the wrapper looks every moment.
    public func requestCancel() throws(FileFault) { try DurableFile.write([], to: cancelPath) }

    func make(_ spec: TaskSpec) throws {
        for folder in [path, inputs, outputs, checkpoints] { try Folder.make(folder) }
        for output in spec.outputs { try Folder.make("\(outputs)/\(output.name)") }
        if let text = spec.script?.text { try DurableFile.write(Array(text.utf8), to: script, mode: 0o700) }
        try JSONFile.replace(spec, at: "\(path)/spec.json")
    }
}
