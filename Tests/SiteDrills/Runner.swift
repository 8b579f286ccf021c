import DrillKit
import FoundationEssentials
import Glibc

/// Runs many seeds, some side by side, has each judged, and sums them up.
struct Runner {
    let options: DrillOptions

    private enum Outcome: Sendable { case good, guilty, broken }

    /// Exits with 0 where every seed ran through and nothing speaks against any.
    func run() async throws -> Int32 {
        let begin = ContinuousClock.now
        try FileManager.default.createDirectory(atPath: options.folder, withIntermediateDirectories: true)
        signal(SIGTERM) { _ in EndFlag.raise() }
        signal(SIGINT) { _ in EndFlag.raise() }
        var numbers = Array(options.first..<(options.first + options.seeds))[...]
        var outcomes: [Outcome] = []
        await withTaskGroup(of: Outcome.self) { group in
            for number in numbers.prefix(options.jobs) { group.addTask { await one(number) } }
            numbers = numbers.dropFirst(options.jobs)
            for await outcome in group {
                outcomes.append(outcome)
                if !EndFlag.isRaised, let number = numbers.popFirst() {
                    group.addTask { await one(number) }
                }
            }
        }
        guard !EndFlag.isRaised else {
            Report.say("Ended before its time; everything is down.")
            return 130
        }
        let code = try await sum()
        Report.say("Drills ran for \((ContinuousClock.now - begin).components.seconds) s")
        return outcomes.allSatisfy { $0 == .good } ? code : max(1, code)
    }

    private func one(_ number: Int) async -> Outcome {
        let folder = "\(options.folder)/\(number)"
        do {
            let (code, words) = try await process(number)
            guard !EndFlag.isRaised else { return .broken }
            let judged = try await judge(folder)
            if judged.exit == 0, code == 0 {
                Report.say("seed \(number): \(verdict(folder))")
                clean(folder)
                return .good
            }
            let long = options.isLong ? " LONG=1" : ""
            Report.say("seed \(number) FAILED; replay it by: make drills FIRST=\(number) SEEDS=1\(long)")
            let told = (words + judged.output).split(separator: "\n").map { "  \($0)" }
            Report.say(told.joined(separator: "\n"))
            Report.say("  what it left: \(folder) (timeline.jsonl, logs, state)")
            return judged.exit == 1 ? .guilty : .broken
        } catch {
            Report.say("seed \(number) FAILED: \(error)")
            return .broken
        }
    }

    /// The seed as a process of its own, in mounts of its own.
    private func process(_ number: Int) async throws -> (code: Int32, words: String) {
        let own = getuid() == 0 ? [] : ["--map-current-user", "--keep-caps"]
        let log = "\(options.folder)/\(number).log"
        unlink(log)
        let child = try ChildProcess(
            "/usr/bin/unshare",
            own + [
                "--mount", "--", Programs.path("site-drills"), "--seed", "\(number)", "--folder",
                options.folder,
            ]
                + (options.isLong ? ["--long"] : [])
                + (options.faults.isEmpty ? [] : ["--fault", options.faults.joined(separator: ",")]),
            output: log)
        let limit = ContinuousClock.now + .seconds(options.isLong ? 1500 : 1200)
        while child.exit == nil {
            if EndFlag.isRaised || ContinuousClock.now > limit {
                child.send(SIGTERM)
                if try await child.end(seconds: 120) != 130 { Report.say("seed \(number) had to be killed") }
                break
            }
            try? await Task.sleep(for: .milliseconds(200))
        }
        return (child.exit ?? 3, TextFile.read(log))
    }

    private func judge(_ folder: String) async throws -> CommandResult {
        try await BoundedProgram.run(
            "drill-judge", [folder], environment: [:], files: "\(folder)/judge", seconds: 60)
    }

    /// The verdict's figures in a line.
    private func verdict(_ folder: String) -> String {
        struct Verdict: Decodable {
            var runs: Int?
            var landed: Int?
            var siteRecordWrong: [String]?
            var overrun: [String]?
        }
        let data = Data(TextFile.read("\(folder)/verdict.json").utf8)
        guard let verdict = try? JSONDecoder().decode(Verdict.self, from: data) else { return "no verdict" }
        return
            "\(verdict.landed ?? 0) of \(verdict.runs ?? 0) faults landed; nothing lost, run twice, overspent or "
            + "charged wrongly; \(verdict.siteRecordWrong?.count ?? 0) wrong records of Slurm's, "
            + "\(verdict.overrun?.count ?? 0) overruns"
    }

    /// A good seed leaves what its verdict stands on.
    private func clean(_ folder: String) {
        let kept: Set = ["plan.json", "lines", "verdict.json", "timeline.jsonl", "slurm", "hansa"]
        for name in TextFile.names(in: folder) where !kept.contains(name) {
            try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
        }
    }

    private func sum() async throws -> Int32 {
        let folders = (options.first..<(options.first + options.seeds)).map { "\(options.folder)/\($0)" }
        let answer = try await BoundedProgram.run(
            "drill-judge", ["--summary", "\(options.folder)/summary.json"] + folders, environment: [:],
            files: "\(options.folder)/judge", seconds: 120)
        Report.say(answer.output + answer.errors)
        Report.say(TextFile.read("\(options.folder)/summary.json"))
        return answer.exit
    }
}
