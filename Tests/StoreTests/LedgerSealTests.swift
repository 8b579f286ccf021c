import Federation
import Foundation
import Postgres
import Seal
import Store
import TestKit
import Testing

@Suite struct LedgerSealTests {
    /// The chain and its signatures are verified with the command line's own `sha256sum` and `openssl`, as an auditor
    /// would; a changed line is found.
    @Test func stockToolsVerifyTheChain() async throws {
        try await SampleBook.use { sample in
            let key = try Ed25519Key.generate()
            let ledger = LedgerStore(pool: sample.pool)
            let budgets = BudgetStore(pool: sample.pool, settings: ExchangeSettings())
            for round in 0..<3 {
                try await budgets.grant(
                    Amount(units: 1), to: SampleBook.budget, reason: "round \(round)\twith a tab",
                    by: SampleBook.manager, now: SampleBook.start)
                let block = try await ledger.seal(now: SampleBook.start) { previous, lines in
                    let head = try #require(Digest(hex: previous))
                    let hash = try HashChain.hash(previous: head, payload: lines.utf8).hex
                    return (hash, Data(try key.sign(hash.utf8)).base64EncodedString())
                }
                #expect(block?.number == Int64(round + 1))
            }
            #expect(try await ledger.seal(now: SampleBook.start) { _, _ in ("", "") } == nil)
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
                "seal-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            try key.publicKey.pem().write(
                to: folder.appendingPathComponent("key"), atomically: true, encoding: .utf8)
            var previous = String(repeating: "0", count: 64)
            for block in try await ledger.blocks(after: nil, limit: 10).items {
                #expect(block.previous == previous)
                let lines = try await ledger.lines(block: block.number)
                #expect(try verify(block, lines, in: folder))
                #expect(try !verify(block, lines.replacing("round", with: "found"), in: folder))
                previous = block.hash
            }
            #expect(try await sample.proof().faults == [])
        }
    }

    private func verify(_ block: BlockView, _ lines: String, in folder: URL) throws -> Bool {
        try lines.write(to: folder.appendingPathComponent("lines"), atomically: true, encoding: .utf8)
        try block.hash.write(to: folder.appendingPathComponent("hash"), atomically: true, encoding: .utf8)
        try block.signature.write(
            to: folder.appendingPathComponent("signature"), atomically: true, encoding: .utf8)
        let script = """
            cd "$1" && base64 -d signature > raw &&
            test "$( (printf %s "$2" | sed 's/../\\\\x&/g' | xargs -0 printf %b; cat lines) | sha256sum | cut -c 1-64)" \
            = "$(cat hash)" &&
            openssl pkeyutl -verify -pubin -inkey key -rawin -in hash -sigfile raw > /dev/null
            """
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/bash")
        shell.arguments = ["-c", script, "verify", folder.path, block.previous]
        try shell.run()
        shell.waitUntilExit()
        return shell.terminationStatus == 0
    }
}
