import Federation
import Testing

@testable import SiteAgent

/// How often the batch system is asked: by time, not by jobs or by what else there is to do.
@Suite struct LookPaceTests {
    @Test func aMinuteOfTurnsWithoutNewsIsTwelveLooks() {
        var pace = LookPace(every: 5_000_000, least: 1_000_000)
        var looks = 0
        for now in stride(from: Int64(0), to: 60_000_000, by: 20_000) where pace.isDue(now: now) {
            pace.looks(now: now)
            looks += 1
        }
        #expect(looks == 12)
    }

    @Test func wishesBringALookForwardToTheLeastTime() {
        var pace = LookPace(every: 5_000_000, least: 1_000_000)
        var looks = 0
        for now in stride(from: Int64(0), to: 60_000_000, by: 20_000) {
            pace.want()
            guard pace.isDue(now: now) else { continue }
            pace.looks(now: now)
            looks += 1
        }
        #expect(looks == 60)
        #expect(pace.wait(now: 60_000_000) == 4_000_000)
    }

    @Test func withoutAPaceEveryTurnLooks() {
        var pace = LookPace(every: 0, least: 1_000_000)
        for now in Int64(0)..<5 {
            #expect(pace.isDue(now: now))
            pace.looks(now: now)
        }
    }

    @Test func anUrgentPackIsReadOnce() {
        var pace = LookPace(every: 5_000_000, least: 1_000_000)
        pace.looks(now: 0)
        pace.want(PackID("one"))
        #expect(!pace.isDue(now: 10))
        #expect(pace.takeUrgent() == [PackID("one")])
        #expect(pace.takeUrgent().isEmpty)
    }
}
