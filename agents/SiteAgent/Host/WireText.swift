import Federation
import Wire

/// JSON that programs wrote: looked at (size, depth, syntax) before it is decoded.
enum WireText {
    static func value(from bytes: [UInt8]) throws -> JSONValue { try WireJSON.value(from: bytes) }
}
