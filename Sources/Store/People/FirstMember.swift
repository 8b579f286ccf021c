public import Federation
public import Postgres

/// The member with whom a new book begins: somebody has to apply the programme that names the others.
public struct FirstMember: Sendable {
    private let pool: Pool

    /// The first member of the book in that database.
    public init(pool: Pool) { self.pool = pool }

    /// Makes the member, and its partner where that is missing. Throws `StoreFault.conflict` when the book has members
    /// already: from then on they make each other.
    public func make(_ member: MemberView, partnerName: String, country: String, now: Instant) async throws {
        let one = ProgrammeMember(
            id: member.id, partner: member.partner, roles: member.roles, sites: member.sites)
        try await pool.transaction { connection in
            let rows = try await connection.query("SELECT id FROM member ORDER BY made_at LIMIT 1")
            guard rows.isEmpty else {
                throw StoreFault.conflict(
                    "the book has members already; a manager or operator makes more of them")
            }
            try await connection.execute(
                """
                INSERT INTO partner (id, name, country) VALUES (\(member.partner), \(partnerName), \(country))
                ON CONFLICT (id) DO NOTHING
                """)
            _ = try await connection.pipeline(MemberStore.insertions(of: one, now: now))
        }
    }
}
