/// What a partner may or may not do.
public enum EligibilityMatter: String, Hashable, Sendable, Codable, CaseIterable {
    /// Take part in the programme.
    case participate
    /// Receive the grant's money.
    case receiveFunds
    /// Keep the programme's data on its machines for others.
    case hostData
    /// Hold copies of the programme's data.
    case holdData
    /// Spend compute of the programme's allocations.
    case compute

    /// The matter in words, after "may" or "may not".
    public var inWords: String {
        switch self {
        case .participate: "take part"
        case .receiveFunds: "receive funds"
        case .hostData: "host data"
        case .holdData: "hold data"
        case .compute: "spend compute"
        }
    }
}
