import Synchronization

/// Counts requests by route and status, and how long they took, for Prometheus.
final class RequestMetrics: Sendable {
    private struct Key: Hashable {
        var route: String
        var status: Int
    }

    private struct Times {
        var count = 0
        var seconds = 0.0
        var buckets = [Int](repeating: 0, count: RequestMetrics.bounds.count)
    }

    /// Upper bounds of the buckets, seconds.
    static let bounds: [Double] = [0.005, 0.025, 0.1, 0.5, 2.5, 10, 60]

    private let counts = Mutex<[Key: Times]>([:])

    func count(route: String, status: Int, elapsed: Duration) {
        let (seconds, attoseconds) = elapsed.components
        let time = Double(seconds) + Double(attoseconds) / 1e18
        counts.withLock { counts in
            var times = counts[Key(route: route, status: status)] ?? Times()
            times.count += 1
            times.seconds += time
            for (index, bound) in RequestMetrics.bounds.enumerated() where time <= bound {
                times.buckets[index] += 1
            }
            counts[Key(route: route, status: status)] = times
        }
    }

    /// The counts in Prometheus's text form.
    func write(to text: inout PrometheusText) {
        let counts = counts.withLock { $0 }.sorted {
            ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status)
        }
        text.family("hansa_http_request_seconds", "histogram", "How long requests took, by route and status.")
        for (key, times) in counts {
            let labels = [("route", key.route), ("status", String(key.status))]
            for (bound, count) in zip(RequestMetrics.bounds, times.buckets) {
                text.sample("hansa_http_request_seconds_bucket", labels + [("le", "\(bound)")], "\(count)")
            }
            text.sample("hansa_http_request_seconds_bucket", labels + [("le", "+Inf")], "\(times.count)")
            text.sample("hansa_http_request_seconds_sum", labels, "\(times.seconds)")
            text.sample("hansa_http_request_seconds_count", labels, "\(times.count)")
        }
    }
}
