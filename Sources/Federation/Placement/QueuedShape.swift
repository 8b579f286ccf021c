/// A shape with tasks in the queue, for the order in which shapes are placed.
public struct QueuedShape: Hashable, Sendable {
    /// The shape's key in the book.
    public var key: Int
    /// The shape.
    public var shape: Shape
    /// When its longest-waiting task was submitted.
    public var oldest: Instant

    /// That shape with tasks waiting since then.
    public init(key: Int, shape: Shape, oldest: Instant) {
        self.key = key
        self.shape = shape
        self.oldest = oldest
    }

    /// The order of placement: the partner that has used least of its share first, of two alike the one that has
    /// waited longer; within a partner priority, then age, then the key.
    public static func inOrder(_ shapes: [QueuedShape], _ fairShare: FairShare, now: Instant) -> [QueuedShape]
    {
        let partners = Dictionary(grouping: shapes, by: \.shape.partner).map { partner, shapes in
            (partner: partner, use: fairShare.use(of: partner, now: now), shapes: shapes)
        }
        let ordered = partners.sorted { left, right in
            let ages = (oldest(left.shapes), oldest(right.shapes))
            return (left.use, ages.0, left.partner) < (right.use, ages.1, right.partner)
        }
        return ordered.flatMap { partner in
            partner.shapes.sorted { left, right in
                (-left.shape.priority, left.oldest, left.key) < (
                    -right.shape.priority, right.oldest, right.key
                )
            }
        }
    }

    private static func oldest(_ shapes: [QueuedShape]) -> Instant {
        shapes.lazy.map(\.oldest).min() ?? .distantFuture
    }
}
