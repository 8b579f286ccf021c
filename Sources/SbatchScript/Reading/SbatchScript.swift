/// A batch script as sbatch reads it.
public struct SbatchScript: Hashable, Sendable {
    /// The interpreter's line without `#!`.
    public var interpreter: String
    /// The directives in order.
    public var directives: [Directive]
    /// The whole text, directives and all.
    public var text: String
    /// The line of the first command, after which directives are comments; nil where there is none.
    public var firstCommand: Int?
    /// Lines that look like directives and are none, with the reason; at most twenty.
    public var passedOver: [PassedOver]

    /// A line that looks like a directive and is none.
    public struct PassedOver: Hashable, Sendable {
        /// The line, from 1.
        public var line: Int
        /// As it stands there, shortened.
        public var text: String
        /// Why sbatch does not read it.
        public var reason: String
    }

    /// The last directive that sets this option: sbatch lets the last one count.
    public func last(_ option: SbatchOption) -> Directive? { directives.last { $0.option == option } }
}
