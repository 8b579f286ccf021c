import Federation
import Postgres

/// The queue's rows: `ready` holds exactly the tasks whose state is `ready`.
enum QueueStatements {
    /// Priority, then age, in one number; the lower the earlier.
    static let rank: SQL = "((1000 - t.priority)::bigint << 40) | t.id"

    /// Adds tasks that are ready to the queue, or brings their rows up to date.
    static func add(tasks: [Int64]) -> SQL {
        """
        INSERT INTO ready (shape, rank, task, attempts, not_before, bound_to)
        SELECT t.shape, \(rank), t.id, t.attempts, t.not_before, t.bound_to FROM task t
        WHERE t.id = ANY(\(tasks)) AND t.state = 'ready' AND t.known
        ON CONFLICT (shape, rank) DO UPDATE SET attempts = excluded.attempts, not_before = excluded.not_before,
            bound_to = excluded.bound_to
        """
    }

    /// Takes a task out of the queue.
    static func remove(task: Int64) -> SQL {
        """
        DELETE FROM ready r USING task t WHERE t.id = \(task) AND r.shape = t.shape AND r.rank = \(rank)
        """
    }
}
