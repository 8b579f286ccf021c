import Federation
import Glibc

@testable import SiteAgent

/// A temporary folder of one test.
final class Scratch: Sendable {
    let path: String

    init() throws {
        path = "/tmp/hansa-agent-test-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        try Folder.make(path)
    }

    deinit { try? Folder.remove(path) }
}

/// Waits until something is true, looking often; false when it did not become true in time.
func eventually(seconds: Double = 20, _ condition: () throws -> Bool) async rethrows -> Bool {
    let deadline = ContinuousClock.now + .milliseconds(Int(seconds * 1000))
    while ContinuousClock.now < deadline {
        if try condition() { return true }
        try? await Task.sleep(for: .milliseconds(20))
    }
    return try condition()
}

/// The same for conditions that have to be asked for.
func eventuallyAsync(seconds: Double = 30, _ condition: () async throws -> Bool) async rethrows -> Bool {
    let deadline = ContinuousClock.now + .milliseconds(Int(seconds * 1000))
    while ContinuousClock.now < deadline {
        if try await condition() { return true }
        try? await Task.sleep(for: .milliseconds(20))
    }
    return try await condition()
}

/// The agent's program, built beside the tests.
var agentProgram: String { "\(Folder.parent(of: InternalCommands.executable))/hansa-agent" }
