/// The wake-up streams of a listener's channels.
struct Subscribers {
    private var streams: [String: [UInt64: AsyncStream<Void>.Continuation]] = [:]
    private var last: UInt64 = 0

    var channels: Set<String> { Set(streams.keys) }

    mutating func add(_ channel: String, _ continuation: AsyncStream<Void>.Continuation) -> UInt64 {
        last += 1
        streams[channel, default: [:]][last] = continuation
        return last
    }

    mutating func remove(_ channel: String, _ id: UInt64) { streams[channel]?[id] = nil }

    func wake(_ channel: String) {
        for stream in (streams[channel] ?? [:]).values { stream.yield() }
    }

    /// Ends all streams. The caller does so outside its lock: a stream's end calls back.
    mutating func removeAll() -> [AsyncStream<Void>.Continuation] {
        defer { streams = [:] }
        return streams.values.flatMap(\.values)
    }
}
