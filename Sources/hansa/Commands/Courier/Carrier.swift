import APIClient
import Federation
import Glibc
import Seal
import Wire

/// Carries what lies in an agent's outbox to the coordinator, and what the coordinator answers into its inbox. It keeps
/// nothing: what was carried shows in the two folders and at the coordinator, so that a round may break off anywhere.
struct Carrier {
    let client: CoordinatorClient
    let place: any SitePlace
    let agent: AgentID
    /// The command that runs the agent's cycle at the site, if the carrier is to.
    let cycle: String?
    /// The most bytes of chunks each way.
    let limit: Int64
    /// An agent whose newest bundle is older than so many seconds has stopped making any.
    let quietSeconds: Int64

    /// One round: the agent's cycle, chunks out, bundles out, chunks in, replies in, and the cycle again.
    func round() async throws -> CarrierTally {
        var tally = CarrierTally()
        try await runCycle(&tally)
        try await carryChunks(&tally)
        let replies = try await post(&tally)
        // The reply comes last: it is what makes the agent look.
        for reply in replies {
            try await place.write(reply.file, to: "inbox/\(reply.name)")
            tally.delivered += 1
        }
        if tally.delivered > 0 || tally.chunksIn > 0 { try await runCycle(&tally) }
        return tally
    }

    private func runCycle(_ tally: inout CarrierTally) async throws {
        guard let cycle else { return }
        let result = try await place.run(cycle)
        guard result.exit != 0 else { return }
        let last = result.output.split(separator: "\n").last.map(String.init) ?? ""
        tally.faults.append("the agent's cycle ended with \(result.exit): \(Table.printable(last))")
    }

    /// Brings to the depot what it lacks of the chunks in the outbox.
    private func carryChunks(_ tally: inout CarrierTally) async throws {
        let lying = try await place.list("outbox/chunks").filter {
            Manifest.isHash($0.name) && $0.bytes <= Int(Manifest.chunkBytes)
        }
        for start in stride(from: 0, to: lying.count, by: 1000) {
            let part = lying[start..<min(start + 1000, lying.count)]
            let answer: MissingChunksAnswer = try await client.post(
                "/v1/depot/missing", MissingChunksRequest(sha256: part.map(\.name)), retry: .idempotent)
            let missing = Set(answer.missing)
            var ahead = 0
            let wanted = part.filter { missing.contains($0.name) }
            for (index, file) in wanted.enumerated() {
                guard Int64(tally.bytesOut + file.bytes) <= limit else { return }
                if index == ahead {
                    let batch = Carrier.batch(wanted[index...])
                    try await place.gather(batch.map(\.name), from: "outbox/chunks")
                    ahead += batch.count
                }
                let bytes = try await place.read(
                    "outbox/chunks/\(file.name)", limit: Int(Manifest.chunkBytes))
                guard try SHA256.hash(bytes).hex == file.name else {
                    tally.faults.append("the chunk \(file.name) is not what its name says; it was left")
                    continue
                }
                try await client.put("/v1/depot/\(file.name)", bytes: bytes, retry: .idempotent)
                tally.chunksOut += 1
                tally.bytesOut += bytes.count
            }
        }
    }

    /// The first of those files that are no more than 256 MiB together, so that what is on its way fits a small disk.
    private static func batch(_ files: ArraySlice<PlacedFile>) -> ArraySlice<PlacedFile> {
        var bytes = 0
        return files.prefix { file in
            bytes += file.bytes
            return bytes <= 256 << 20
        }
    }

    private struct Reply {
        var name: String
        var file: [UInt8]
    }

    /// Posts the bundles in their order, brings the chunks that the newest one wants, and answers the replies.
    private func post(_ tally: inout CarrierTally) async throws -> [Reply] {
        let lying = try await place.list("outbox").filter { $0.name.hasSuffix(Bundle.suffix) }
        let brought = Set(try await place.list("inbox").map(\.name))
        var replies: [Reply] = []
        var newest: CourierDocument?
        var newestAt: Instant?
        for file in lying.sorted(by: { $0.name < $1.name }) where !file.name.hasPrefix(".") {
            do {
                let bytes = try await place.read("outbox/\(file.name)", limit: Bundle.maximumBytes)
                let bundle = try Bundle(reading: bytes)
                guard bundle.header.agent == agent else {
                    throw BundleFault("it is of agent \(bundle.header.agent), not \(agent)")
                }
                newest = try WireJSON.value(
                    from: bundle.content, limits: JSONLimits(bytes: Bundle.maximumContentBytes, depth: 64))
                newestAt = max(newestAt ?? .distantPast, bundle.header.at)
                let name = "reply-\(file.name)"
                if brought.contains(name) { continue }
                replies.append(Reply(name: name, file: try await answer(bytes)))
                tally.posted += 1
            } catch let error as ClientError
                where error.isPassing || error.status == 401 || error.status == 403
            {
                throw error
            } catch let error as CommandError where error.code == .unavailable {
                throw error
            } catch {
                tally.faults.append("\(Table.printable(file.name)): \(Table.printable("\(error)"))")
            }
        }
        if let newest { try await bring(newest.wants, &tally) }
        noteSilence(since: newestAt, &tally)
        return replies
    }

    /// The agent puts a new bundle out in every cycle, and the newest one lies there until it does: how old it is tells
    /// of a cycle that is not run any more, or that cannot write.
    private func noteSilence(since newest: Instant?, _ tally: inout CarrierTally) {
        let question = "does the agent's cycle run, and has its disk room?"
        guard let newest else { return tally.remarks.append("no bundle lies in the outbox: \(question)") }
        let age = Instant(seconds: Int64(time(nil))).seconds(since: newest)
        guard age > quietSeconds else { return }
        tally.faults.append("the newest bundle was made \(age) s ago: \(question)")
    }

    /// The coordinator's reply to a bundle; the same bundle again is answered with the same reply.
    private func answer(_ bytes: [UInt8]) async throws -> [UInt8] {
        let key = "bundle-\(try SHA256.hash(bytes).hex)"
        let answer: BundleAnswer = try await client.post(
            "/v1/bundles", bytes: bytes, contentType: "application/octet-stream",
            headers: [(WireHeader.idempotencyKey, key)], retry: .idempotent)
        guard let file = answer.file else {
            throw CommandError(.data, "the coordinator's answer is no bundle")
        }
        return file
    }

    private func bring(_ wants: [Manifest.Chunk], _ tally: inout CarrierTally) async throws {
        guard !wants.isEmpty else { return }
        let there = Dictionary(
            try await place.list("inbox/chunks").map { ($0.name, $0.bytes) }, uniquingKeysWith: { $1 })
        var staged = 0
        for chunk in wants where Manifest.isHash(chunk.sha256) && there[chunk.sha256] != Int(chunk.bytes) {
            guard Int64(tally.bytesIn) + chunk.bytes <= limit else { break }
            // The reply tells the agent what nobody has; it is not the carrier's to judge.
            guard let bytes = try await depotChunk(chunk.sha256) else { continue }
            try await place.stage(bytes, to: "inbox/chunks/\(chunk.sha256)")
            tally.chunksIn += 1
            tally.bytesIn += bytes.count
            staged += bytes.count
            guard staged > 256 << 20 else { continue }
            try await place.sendStaged()
            staged = 0
        }
        try await place.sendStaged()
    }

    private func depotChunk(_ sha256: String) async throws(ClientError) -> [UInt8]? {
        do {
            return try await client.bytes("/v1/depot/\(sha256)", retry: .idempotent)
        } catch {
            if error.status == 404 { return nil }
            throw error
        }
    }
}
