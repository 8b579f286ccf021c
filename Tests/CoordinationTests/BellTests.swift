import Testing

@testable import Coordination

@Suite struct BellTests {
    /// A ticket that has run out of time once waits again: it must not come back at once for ever.
    @Test func aTicketWaitsAgainAfterItsTimeHasRunOut() async {
        let bell = Bell<Int>()
        let ticket = bell.ticket(1)
        let begun = ContinuousClock.now
        for _ in 0..<4 { await bell.wait(ticket, atMost: .milliseconds(50)) }
        #expect(ContinuousClock.now - begun >= .milliseconds(190))
        bell.end(ticket)
    }

    @Test func aRingBeforeTheWaitIsKeptAndCountsOnce() async {
        let bell = Bell<Int>()
        let ticket = bell.ticket(1)
        bell.ring(1)
        bell.ring(1)
        bell.ring(2)
        let begun = ContinuousClock.now
        await bell.wait(ticket, atMost: .seconds(60))
        #expect(ContinuousClock.now - begun < .seconds(30))
        let again = ContinuousClock.now
        await bell.wait(ticket, atMost: .milliseconds(50))
        #expect(ContinuousClock.now - again >= .milliseconds(50))
        bell.end(ticket)
    }

    @Test func aRingWakesAllWhoWaitAndACancelOnlyItsOwn() async {
        let bell = Bell<Int>()
        let tickets = (0..<20).map { _ in bell.ticket(7) }
        await withTaskGroup(of: Void.self) { group in
            for ticket in tickets { group.addTask { await bell.wait(ticket, atMost: .seconds(60)) } }
            let cancelled = bell.ticket(7)
            let one = Task { await bell.wait(cancelled, atMost: .seconds(60)) }
            one.cancel()
            await one.value
            bell.ring(7)
            await group.waitForAll()
        }
        for ticket in tickets { bell.end(ticket) }
    }
}
