import Glibc

/// A value behind a pthread mutex.
///
/// Not `Synchronization.Mutex`: on Linux the thread sanitizer does not see its futex and reports false races on
/// all that it guards. The lock is held for short, non-blocking sections only.
final class Guarded<Value>: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private var value: Value

    init(_ value: Value) {
        self.value = value
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    func withLock<Result, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value)
    }

    /// Takes and drops the lock, so that all that others did before they dropped it is seen.
    ///
    /// A continuation does that too; but when it is resumed before its task sleeps, the thread sanitizer does
    /// not notice, and calls the value that it brought a race. (For the same reason continuations here are the
    /// checked ones: the unsafe ones are compiled into this module, where the sanitizer watches their insides.)
    func synchronize() { withLock { _ in } }
}
