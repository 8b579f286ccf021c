import Federation
import SbatchScript
import Testing

/// What holds for every script, tried with seeded ones.
@Suite struct PropertyTests {
    @Test func anyBytesGetAnAnswer() throws {
        var scripts = RandomScripts(seed: 5)
        var accepted = 0
        var refused = 0
        for round in 0..<30_000 {
            let bytes =
                round % 3 == 0 ? scripts.directives() : round % 3 == 1 ? scripts.rubble() : scripts.noise()
            do throws(ScriptFaults) {
                let mapped = try ScriptMapping.map(try ScriptReader.read(bytes), .init(fileName: "job.sh"))
                accepted += 1
                #expect(!mapped.name.isEmpty)
            } catch {
                refused += 1
                #expect(!error.faults.isEmpty)
                #expect(!error.description.utf8.contains { $0 < 0x20 && $0 != 0x0A })
            }
        }
        #expect(accepted > 200)
        #expect(refused > 10_000)
    }

    @Test func whatIsAcceptedIsACampaign() throws {
        var scripts = RandomScripts(seed: 6)
        var tasks = 0
        for _ in 0..<2000 {
            let bytes = scripts.directives()
            guard Readings.faults(bytes).isEmpty else { continue }
            if try Readings.mapped(bytes).array.map({ $0.values.count > 1000 }) == true { continue }
            let made = try Readings.tasks(bytes)
            #expect(made.allSatisfy { $0.script?.text.utf8.elementsEqual(bytes) == true })
            tasks += made.count
        }
        #expect(tasks > 100)
    }

    @Test func whatIsWrittenIsReadBack() throws {
        var scripts = RandomScripts(seed: 7)
        var read = 0
        for _ in 0..<2000 {
            guard let script = try? ScriptReader.read(scripts.directives()) else { continue }
            read += 1
            let written = ScriptWriter.write(
                interpreter: script.interpreter, directives: script.directives,
                body: ScriptWriter.body(of: script))
            let again = try ScriptReader.read(Array(written.utf8))
            #expect(again.directives.map(\.option) == script.directives.map(\.option))
            #expect(again.directives.map(\.value) == script.directives.map(\.value), "\(written)")
            let twice = ScriptWriter.write(
                interpreter: again.interpreter, directives: again.directives,
                body: ScriptWriter.body(of: again))
            #expect(twice == written)
        }
        #expect(read > 400)
    }

    @Test func theEquivalentBecomesTheSameTask() throws {
        for example in try ScriptFolder().examples where example.isAccepted {
            let mapped = try Readings.mapped(example.bytes, SubmissionChoices(fileName: example.name))
            var choices = SubmissionChoices(fileName: example.name)
            choices.stack = "cuda"
            let again = try Readings.mapped(Array(mapped.equivalent.utf8), choices)
            var resources = again.resources
            resources.deviceType = mapped.resources.deviceType
            // Without a line for it, memory follows from the cores, which the equivalent always names.
            #expect(resources == mapped.resources, "\(example.name)")
            #expect(again.array?.values == mapped.array?.values)
        }
    }

    @Test func valuesReadBackWhatTheyWrite() throws {
        var random = SeededRandom(seed: 8)
        for _ in 0..<5000 {
            let limit = TimeLimit.minutes(Int64.random(in: 1...50_000_000, using: &random))
            #expect(TimeLimit(limit.text) == limit)
            let size = MemorySize(mebibytes: Int.random(in: 0...900_000_000, using: &random))
            #expect(MemorySize(size.text) == size)
        }
        for _ in 0..<300 {
            let first = Int.random(in: 0...2000, using: &random)
            let step = Int.random(in: 1...7, using: &random)
            let text = "\(first)-\(first + Int.random(in: 0...300, using: &random)):\(step),7,9-11%3"
            let indices = try ArrayIndices(text)
            #expect(try ArrayIndices(indices.text) == indices)
        }
        for text in ["B:USR1@120", "RB:TERM@0", "HUP@60", "R:40@65535"] {
            let signal = try #require(SignalRequest(text))
            #expect(signal.text == text)
        }
    }
}
