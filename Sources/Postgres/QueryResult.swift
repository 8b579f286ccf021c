import CLibPQ
import Synchronization

/// The result of one statement. libpq never changes a PGresult that it has handed out, so it may be read from
/// any thread; it is freed with the last row that refers to it.
final class QueryResult: @unchecked Sendable {
    private let result: OpaquePointer
    let count: Int
    private let names: [String]
    private let types: [UInt32]
    /// The column behind the one that was found last: rows are mostly read in the order of their columns.
    private let next = Atomic(0)

    /// Takes ownership.
    init(_ result: OpaquePointer) {
        self.result = result
        count = Int(PQntuples(result))
        let columns = 0..<PQnfields(result)
        names = columns.map { PQfname(result, $0).map { String(cString: $0) } ?? "" }
        types = columns.map { PQftype(result, $0) }
    }

    deinit { PQclear(result) }

    var rows: [Row] { (0..<count).map { Row(result: self, index: Int32($0)) } }

    var columns: [String] { names }

    /// How many rows an INSERT, UPDATE, DELETE, MERGE or SELECT touched; 0 for others.
    var affected: Int { PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0 }

    /// The command's tag, e.g. `COMMIT`.
    var tag: String { PQcmdStatus(result).map { String(cString: $0) } ?? "" }

    func index(of column: String) throws -> Int {
        let likely = next.load(ordering: .relaxed)
        let found =
            likely < names.count && names[likely] == column ? likely : names.firstIndex(of: column)
        guard let index = found else {
            throw PostgresError(
                .decoding, "the result has no column \(column); it has \(names.joined(separator: ", "))")
        }
        next.store(index + 1 < names.count ? index + 1 : 0, ordering: .relaxed)
        return index
    }

    func cell(_ row: Int32, _ column: Int) throws -> Cell {
        guard names.indices.contains(column) else {
            throw PostgresError(.decoding, "the result has no column \(column); it has \(names.count)")
        }
        let index = Int32(column)
        var bytes: UnsafeRawBufferPointer?
        if PQgetisnull(result, row, index) == 0 {
            bytes = UnsafeRawBufferPointer(
                start: PQgetvalue(result, row, index), count: Int(PQgetlength(result, row, index)))
        }
        return Cell(result: self, bytes: bytes, oid: types[column], column: names[column])
    }
}
