import Federation
import Postgres
import Store
import TestKit

/// Makes the book that the rounds work on.
struct Filling {
    /// How many agents there are: one for each caller.
    static let agents = 64
    private static let submission = 5000

    let settings: ConnectionSettings

    /// Schema, site, budget, agents, and so many tasks in the queue.
    func fill(_ tasks: Int) async throws {
        try await SampleBook.fill(settings)
        let pool = Pool(settings: settings, size: 2)
        for index in 0..<Self.agents {
            try await pool.execute(
                """
                INSERT INTO agent (id, site, enrolled_at, run_root)
                VALUES (\(Self.agent(index)), \(SampleBook.site), \(SampleBook.start), \("\(Self.agent(index))-root"))
                """)
        }
        for first in stride(from: 0, to: tasks, by: Self.submission) {
            let specs = SampleBook.specs(min(Self.submission, tasks - first), prefix: "bench-\(first)")
            _ = try await SubmissionStore(pool: pool, settings: ExchangeSettings()).enter(
                Submission(
                    partner: SampleBook.partner, member: SampleBook.submitter, key: "bench-\(first)",
                    body: "{}", name: "bench-\(first)", specs: specs, parents: specs.map { _ in [] },
                    earlier: specs.map { _ in [] }, shapes: specs.map { Shape(of: $0) }),
                now: SampleBook.start)
        }
        await pool.close()
    }

    static func agent(_ index: Int) -> AgentID { AgentID("bench-agent-\(index)") }
}
