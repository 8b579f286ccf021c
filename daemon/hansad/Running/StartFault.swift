import ArgumentParser
import Coordination
import Gateway
import Glibc
import Postgres
import Store

/// Why the daemon cannot start or go on, in words for whoever runs it, with an exit code for systemd and scripts.
struct StartFault: Error, CustomStringConvertible {
    /// The exit codes, after sysexits.h.
    enum Code: Int32 {
        case unavailable = 69
        case software = 70
        case addressTaken = 71
        case cannotCreate = 73
        case refused = 75
        case schema = 76
        case settings = 78
    }

    var code: Code
    var description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    static let exitCodes = """
        Exit codes: 64 wrong usage, 69 the database cannot be reached, 71 the address is taken, 73 the state folder \
        cannot be used, 75 refused, 76 the database's schema is another version's, 78 wrong settings, 70 anything else.
        """

    /// The fault that an error of any part stands for.
    init(_ error: any Error) {
        switch error {
        case let fault as StartFault: self = fault
        case let fault as MigrationFault: self.init(.schema, fault.description)
        case let fault as StoreFault: self.init(.refused, fault.description)
        case let fault as GatewayFault:
            switch fault.kind {
            case .addressTaken, .address: self.init(.addressTaken, fault.description)
            case .state: self.init(.cannotCreate, fault.description)
            }
        case let fault as CoordinationError:
            self.init(fault.code == .unavailable ? .unavailable : .refused, fault.message)
        case let error as PostgresError:
            self.init(
                .unavailable,
                "the database cannot be used: \(error)\n  is the server up, and is \"database\" in the settings right?"
            )
        default: self.init(.software, "\(error)")
        }
    }

    /// Prints the error and ends the process with its code.
    static func report(_ error: any Error) -> Never {
        if error is CleanExit || error is ValidationError || "\(type(of: error))" == "CommandError" {
            Hansad.exit(withError: error)
        }
        let fault = StartFault(error)
        let bytes = Array("hansad: \(fault.description)\n".utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
        exit(fault.code.rawValue)
    }
}
