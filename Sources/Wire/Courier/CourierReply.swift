public import Federation

/// What the coordinator answers in a bundle.
public struct CourierReply: Hashable, Sendable, Codable {
    /// The same reply as by HTTPS.
    public var reply: CoordinatorReply
    /// Of the chunks that the agent carries, those that are in the depot: it need not keep them.
    public var has: [String]
    /// Of the chunks that the agent wants, those that the depot does not have: nobody will bring them.
    public var absent: [String]

    /// A reply with these chunks.
    public init(reply: CoordinatorReply, has: [String], absent: [String]) {
        self.reply = reply
        self.has = has
        self.absent = absent
    }
}
