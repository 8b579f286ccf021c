public import FoundationEssentials

extension Int64: PostgresEncodable, PostgresDecodable {
    /// `bigint`
    public static var postgresType: PostgresType { .int8 }
    /// Eight bytes.
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(self) }
    /// Reads any integral type, an integral `numeric`, or a timestamp as microseconds since 1970.
    public init(postgres cell: Cell) throws { self = try cell.integer(Int64.self) }
}

extension Int: PostgresEncodable, PostgresDecodable {
    /// `bigint`
    public static var postgresType: PostgresType { .int8 }
    /// Eight bytes.
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(Int64(self)) }
    /// Reads any integral type, or an integral `numeric`.
    public init(postgres cell: Cell) throws { self = try cell.integer(Int.self) }
}

extension Int32: PostgresEncodable, PostgresDecodable {
    /// `integer`
    public static var postgresType: PostgresType { .int4 }
    /// Four bytes.
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(self) }
    /// Reads any integral type, if the value fits.
    public init(postgres cell: Cell) throws { self = try cell.integer(Int32.self) }
}

extension Int16: PostgresEncodable, PostgresDecodable {
    /// `smallint`
    public static var postgresType: PostgresType { .int2 }
    /// Two bytes.
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(self) }
    /// Reads any integral type, if the value fits.
    public init(postgres cell: Cell) throws { self = try cell.integer(Int16.self) }
}

/// A single byte is a `smallint`; an array of bytes is a `bytea`.
extension UInt8: PostgresEncodable, PostgresDecodable {
    /// `smallint`
    public static var postgresType: PostgresType { .int2 }
    /// `bytea`
    public static var postgresArrayType: PostgresType { .bytea }
    /// Two bytes.
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(Int16(self)) }
    /// The bytes as they are.
    public static func encode(array values: [UInt8], into buffer: inout ParameterBuffer) {
        buffer.append(bytes: values)
    }
    /// Reads any integral type, if the value fits.
    public init(postgres cell: Cell) throws { self = try cell.integer(UInt8.self) }
    /// Reads a `bytea`.
    public static func decode(array cell: Cell) throws -> [UInt8] {
        guard cell.oid == PostgresType.bytea.oid else { throw cell.mismatch("is not bytea") }
        return [UInt8](try cell.content(for: [UInt8].self))
    }
}

extension Bool: PostgresEncodable, PostgresDecodable {
    /// `boolean`
    public static var postgresType: PostgresType { .bool }
    /// One byte.
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(UInt8(self ? 1 : 0)) }
    /// Reads a `boolean`.
    public init(postgres cell: Cell) throws {
        guard cell.oid == PostgresType.bool.oid else { throw cell.mismatch("is not Bool") }
        self = try cell.fixed(UInt8.self, for: Bool.self) != 0
    }
}

extension Double: PostgresEncodable, PostgresDecodable {
    /// `double precision`
    public static var postgresType: PostgresType { .float8 }
    /// Eight bytes.
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(bitPattern) }
    /// Reads floating point and `numeric`.
    public init(postgres cell: Cell) throws {
        switch cell.oid {
        case PostgresType.float8.oid: self = Double(bitPattern: try cell.fixed(UInt64.self, for: Double.self))
        case PostgresType.float4.oid:
            self = Double(Float(bitPattern: try cell.fixed(UInt32.self, for: Double.self)))
        case PostgresType.numeric.oid: self = try Numeric(cell, for: Double.self).double
        default: throw cell.mismatch("is not Double")
        }
    }
}

extension Float: PostgresEncodable, PostgresDecodable {
    /// `real`
    public static var postgresType: PostgresType { .float4 }
    /// Four bytes.
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(bitPattern) }
    /// Reads a `real`.
    public init(postgres cell: Cell) throws {
        guard cell.oid == PostgresType.float4.oid else { throw cell.mismatch("is not Float") }
        self = Float(bitPattern: try cell.fixed(UInt32.self, for: Float.self))
    }
}

extension String: PostgresEncodable, PostgresDecodable {
    /// `text`; for another type write the cast behind it: `\(name)::citext`.
    public static var postgresType: PostgresType { .text }
    /// UTF-8.
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(bytes: utf8) }
    /// Reads text types, JSON, `uuid` (lower case) and enums.
    public init(postgres cell: Cell) throws {
        var bytes = try cell.content(for: String.self)
        switch cell.oid {
        case PostgresType.jsonb.oid: bytes = UnsafeRawBufferPointer(rebasing: bytes.dropFirst())
        case PostgresType.json.oid: break
        case PostgresType.uuid.oid:
            self = try UUID(postgres: cell).uuidString.lowercased()
            return
        case let oid where PostgresType.plainText.contains(oid) || oid >= PostgresType.firstUserOID: break
        default: throw cell.mismatch("is not String")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw cell.mismatch("is not UTF-8") }
        self = text
    }
}

extension UUID: PostgresEncodable, PostgresDecodable {
    /// `uuid`
    public static var postgresType: PostgresType { .uuid }
    /// Sixteen bytes.
    public func encode(into buffer: inout ParameterBuffer) {
        withUnsafeBytes(of: uuid) { buffer.append(bytes: $0) }
    }
    /// Reads a `uuid`.
    public init(postgres cell: Cell) throws {
        guard cell.oid == PostgresType.uuid.oid else { throw cell.mismatch("is not UUID") }
        let bytes = try cell.content(for: UUID.self)
        guard bytes.count == MemoryLayout<uuid_t>.size else { throw cell.mismatch("is not a complete uuid") }
        self.init(uuid: bytes.loadUnaligned(as: uuid_t.self))
    }
}
