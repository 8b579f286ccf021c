import Hummingbird
import NIOCore
import Synchronization

/// Bounds a body that is passed on while it comes.
final class BodyBound: Sendable {
    private let limit: Int
    private let count = Mutex(0)

    init(limit: Int) { self.limit = limit }

    /// The piece's bytes; throws beyond the limit.
    func pass(_ buffer: ByteBuffer) throws -> [UInt8] {
        let all = count.withLock { count in
            count += buffer.readableBytes
            return count
        }
        guard all <= limit else {
            throw Failure.tooLarge("the body has more than the \(limit) bytes that are read here")
        }
        return Array(buffer.readableBytesView)
    }
}
