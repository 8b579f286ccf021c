public import Federation
import Glibc

/// The system's clock, as the default of what is injected everywhere else.
public enum SystemTime {
    /// Now, UTC.
    public static let now: @Sendable () -> Instant = {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }
}
