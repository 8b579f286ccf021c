/// One row of a result.
public struct Row: Sendable {
    let result: QueryResult
    let index: Int32

    /// The columns' names, in order.
    public var columns: [String] { result.columns }

    /// The value of the column with this name; ask for an optional where NULL is allowed.
    ///
    /// Throws `PostgresError` (`.decoding`), naming the column, when there is no such column or its type, range
    /// or NULL does not fit.
    public func decode<T: PostgresDecodable>(_ column: String, as type: T.Type = T.self) throws -> T {
        try T(postgres: result.cell(index, result.index(of: column)))
    }

    /// The value of the column at this place, from 0.
    public func decode<T: PostgresDecodable>(_ column: Int, as type: T.Type = T.self) throws -> T {
        try T(postgres: result.cell(index, column))
    }
}
