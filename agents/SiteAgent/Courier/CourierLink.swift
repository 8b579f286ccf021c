import APIClient
import Federation
import Wire

/// The way to a coordinator that nobody here can call: bytes lie in two folders until somebody carries them.
actor CourierLink: CoordinatorLink {
    nonisolated let box: CourierBox
    private let statePath: String
    private(set) var state: CourierState
    /// How much may lie in the outbox at a time, and how much is asked for beyond what is there.
    nonisolated let limit: Int64
    private var carriedBytes: Int64

    init(box: CourierBox, statePath: String, limit: Int64) throws {
        self.box = box
        self.statePath = statePath
        self.limit = limit
        // Unreadable is lost, and that costs little.
        state = ((try? JSONFile.read(CourierState.self, statePath)) ?? nil) ?? CourierState()
        try box.make()
        carriedBytes = box.carried().reduce(0) { $0 + $1.bytes }
    }

    /// Notes what a reply says of chunks and documents, and lets go of what has arrived.
    func note(_ reply: CourierReplyNote, isStale: Bool, now: Instant) throws {
        state.note(reply, isStale: isStale, now: now)
        try JSONFile.write(state, to: statePath)
        box.drop(chunks: reply.has)
        carriedBytes = box.carried().reduce(0) { $0 + $1.bytes }
    }

    /// Nobody can be asked from here.
    func exchange(_ document: AgentDocument, waitSeconds: Int64) async throws(ClientError) -> CoordinatorReply
    {
        throw ClientError(kind: .unsendable, title: "a courier's agent calls nobody", detail: "")
    }

    /// A chunk that was brought.
    func chunk(_ sha256: String) async throws(ClientError) -> [UInt8] {
        if let bytes = box.arrived(sha256) { return bytes }
        if state.absent.contains(sha256) {
            throw ClientError(
                kind: .problem, status: 404, title: "nobody has it",
                detail: "the coordinator's depot has no chunk \(sha256)")
        }
        throw ClientError(kind: .unreachable, title: "the courier has not brought it yet", detail: "")
    }

    /// What the coordinator has not said to have, and what does not lie in the outbox for it.
    func missing(_ chunks: [String]) async throws(ClientError) -> [String] {
        let lying = Set(box.carried().map(\.sha256))
        return chunks.filter { state.delivered[$0] == nil && !lying.contains($0) }
    }

    /// Puts a chunk out while there is room; what finds none is put out when something has arrived.
    func put(_ bytes: [UInt8], sha256: String) async throws(ClientError) {
        guard carriedBytes + Int64(bytes.count) <= limit else { return }
        do {
            try box.carry(bytes, sha256: sha256)
        } catch {
            throw ClientError(
                kind: .unreachable, title: "the outbox cannot be written", detail: "\(error)")
        }
        carriedBytes += Int64(bytes.count)
    }

    /// What the coordinator has not said to have.
    func underway(_ chunks: [String]) async throws(ClientError) -> [String] {
        chunks.filter { state.delivered[$0] == nil }
    }
}
