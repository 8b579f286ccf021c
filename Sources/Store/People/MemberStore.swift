public import Federation
public import Postgres

/// Members. Their names stand in a table of their own, so that they can be erased; the book knows pseudonyms.
public struct MemberStore: Sendable {
    private let pool: Pool

    /// The members of that database.
    public init(pool: Pool) { self.pool = pool }

    /// Members by id; those of one partner, or all.
    public func views(of partner: PartnerID?) async throws -> [MemberView] {
        let rows = try await pool.query(
            """
            SELECT m.id, m.partner, m.roles, m.sites, m.active, n.name, n.mail
            FROM member m LEFT JOIN member_name n ON n.member = m.id
            WHERE \(partner) IS NULL OR m.partner = \(partner) ORDER BY m.id
            """)
        return try rows.map { try MemberView(row: $0) }
    }

    /// One member.
    public func member(_ id: MemberID) async throws -> MemberView? {
        let rows = try await pool.query(
            """
            SELECT m.id, m.partner, m.roles, m.sites, m.active, n.name, n.mail
            FROM member m LEFT JOIN member_name n ON n.member = m.id WHERE m.id = \(id)
            """)
        return try rows.first.map { try MemberView(row: $0) }
    }

    /// A new member, or a known one with new roles.
    public func put(_ member: MemberView, now: Instant) async throws {
        var one = ProgrammeMember(
            id: member.id, partner: member.partner, roles: member.roles, sites: member.sites)
        one.name = member.name
        one.mail = member.mail
        let statements = Self.insertions(of: one, now: now)
        try await pool.transaction { connection in
            let rows = try await connection.query("SELECT FROM partner WHERE id = \(member.partner)")
            guard !rows.isEmpty else { throw StoreFault.notFound("partner \(member.partner)") }
            _ = try await connection.pipeline(statements)
        }
    }

    /// Forgets a member's name and mail; its pseudonym stays in the book, and it may no longer sign in.
    public func erase(_ id: MemberID, now: Instant) async throws {
        try await pool.transaction { connection in
            let count = try await connection.execute("UPDATE member SET active = false WHERE id = \(id)")
            guard count == 1 else { throw StoreFault.notFound("member \(id)") }
            _ = try await connection.pipeline([
                "DELETE FROM member_name WHERE member = \(id)",
                "UPDATE api_token SET revoked_at = \(now) WHERE member = \(id) AND revoked_at IS NULL",
            ])
        }
    }

    static func insertions(of member: ProgrammeMember, now: Instant) -> [SQL] {
        var statements: [SQL] = [
            """
            INSERT INTO member (id, partner, roles, sites, made_at)
            VALUES (\(member.id), \(member.partner), \(member.roles), \(member.sites), \(now))
            ON CONFLICT (id) DO UPDATE SET partner = excluded.partner, roles = excluded.roles,
                sites = excluded.sites, active = true
            """
        ]
        if let name = member.name {
            statements.append(
                """
                INSERT INTO member_name (member, name, mail) VALUES (\(member.id), \(name), \(member.mail))
                ON CONFLICT (member) DO UPDATE SET name = excluded.name, mail = excluded.mail
                """)
        }
        return statements
    }
}

extension MemberView {
    init(row: Row) throws {
        self.init(
            id: try row.decode("id"), partner: try row.decode("partner"), roles: try row.decode("roles"),
            sites: try row.decode("sites"), name: try row.decode("name"), mail: try row.decode("mail"),
            active: try row.decode("active"))
    }
}
