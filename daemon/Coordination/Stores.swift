import Federation
import Postgres
import Store

/// All of the store that the use cases need, over one pool.
struct Stores: Sendable {
    let agents: AgentStore
    let alarms: AlarmStore
    let artifacts: ArtifactStore
    let book: BookStore
    let budgets: BudgetStore
    let burnDown: BurnDownStore
    let campaigns: CampaignStore
    let dependencies: DependencyStore
    let exchanges: ExchangeStore
    let idempotency: IdempotencyStore
    let instance: InstanceStore
    let lease: LeaseStore
    let ledger: LedgerStore
    let logs: LogStore
    let maintenance: MaintenanceStore
    let members: MemberStore
    let placement: PlacementReader
    let programme: ProgrammeStore
    let proof: LedgerProof
    let queue: QueueStore
    let sites: SiteStore
    let submissions: SubmissionStore
    let sweeps: SweepStore
    let tasks: TaskStore
    let tokens: TokenStore
    let usage: UsageStore

    init(pool: Pool, settings: ExchangeSettings) {
        agents = AgentStore(pool: pool)
        alarms = AlarmStore(pool: pool)
        artifacts = ArtifactStore(pool: pool)
        book = BookStore(pool: pool, settings: settings)
        budgets = BudgetStore(pool: pool, settings: settings)
        burnDown = BurnDownStore(pool: pool)
        campaigns = CampaignStore(pool: pool)
        dependencies = DependencyStore(pool: pool, settings: settings)
        exchanges = ExchangeStore(pool: pool, settings: settings)
        idempotency = IdempotencyStore(pool: pool)
        instance = InstanceStore(pool: pool, settings: settings)
        lease = LeaseStore(pool: pool)
        ledger = LedgerStore(pool: pool)
        logs = LogStore(pool: pool)
        maintenance = MaintenanceStore(pool: pool)
        members = MemberStore(pool: pool)
        placement = PlacementReader(pool: pool, settings: settings)
        programme = ProgrammeStore(pool: pool)
        proof = LedgerProof(pool: pool)
        queue = QueueStore(pool: pool, settings: settings)
        sites = SiteStore(pool: pool)
        submissions = SubmissionStore(pool: pool, settings: settings)
        sweeps = SweepStore(pool: pool, settings: settings)
        tasks = TaskStore(pool: pool, settings: settings)
        tokens = TokenStore(pool: pool)
        usage = UsageStore(pool: pool)
    }
}
