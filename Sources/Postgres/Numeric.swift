/// The server's `numeric`: what `sum(bigint)` gives. Read only.
struct Numeric {
    private let digits: [Int16]  // base 10,000
    private let weight: Int  // of the first digit, in powers of 10,000
    private let negative: Bool

    init(_ cell: Cell, for wanted: Any.Type) throws {
        let bytes = try cell.content(for: wanted)
        guard bytes.count >= 8 else { throw cell.mismatch("is not a complete numeric") }
        func int16(_ index: Int) -> Int16 {
            Int16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2 * index, as: Int16.self))
        }
        let count = Int(int16(0))
        let sign = UInt16(bitPattern: int16(2))
        guard sign == 0 || sign == 0x4000 else { throw cell.mismatch("is not a finite number") }
        guard count >= 0, bytes.count == 8 + 2 * count else {
            throw cell.mismatch("is not a complete numeric")
        }
        digits = (0..<count).map { int16(4 + $0) }
        weight = Int(int16(1))
        negative = sign == 0x4000
    }

    func integer(_ cell: Cell) throws -> Int128 {
        guard digits.isEmpty || weight <= 5 else {
            throw cell.mismatch("holds a value too large for an integer")
        }
        var value: Int128 = 0
        for (index, digit) in digits.enumerated() {
            var scaled = Int128(digit)
            guard weight >= index else {
                if digit != 0 { throw cell.mismatch("holds a fraction, where an integer was asked for") }
                continue
            }
            for _ in 0..<(weight - index) { scaled *= 10_000 }
            value += scaled
        }
        return negative ? -value : value
    }

    /// The nearest floating point number.
    var double: Double {
        var text = negative ? "-0" : "0"
        for digit in digits { text += String(String(10_000 + Int(digit)).dropFirst()) }
        return Double("\(text)e\(4 * (weight - digits.count + 1))") ?? .nan
    }
}
