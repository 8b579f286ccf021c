/// What one layer computes on the way forward. In training every layer keeps its own for the way back; without
/// training all layers share one.
struct Activations {
    let norm1: Floats, mean1: Floats, deviation1: Floats
    /// Queries, keys and values of each row, packed: row stride 3·width.
    let attentionInput: Floats
    /// Attention weights, one context × context matrix for each sequence and head, or one in all.
    let probabilities: Floats
    let probabilityStride: Int
    let attended: Floats, middle: Floats
    let norm2: Floats, mean2: Floats, deviation2: Floats
    /// Before and after GELU: row stride 4·width.
    let expanded: Floats, activated: Floats
    let output: Floats

    init(_ shape: Shape, sequences: Int, keepsProbabilities: Bool, _ arena: Arena) throws {
        let rows = sequences * shape.context, c = shape.width, square = shape.context * shape.context
        norm1 = try arena.floats(rows * c)
        mean1 = try arena.floats(rows)
        deviation1 = try arena.floats(rows)
        attentionInput = try arena.floats(3 * rows * c)
        probabilityStride = keepsProbabilities ? square : 0
        probabilities = try arena.floats(keepsProbabilities ? sequences * shape.heads * square : square)
        attended = try arena.floats(rows * c)
        middle = try arena.floats(rows * c)
        norm2 = try arena.floats(rows * c)
        mean2 = try arena.floats(rows)
        deviation2 = try arena.floats(rows)
        expanded = try arena.floats(4 * rows * c)
        activated = try arena.floats(4 * rows * c)
        output = try arena.floats(rows * c)
    }

    /// Bytes that one sequence takes in one layer of a model in training.
    static func bytesPerSequence(_ shape: Shape) -> Int {
        4 * (shape.context * (17 * shape.width + 4) + shape.heads * shape.context * shape.context)
    }
}
