/// Train or held-out text of one language: its bytes, one document a line, and how many documents they are.
struct CorpusSide: Sendable {
    let bytes: [UInt8]
    let documents: Int

    init(_ lines: [[UInt8]]) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(lines.reduce(0) { $0 + $1.count + 1 })
        for line in lines {
            bytes.append(contentsOf: line)
            bytes.append(10)
        }
        self.bytes = bytes
        documents = lines.count
    }
}
