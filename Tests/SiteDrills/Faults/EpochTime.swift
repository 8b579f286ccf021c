import Glibc

/// The host's wall clock in seconds, as the timeline and the workload's lines have it.
enum EpochTime {
    static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Seconds with two decimals.
    static func text(_ seconds: Double) -> String {
        let hundredths = Int((abs(seconds) * 100).rounded())
        let rest = hundredths % 100
        return "\(seconds < 0 ? "-" : "")\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
