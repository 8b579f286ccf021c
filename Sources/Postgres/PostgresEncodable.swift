/// A value that can be a statement's parameter.
///
/// A type that is `RawRepresentable` by an encodable value needs no more than the conformance.
public protocol PostgresEncodable: Sendable {
    /// The parameter's declared type.
    static var postgresType: PostgresType { get }
    /// True for SQL's NULL; then `encode` is not called.
    var isNull: Bool { get }
    /// Appends the binary form that the server's receive function expects.
    func encode(into buffer: inout ParameterBuffer)
    /// The declared type of an array of these.
    static var postgresArrayType: PostgresType { get }
    /// Appends the binary form of an array of these.
    static func encode(array values: [Self], into buffer: inout ParameterBuffer)
}

extension PostgresEncodable {
    /// False: only an optional can be NULL.
    public var isNull: Bool { false }

    /// The server's array type.
    public static var postgresArrayType: PostgresType {
        PostgresType(oid: postgresType.arrayOID, arrayOID: 0)
    }

    /// The server's one-dimensional array with lower bound 1: a header of 20 bytes, then (length, value) each.
    public static func encode(array values: [Self], into buffer: inout ParameterBuffer) {
        buffer.append(Int32(1))
        let flag = buffer.bytes.count
        buffer.append(Int32(0))
        buffer.append(postgresType.oid)
        buffer.append(Int32(truncatingIfNeeded: values.count))
        buffer.append(Int32(1))
        for value in values {
            let length = buffer.bytes.count
            buffer.append(Int32(-1))
            if value.isNull {
                buffer.replace(at: flag, with: 1)
            } else {
                value.encode(into: &buffer)
                buffer.replace(at: length, with: Int32(truncatingIfNeeded: buffer.bytes.count - length - 4))
            }
        }
    }
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    /// The wrapped value's type.
    public static var postgresType: PostgresType { Wrapped.postgresType }
    /// The wrapped value's array type.
    public static var postgresArrayType: PostgresType { Wrapped.postgresArrayType }
    /// True for nil.
    public var isNull: Bool {
        guard let self else { return true }
        return self.isNull
    }
    /// The wrapped value's form.
    public func encode(into buffer: inout ParameterBuffer) {
        if let self { self.encode(into: &buffer) }
    }
}

extension Array: PostgresEncodable where Element: PostgresEncodable {
    /// The server's array type; `bytea` for bytes.
    public static var postgresType: PostgresType { Element.postgresArrayType }
    /// The array's form.
    public func encode(into buffer: inout ParameterBuffer) { Element.encode(array: self, into: &buffer) }
}

extension RawRepresentable where Self: PostgresEncodable, RawValue: PostgresEncodable {
    /// The raw value's type.
    public static var postgresType: PostgresType { RawValue.postgresType }
    /// The raw value's form.
    public func encode(into buffer: inout ParameterBuffer) { rawValue.encode(into: &buffer) }
}
