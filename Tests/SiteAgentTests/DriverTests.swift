import Federation
import Glibc
import Synchronization
import Testing

@testable import SiteAgent

/// The whole agent, real jobs and the book's real rules; only the network is left out.
@Suite struct DriverTests {
    @Test func aTaskRunsAndIsBooked() async throws {
        let scratch = try Scratch()
        let site = try TestSite(scratch)
        let coordinator = TestCoordinator([site.identity])
        let text = Array("some input\n".utf8)
        let hash = await coordinator.put(text)
        let manifest = Manifest(
            files: [
                .init(
                    path: "a/b.txt", bytes: Int64(text.count), sha256: hash,
                    chunks: [.init(sha256: hash, bytes: Int64(text.count))])
            ])
        let input = StagedInput(name: "data", sha256: try ContentHash.of(manifest), manifest: manifest)
        let task = await coordinator.submit(
            """
            echo '{"step":5,"loss":1.5}' >> $HANSA_METRICS; echo hello; sleep 1
            cat $HANSA_INPUTS/data/a/b.txt > $HANSA_OUTPUTS/copy/c.txt
            echo '{"progress":5,"score":2}' > $HANSA_OUTPUTS/result.json
            """, outputs: [TaskOutput(name: "copy")], inputs: [input])
        try await site.serve(coordinator) {
            #expect(await eventuallyAsync { await coordinator.isSettled(task) })
            let attempt = try #require(await coordinator.attempts(task).first)
            await coordinator.want(.init(attempt: attempt.key, offset: 0, bytes: 100))
            #expect(await eventuallyAsync { await coordinator.logs == ["hello\n"] })
        }
        #expect(await coordinator.state(task) == .completed)
        let attempt = try #require(await coordinator.attempts(task).first)
        #expect(attempt.end?.result?["score"]?.integer == 2)
        #expect(attempt.end?.progress == 5)
        let artifact = try #require(attempt.end?.artifacts.first)
        #expect(artifact.manifest.files.map(\.path) == ["c.txt"])
        #expect(await coordinator.depot[artifact.manifest.files[0].sha256] == text)
        #expect(attempt.charged > .zero)
        #expect(await coordinator.budgetFault == nil)
        #expect(await coordinator.metrics.first?["loss"]?.double == 1.5)
        #expect(await coordinator.keptEvents == [])
    }

    @Test(arguments: DriverStep.allCases) func aKillBetweenAnyTwoStepsIsPickedUp(_ killedAt: DriverStep)
        async throws
    {
        let scratch = try Scratch()
        let site = try TestSite(scratch)
        let coordinator = TestCoordinator([site.identity])
        let counter = "\(scratch.path)/ran"
        let task = await coordinator.submit(
            "echo ran >> \(counter); echo x > $HANSA_OUTPUTS/o/x", outputs: [TaskOutput(name: "o")])
        let cancelled =
            killedAt == .markerTaken ? await coordinator.submit("sleep 1000", cores: 2) : nil
        struct Killed: Error {}
        let deaths = Atomic(0)
        // The first agent dies there, and so does the second; the third may finish.
        for _ in 0..<2 {
            let agent = try site.agent(coordinator) { step in
                guard step == killedAt else { return }
                deaths.add(1, ordering: .relaxed)
                throw Killed()
            }
            let running = Task { try await agent.run() }
            if let cancelled {
                _ = await eventuallyAsync(seconds: 15) { await !coordinator.attempts(cancelled).isEmpty }
                await coordinator.cancel(cancelled)
            }
            let death = Task {
                // A cancellation comes by the coordinator and back, on a host that other tests share.
                try? await Task.sleep(for: .seconds(cancelled == nil ? 8 : 30))
                await agent.stop()
            }
            _ = try? await running.value
            death.cancel()
            await agent.abandon()
        }
        #expect(deaths.load(ordering: .relaxed) >= 1, "no agent came to \(killedAt)")
        try await site.serve(coordinator) {
            let settled = await eventuallyAsync { await coordinator.isSettled(task) }
            let story = await coordinator.attempts(task).map { "\($0.state) \($0.end?.detail ?? "")" }
            #expect(settled, "\(killedAt): \(story)")
            if let cancelled {
                let over = await eventuallyAsync { await coordinator.isSettled(cancelled) }
                let story = await coordinator.attempts(cancelled).map {
                    "\($0.state) \($0.end?.detail ?? "")"
                }
                #expect(over, "\(killedAt): \(story)")
            }
        }
        let ran = (try? DurableFile.read(counter)) ?? []
        let state = await coordinator.state(task)
        // A kill between intent and submission may cost the attempt (`lost`, and the task is placed again, later),
        // never a second run of it; at any other moment it costs nothing.
        let mayBeLost = [DriverStep.intended, .folderMade, .started].contains(killedAt)
        #expect(state == .completed || mayBeLost && (state == .failed || state == .ready))
        #expect(ran == (state == .completed ? Array("ran\n".utf8) : []))
        #expect(await coordinator.attempts(task).count == 1)
        #expect(await coordinator.budgetFault == nil)
    }

    /// The manifest of what is resident travels, its bytes do not; beside it what may leave does.
    @Test func aResidentOutputStays() async throws {
        let scratch = try Scratch()
        let site = try TestSite(scratch)
        let coordinator = TestCoordinator([site.identity])
        let task = await coordinator.submit(
            "echo secret > $HANSA_OUTPUTS/kept/a; echo open > $HANSA_OUTPUTS/free/a",
            outputs: [TaskOutput(name: "kept", residency: "site"), TaskOutput(name: "free")])
        try await site.serve(coordinator) {
            #expect(await eventuallyAsync { await coordinator.isSettled(task) })
        }
        let artifacts = try #require(await coordinator.attempts(task).first?.end?.artifacts)
        #expect(artifacts.map(\.name) == ["kept", "free"])
        #expect(artifacts.map(\.staysAtSite) == [true, false])
        let hash = ContentHash.of(Array("secret\n".utf8))
        #expect(artifacts.first?.manifest.files.first?.sha256 == hash)
        #expect(await coordinator.depot[hash] == nil)
        #expect(await coordinator.depot.values.map { $0 } == [Array("open\n".utf8)])
        let kept = "\(site.folder.path)/store"
        #expect(try await Command.run("grep", ["-rq", "secret", kept]) == 0, "the site keeps it")
    }

    /// 200 KB of which most is no UTF-8 and the rest Cyrillic, in pieces of at most 64 KiB: told whole, byte by byte.
    @Test func aLogOfAnythingIsToldInPieces() async throws {
        let scratch = try Scratch()
        let site = try TestSite(scratch)
        let coordinator = TestCoordinator([site.identity])
        let task = await coordinator.submit(
            "head -c 100001 /dev/zero | tr '\\0' '\\377'; yes жизнь | head -c 100001; echo end")
        try await site.serve(coordinator) {
            #expect(await eventuallyAsync { await coordinator.isSettled(task) })
            let attempt = try #require(await coordinator.attempts(task).first)
            for piece in 1...5 {
                await coordinator.want(
                    .init(attempt: attempt.key, offset: await coordinator.logEnd, bytes: 65_536))
                #expect(await eventuallyAsync { await coordinator.logs.count == piece })
            }
        }
        let text = await coordinator.logs.joined()
        var expected = String(repeating: "\u{FFFD}", count: 100_001)
        let line = Array("жизнь\n".utf8)
        expected += String(decoding: (0..<100_001).map { line[$0 % line.count] }, as: UTF8.self) + "end\n"
        #expect(text == expected)
        #expect(await coordinator.logEnd == 200_006)
        #expect(await coordinator.logs.last?.isEmpty == true)
    }

    /// With the intent journalled there is no folder; with the folder there is no job.
    @Test(arguments: [DriverStep.intended, .folderMade])
    func theRunFolderStandsBeforeTheBatchSystemIsAsked(_ killedAt: DriverStep) async throws {
        let scratch = try Scratch()
        let site = try TestSite(scratch)
        let coordinator = TestCoordinator([site.identity])
        let task = await coordinator.submit("sleep 1000")
        struct Killed: Error {}
        let agent = try site.agent(coordinator) { step in if step == killedAt { throw Killed() } }
        await #expect(throws: Killed.self) { try await agent.run() }
        let runRoot = await agent.parts.runRoot
        await agent.abandon()
        let folders = runRoot.folders()
        #expect(folders.count == (killedAt == .intended ? 0 : 1))
        for (_, folder) in folders {
            #expect(try folder.record()?.offer.members.map(\.attempt.task) == [task])
            #expect(try folder.start() == nil)
        }
        let jobs = ProcessTable.entries(instance: TestPack.instance.rawValue).filter { entry in
            folders.contains { entry.variables["HANSA_PACK"] == $0.pack.rawValue }
        }
        #expect(jobs.isEmpty)
    }

    @Test func jobsOutliveTheirAgent() async throws {
        let scratch = try Scratch()
        let site = try TestSite(scratch)
        let coordinator = TestCoordinator([site.identity])
        let gate = "\(scratch.path)/gate"
        let task = await coordinator.submit("while [ ! -e \(gate) ]; do sleep 0.1; done")
        try await site.serve(coordinator) {
            #expect(await eventuallyAsync { await coordinator.attempts(task).first?.state == .started })
        }
        try DurableFile.write([], to: gate)
        await coordinator.setAway(true)
        try await site.serve(coordinator) { try await Task.sleep(for: .milliseconds(500)) }
        await coordinator.setAway(false)
        try await site.serve(coordinator) {
            #expect(await eventuallyAsync { await coordinator.isSettled(task) })
        }
        #expect(await coordinator.state(task) == .completed)
    }

    @Test func aRunningTaskIsCancelled() async throws {
        let scratch = try Scratch()
        let site = try TestSite(scratch)
        let coordinator = TestCoordinator([site.identity])
        let task = await coordinator.submit("trap '' TERM; while :; do sleep 0.1; done")
        try await site.serve(coordinator) {
            #expect(await eventuallyAsync { await coordinator.attempts(task).first?.state == .started })
            await coordinator.cancel(task)
            #expect(await eventuallyAsync { await coordinator.isSettled(task) })
        }
        #expect(await coordinator.state(task) == .cancelled)
        let left = ProcessTable.entries(instance: TestPack.instance.rawValue).filter { entry in
            entry.variables["HANSA_RUN_DIR"]?.hasPrefix(scratch.path) == true
        }
        #expect(left.isEmpty)
    }

    @Test func anInputWithAWrongHashIsNeverUsed() async throws {
        let scratch = try Scratch()
        let site = try TestSite(scratch)
        let coordinator = TestCoordinator([site.identity])
        let hash = await coordinator.put([1, 2, 3])
        let manifest = Manifest(
            files: [.init(path: "f", bytes: 3, sha256: hash, chunks: [.init(sha256: hash, bytes: 3)])])
        let input = StagedInput(name: "in", sha256: try ContentHash.of(manifest), manifest: manifest)
        await coordinator.spoil(hash)
        let ran = "\(scratch.path)/ran"
        let task = await coordinator.submit("touch \(ran)", inputs: [input])
        try await site.serve(coordinator) {
            #expect(await eventuallyAsync { await coordinator.isSettled(task) })
        }
        let end = await coordinator.attempts(task).first?.end
        #expect(end?.outcome == .failed(.launch))
        #expect(end?.detail.contains("it was not used") == true)
        #expect(!DurableFile.exists(ran))
    }

    @Test func twoAgentsShareTheHostsSlots() async throws {
        let scratch = try Scratch()
        let sites = [try TestSite(scratch, name: "one"), try TestSite(scratch, name: "two")]
        let coordinator = TestCoordinator(sites.map(\.identity))
        // Each wants both cores: a file that is there twice at a time would show that they overlapped.
        let lock = "\(scratch.path)/lock"
        var tasks: [TaskID] = []
        for _ in 0..<4 {
            tasks.append(
                await coordinator.submit("mkdir \(lock) || exit 9; sleep 0.2; rmdir \(lock)", cores: 2))
        }
        let wide = await coordinator.submit("true", cores: 3)
        let all = tasks
        try await sites[0].serve(coordinator) {
            try await sites[1].serve(coordinator) {
                for task in all { #expect(await eventuallyAsync { await coordinator.isSettled(task) }) }
            }
        }
        for task in tasks { #expect(await coordinator.state(task) == .completed) }
        #expect(
            await coordinator.attempts(wide).allSatisfy { $0.state.isBurnt || $0.state == .offered },
            "no host here has three cores")
    }

    @Test func aDrainedAgentTakesNothing() async throws {
        let scratch = try Scratch()
        let site = try TestSite(scratch)
        let coordinator = TestCoordinator([site.identity])
        try AgentStatus.drain(folder: site.folder, on: true)
        let task = await coordinator.submit("true")
        try await site.serve(coordinator) {
            #expect(await eventuallyAsync { await coordinator.book.agents[site.identity.agent]?.seen != nil })
            try await Task.sleep(for: .milliseconds(300))
            #expect(await coordinator.state(task) == .ready)
            try AgentStatus.drain(folder: site.folder, on: false)
            #expect(await eventuallyAsync { await coordinator.isSettled(task) })
        }
        let status = try AgentStatus(folder: site.folder)
        #expect(!status.isHealthy && status.lines.contains { $0.contains("does not run") })
    }

    @Test func oneCycleDoesAll() async throws {
        let scratch = try Scratch()
        let site = try TestSite(scratch)
        let coordinator = TestCoordinator([site.identity])
        let task = await coordinator.submit("true")
        // The first cycle starts it, later ones find it ended, settle it and are told to forget it.
        var cycles = 0
        while await !coordinator.isSettled(task), cycles < 50 {
            try await site.agent(coordinator).runOnce()
            cycles += 1
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(await coordinator.state(task) == .completed)
        #expect(await coordinator.isSettled(task))
    }
}
