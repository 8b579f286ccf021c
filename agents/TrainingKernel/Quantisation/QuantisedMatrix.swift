internal import CSimd

/// A matrix as int8, symmetric, with one scale a row: `<name>` holds I8 of the same shape, `<name>.scale` F32 [rows];
/// the value is int8 · scale. The error of a value is at most half its row's scale.
struct QuantisedMatrix {
    let tensor: Tensor
    let values: UnsafeMutablePointer<Int8>
    let scales: Floats
    /// Largest difference from the original.
    let error: Float

    /// The arena owns values and scales.
    init(_ tensor: Tensor, _ source: Floats, _ arena: Arena) throws {
        let rows = tensor.shape[0], columns = tensor.shape[1]
        values = try arena.signedBytes(rows * columns)
        scales = try arena.floats(rows)
        var error: Float = 0
        for row in 0..<rows {
            let from = source + row * columns, to = values + row * columns
            scales[row] = csimd_quantise_row(from, to, columns)
            for column in 0..<columns {
                error = max(error, abs(from[column] - Float(to[column]) * scales[row]))
            }
        }
        self.tensor = tensor
        self.error = error
    }

    /// What stands in the file for it.
    var parts: [SafetensorsWriter.Part] {
        [
            .init(
                name: tensor.name, type: "I8", shape: tensor.shape,
                bytes: UnsafeRawBufferPointer(start: values, count: tensor.count)),
            .init(
                name: Self.scaleName(tensor.name), type: "F32", shape: [tensor.shape[0]],
                bytes: UnsafeRawBufferPointer(start: scales, count: 4 * tensor.shape[0])),
        ]
    }

    /// Name of the scales of a tensor.
    static func scaleName(_ name: String) -> String { name + ".scale" }

    /// Reads a quantised matrix back as floats.
    static func read(_ tensor: Tensor, from file: SafetensorsFile, into target: Floats) throws {
        let rows = tensor.shape[0], columns = tensor.shape[1]
        let scales = try file.withBytes(scaleName(tensor.name), type: "F32", shape: [rows]) { bytes in
            (0..<rows).map { bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
        }
        try file.withBytes(tensor.name, type: "I8", shape: tensor.shape) { values in
            for row in 0..<rows {
                for at in row * columns..<(row + 1) * columns {
                    target[at] = Float(Int8(bitPattern: values[at])) * scales[row]
                }
            }
        }
    }
}
