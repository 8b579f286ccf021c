import Postgres
import TestKit
import Testing

/// Wake-ups by NOTIFY.
struct ListenerTests {
    private let kill: SQL =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()"

    @Test func aNotificationWakesItsChannelOnly() async throws {
        try await TemporaryPostgres.shared.withDatabase { database in
            let pool = database.pool(size: 1)
            let listener = Listener(settings: database.settings)
            var tasks = listener.wakeUps("tasks").makeAsyncIterator()
            let service = Task { await listener.run() }
            await tasks.next()  // connected
            var other = listener.wakeUps("odd \"name\"").makeAsyncIterator()
            await other.next()  // asked for while running
            for _ in 0..<20 {
                try await pool.execute("NOTIFY tasks")
                await tasks.next()
                try await pool.execute("SELECT pg_notify(\("odd \"name\""), \("a payload"))")
                await other.next()
            }
            service.cancel()
            await service.value
            #expect(await tasks.next() == nil)
            #expect(await other.next() == nil)
            #expect(await listener.wakeUps("late").first { _ in true } == nil)
            await pool.close()
        }
    }

    @Test func aLostConnectionIsReplacedAndWakesEverybody() async throws {
        try await TemporaryPostgres.shared.withDatabase { database in
            let pool = database.pool(size: 1)
            let listener = Listener(settings: database.settings)
            var one = listener.wakeUps("one").makeAsyncIterator()
            var two = listener.wakeUps("two").makeAsyncIterator()
            let service = Task { await listener.run() }
            await one.next()
            await two.next()
            for _ in 0..<2 {
                while try await pool.query(kill).isEmpty { await Task.yield() }
                await one.next()
                await two.next()
                try await pool.execute("NOTIFY two")
                await two.next()
            }
            service.cancel()
            await service.value
            await pool.close()
        }
    }
}
