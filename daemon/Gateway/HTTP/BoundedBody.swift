import Hummingbird
import NIOCore

/// A request's body as pieces of bytes, which ends in an error beyond the limit.
struct BoundedBody: AsyncSequence, Sendable {
    typealias Element = [UInt8]

    let body: RequestBody
    let limit: Int

    struct AsyncIterator: AsyncIteratorProtocol {
        var base: RequestBody.AsyncIterator
        let limit: Int
        var count = 0

        mutating func next() async throws -> [UInt8]? {
            guard let buffer = try await base.next() else { return nil }
            count += buffer.readableBytes
            guard count <= limit else {
                throw bodyTooLarge(limit)
            }
            return Array(buffer.readableBytesView)
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(base: body.makeAsyncIterator(), limit: limit) }
}

/// Outside the sequence, in which `Failure` would mean the sequence's own.
private func bodyTooLarge(_ limit: Int) -> Failure {
    .tooLarge("the body has more than the \(limit) bytes that are read here")
}
