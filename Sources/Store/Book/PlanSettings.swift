import Postgres

/// How statements are planned that run thousands of times over tables whose size changes a thousandfold meanwhile: each is
/// planned once a connection, and its plan has to do for every size.
enum PlanSettings {
    /// The first statement of a transaction: by the indexes of keys, also while a table happens to be empty; and never by
    /// bitmap, which leaves an index's dead entries where they are.
    static let byKey: SQL = """
        SELECT set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true),
            set_config('enable_bitmapscan', 'off', true), set_config('enable_mergejoin', 'off', true),
            set_config('jit', 'off', true)
        """

    /// What a row of a batch meets its own by.
    enum Join {
        /// Row by row. What is read is named by few keys, and a planner who believes that they are many reads the whole
        /// other table instead.
        case byIndex
        /// The hot part of the attempts is nearly empty whenever its statistics are made. A planner who believes them
        /// reads the batch anew for each row that is written: the square of the batch.
        case byHash
    }

    /// The statement that says so for those behind it.
    static func joins(_ join: Join) -> SQL {
        switch join {
        case .byIndex:
            "SELECT set_config('enable_nestloop', 'on', true), set_config('enable_hashjoin', 'off', true)"
        case .byHash:
            "SELECT set_config('enable_nestloop', 'off', true), set_config('enable_hashjoin', 'on', true)"
        }
    }
}
