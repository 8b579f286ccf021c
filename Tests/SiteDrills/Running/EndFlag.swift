import Synchronization

/// Raised by a signal that asks the program to end.
enum EndFlag {
    private static let flag = Atomic<Bool>(false)

    static func raise() { flag.store(true, ordering: .relaxed) }
    static var isRaised: Bool { flag.load(ordering: .relaxed) }

    /// Throws once it is raised: what is taken down must not be started again meanwhile.
    static func check() throws {
        if isRaised { throw CancellationError() }
    }
}
