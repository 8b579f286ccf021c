import Crypto
import Federation
import Glibc
import Wire

/// The two folders that a courier comes to: what lies in `outbox` it takes along, what it brings it puts into `inbox`.
/// Bundles lie in the folder itself, chunks by their SHA-256 in `chunks` below. Everything appears whole, by a rename.
struct CourierBox: Sendable {
    /// Where the agent puts what is to be carried.
    let outbox: String
    /// Where the courier puts what it brings.
    let inbox: String

    /// Bundles that nobody has answered are kept up to this number; the newest holds all that the older ones do.
    static let bundlesKept = 8
    /// Refused bundles that are kept to be looked at.
    static let refusedKept = 20

    func make() throws(FileFault) {
        for folder in [outbox, inbox, outboxChunks, inboxChunks] { try Folder.make(folder) }
    }

    var outboxChunks: String { "\(outbox)/chunks" }
    var inboxChunks: String { "\(inbox)/chunks" }
    var refusedFolder: String { "\(inbox)/refused" }

    // MARK: - In

    /// The bundles in the inbox that are rightly signed for this agent, in the order in which they apply; the others
    /// are moved aside and named with the reason.
    func arrivals(
        instance: InstanceID, agent: AgentID, isSigned: ([UInt8], [UInt8]) throws -> Bool
    ) -> (arrivals: [CourierArrival], refused: [String]) {
        var arrivals: [CourierArrival] = []
        var refused: [String] = []
        for name in Folder.entries(inbox) where name.hasSuffix(Bundle.suffix) && !name.hasPrefix(".") {
            let path = "\(inbox)/\(name)"
            do {
                let bytes = try DurableFile.read(path, limit: Bundle.maximumBytes)
                let bundle = try Bundle(reading: bytes)
                try bundle.check(
                    instance: instance, agent: agent, direction: .reply, sha256: { ContentHash.of($0) },
                    isSigned: isSigned)
                let reply = try WireJSON.value(
                    CourierReply.self, from: bundle.content,
                    limits: JSONLimits(bytes: Bundle.maximumContentBytes, depth: 64))
                guard reply.reply.answers == bundle.header.number,
                    reply.reply.journal == bundle.header.journal, reply.reply.instance == instance
                else { throw BundleFault("its reply is not the one that its header names") }
                arrivals.append(CourierArrival(file: path, reply: reply))
            } catch {
                refused.append("\(name): \(error)")
                setAside(path, name)
            }
        }
        return (arrivals.sorted(by: CourierArrival.precedes), refused)
    }

    private func setAside(_ path: String, _ name: String) {
        guard (try? Folder.make(refusedFolder)) != nil, rename(path, "\(refusedFolder)/\(name)") == 0 else {
            return
        }
        for old in Folder.entries(refusedFolder).dropLast(CourierBox.refusedKept) {
            unlink("\(refusedFolder)/\(old)")
        }
    }

    /// Whether that chunk lies in the inbox with that length.
    func hasArrived(_ chunk: Manifest.Chunk) -> Bool {
        FileStatus("\(inboxChunks)/\(chunk.sha256)", followingLinks: false)?.bytes == chunk.bytes
    }

    /// A chunk that was brought; one whose bytes are not what its name says is thrown away and counts as not brought.
    func arrived(_ sha256: String) -> [UInt8]? {
        let path = "\(inboxChunks)/\(sha256)"
        guard let bytes = try? DurableFile.read(path, limit: Int(Manifest.chunkBytes)) else { return nil }
        if ContentHash.of(bytes) == sha256 { return bytes }
        unlink(path)
        return nil
    }

    /// Removes the brought chunks that nothing here waits for any more.
    func keepArrived(only needed: Set<String>) {
        for name in Folder.entries(inboxChunks) where !name.hasPrefix(".") && !needed.contains(name) {
            unlink("\(inboxChunks)/\(name)")
        }
    }

    // MARK: - Out

    /// The chunks in the outbox.
    func carried() -> [Manifest.Chunk] {
        Folder.entries(outboxChunks).compactMap { name in
            guard Manifest.isHash(name), let status = FileStatus("\(outboxChunks)/\(name)") else {
                return nil
            }
            return Manifest.Chunk(sha256: name, bytes: status.bytes)
        }
    }

    func carry(_ bytes: [UInt8], sha256: String) throws(FileFault) {
        try DurableFile.write(bytes, to: "\(outboxChunks)/\(sha256)")
    }

    func drop(chunks: some Sequence<String>) {
        for chunk in chunks where Manifest.isHash(chunk) { unlink("\(outboxChunks)/\(chunk)") }
    }

    /// Puts a bundle out; answers its name.
    func put(_ bytes: [UInt8], number: Int64, journal: JournalID) throws(FileFault) -> String {
        let name = Bundle.name(number: number, journal: journal)
        try DurableFile.write(bytes, to: "\(outbox)/\(name)")
        return name
    }

    /// Removes bundles that are answered, of another journal, or so old that eight newer ones say the same and more.
    /// The two oldest stay: a session's hello and its first document, without which the others mean nothing.
    func prune(journal: JournalID, answered: Int64) {
        var own: [(name: String, number: Int64)] = []
        for name in Folder.entries(outbox) where name.hasSuffix(Bundle.suffix) {
            let number = Int64(name.prefix { $0 != "-" }) ?? 0
            if name == Bundle.name(number: number, journal: journal), number > answered {
                own.append((name, number))
            } else {
                unlink("\(outbox)/\(name)")
            }
        }
        for old in own.dropFirst(2).dropLast(CourierBox.bundlesKept) {
            unlink("\(outbox)/\(old.name)")
        }
    }
}
