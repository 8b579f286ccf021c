/// One value of a result, in the server's binary form.
public struct Cell {
    /// Keeps the memory that `bytes` points to.
    private let result: QueryResult
    let bytes: UnsafeRawBufferPointer?
    /// The object id of the value's type.
    public let oid: UInt32
    /// The column's name.
    public let column: String

    init(result: QueryResult, bytes: UnsafeRawBufferPointer?, oid: UInt32, column: String) {
        self.result = result
        self.bytes = bytes
        self.oid = oid
        self.column = column
    }

    /// True for SQL's NULL.
    public var isNull: Bool { bytes == nil }

    /// An error that names the column, and no value.
    public func mismatch(_ problem: String) -> PostgresError {
        var error = PostgresError(.decoding, "column \(column) (\(PostgresType.name(oid))) \(problem)")
        error.column = column
        return error
    }

    /// The value's bytes.
    func content(for wanted: Any.Type) throws -> UnsafeRawBufferPointer {
        guard let bytes else { throw mismatch("is NULL, where \(wanted) was asked for") }
        return bytes
    }

    /// A big-endian integer that fills the value.
    func fixed<T: FixedWidthInteger>(_ type: T.Type, for wanted: Any.Type) throws -> T {
        let bytes = try content(for: wanted)
        guard bytes.count == MemoryLayout<T>.size else {
            throw mismatch("has \(bytes.count) bytes, where \(wanted) needs \(MemoryLayout<T>.size)")
        }
        return T(bigEndian: bytes.loadUnaligned(as: T.self))
    }

    /// An integer of any of the server's integral types, or an integral `numeric`.
    func integer<T: FixedWidthInteger>(_ wanted: T.Type) throws -> T {
        let value: Int128
        switch oid {
        case PostgresType.int8.oid: value = Int128(try fixed(Int64.self, for: wanted))
        case PostgresType.int4.oid: value = Int128(try fixed(Int32.self, for: wanted))
        case PostgresType.int2.oid: value = Int128(try fixed(Int16.self, for: wanted))
        case PostgresType.oid.oid: value = Int128(try fixed(UInt32.self, for: wanted))
        case PostgresType.numeric.oid: value = try Numeric(self, for: wanted).integer(self)
        case PostgresType.timestamptz.oid, PostgresType.timestamp.oid:
            value = Int128(try Timestamp(postgres: self).microseconds)
        default: throw mismatch("is not \(wanted)")
        }
        guard let fitting = T(exactly: value) else { throw mismatch("holds a value too large for \(wanted)") }
        return fitting
    }

    /// The elements of a one-dimensional array.
    func elements() throws -> [Cell] {
        let bytes = try content(for: [Any].self)
        func int32(_ offset: Int) throws -> Int32 {
            guard offset >= 0, offset + 4 <= bytes.count else { throw mismatch("is not a complete array") }
            return Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self))
        }
        guard PostgresType.isArray(oid) else { throw mismatch("is not an array") }
        switch try int32(0) {
        case 0: return []
        case 1: break
        case let dimensions: throw mismatch("is an array of \(dimensions) dimensions")
        }
        let element = UInt32(bitPattern: try int32(8))
        let count = Int(try int32(12))
        var cells: [Cell] = []
        cells.reserveCapacity(min(max(count, 0), bytes.count / 4))
        var offset = 20
        for _ in 0..<max(count, 0) {
            let length = Int(try int32(offset))
            offset += 4
            guard length >= 0 else {
                cells.append(Cell(result: result, bytes: nil, oid: element, column: column))
                continue
            }
            guard offset + length <= bytes.count else { throw mismatch("is not a complete array") }
            let part = UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length])
            cells.append(Cell(result: result, bytes: part, oid: element, column: column))
            offset += length
        }
        return cells
    }
}
