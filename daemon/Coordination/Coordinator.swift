public import Federation
public import Logging
public import Postgres
public import ServiceLifecycle
import Store

/// The coordinator's use cases, for whatever speaks to the outside: one method each, grouped by files.
///
/// Every method checks that the principal may see or change what it names; which roles may call which route is the
/// gateway's table.
public final class Coordinator: Sendable {
    let pool: Pool
    let listener: Listener
    let settings: CoordinatorSettings
    let signer: any BlockSigner
    let logger: Logger

    /// The book's id.
    public let instance: InstanceID
    /// The book's generation.
    public let generation: Int64

    /// A coordinator on that database, whose schema must be current (see `Migrator`) and whose book must be made.
    public init(
        pool: Pool, listener: Listener, settings: CoordinatorSettings, seal signer: any BlockSigner,
        logger: Logger
    ) async throws {
        self.pool = pool
        self.listener = listener
        self.settings = settings
        self.signer = signer
        self.logger = logger
        instance = InstanceID("")
        generation = 1
    }

    /// What runs beside the requests: each is one file in `Services`.
    public var services: [any Service] { [] }

    func pending() -> CoordinationError { CoordinationError(.unavailable, "not there yet") }
}
