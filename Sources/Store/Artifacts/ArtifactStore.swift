public import Federation
public import Postgres

/// Published artifacts, their manifests, and what the depot has of them.
public struct ArtifactStore: Sendable {
    private let pool: Pool

    /// The artifacts of that database.
    public init(pool: Pool) { self.pool = pool }

    /// What a campaign has left so far, the newest version of each name.
    public func views(of campaign: CampaignID) async throws -> [ArtifactView] {
        let rows = try await pool.query(
            """
            SELECT \(ArtifactView.columns) \(ArtifactView.source)
            WHERE a.campaign = \(campaign) AND a.id = (SELECT max(n.id) FROM artifact n
                WHERE n.campaign = a.campaign AND n.name = a.name) ORDER BY a.name
            """)
        return try rows.map { try ArtifactView(row: $0) }
    }

    /// What a version consists of.
    public func manifest(_ sha256: String) async throws -> Manifest? {
        try await pool.query("SELECT document FROM manifest WHERE sha256 = \(sha256)").first
            .map { try $0.json("document") }
    }

    /// The partners that published a version.
    public func partners(of sha256: String) async throws -> Set<PartnerID> {
        let rows = try await pool.query(
            "SELECT DISTINCT t.partner FROM artifact a JOIN task t ON t.id = a.task WHERE a.sha256 = \(sha256)"
        )
        return Set(try rows.map { try $0.decode("partner") })
    }

    /// Whether a version that the partner published has that chunk.
    public func mayRead(chunk sha256: String, _ partner: PartnerID) async throws -> Bool {
        let rows = try await pool.query(
            """
            SELECT FROM manifest m JOIN artifact a ON a.sha256 = m.sha256 JOIN task t ON t.id = a.task
            WHERE t.partner = \(partner) AND m.document @> jsonb_build_object('files', jsonb_build_array(
                jsonb_build_object('chunks', jsonb_build_array(jsonb_build_object('sha256', \(sha256)::text)))))
            LIMIT 1
            """)
        return !rows.isEmpty
    }

    /// Notes a chunk that stands in the depot now, and the versions that are whole there by it.
    public func stored(_ sha256: String, bytes: Int64, now: Instant) async throws {
        _ = try await pool.withConnection { connection in
            try await connection.pipeline([
                """
                INSERT INTO chunk (sha256, bytes, stored_at) VALUES (\(sha256), \(bytes), \(now))
                ON CONFLICT (sha256) DO NOTHING
                """
            ])
        }
    }

    /// Notes versions whose chunks are all in the depot; answers how many became whole.
    public func notePlaces(now: Instant) async throws -> Int {
        try await pool.execute(ArtifactStore.noteDepot(among: "m.bytes > 0", now: now))
    }

    /// Notes, of the versions with that condition on their manifest `m`, those that are whole in the depot.
    static func noteDepot(among condition: SQL, now: Instant) -> SQL {
        """
        INSERT INTO artifact_place (sha256, place, since)
        SELECT m.sha256, 'depot', \(now) FROM manifest m
        WHERE \(condition) AND NOT EXISTS (
                SELECT 1 FROM artifact_place p WHERE p.sha256 = m.sha256 AND p.place = 'depot')
            AND NOT EXISTS (
                SELECT 1 FROM jsonb_array_elements(m.document -> 'files') f,
                    jsonb_array_elements(f -> 'chunks') c
                WHERE NOT EXISTS (SELECT 1 FROM chunk k WHERE k.sha256 = c ->> 'sha256'))
        ON CONFLICT (sha256, place) DO NOTHING
        """
    }

    /// Which of those chunks the depot lacks, as far as the book knows.
    public func missing(_ hashes: [String]) async throws -> [String] {
        let rows = try await pool.query(
            """
            SELECT w.sha256 FROM unnest(\(hashes)) WITH ORDINALITY AS w(sha256, ord)
            WHERE NOT EXISTS (SELECT 1 FROM chunk c WHERE c.sha256 = w.sha256) ORDER BY w.ord
            """)
        return try rows.map { try $0.decode("sha256") }
    }

    /// Forgets a chunk that is not on disk any more.
    public func lost(_ sha256: String) async throws {
        try await pool.execute("DELETE FROM chunk WHERE sha256 = \(sha256)")
    }

    /// Bytes of all chunks in the depot.
    public func depotBytes() async throws -> Int64 {
        try await pool.query("SELECT coalesce(sum(bytes), 0)::bigint AS bytes FROM chunk").first?
            .decode("bytes") ?? 0
    }
}

extension ArtifactView {
    static let columns: SQL = """
        a.campaign, a.name, t.submission, t.index, a.sha256, m.bytes, m.files, a.licence, a.residency, a.published_at,
        ARRAY(SELECT place FROM artifact_place p WHERE p.sha256 = a.sha256 ORDER BY place) AS places
        """

    static let source: SQL =
        "FROM artifact a JOIN task t ON t.id = a.task JOIN manifest m ON m.sha256 = a.sha256"

    init(row: Row) throws {
        self.init(
            name: try row.decode("name"), campaign: try row.decode("campaign"), task: try row.taskID(),
            sha256: try row.decode("sha256"), bytes: try row.decode("bytes"),
            files: Int(try row.decode("files", as: Int32.self)), licence: try row.decode("licence"),
            residency: try row.decode("residency"), places: try row.decode("places"),
            publishedAt: try row.decode("published_at"))
    }
}
