public import Federation

/// Which coordinator this is.
public struct VersionAnswer: Hashable, Sendable, Codable {
    /// Its version.
    public var program: String
    /// The API's version.
    public var api: Int
    /// The site exchange's version.
    public var exchange: Int
    /// The book.
    public var instance: InstanceID
    /// Its generation.
    public var generation: Int64

    /// An answer with that content.
    public init(program: String, api: Int, exchange: Int, instance: InstanceID, generation: Int64) {
        self.program = program
        self.api = api
        self.exchange = exchange
        self.instance = instance
        self.generation = generation
    }
}
