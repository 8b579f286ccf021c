/// Why a command could not do what it was asked, for a person, with the exit code for scripts.
struct CommandError: Error, CustomStringConvertible {
    let code: ExitStatus
    let description: String

    init(_ code: ExitStatus, _ description: String) {
        self.code = code
        self.description = description
    }
}
