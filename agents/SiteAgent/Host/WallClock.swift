public import Federation
import Glibc

/// This host's clocks. The wall clock is what `mustStartBy` and `mustEndBy` mean; the boot clock measures how long
/// something lasted, suspended time included, whatever somebody does to the wall clock.
public struct WallClock: Sendable {
    /// A file with seconds to add, read at every look: drills make the wall clock jump with it.
    private let offsetFile: String?

    /// The host's clock, moved by what stands in the file if one is named.
    public init(offsetFile: String? = nil) { self.offsetFile = offsetFile }

    /// Now, by the wall clock.
    public func now() -> Instant {
        let now = Instant(microseconds: FileStatus.microseconds(CLOCK_REALTIME))
        guard let offsetFile, let bytes = try? DurableFile.read(offsetFile, limit: 64) else { return now }
        let text = String(decoding: bytes, as: UTF8.self).filter { $0.isNumber || $0 == "-" }
        return now.adding(seconds: Int64(text) ?? 0)
    }

    /// Microseconds since the host started, suspended time included; never jumps.
    static func sinceBoot() -> Int64 { FileStatus.microseconds(CLOCK_BOOTTIME) }
    /// Whole seconds since that moment of the host's, begun ones counted, so that a short run is not free.
    static func seconds(since began: Int64) -> Int64 { max(0, (sinceBoot() - began + 999_999) / 1_000_000) }
    /// Microseconds of running time, suspended time left out: what a silent neighbour is judged by.
    static func running() -> Int64 { FileStatus.microseconds(CLOCK_MONOTONIC) }
}
