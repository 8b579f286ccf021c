/// Why a command ended early: one line for people, and the exit code.
struct KernelFault: Error, CustomStringConvertible {
    /// Exit codes, those of sysexits.h where they fit; 85 is the contract's "continue me".
    enum Code: Int32 {
        case usage = 64
        case data = 65
        case software = 70
        case inputOutput = 74
        case continueMe = 85
    }

    let code: Code
    let message: String
    /// All ranks know of it and leave together; otherwise the rank that met it has to end the others.
    var isShared = false
    /// Another rank has said it already.
    var isSilent = false

    var description: String { message }

    /// Any error as one of ours: those of the data tasks keep their class.
    static func of(_ error: any Error) -> KernelFault {
        switch error {
        case let fault as KernelFault: fault
        case let fault as CorpusFault:
            KernelFault(code: fault.kind == .usage ? .usage : .data, message: fault.description)
        case let fault as TokenizerFault: .data(fault.description)
        default: KernelFault(code: .software, message: "\(error)")
        }
    }

    /// A command line that cannot be meant.
    static func usage(_ message: String) -> KernelFault { KernelFault(code: .usage, message: message) }
    /// A file or value from outside that cannot be used.
    static func data(_ message: String) -> KernelFault { KernelFault(code: .data, message: message) }
    /// A call of the system that failed, with its reason.
    static func system(_ action: String, _ number: Int32) -> KernelFault {
        KernelFault(code: .inputOutput, message: "\(action): \(SystemCall.reason(number))")
    }
}
