public import Federation
public import Logging
public import Postgres
public import ServiceLifecycle
import Store

/// The coordinator's use cases, for whatever speaks to the outside: one method each, grouped by files.
///
/// Every method checks that the principal may see or change what it names; which roles may call which route is the
/// gateway's table. All errors are `CoordinationError`.
public final class Coordinator: Sendable {
    /// The book's id.
    public let instance: InstanceID
    /// The book's generation.
    public let generation: Int64

    let settings: CoordinatorSettings
    let stores: Stores
    let signals: Signals
    let followUp: FollowUp
    let depot: Depot
    let logger: Logger
    private let pool: Pool
    private let listener: Listener
    let signer: any BlockSigner
    private let lease: Lease

    /// A coordinator on that database. Throws `MigrationFault` where the schema is not this program's, and
    /// `CoordinationError` where no book was made yet.
    public init(
        pool: Pool, listener: Listener, settings: CoordinatorSettings, seal signer: any BlockSigner,
        logger: Logger
    ) async throws {
        try await Migrator(pool: pool).check()
        guard let book = try await InstanceStore(pool: pool).current() else {
            throw CoordinationError(.notFound, StoreFault.noBook.description)
        }
        instance = book.id
        generation = book.generation
        self.pool = pool
        self.listener = listener
        self.settings = settings
        self.signer = signer
        self.logger = logger
        stores = Stores(pool: pool, settings: settings.exchange)
        signals = Signals()
        followUp = FollowUp(dependencies: stores.dependencies, signals: signals, logger: logger)
        depot = try Depot(folder: settings.depotFolder, limit: settings.depotBytes)
        lease = Lease(store: stores.lease, settings: settings, signals: signals, logger: logger)
    }

    /// What runs beside the requests: each is one file in `Services`.
    public var services: [any Service] {
        [
            lease, placer, sweeper, sealer, auditor,
            DependencySweeper(
                dependencies: stores.dependencies, signals: signals, lease: lease, settings: settings,
                logger: logger),
            Maintainer(maintenance: stores.maintenance, lease: lease, settings: settings, logger: logger),
            Herald(wakeUps: WakeUpStore(pool: pool), listener: listener, signals: signals, logger: logger),
        ]
    }

    /// The service that decides whether this coordinator proposes.
    public var proposer: Lease { lease }

    /// The service that places tasks.
    public var placer: Placer {
        Placer(
            queue: stores.queue, reader: stores.placement, lease: lease, signals: signals, settings: settings,
            logger: logger)
    }

    /// The service that acts on the passing of time.
    public var sweeper: Sweeper {
        Sweeper(
            sweeps: stores.sweeps, budgets: stores.budgets, tokens: stores.tokens,
            artifacts: stores.artifacts,
            followUp: followUp, signals: signals, lease: lease, settings: settings, logger: logger)
    }

    /// The service that seals the ledger.
    public var sealer: Sealer {
        Sealer(ledger: stores.ledger, signer: signer, lease: lease, settings: settings, logger: logger)
    }

    /// The service that proves the ledger.
    public var auditor: LedgerAuditor {
        LedgerAuditor(
            proof: stores.proof, alarms: stores.alarms, lease: lease, settings: settings, logger: logger)
    }
}
