/// Why the gateway cannot do its work, in words for whoever runs it.
public struct GatewayFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// What sort of fault it is.
    public enum Kind: String, Sendable, Hashable {
        /// Something else listens at the address.
        case addressTaken
        /// The address cannot be listened at for another reason.
        case address
        /// The state folder, or a certificate in it, is not usable.
        case state
    }

    /// What sort of fault it is.
    public var kind: Kind
    /// The words.
    public var description: String
}
