/// How to reach the server, and what every session starts with.
public struct ConnectionSettings: Sendable {
    /// libpq's connection string (`host=/run/postgresql dbname=hansa`) or URI. TLS settings (`sslmode`,
    /// `sslrootcert`, …) go in here.
    public var conninfo: String
    /// The server stops any statement after this many milliseconds; 0: never. A connection string's own
    /// `options` win.
    public var statementTimeoutMilliseconds: Int
    /// How long a connection attempt may take, in milliseconds; also how long a pool keeps trying while the
    /// server is down or starting.
    public var connectTimeoutMilliseconds: Int
    /// Name of this program in `pg_stat_activity`.
    public var applicationName: String
    /// Server settings of every session, e.g. `jit` → `off`.
    public var parameters: [String: String]

    /// Settings with usual limits: 30 s a statement, 10 s to connect.
    public init(
        conninfo: String, statementTimeoutMilliseconds: Int = 30_000,
        connectTimeoutMilliseconds: Int = 10_000,
        applicationName: String = "hansa", parameters: [String: String] = [:]
    ) {
        self.conninfo = conninfo
        self.statementTimeoutMilliseconds = statementTimeoutMilliseconds
        self.connectTimeoutMilliseconds = connectTimeoutMilliseconds
        self.applicationName = applicationName
        self.parameters = parameters
    }

    /// The start-up packet's `options`: ours first, so that those of the connection string win.
    func options(after own: String?) -> String {
        var all = ["statement_timeout": String(max(0, statementTimeoutMilliseconds))]
        all.merge(parameters) { $1 }
        let ours = all.sorted { $0.key < $1.key }.map { "-c \(Self.escaped("\($0.key)=\($0.value)"))" }
        return (ours + (own.map { [$0] } ?? [])).joined(separator: " ")
    }

    /// The server splits `options` at white space that has no backslash before it.
    private static func escaped(_ text: String) -> String {
        var out = ""
        for character in text {
            if character == "\\" || character.isWhitespace { out.append("\\") }
            out.append(character)
        }
        return out
    }
}
