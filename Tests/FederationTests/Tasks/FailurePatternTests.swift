import Testing

@testable import Federation

/// What a log says of a failure.
@Suite struct FailurePatternTests {
    private func found(_ texts: [String], in log: String, pieces: Int = 1) -> String? {
        var scan = FailurePatternScan(texts.map { FailurePattern(failure: .outOfMemory, text: $0) })
        let bytes = Array(log.utf8)
        let size = max(1, (bytes.count + pieces - 1) / pieces)
        for start in stride(from: 0, to: bytes.count, by: size) {
            scan.read(bytes[start..<min(start + size, bytes.count)])
        }
        return scan.found?.text
    }

    @Test(arguments: [1, 3, 1000]) func partsStandInOneLineAndInOrder(_ pieces: Int) {
        let log = "step 1\nRuntimeError: CUDA error: out of memory (tried 2 GiB)\nbye\n"
        #expect(found(["CUDA*out of memory"], in: log, pieces: pieces) != nil)
        #expect(found(["*CUDA**memory*"], in: log, pieces: pieces) != nil)
        #expect(found(["out of memory*CUDA"], in: log, pieces: pieces) == nil, "not in this order")
        #expect(found(["CUDA*bye!"], in: log, pieces: pieces) == nil)
        #expect(found(["CUDA*bye"], in: log, pieces: pieces) == nil, "not in one line")
        #expect(found(["cuda error"], in: log, pieces: pieces) == nil, "letters count as they are")
        #expect(found(["never", "step", "CUDA"], in: log, pieces: pieces) == "step", "the first of the list")
    }

    @Test func overlapsAreFound() {
        #expect(found(["aabaac"], in: "aabaabaac") != nil)
        #expect(found(["abab*abab"], in: "ababab") == nil, "one byte is not used twice")
        #expect(found(["abab*abab"], in: "abababab") != nil)
        #expect(found(["größe 0"], in: "Größe 0: größe 0") != nil)
    }

    /// A backtracking matcher would need more steps for this than there are atoms; the time limit is the assertion.
    @Test(.timeLimit(.minutes(1))) func aHostilePatternCostsNoMoreThanAnother() {
        let hostile = String(repeating: "a*", count: 99) + "b"
        let nearly = String(repeating: "a", count: 199) + "b"
        #expect(found([hostile, nearly], in: String(repeating: "a", count: 1 << 18)) == nil)
        #expect(found([nearly], in: String(repeating: "a", count: 5000) + "b") != nil)
    }

    @Test func whatCannotBeUsedIsSaid() {
        func fault(_ failure: FailureClass, _ text: String) -> String? {
            FailurePattern(failure: failure, text: text).fault
        }
        #expect(fault(.outOfMemory, "oom-kill") == nil)
        #expect(fault(.preempted, "oom-kill")?.contains("cannot name preempted") == true)
        #expect(fault(.lost, "gone") != nil && fault(.walltime, "time limit") != nil)
        #expect(fault(.stalled, "***")?.contains("four characters") == true)
        #expect(fault(.stalled, "a*b*c") != nil)
        #expect(fault(.stalled, String(repeating: "x", count: 201))?.contains("200 bytes") == true)
        #expect(fault(.stalled, "one\ntwo") != nil)
        #expect(found(["***"], in: "abc") == nil, "what came past the reader finds nothing")
    }
}
