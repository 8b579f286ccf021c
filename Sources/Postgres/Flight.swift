/// One piece of work under way on a session, and what has come back of it.
struct Flight {
    /// One command of the pipeline; each yields its results, then NULL.
    enum Step {
        case prepare(StatementCache.Key, name: String)
        case deallocate(StatementCache.Key)
        case execute(StatementCache.Key, statement: Int)
        case script
    }

    typealias Reply = @Sendable (Result<[QueryResult], PostgresError>) -> Void

    let id: UInt64
    let reply: Reply
    var steps: [Step] = []
    var at = 0
    var results: [QueryResult] = []
    var failure: PostgresError?
    /// The calling task was cancelled.
    var cancelled = false

    /// The answer once the server is done with it.
    var outcome: Result<[QueryResult], PostgresError> {
        guard var failure else { return .success(results) }
        if failure.sqlState == "57014", failure.code == .server {
            failure.code = cancelled ? .cancelled : .timeout
        }
        return .failure(failure)
    }
}
