import FoundationEssentials
import Wire

/// What a command printed and ended with.
struct CommandResult: CustomStringConvertible {
    var command: String
    var exit: Int32
    var output: String
    var errors: String

    /// Both streams, for a failure's message.
    var description: String { "\(command): exit \(exit)\n\(output)\(errors)" }

    /// Itself, if it ended with that code.
    func exiting(_ code: Int32 = 0) throws -> CommandResult {
        guard exit == code else { throw DrillFault("exit \(code) expected; \(description)") }
        return self
    }

    /// The value that it printed as JSON.
    func value<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        _ = try exiting()
        do {
            return try WireJSON.value(type, from: Array(output.utf8))
        } catch {
            throw DrillFault("\(command) printed no \(type): \(error)\n\(output.prefix(600))")
        }
    }
}
