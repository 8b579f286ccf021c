import Synchronization

/// The operations of the document that a test has seen answered well.
final class SeenOperations: Sendable {
    private let names = Mutex<Set<String>>([])

    var all: Set<String> { names.withLock { $0 } }

    func note(_ operation: String, status: Int) {
        guard (200..<300).contains(status) else { return }
        names.withLock { _ = $0.insert(operation) }
    }
}
