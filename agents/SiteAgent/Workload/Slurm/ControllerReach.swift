/// Whether the batch system answers. While it does not, it is asked again at growing intervals, so that commands that
/// hang do not stop everything else.
struct ControllerReach {
    /// Since when it has not answered, by the boot clock, microseconds.
    private var downSince: Int64?
    private var words = ""
    private var failures = 0
    private var nextTry: Int64 = 0

    /// Whether the last word was silence.
    var isDown: Bool { downSince != nil }
    /// Whether it may be asked now.
    func mayTry(_ now: Int64) -> Bool { now >= nextTry }

    mutating func answered() {
        downSince = nil
        failures = 0
        nextTry = 0
    }

    /// It did not answer. The interval doubles from half a second to half a minute.
    mutating func failed(_ words: String, now: Int64) {
        downSince = downSince ?? now
        self.words = words
        failures += 1
        nextTry = now + min(30_000_000, 500_000 << Int64(min(failures - 1, 6)))
    }

    /// For people; nil while it answers.
    func remark(now: Int64) -> String? {
        downSince.map { "Slurm does not answer since \((now - $0) / 1_000_000) s: \(words)" }
    }
}
