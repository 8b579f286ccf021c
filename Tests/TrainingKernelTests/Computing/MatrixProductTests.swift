import Testing

@testable import TrainingKernel

extension ComputingTests {
    /// The own sgemm against the definition, in sizes that cut its blocks and tiles every way.
    @Suite struct MatrixProductTests {
        @Test(arguments: Instructions.names)
        func ownEqualsTheDefinition(instructions: String) throws {
            Instructions.choose(instructions)
            defer { Instructions.choose() }
            let sizes = [(2, 32, 32), (14, 64, 96), (150, 32, 416), (38, 4160, 64), (300, 160, 800)]
            for (rows, from, to) in sizes { try check(.own, rows: rows, from: from, to: to) }
        }

        private func check(_ products: MatrixProducts, rows: Int, from: Int, to: Int) throws {
            let arena = Arena()
            defer { withExtendedLifetime(arena) {} }
            func random(_ count: Int, _ seed: UInt64) throws -> Floats {
                let values = try arena.floats(count)
                for index in 0..<count {
                    values[index] =
                        Float(Randomness.below(201, Randomness.key(seed, UInt64(index)))) / 100 - 1
                }
                return values
            }
            let x = try random(rows * from, 1), w = try random(from * to, 2), bias = try random(to, 3)
            let out = try random(rows * to, 4), d = try random(rows * to, 5)
            products.linear(x, w, bias: bias, out, rows: rows, from: from, to: to)
            let back = try random(rows * from, 6), gradient = try random(from * to, 7)
            let before = Array(UnsafeBufferPointer(start: gradient, count: from * to))
            products.transposed(d, w, back, rows: rows, from: to, to: from)
            products.accumulate(x, d, gradient, rows: rows, from: from, to: to)
            // A sample of places: the definition is slow in a debug build.
            for sample in 0..<60 {
                let key = Randomness.key(9, UInt64(sample))
                let r = Randomness.below(rows, key), i = Randomness.below(from, Randomness.mix(key))
                let o = Randomness.below(to, Randomness.mix(key &+ 1))
                let sum = (0..<from).reduce(Double(bias[o])) {
                    $0 + Double(x[r * from + $1]) * Double(w[$1 * to + o])
                }
                #expect(abs(Double(out[r * to + o]) - sum) < 1e-3, "\(rows) \(from) \(to)")
                let input = (0..<to).reduce(0.0) { $0 + Double(d[r * to + $1]) * Double(w[i * to + $1]) }
                #expect(abs(Double(back[r * from + i]) - input) < 1e-3, "\(rows) \(from) \(to)")
                let weight = (0..<rows).reduce(Double(before[i * to + o])) {
                    $0 + Double(x[$1 * from + i]) * Double(d[$1 * to + o])
                }
                #expect(abs(Double(gradient[i * to + o]) - weight) < 1e-3, "\(rows) \(from) \(to)")
            }
        }
    }
}
