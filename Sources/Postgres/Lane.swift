/// Gathers the requests of many tasks into batches: one statement per kind, one round trip, one commit for all.
///
/// While one batch is under way the next gathers, so batches grow with the load and nobody waits for a timer.
/// Every caller is answered after the commit of its batch. A batch that the server refuses is halved until the
/// guilty request stands alone: only that one fails. When the connection breaks, all requests of its batch fail
/// with `.lost`: their outcome is unknown, and they are never repeated silently.
public final class Lane<Request: Sendable, Answer: Sendable>: Sendable {
    /// The statements of a batch; all run in one transaction.
    public typealias Encode = @Sendable ([Request]) -> [SQL]
    /// One answer per request, in order, from the rows of each statement.
    public typealias Decode = @Sendable ([Request], [[Row]]) throws -> [Result<Answer, any Error>]

    private typealias Letter = Mailbox<Request, Answer>.Letter

    private let settings: ConnectionSettings
    private let maximumBatch: Int
    private let encode: Encode
    private let decode: Decode
    private let mailbox = Mailbox<Request, Answer>()
    private let counts = Guarded(LaneStatistics())

    /// A lane; it connects in `run`.
    public init(
        settings: ConnectionSettings, maximumBatch: Int = 1000, encode: @escaping Encode,
        decode: @escaping Decode
    ) {
        self.settings = settings
        self.maximumBatch = max(1, maximumBatch)
        self.encode = encode
        self.decode = decode
    }

    /// Waits for the request's answer, given after its commit.
    ///
    /// Throws what `decode` gave for it, or `PostgresError`: `.server` when the server refuses it, `.lost` when
    /// its outcome is unknown, `.connection` when the server is away, `.cancelled` before it was sent, `.closed`.
    public func ask(_ request: Request) async throws -> Answer { try await mailbox.ask(request) }

    /// What was done so far.
    public var statistics: LaneStatistics { counts.withLock { $0 } }

    /// Serves until the task is cancelled; then refuses new requests, answers those at hand, and returns.
    public func run() async {
        let mailbox = mailbox
        await withTaskCancellationHandler {
            await serve()
        } onCancel: {
            mailbox.close()
        }
    }

    /// As `run`'s cancellation: refuses new requests, answers those at hand, and lets `run` return.
    public func close() { mailbox.close() }

    private func serve() async {
        var current: Session?
        defer { current?.close() }
        while true {
            // Connected before the letters are taken: those that come meanwhile gather.
            guard let ready = await connected(current) else {
                return mailbox.fail(arrivedBefore: .max, PostgresError(.closed, "the lane is closed"))
            }
            current = ready
            let letters = await mailbox.take(maximumBatch)
            if letters.isEmpty { return }
            if ready.failure == nil {
                await handle(letters[...], ready)
            } else {
                await handleLate(letters, &current)
            }
            // Callers just answered run first and ask again: the next batch is full without a timer.
            await Task.yield()
        }
    }

    /// The connection broke while the lane was at rest: nothing was sent yet, so a new one will do.
    private func handleLate(_ letters: [Letter], _ current: inout Session?) async {
        do {
            let session = try await Connector.connect(settings)
            current = session
            await handle(letters[...], session)
        } catch {
            let closed = PostgresError(.closed, "the lane was closed")
            finish(letters[...], Task.isCancelled ? closed : error)
        }
    }

    /// A living session, however long it takes; nil when there is no more need for one. Callers who have waited longer
    /// than the connect time are told that the server is away; if it refuses us, all at once.
    private func connected(_ current: Session?) async -> Session? {
        if let current, current.failure == nil { return current }
        var backoff = Backoff()
        while true {
            do {
                return try await Connector.connect(settings)
            } catch {
                guard !Task.isCancelled, let failure = error as? PostgresError else { return nil }
                let patience = UInt64(max(0, settings.connectTimeoutMilliseconds)) * 1_000_000
                let now = Clock.now
                mailbox.fail(
                    arrivedBefore: failure.isTransient ? now - min(now, patience) : .max, failure)
                if mailbox.isDone { return nil }
                try? await Task.sleep(nanoseconds: backoff.next())
            }
        }
    }

    /// Runs a batch and answers its callers. Shielded: `run`'s cancellation must not tear a batch that is at hand.
    private func handle(_ letters: ArraySlice<Letter>, _ session: Session, attempt: Int = 1) async {
        let requests = letters.map(\.request)
        counts.withLock { counts in
            counts.batches += 1
            counts.largestBatch = max(counts.largestBatch, requests.count)
        }
        let results: [QueryResult]
        do {
            results = try await session.run(.pipeline(encode(requests)), shielded: true)
        } catch {
            guard let failure = error as? PostgresError, failure.code == .server, session.failure == nil
            else {
                return finish(letters, error)
            }
            // Rolled back as a whole, so it may be run again: at once after a deadlock, else in halves.
            if failure.isRetryable, attempt < 4 {
                return await handle(letters, session, attempt: attempt + 1)
            }
            guard letters.count > 1 else { return finish(letters, error) }
            counts.withLock { $0.splits += 1 }
            let middle = letters.startIndex + letters.count / 2
            await handle(letters[..<middle], session)
            return await handle(letters[middle...], session)
        }
        do {
            let answers = try decode(requests, results.map(\.rows))
            guard answers.count == requests.count else {
                let problem = "the lane's decoder gave \(answers.count) answers to \(requests.count) requests"
                throw PostgresError(.misuse, problem)
            }
            counts.withLock { $0.requests += requests.count }
            mailbox.synchronize()
            for (letter, answer) in zip(letters, answers) { letter.continuation.resume(with: answer) }
        } catch {
            finish(letters, error)  // committed, but the answer cannot be read
        }
    }

    private func finish(_ letters: ArraySlice<Letter>, _ error: any Error) {
        let code = (error as? PostgresError)?.code
        counts.withLock { counts in
            counts.requests += letters.count
            if code == .lost { counts.lost += letters.count }
            if code == .server { counts.refused += letters.count }
        }
        mailbox.synchronize()
        for letter in letters { letter.continuation.resume(throwing: error) }
    }
}
