import FoundationEssentials
import Wire

/// What a command printed and ended with.
package struct CommandResult: CustomStringConvertible {
    package var command: String
    package var exit: Int32
    package var output: String
    package var errors: String

    package init(command: String, exit: Int32, output: String, errors: String) {
        self.command = command
        self.exit = exit
        self.output = output
        self.errors = errors
    }

    /// Both streams, for a failure's message.
    package var description: String { "\(command): exit \(exit)\n\(output)\(errors)" }

    /// Itself, if it ended with that code.
    package func exiting(_ code: Int32 = 0) throws -> CommandResult {
        guard exit == code else { throw DrillFault("exit \(code) expected; \(description)") }
        return self
    }

    /// The value that it printed as JSON.
    package func value<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        _ = try exiting()
        do {
            return try WireJSON.value(type, from: Array(output.utf8))
        } catch {
            throw DrillFault("\(command) printed no \(type): \(error)\n\(output.prefix(600))")
        }
    }
}
