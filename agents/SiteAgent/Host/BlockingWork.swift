import Dispatch

/// Threads for what waits for the disk or for a child process, and would keep its caller's thread from everything else.
enum BlockingWork {
    private static let threads = DispatchQueue(label: "hansa.blocking", attributes: .concurrent)

    /// Runs it on a thread of its own, to its end.
    static func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            threads.async { continuation.resume(with: Result { try work() }) }
        }
    }
}
