/// Gathers the requests of many tasks into batches: one transaction and one commit for all of a batch.
///
/// While one batch is under way the next gathers, so batches grow with the load and nobody waits for a timer.
/// Every caller is answered after the commit of its batch. A batch that fails is halved until the guilty request
/// stands alone: only that one fails. When the connection breaks, all requests of its batch fail with `.lost`: their
/// outcome is unknown, and they are never repeated silently.
public final class Combiner<Request: Sendable, Answer: Sendable>: Sendable {
    /// Does a batch in one transaction of its own and answers each request, in order. It throws only where nothing was
    /// committed, or with `.lost`; what becomes of one request alone is that request's result.
    public typealias Work =
        @Sendable (Connection, [Request]) async throws -> [Result<Answer, any Error>]

    private typealias Letter = Mailbox<Request, Answer>.Letter

    /// How often a batch is tried whole before it is halved.
    private static var tries: Int { 5 }

    private let pool: Pool
    private let maximumBatch: Int
    private let mayRepeat: @Sendable (any Error) -> Bool
    private let work: Work
    private let mailbox = Mailbox<Request, Answer>()
    private let counts = Guarded(CombinerStatistics())

    /// A combiner over one connection of the pool at a time. `mayRepeat` says for which errors a batch is tried again as
    /// it is: after those, nothing was done, and the next attempt may well succeed.
    public init(
        pool: Pool, maximumBatch: Int = 1000,
        mayRepeat: @escaping @Sendable (any Error) -> Bool = {
            ($0 as? PostgresError)?.isRetryable == true
        },
        work: @escaping Work
    ) {
        self.pool = pool
        self.maximumBatch = max(1, maximumBatch)
        self.mayRepeat = mayRepeat
        self.work = work
    }

    /// Waits for the request's answer, given after its commit.
    ///
    /// Throws what the work gave or threw for it, and `PostgresError`: `.lost` when its outcome is unknown,
    /// `.connection` when the server is away, `.cancelled` before it was sent, `.closed` with the pool.
    public func ask(_ request: Request) async throws -> Answer {
        try await mailbox.ask(request) { [self] in
            // Its own task: a caller who leaves must not tear the batch in which others are.
            Task.detached { await self.serve() }
        }
    }

    /// What was done so far.
    public var statistics: CombinerStatistics { counts.withLock { $0 } }

    /// Serves until nobody waits any more; the next caller begins again.
    private func serve() async {
        var unsent: [Letter] = []
        var gathering = Gathering()
        while true {
            await gathering.wait { mailbox.count }
            let begun = Clock.now
            let again = unsent
            do {
                let rest = try await pool.withConnection { connection -> [Letter]? in
                    // Taken once there is a connection: those that come meanwhile are in the batch.
                    let letters = again.isEmpty ? mailbox.take(maximumBatch) : again
                    gathering.begins(letters.count)
                    return letters.isEmpty ? nil : await handle(letters[...], connection)
                }
                guard let rest else { return }
                // It broke at rest: nothing was sent, so another connection will do, once.
                if !again.isEmpty {
                    finish(rest[...], PostgresError(.connection, "the connection broke before the batch"))
                    unsent = []
                } else {
                    unsent = rest
                }
            } catch {
                finish(again[...], error)
                unsent = []
                let isTransient = (error as? PostgresError)?.isTransient == true
                mailbox.fail(arrivedBefore: isTransient ? begun : .max, error)
                if mailbox.endsIfEmpty() { return }
            }
            gathering.ends()
            // Callers just answered run first and ask again: the next batch is full without a timer.
            await Task.yield()
        }
    }

    /// Runs a batch and answers its callers; gives back those whose requests were not sent.
    private func handle(_ letters: ArraySlice<Letter>, _ connection: Connection) async -> [Letter] {
        let requests = letters.map(\.request)
        counts.withLock { counts in
            counts.batches += 1
            counts.largestBatch = max(counts.largestBatch, requests.count)
        }
        do {
            answer(letters, try await perform(requests, connection))
            return []
        } catch {
            let code = (error as? PostgresError)?.code
            if code == .connection { return Array(letters) }
            guard letters.count > 1, code != .lost else {
                finish(letters, error)
                return []
            }
            counts.withLock { $0.splits += 1 }
            let middle = letters.startIndex + letters.count / 2
            let first = await handle(letters[..<middle], connection)
            return first + (await handle(letters[middle...], connection))
        }
    }

    private func perform(
        _ requests: [Request], _ connection: Connection
    ) async throws -> [Result<Answer, any Error>] {
        var failed = 0
        while true {
            do {
                return try await work(connection, requests)
            } catch {
                failed += 1
                guard failed < Self.tries, mayRepeat(error) else { throw error }
            }
        }
    }

    private func answer(_ letters: ArraySlice<Letter>, _ answers: [Result<Answer, any Error>]) {
        guard answers.count == letters.count else {
            let problem = "the combiner's work gave \(answers.count) answers to \(letters.count) requests"
            return finish(letters, PostgresError(.misuse, problem))
        }
        counts.withLock { $0.requests += letters.count }
        mailbox.synchronize()
        for (letter, answer) in zip(letters, answers) { letter.continuation.resume(with: answer) }
    }

    private func finish(_ letters: ArraySlice<Letter>, _ error: any Error) {
        let code = (error as? PostgresError)?.code
        counts.withLock { counts in
            counts.requests += letters.count
            if code == .lost { counts.lost += letters.count } else { counts.refused += letters.count }
        }
        mailbox.synchronize()
        for letter in letters { letter.continuation.resume(throwing: error) }
    }
}
