public import Federation
public import Postgres

/// What people should look at.
public struct AlarmStore: Sendable {
    private let pool: Pool

    /// The alarms of that database.
    public init(pool: Pool) { self.pool = pool }

    /// Raises an alarm; the same words again only raise its count, and open it again where it was cleared.
    public func raise(name: String, words: String, now: Instant) async throws {
        try await pool.withConnection { try await Self.raise($0, name: name, words: words, now: now) }
    }

    /// Alarms, those that happened last first, after that cursor.
    public func page(after cursor: String?, limit: Int) async throws -> (items: [AlarmView], next: String?) {
        let after = try Cursor(cursor, keys: 2)
        let rows = try await pool.query(
            """
            SELECT id, name, words, first_at, last_at, count, cleared_at FROM alarm
            WHERE \(after == nil) OR (last_at, id) < (\(Instant(microseconds: after?.keys[0] ?? 0)), \(after?.keys[1] ?? 0))
            ORDER BY last_at DESC, id DESC LIMIT \(limit + 1)
            """)
        let items = try rows.prefix(limit).map { try Self.view($0) }
        let next = rows.count > limit ? items.last.map { Cursor($0.last.microseconds, $0.id).text } : nil
        return (items, next)
    }

    /// Open alarms about a site or one of its agents, whose words begin with its name, those that happened last first.
    public func open(about site: SiteID, limit: Int) async throws -> [AlarmView] {
        let rows = try await pool.query(
            """
            SELECT id, name, words, first_at, last_at, count, cleared_at FROM alarm
            WHERE cleared_at IS NULL AND (starts_with(words, \(site.rawValue + ":")) OR EXISTS (
                SELECT FROM agent g WHERE g.site = \(site)
                    AND (starts_with(words, g.id || ':') OR starts_with(words, g.id || ','))))
            ORDER BY last_at DESC, id DESC LIMIT \(limit)
            """)
        return try rows.map { try Self.view($0) }
    }

    private static func view(_ row: Row) throws -> AlarmView {
        AlarmView(
            id: try row.decode("id"), name: try row.decode("name"), text: try row.decode("words"),
            first: try row.decode("first_at"), last: try row.decode("last_at"),
            count: try row.decode("count"), cleared: try row.decode("cleared_at"))
    }

    /// Marks an alarm as seen to.
    public func clear(_ id: Int64, now: Instant) async throws {
        let count = try await pool.execute(
            "UPDATE alarm SET cleared_at = \(now) WHERE id = \(id) AND cleared_at IS NULL")
        guard count == 1 else { throw StoreFault.notFound("open alarm \(id)") }
    }

    static func raise(_ connection: Connection, name: String, words: String, now: Instant) async throws {
        try await connection.execute(statement(name: name, words: words, now: now))
    }

    static func statement(name: String, words: String, now: Instant) -> SQL {
        // Text cannot hold NUL; an agent's words may.
        let words = words.replacing("\0", with: "\u{FFFD}")
        return """
            INSERT INTO alarm AS a (name, words, digest, first_at, last_at)
            VALUES (\(name), \(words), sha256(convert_to(\(words), 'UTF8')), \(now), \(now))
            ON CONFLICT (name, digest) DO UPDATE
            SET last_at = excluded.last_at, count = a.count + 1, cleared_at = NULL
            """
    }
}
