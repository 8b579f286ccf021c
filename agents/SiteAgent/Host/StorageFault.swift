/// Something of the agent's could not be written, beside its journal.
struct StorageFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// A few words for everybody, without the site's paths.
    var short: String
    /// What was tried, where, and what the system said.
    var description: String

    /// A fault with those words.
    init(short: String, description: String) {
        self.short = short
        self.description = description
    }

    /// The failure of something that was to be done to run folders.
    init(_ what: String, _ error: any Error) {
        short =
            (error as? FileFault)?.isFull == true
            ? "it has no room for run folders" : "it cannot write run folders"
        description = "cannot \(what): \(error)"
    }
}
