/// A data type of the server: its object id and that of its arrays.
public struct PostgresType: Sendable, Hashable {
    /// The type's object id (`pg_type.oid`).
    public var oid: UInt32
    /// The object id of its array type; 0 when there is none.
    public var arrayOID: UInt32

    /// A type by its object ids.
    public init(oid: UInt32, arrayOID: UInt32) {
        self.oid = oid
        self.arrayOID = arrayOID
    }

    /// `boolean`
    public static let bool = PostgresType(oid: 16, arrayOID: 1000)
    /// `bytea`
    public static let bytea = PostgresType(oid: 17, arrayOID: 1001)
    /// `bigint`
    public static let int8 = PostgresType(oid: 20, arrayOID: 1016)
    /// `smallint`
    public static let int2 = PostgresType(oid: 21, arrayOID: 1005)
    /// `integer`
    public static let int4 = PostgresType(oid: 23, arrayOID: 1007)
    /// `text`
    public static let text = PostgresType(oid: 25, arrayOID: 1009)
    /// `oid`
    public static let oid = PostgresType(oid: 26, arrayOID: 1028)
    /// `json`
    public static let json = PostgresType(oid: 114, arrayOID: 199)
    /// `real`
    public static let float4 = PostgresType(oid: 700, arrayOID: 1021)
    /// `double precision`
    public static let float8 = PostgresType(oid: 701, arrayOID: 1022)
    /// `timestamp`
    public static let timestamp = PostgresType(oid: 1114, arrayOID: 1115)
    /// `timestamp with time zone`
    public static let timestamptz = PostgresType(oid: 1184, arrayOID: 1185)
    /// `numeric`
    public static let numeric = PostgresType(oid: 1700, arrayOID: 1231)
    /// `uuid`
    public static let uuid = PostgresType(oid: 2950, arrayOID: 2951)
    /// `jsonb`
    public static let jsonb = PostgresType(oid: 3802, arrayOID: 3807)

    /// `"char"`, `name`, `xml`, `character`, `character varying`: sent as plain text.
    static let plainText: Set<UInt32> = [18, 19, 25, 142, 1042, 1043]
    /// The first object id that a user's type can have; enums, the usual ones, are sent as plain text.
    static let firstUserOID: UInt32 = 16384

    private static let names: [UInt32: String] = [
        16: "boolean", 17: "bytea", 18: "\"char\"", 19: "name", 20: "bigint", 21: "smallint", 23: "integer",
        25: "text", 26: "oid", 114: "json", 142: "xml", 700: "real", 701: "double precision",
        1000: "boolean[]",
        1001: "bytea[]", 1005: "smallint[]", 1007: "integer[]", 1009: "text[]", 1016: "bigint[]",
        1042: "character", 1043: "character varying", 1082: "date", 1083: "time", 1114: "timestamp",
        1184: "timestamptz", 1185: "timestamptz[]", 1186: "interval", 1700: "numeric", 2278: "void",
        2950: "uuid", 2951: "uuid[]", 3802: "jsonb", 3807: "jsonb[]",
    ]

    static func name(_ oid: UInt32) -> String { names[oid] ?? "type \(oid)" }
}

extension PostgresType {
    /// The arrays of the types above, and of a user's types.
    static func isArray(_ oid: UInt32) -> Bool {
        oid >= firstUserOID || builtInArrays.contains(oid)
    }

    private static let builtInArrays: Set<UInt32> = [
        1000, 1001, 1002, 1003, 1016, 1005, 1007, 1009, 1028, 199, 1021, 1022, 1014, 1015, 1115, 1182, 1183,
        1185,
        1187, 1231, 2951, 3807,
    ]
}
