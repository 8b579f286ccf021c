/// A clock for one process and what it starts, moved while it runs. Only the wall clock moves: what the host counts
/// from its start goes on.
package struct FakeClock: Sendable {
    /// Where the library stands; nil where it is not installed.
    package static let library: String? = TextFile.names(in: "/usr/lib")
        .map { "/usr/lib/\($0)/faketime/libfaketimeMT.so.1" }
        .first { !TextFile.read($0).isEmpty }

    private let file: String

    /// A clock that is right so far; its offset stands in that file.
    package init(file: String) throws {
        self.file = file
        try move(by: 0)
    }

    /// Lets it jump to so many seconds beside the host's.
    package func move(by seconds: Int) throws {
        try TextFile.write("\(seconds < 0 ? "" : "+")\(seconds)\n", to: file)
    }

    /// What a process needs in its environment to live by it. It has to be started through `env`: the library adds a
    /// variable to the first environment that it meets, and a Swift program that this happens to loses its arguments.
    package var environment: [String: String] {
        [
            "LD_PRELOAD": FakeClock.library ?? "", "FAKETIME_TIMESTAMP_FILE": file, "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1",
        ]
    }
}
