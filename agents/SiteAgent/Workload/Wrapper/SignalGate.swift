import Glibc

/// Signals of a synchronous process: blocked, and taken when its loop looks. Nothing runs in a handler.
struct SignalGate {
    private var watched: sigset_t
    /// A file that can be read while one of them has come; -1 where the system has none, and then nobody is woken by it.
    let file: Int32

    /// Blocks the signals for this process; call it before any thread is started.
    init(_ signals: [Int32]) {
        watched = sigset_t()
        sigemptyset(&watched)
        for signal in signals { sigaddset(&watched, signal) }
        pthread_sigmask(SIG_BLOCK, &watched, nil)
        file = FileStatus.signalFile(of: &watched)
    }

    /// The signals that have come since the last look; each at most once.
    mutating func taken() -> Set<Int32> {
        var found: Set<Int32> = []
        while let signal = FileStatus.pendingSignal(of: &watched) { found.insert(signal) }
        return found
    }
}
