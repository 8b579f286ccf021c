import Seal
import Testing

/// SHA-256 and chains, and that `sha256sum` agrees.
struct HashTests {
    @Test func itIsTheAlgorithmOfTheStandard() throws {
        #expect(
            try SHA256.hash("abc".utf8).hex
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            try SHA256.hash([]).hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test func piecesGiveTheSameAsTheWhole() throws {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var hash = try SHA256()
        for start in stride(from: 0, to: 1000, by: 37) {
            try hash.update(bytes[start..<min(start + 37, 1000)])
        }
        try hash.update([])
        #expect(try hash.finish() == SHA256.hash(bytes))
        #expect(try SHA256.hash(bytes.lazy.map { $0 }) == SHA256.hash(bytes))
    }

    @Test func sha256sumAgrees() throws {
        let bench = try Workbench()
        for size in [0, 1, 63, 64, 65, 3 << 20] {
            let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }
            try bench.write(bytes, "file")
            let theirs = try bench.run("sha256sum file").output
            #expect(theirs == "\(try SHA256.hash(bytes))  file\n")
            #expect(try SHA256.hash(file: bench.path("file")) == SHA256.hash(bytes))
        }
        #expect(throws: SealError.self) { try SHA256.hash(file: bench.path("none")) }
        #expect(throws: SealError.self) { try SHA256.hash(file: bench.folder) }
    }

    @Test func digestsHaveOneText() throws {
        let digest = try SHA256.hash([1])
        #expect(Digest(hex: digest.hex) == digest)
        #expect(Digest(hex: digest.hex.uppercased()) == digest)
        #expect(Digest(hex: String(digest.hex.dropLast())) == nil)
        #expect(Digest(hex: String(digest.hex.dropLast()) + "g") == nil)
        #expect(Digest(hex: String(digest.hex.dropLast()) + "é") == nil)
        #expect(Digest(bytes: [1]) == nil)
        #expect(Digest.zero.hex == String(repeating: "0", count: 64))
    }

    @Test func stockToolsFollowAChain() throws {
        let bench = try Workbench()
        var chain = HashChain()
        var previous = chain.head.hex
        for payload in ["first\n", "", "third\n"] {
            try chain.append(payload.utf8)
            try bench.write(Array(payload.utf8), "payload")
            let theirs = try bench.run("(printf %s \(previous) | xxd -r -p; cat payload) | sha256sum").output
            #expect(theirs.prefix(64) == chain.head.hex)
            previous = chain.head.hex
        }
        #expect(chain.count == 3)
    }

    @Test func aChangedBlockIsFound() throws {
        var chain = HashChain()
        var blocks: [(payload: [UInt8], hash: Digest)] = []
        for number in UInt8(0)..<5 { blocks.append(([number], try chain.append([number]))) }
        #expect(try HashChain.firstBroken(in: blocks) == nil)
        #expect(try HashChain.firstBroken(in: blocks[3...], after: blocks[2].hash) == nil)
        var changed = blocks
        changed[2].payload = [9]
        #expect(try HashChain.firstBroken(in: changed) == 2)
        changed = blocks
        changed.remove(at: 1)
        #expect(try HashChain.firstBroken(in: changed) == 1)
        changed = blocks
        changed.swapAt(3, 4)
        #expect(try HashChain.firstBroken(in: changed) == 3)
    }
}
