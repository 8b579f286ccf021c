public import Federation
import FoundationEssentials
import Logging
import Seal
public import ServiceLifecycle
import Store

/// Seals new entries of the ledger into blocks: chained by SHA-256, signed with the programme's key.
public struct Sealer: Service {
    let ledger: LedgerStore
    let signer: any BlockSigner
    let lease: Lease
    let settings: CoordinatorSettings
    let logger: Logger

    /// Seals everything that no block holds yet; answers the newest block made.
    @discardableResult
    public func tick(now: Instant) async throws -> BlockView? {
        guard lease.epoch != nil else { return nil }
        var newest: BlockView?
        while let block = try await ledger.seal(now: now, { try seal(previous: $0, lines: $1) }) {
            newest = block
        }
        return newest
    }

    /// Seals at its pace.
    public func run() async throws {
        await Rounds(name: "sealer", every: .milliseconds(settings.sealMilliseconds), logger: logger).run {
            try await tick(now: settings.now())
        }
    }

    private func seal(previous: String, lines: String) throws -> (hash: String, signature: String) {
        guard let head = Digest(hex: previous) else {
            throw CoordinationError(
                .conflict, "the newest block's hash is not 64 hexadecimal digits: \(previous)")
        }
        let hash = try HashChain.hash(previous: head, payload: lines.utf8).hex
        return (hash, Data(try signer.sign(Array(hash.utf8))).base64EncodedString())
    }
}
