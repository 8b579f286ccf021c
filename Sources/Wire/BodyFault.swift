/// Why a body cannot be read, for people: what, where, and what would be right.
public struct BodyFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// What sort of fault it is.
    public enum Kind: String, Hashable, Sendable {
        /// More bytes than are read.
        case tooLarge
        /// Not UTF-8.
        case notUTF8
        /// Not JSON.
        case syntax
        /// Nested too deeply.
        case tooDeep
        /// A value of another type than expected, or none where there has to be one.
        case wrongType
        /// A key that means nothing.
        case unknownKey
    }

    /// What sort of fault it is.
    public var kind: Kind
    /// What is wrong, in a sentence.
    public var detail: String
    /// Each fault with its place.
    public var faults: [Problem.Fault]

    /// A fault of that kind.
    public init(kind: Kind, detail: String, faults: [Problem.Fault] = []) {
        self.kind = kind
        self.detail = detail
        self.faults = faults
    }

    /// The words for what a decoder threw.
    public init(decoding error: any Error) {
        kind = .wrongType
        guard let error = error as? DecodingError else {
            detail = "the body is not understood: \(error)"
            faults = []
            return
        }
        let path: [any CodingKey]
        let message: String
        switch error {
        case .keyNotFound(let key, let context):
            path = context.codingPath + [key]
            message = "this key is missing"
        case .typeMismatch(let type, let context):
            path = context.codingPath
            message = "\(BodyFault.article(for: type)) is expected here"
        case .valueNotFound(let type, let context):
            path = context.codingPath
            message = "null stands here instead of \(BodyFault.article(for: type))"
        case .dataCorrupted(let context):
            path = context.codingPath
            message = context.debugDescription
        @unknown default:
            path = []
            message = "\(error)"
        }
        let place = BodyFault.text(of: path)
        detail = place.isEmpty ? message : "\(place): \(message)"
        faults = [Problem.Fault(path: place, message: message)]
    }

    /// The sentence.
    public var description: String { detail }

    static func text(of path: [any CodingKey]) -> String {
        var text = ""
        for key in path {
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
        return text
    }

    private static func article(for type: Any.Type) -> String {
        switch type {
        case is String.Type: "a string"
        case is Bool.Type: "true or false"
        case is Int.Type, is Int64.Type, is Int32.Type, is UInt64.Type: "a whole number"
        case is Double.Type: "a number"
        default:
            if "\(type)".hasPrefix("Array<") {
                "an array"
            } else if "\(type)".hasPrefix("Dictionary<") {
                "an object"
            } else {
                "a value of another form (\(type))"
            }
        }
    }
}
