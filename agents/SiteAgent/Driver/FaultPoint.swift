#if DEBUG
    import Federation
    import Glibc

    /// Lets a drill kill the agent at one of the driver's steps, as a power cut would. Debug builds only, and off unless
    /// armed: `HANSA_FAULT_POINT` names a file, and when a step's name is written into that file, the agent dies when it
    /// comes to that step next, whether it already ran or is started later. What it leaves is `<file>.reached`, with the
    /// step, the process and the time; the file itself is gone, so that the next agent lives.
    struct FaultPoint: Sendable {
        /// The variable that names the file.
        static let variable = "HANSA_FAULT_POINT"

        private let path: String

        /// The fault point that the environment names; nil where it names none.
        init?(environment: [String: String]) {
            guard let path = environment[FaultPoint.variable], path.hasPrefix("/") else { return nil }
            self.path = path
        }

        /// Ends this process if that step is the armed one.
        func reached(_ step: DriverStep) {
            guard let bytes = try? DurableFile.read(path, limit: 256) else { return }
            guard String(decoding: bytes.prefix { $0 > 0x20 }, as: UTF8.self) == step.rawValue else { return }
            let process = ProcessIdentity.current?.description ?? "\(getpid())"
            let at = WallClock().now()
            let note = Array("\(step.rawValue) \(process) \(at.seconds)\n".utf8)
            // Without the note nobody would know why it died; so then it lives.
            guard (try? DurableFile.write(note, to: "\(path).reached")) != nil, unlink(path) == 0 else {
                return
            }
            kill(getpid(), SIGKILL)
        }
    }
#endif
