import Testing

@testable import TrainingKernel

@Suite struct TarReaderTests {
    private static func file(_ path: String, _ bytes: [UInt8]) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: 512)
        header.replaceSubrange(0..<path.utf8.count, with: path.utf8)
        let octal = String(bytes.count, radix: 8)
        let size = String(repeating: "0", count: 11 - octal.count) + octal
        header.replaceSubrange(124..<135, with: size.utf8)
        header[156] = UInt8(ascii: "0")
        header.replaceSubrange(148..<156, with: Array("        ".utf8))
        let sum = String(header.reduce(0) { $0 + Int($1) }, radix: 8)
        header.replaceSubrange(
            148..<156, with: Array((String(repeating: "0", count: 6 - sum.count) + sum + "\0 ").utf8))
        let padding = [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
        return header + bytes + padding
    }

    private let archive =
        file("./a.json", Array("first".utf8)) + file("./skip", Array(repeating: 1, count: 1500))
        + file("./empty.json", [])
        + file("./b.json", Array(repeating: 65, count: 512)) + [UInt8](repeating: 0, count: 1024)

    @Test(arguments: [1, 7, 512, 513, 100_000]) func readsInPiecesOfAnySize(size: Int) {
        var reader = TarReader { $0.hasSuffix(".json") }
        var position = 0
        while position < archive.count {
            let end = min(archive.count, position + size)
            Array(archive[position..<end]).withUnsafeBytes { reader.receive($0) }
            position = end
        }
        #expect(reader.fault == nil)
        #expect(reader.entries.map(\.path) == ["./a.json", "./empty.json", "./b.json"])
        #expect(reader.entries.map(\.bytes.count) == [5, 0, 512])
        #expect(reader.entries.first?.bytes == Array("first".utf8))
    }

    @Test func passesOverHugeFiles() {
        var header = Array(Self.file("./huge.json", [])[..<512])
        header.replaceSubrange(124..<135, with: "00404000000".utf8)  // 65 MB in octal
        header.replaceSubrange(148..<156, with: Array("        ".utf8))
        let sum = String(header.reduce(0) { $0 + Int($1) }, radix: 8)
        header.replaceSubrange(
            148..<156, with: Array((String(repeating: "0", count: 6 - sum.count) + sum + "\0 ").utf8))
        var reader = TarReader { _ in true }
        header.withUnsafeBytes { reader.receive($0) }
        let piece = [UInt8](repeating: 65, count: 1 << 20)
        for _ in 0..<65 { piece.withUnsafeBytes { reader.receive($0) } }
        archive.withUnsafeBytes { reader.receive($0) }
        #expect(reader.fault == nil)
        #expect(reader.oversized == ["./huge.json"])
        #expect(reader.entries.map(\.path) == ["./a.json", "./skip", "./empty.json", "./b.json"])
    }

    @Test func reportsTruncationAndDamage() {
        var short = TarReader { _ in true }
        Array(archive[..<514]).withUnsafeBytes { short.receive($0) }
        #expect(short.fault == "the archive ends within a file")
        var damaged = TarReader { _ in true }
        var bytes = archive
        bytes[3] ^= 1
        bytes.withUnsafeBytes { damaged.receive($0) }
        #expect(damaged.fault == "a header of the archive is damaged")
    }
}
