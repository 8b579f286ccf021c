/// What went wrong between us and Postgres.
///
/// `description` is safe for logs: it leaves out SQL, parameters and any server text that may quote them;
/// `debugDescription` has it all.
public struct PostgresError: Error, Sendable, Equatable {
    /// The kind of failure; more kinds may come.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String {
            case server, connection, lost, decoding, cancelled, timeout, closed, misuse
        }
        private let kind: Kind

        /// The server refused a statement; its batch (or transaction) is rolled back. See `sqlState`.
        public static let server = Code(kind: .server)
        /// No connection: nothing was sent, nothing was done.
        public static let connection = Code(kind: .connection)
        /// The connection broke while something was under way: its outcome is unknown. Never repeat it blindly.
        public static let lost = Code(kind: .lost)
        /// A result does not have the shape that the caller asked for.
        public static let decoding = Code(kind: .decoding)
        /// The calling task was cancelled; the statement was cancelled or never sent.
        public static let cancelled = Code(kind: .cancelled)
        /// The server stopped a statement at `statement_timeout`.
        public static let timeout = Code(kind: .timeout)
        /// The pool or listener is shut.
        public static let closed = Code(kind: .closed)
        /// The caller broke a rule of this client, e.g. used a connection after its lease.
        public static let misuse = Code(kind: .misuse)

        /// The kind's name.
        public var description: String { kind.rawValue }
    }

    /// The kind of failure.
    public var code: Code
    /// What happened, in the words of the server, libpq or this client. May quote values.
    public var message: String
    /// The five characters of the SQL standard's error code, when a server reported one.
    public var sqlState: String?
    /// The name of the constraint that was violated.
    public var constraint: String?
    /// The table that the server names.
    public var table: String?
    /// The column that the server, or a decoding error, names.
    public var column: String?
    /// The server's second line. Quotes values.
    public var detail: String?
    /// The server's advice.
    public var hint: String?
    /// Which statement of a pipeline failed, from 0.
    public var statement: Int?
    /// Trying again cannot help, e.g. with a connection string that makes no sense.
    var isHopeless = false

    /// An error of this kind with this text.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// A uniqueness rule was violated (23505).
    public var isUniqueViolation: Bool { sqlState == "23505" }
    /// A foreign key was violated (23503).
    public var isForeignKeyViolation: Bool { sqlState == "23503" }
    /// A check was violated (23514).
    public var isCheckViolation: Bool { sqlState == "23514" }
    /// The server rolled back because of other transactions (serialization failure or deadlock): nothing was
    /// done, and the same transaction may be tried again.
    public var isRetryable: Bool { code == .server && (sqlState == "40001" || sqlState == "40P01") }
    /// The server may accept connections later: it is down, starting, or full.
    var isTransient: Bool {
        guard code == .connection, !isHopeless else { return false }
        guard let sqlState else { return true }
        return sqlState.hasPrefix("57P") || sqlState.hasPrefix("53") || sqlState.hasPrefix("08")
    }
}

extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible {
    /// Classes of SQLSTATE whose primary message names objects, never values or SQL.
    private static let harmlessClasses: Set<String> = [
        "08", "23", "25", "28", "3D", "40", "53", "55", "57", "58",
    ]

    /// One line without SQL and values.
    public var description: String {
        var parts = ["\(code)"]
        if let sqlState { parts.append("SQLSTATE \(sqlState)") }
        if let statement { parts.append("statement \(statement)") }
        if let table { parts.append("table \(table)") }
        if let column { parts.append("column \(column)") }
        if let constraint { parts.append("constraint \(constraint)") }
        let head = "PostgresError(" + parts.joined(separator: ", ") + ")"
        if let sqlState, !Self.harmlessClasses.contains(String(sqlState.prefix(2))) { return head }
        return head + ": " + message
    }

    /// Everything, including text that may quote SQL and values.
    public var debugDescription: String {
        var text = "PostgresError(\(code)\(sqlState.map { ", SQLSTATE \($0)" } ?? "")): \(message)"
        if let statement { text += " [statement \(statement)]" }
        if let table { text += " [table \(table)]" }
        if let column { text += " [column \(column)]" }
        if let constraint { text += " [constraint \(constraint)]" }
        if let detail { text += " [detail: \(detail)]" }
        if let hint { text += " [hint: \(hint)]" }
        return text
    }
}
