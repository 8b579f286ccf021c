/// Why a tokenizer could not be trained or loaded: what happened, where, and what would be right.
public struct TokenizerFault: Error, CustomStringConvertible, Sendable {
    /// The message for people.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
