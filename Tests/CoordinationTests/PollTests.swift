import Coordination
import Federation
import Postgres
import Store
import TestKit
import Testing

@Suite struct PollTests {
    /// A parked poll is answered by the placer's claim, which is all that can wake it here.
    @Test func anOfferReachesAParkedPollAtOnce() async throws {
        try await SampleCoordinator.use { sample in
            var agent = SampleAgent()
            try await sample.exchange(&agent, .hello)
            try await sample.exchange(&agent)
            let document = agent.document()
            async let reply = sample.coordinator.exchange(
                document, from: SampleCoordinator.agent, wait: .seconds(60))
            try await sample.submit(1)
            #expect(try await sample.place() == 1)
            #expect(try await reply.offers.count == 1)
        }
    }

    @Test func aPollEndsWhenItsTaskIsCancelled() async throws {
        try await SampleCoordinator.use { sample in
            var agent = SampleAgent()
            try await sample.exchange(&agent, .hello)
            let document = agent.document()
            let poll = Task {
                try await sample.coordinator.exchange(
                    document, from: SampleCoordinator.agent, wait: .seconds(60))
            }
            poll.cancel()
            let begun = ContinuousClock.now
            _ = await poll.result
            #expect(ContinuousClock.now - begun < .seconds(30))
        }
    }

    @Test func aCancelReachesAParkedPoll() async throws {
        try await SampleCoordinator.use { sample in
            let submitted = try await sample.submit(1)
            var agent = SampleAgent()
            try await sample.exchange(&agent, .hello)
            try await sample.exchange(&agent)
            try await sample.place()
            let offer = try await sample.exchange(&agent).offers[0]
            agent.note(.accepted(pack: offer.pack))
            agent.list(offer.members[0], of: offer, .accepted)
            try await sample.exchange(&agent)
            agent.note(.submitted(pack: offer.pack, job: "1"))
            agent.note(.started(attempt: offer.members[0].attempt, at: sample.clock.now))
            agent.list(offer.members[0], of: offer, .started)
            try await sample.exchange(&agent)
            let document = agent.document()
            async let reply = sample.coordinator.exchange(
                document, from: SampleCoordinator.agent, wait: .seconds(60))
            let count = try await sample.coordinator.cancel(
                campaign: submitted.campaign.id, by: SampleCoordinator.submitter)
            #expect(count == 1)
            #expect(try await reply.cancel == [offer.members[0].attempt])
            // The hold stays until the site has settled (the attempt is the site's).
            #expect(try await sample.coordinator.checkLedger().sites["alpha"]?.held != .zero)
        }
    }

    @Test func aLogComesWhenItIsAskedFor() async throws {
        try await SampleCoordinator.use { sample in
            let submitted = try await sample.submit(1)
            let task = TaskID(submission: SubmissionID(submitted.campaign.id.rawValue), index: 0)
            var agent = SampleAgent()
            try await sample.exchange(&agent, .hello)
            try await sample.exchange(&agent)
            try await sample.place()
            let offer = try await sample.exchange(&agent).offers[0]
            agent.note(.accepted(pack: offer.pack))
            agent.list(offer.members[0], of: offer, .started)
            try await sample.exchange(&agent)
            async let piece = sample.coordinator.log(
                task: task, fence: nil, offset: 0, wait: .seconds(60), by: SampleCoordinator.submitter)
            var requests: [CoordinatorReply.LogRequest] = []
            while requests.isEmpty { requests = try await sample.exchange(&agent).logs }
            agent.note(
                .log(attempt: requests[0].attempt, offset: requests[0].offset, bytes: 6, text: "hello\n"))
            try await sample.exchange(&agent)
            #expect(try await piece == LogPiece(offset: 0, next: 6, text: "hello\n", complete: false))
            // It ends; the reader goes on behind what it has, and hears that there is no more.
            agent.end(offer.members[0].attempt, .completed, seconds: 10, now: sample.clock.now)
            try await sample.exchange(&agent)
            async let last = sample.coordinator.log(
                task: task, fence: nil, offset: 6, wait: .seconds(60), by: SampleCoordinator.submitter)
            requests = []
            while requests.isEmpty { requests = try await sample.exchange(&agent).logs }
            #expect(requests.map(\.offset) == [6])
            agent.note(.log(attempt: requests[0].attempt, offset: 6, bytes: 0, text: ""))
            #expect(try await sample.exchange(&agent).logs.isEmpty)
            #expect(try await last == LogPiece(offset: 6, next: 6, text: "", complete: true))
        }
    }

    /// Three bytes that are no text stand for themselves as nine: who reads on goes by the log's bytes, not by those.
    @Test func aBinaryLogIsReadToItsEnd() async throws {
        try await SampleCoordinator.use { sample in
            let submitted = try await sample.submit(1)
            let task = TaskID(submission: SubmissionID(submitted.campaign.id.rawValue), index: 0)
            var agent = SampleAgent()
            try await sample.exchange(&agent, .hello)
            try await sample.exchange(&agent)
            try await sample.place()
            let offer = try await sample.exchange(&agent).offers[0]
            agent.note(.accepted(pack: offer.pack))
            agent.list(offer.members[0], of: offer, .started)
            try await sample.exchange(&agent)
            let key = offer.members[0].attempt
            agent.note(.log(attempt: key, offset: 0, bytes: 3, text: "\u{FFFD}\u{FFFD}\u{FFFD}"))
            agent.note(.log(attempt: key, offset: 3, bytes: 5, text: "tail\n"))
            agent.end(key, .completed, seconds: 10, now: sample.clock.now)
            try await sample.exchange(&agent)
            let read = { (offset: Int64) in
                try await sample.coordinator.log(
                    task: task, fence: nil, offset: offset, wait: .seconds(60),
                    by: SampleCoordinator.submitter)
            }
            let first = try await read(0)
            #expect(first == LogPiece(offset: 0, next: 3, text: "\u{FFFD}\u{FFFD}\u{FFFD}", complete: false))
            #expect(
                try await read(first.next) == LogPiece(offset: 3, next: 8, text: "tail\n", complete: false))
            #expect(try await read(5) == LogPiece(offset: 5, next: 8, text: "il\n", complete: false))
            // Within what was replaced nothing can be cut: the site is asked again.
            async let within = read(1)
            var requests: [CoordinatorReply.LogRequest] = []
            while requests.isEmpty { requests = try await sample.exchange(&agent).logs }
            #expect(requests.map(\.offset) == [1])
            agent.note(.log(attempt: key, offset: 1, bytes: 2, text: "\u{FFFD}\u{FFFD}"))
            try await sample.exchange(&agent)
            #expect(
                try await within == LogPiece(offset: 1, next: 3, text: "\u{FFFD}\u{FFFD}", complete: false))
        }
    }
}
