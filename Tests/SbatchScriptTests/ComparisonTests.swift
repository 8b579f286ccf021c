import Testing

@testable import SbatchScript

/// The reader against the real sbatch: same words, same options, same values.
@Suite(.enabled(if: RealSbatch.isInstalled, "sbatch is not installed: nothing to compare with"))
struct ComparisonTests {
    private static let mark = "Found in script, argument \""

    /// The words that sbatch finds, and whether it went on to its options.
    private func real(_ line: String, _ sbatch: RealSbatch) throws -> (
        words: [String], isTaken: Bool, said: [String]
    ) {
        let said = try sbatch.reading("#!/bin/sh\n#SBATCH\(line)\n")
        let words = said.compactMap { text -> String? in
            guard let mark = text.firstRange(of: Self.mark) else { return nil }
            return String(text[mark.upperBound...].dropLast())
        }
        return (words, said.contains { $0.contains("end of defined options") }, said)
    }

    @Test func wordsAreSplitAlike() throws {
        let sbatch = try RealSbatch()
        defer { sbatch.remove() }
        var random = SeededRandom(seed: 9)
        let pieces = [
            "a", "b", "=", "--x", "-N", "2", " ", " ", " ", "\"", "'", "\\", "#", ":", "\t", "\\\"", "\\'",
            "\\#", "\\ ",
            "\"a b\"", "'c d'",
        ]
        var refused = 0
        for _ in 0..<150 {
            var line = ""
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                line += pieces.randomElement(using: &random) ?? ""
            }
            let (words, _, said) = try real(line, sbatch)
            do throws(ScriptFaults) {
                let ours = try DirectiveLine(Array(line.utf8)[...], line: 2, firstColumn: 8).words().map(
                    \.text)
                #expect(ours == words, "\(line)")
            } catch {
                refused += 1
                #expect(
                    said.contains { $0.contains("Unmatched") || $0.contains("Unexpected") },
                    "\(line): \(error), \(said)")
            }
        }
        #expect((10...140).contains(refused))
    }

    @Test(arguments: [
        "--time=10", "-t10", "-t 10", "-n=4", "-Hn4", "--nta=4", "--exclusi", "--exclusive user", "--cpus=4",
        "--tiem=3",
        "-Z", "--requeue=1", "--nodel=n1", "--tasks-per-node=3", "--mem-per=3", "--cluster=a", "--",
        "-- --mem=3", "word",
        "--time", "-t", "--MEM=3", "--no-kill=off", "--nice", "--nice 5", "--c 4", "--j x", "-H4", "-k", "-s",
        "-I",
        "--parsable", "-O", "--wait", "--get-user-env", "--propagate", "--gpus 3", "--comment a b",
        "--comm=x",
        "--mem=2G --time=3", "--ignore-pbs", "--spread-job", "--use-min-nodes", "--contiguous", "--kill=yes",
    ])
    func optionsAreTakenAlike(_ line: String) throws {
        let sbatch = try RealSbatch()
        defer { sbatch.remove() }
        let (_, isTaken, said) = try real(" " + line, sbatch)
        let ours = try? ScriptReader.read(Array("#!/bin/sh\n#SBATCH \(line)\n".utf8))
        // A value that sbatch refuses at once is for the mapping, not for the reader.
        let isBadValue = said.contains { $0.contains("Invalid numeric value") || $0.contains("Invalid --") }
        #expect((ours != nil) == (isTaken || isBadValue), "\(line): \(said.suffix(3))")
    }

    @Test(arguments: [
        "10", "1:70", "1:2", "1:2:3", "1-2", "1-2:3", "1-2:3:4", "1-", "00:00:01", "30-00", "1-25", "0", "-1",
        "INFINITE",
        "1h", "1.5", "1-2:3:4:5", "1d", "1:", "+5",
    ])
    func timesAreReadAlike(_ text: String) throws {
        let sbatch = try RealSbatch()
        defer { sbatch.remove() }
        let said = try real(" --time=\(text)", sbatch).said
        let line = said.first { $0.hasPrefix("sbatch: time ") }
        #expect(
            TimeLimit(text)?.text == line?.split(separator: " ").last.map(String.init), "\(said.suffix(2))")
    }

    @Test(arguments: [
        "4GB", "4g", "4096K", "1T", "1000KB", "+3", "1", "1.5G", "4GiB", "-1", "1P", "3B", "1025K", "2048M",
    ])
    func sizesAreReadAlike(_ text: String) throws {
        let sbatch = try RealSbatch()
        defer { sbatch.remove() }
        let line = try real(" --mem=\(text)", sbatch).said.first { $0.hasPrefix("sbatch: mem ") }
        let theirs = line?.split(separator: " ").last.map(String.init)
        #expect(MemorySize(text) == theirs.flatMap(MemorySize.init), "\(theirs ?? "refused")")
        #expect((theirs == nil) == (MemorySize(text) == nil))
    }
}
