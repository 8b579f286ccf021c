public import Federation
public import Postgres
public import Store

/// A small book for tests: two partners, two sites with an agent each, three budgets. Sizes are chosen so that one
/// core-hour costs one unit.
public struct SampleBook: Sendable {
    /// The moment at which everything begins.
    public static let start = Instant(seconds: 1_800_000_000)
    /// The manager.
    public static let manager = MemberID("manager")
    /// The partner that pays for most.
    public static let partner = PartnerID("cuni")
    /// Its submitter.
    public static let submitter = MemberID("submitter")
    /// The site where most runs.
    public static let site = SiteID("alpha")
    /// Its agent.
    public static let agent = AgentID("alpha-agent")
    /// Its partition.
    public static let partition = PartitionID("cpu")
    /// The partner's budget there.
    public static let budget = BudgetID("alpha-cuni")

    /// The database.
    public let database: TemporaryDatabase
    /// A pool on it.
    public let pool: Pool
    /// Its queue: claims that come at the same time share a transaction.
    public let queue: QueueStore
    /// Its exchanges, likewise.
    public let exchanges: ExchangeStore

    /// Whatever book stands in that database.
    public init(database: TemporaryDatabase, pool: Pool) {
        self.database = database
        self.pool = pool
        queue = QueueStore(pool: pool, settings: ExchangeSettings())
        exchanges = ExchangeStore(pool: pool, settings: ExchangeSettings())
    }

    /// A new database with the sample in it.
    public static func make(poolSize: Int = 4) async throws -> SampleBook {
        let database = try await TemporaryPostgres.shared.database(template: "sample", prepare: fill)
        return SampleBook(database: database, pool: database.pool(size: poolSize))
    }

    /// Closes the pool and removes the database.
    public func remove() async {
        await pool.close()
        try? await database.drop()
    }

    /// Makes a sample for the time of `body`.
    public static func use<T: Sendable>(
        poolSize: Int = 4, _ body: (SampleBook) async throws -> T
    ) async throws -> T {
        let sample = try await make(poolSize: poolSize)
        do {
            let value = try await body(sample)
            await sample.remove()
            return value
        } catch {
            await sample.remove()
            throw error
        }
    }

    /// Fills an empty database: schema, book, sites, programme, enrolled agents, and the lease's first epoch.
    @Sendable public static func fill(_ settings: ConnectionSettings) async throws {
        let pool = Pool(settings: settings, size: 1)
        do {
            try await Migrator(pool: pool).migrate()
            _ = try await InstanceStore(pool: pool).make(id: "testbook", now: start)
            for site in ["alpha", "beta"] {
                _ = try await SiteStore(pool: pool).apply(document(site: site), by: manager, now: start)
            }
            _ = try await ProgrammeStore(pool: pool).apply(programme(), by: manager, now: start)
            try await pool.execute("UPDATE agent SET enrolled_at = \(start), run_root = id || '-root'")
            _ = try await LeaseStore(pool: pool).acquire(holder: "test", seconds: 3600)
            await pool.close()
        } catch {
            await pool.close()
            throw error
        }
    }

    /// A site with one partition of eight-core nodes, at one core-hour a core and hour.
    public static func document(site: String) -> SiteDocument {
        let partition = SitePartition(
            id: SampleBook.partition, nodes: 100, coresPerNode: 8, memoryMiBPerNode: 32_768,
            maximumWalltimeSeconds: 86_400, source: "test")
        let tariff = Tariff(
            partition: SampleBook.partition, from: Instant(seconds: 1_700_000_000),
            terms: [TariffTerm(measure: .cores)], source: "test")
        return SiteDocument(
            id: SiteID(site), name: "Site \(site)", country: site == "alpha" ? "FI" : "CZ",
            partitions: [partition],
            prices: PriceList(site: SiteID(site), unit: "core-hours", tariffs: [tariff]),
            agents: [AgentTerms(id: AgentID("\(site)-agent"))])
    }

    /// The programme: 10,000 core-hours at each site.
    public static func programme() -> ProgrammeDocument {
        let from = Instant(seconds: 1_790_000_000)
        let until = Instant(seconds: 1_830_000_000)
        var programme = ProgrammeDocument(id: "sample", name: "Sample", from: from, until: until)
        programme.partners = [
            ProgrammePartner(id: partner, name: "Charles University", country: "CZ", kind: "university"),
            ProgrammePartner(id: "utu", name: "University of Turku", country: "FI", kind: "university"),
        ]
        programme.workPackages = [ProgrammeWorkPackage(id: "wp1", title: "Data", lead: nil)]
        programme.members = [
            ProgrammeMember(id: manager, partner: partner, roles: [.manager]),
            ProgrammeMember(id: submitter, partner: partner, roles: [.submitter]),
            ProgrammeMember(id: "other", partner: "utu", roles: [.submitter]),
            ProgrammeMember(id: "auditor", partner: "utu", roles: [.auditor]),
        ]
        programme.activities = [
            Activity(
                id: "evaluation", title: "Evaluation", countsTowardsTrainingCompute: false, source: "test")
        ]
        programme.eligibility = [
            EligibilityRow(
                subject: .everybody, matter: .participate, verdict: .allow, from: from, source: "test"),
            EligibilityRow(
                subject: .everybody, matter: .compute, verdict: .allow, from: from, source: "test"),
        ]
        for site in ["alpha", "beta"] {
            programme.allocations.append(
                ProgrammeAllocation(
                    id: AllocationID("\(site)-grant"), site: SiteID(site), account: "project_\(site)",
                    from: from,
                    until: until, amount: Amount(units: 10_000), source: "test"))
            programme.budgets.append(
                ProgrammeBudget(
                    id: BudgetID("\(site)-cuni"), allocation: AllocationID("\(site)-grant"), partner: partner,
                    amount: Amount(units: 4000)))
        }
        programme.budgets.append(
            ProgrammeBudget(id: "alpha-all", allocation: "alpha-grant", amount: Amount(units: 1000)))
        return programme
    }

    /// So many evaluations of one core for an hour.
    public static func specs(_ count: Int, prefix: String = "evaluate") -> [TaskSpec] {
        (0..<count).map { index in
            var spec = TaskSpec(
                name: "\(prefix)-\(index)", kind: .evaluation, activity: "evaluation", partner: partner,
                member: submitter, program: "true", resources: Resources(walltimeSeconds: 3600))
            spec.languages = [index.isMultiple(of: 2) ? "mt" : "nb"]
            return spec
        }
    }

    /// Enters a submission of those tasks.
    public func submit(
        _ specs: [TaskSpec], key: String, body: String = "{}", after earlier: [TaskID] = [],
        now: Instant = SampleBook.start
    ) async throws -> Entered {
        let places = Dictionary(
            specs.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        let submission = Submission(
            partner: SampleBook.partner, member: SampleBook.submitter, key: key, body: body,
            name: "campaign-\(key)",
            specs: specs, parents: specs.map { $0.dependsOn.compactMap { places[$0] } },
            earlier: specs.map { _ in earlier },
            shapes: specs.map { Shape(of: $0) })
        return try await SubmissionStore(pool: pool, settings: ExchangeSettings()).enter(submission, now: now)
    }

    /// Proposes one pack a row of the queue, on one budget with one hold each.
    public func proposals(
        limit: Int = 1000, budget: BudgetID = SampleBook.budget, hold: Amount = Amount(units: 1),
        agent: AgentID = SampleBook.agent, now: Instant = SampleBook.start
    ) async throws -> [PackClaim] {
        let keys = try await queue.ready(perShape: limit, now: now)
        return keys.prefix(limit).map { key in
            PackClaim(
                pack: PackID("p\(SampleBook.random())"), agent: agent, site: SampleBook.site,
                partition: SampleBook.partition, allocation: "alpha-grant", account: "project_alpha",
                resources: Resources(walltimeSeconds: 3600), graceSeconds: 60,
                mustStartBy: now.adding(seconds: 86_400),
                members: [PackClaim.Member(key: key, budget: budget, hold: hold)])
        }
    }

    /// Claims under the sample's epoch.
    public func claim(_ packs: [PackClaim], now: Instant = SampleBook.start) async throws -> [AttemptKey] {
        try await queue.claim(packs, epoch: 1, now: now)
    }

    /// The proof over the whole book.
    public func proof() async throws -> LedgerCheckView { try await LedgerProof(pool: pool).check() }

    private static func random() -> String { String(UInt64.random(in: 0...UInt64.max), radix: 36) }
}
