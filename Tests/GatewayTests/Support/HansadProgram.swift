import Glibc
import Postgres
import TestKit

/// The real hansad, on settings of one test.
struct HansadProgram {
    let files: TemporaryFiles
    let database: TemporaryDatabase

    /// The program as it was built beside these tests.
    static let path: String = {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let own = String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return own.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/hansad"
    }()

    /// Settings on a database of its own, with ports that nobody listens at.
    static func use<Value: Sendable>(
        _ body: (HansadProgram) async throws -> Value
    ) async throws -> Value {
        let database = try await TemporaryPostgres.shared.database()
        let program = HansadProgram(files: try TemporaryFiles(), database: database)
        do {
            try program.settings()
            let value = try await body(program)
            await program.remove()
            return value
        } catch {
            await program.remove()
            throw error
        }
    }

    private func remove() async {
        try? await database.drop()
        files.remove()
    }

    /// Writes the settings file; `more` is appended.
    func settings(
        conninfo: String? = nil, people: Int = 0, agents: Int = 0, more: String = ""
    ) throws {
        try files.write(
            """
            database: "\(conninfo ?? database.settings.conninfo)"
            state: \(files["state"])
            people: {port: \(people)}
            agents: {port: \(agents)}
            \(more)
            """, "hansad.yaml")
    }

    /// Runs a command to its end.
    func run(_ arguments: String...) async throws -> Program.Result {
        try await Program.run(HansadProgram.path, arguments + ["--config", files["hansad.yaml"]])
    }

    /// Starts `hansad serve` and waits until both listeners stand; its pid and their ports.
    func serve(log: String = "log") async throws -> (pid: pid_t, people: Int, agents: Int) {
        let arguments = ["serve", "--config", files["hansad.yaml"]]
        guard let pid = Program.start(HansadProgram.path, arguments, output: files[log]) else {
            throw GatewayFixture.Missing(what: HansadProgram.path)
        }
        for _ in 0..<600 {
            let text = files.read(log)
            if let people = port("people", in: text), let agents = port("agents", in: text) {
                return (pid, people, agents)
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        kill(pid, SIGKILL)
        throw GatewayFixture.Missing(what: "a listening hansad: \(files.read(log))")
    }

    /// The port in the line that says so, in either form of the log.
    private func port(_ name: String, in text: String) -> Int? {
        for line in text.split(separator: "\n") where line.contains("listening") && line.contains(name) {
            guard let found = line.firstRange(of: "127.0.0.1:") else { continue }
            if let port = Int(line[found.upperBound...].prefix { $0.isNumber }) { return port }
        }
        return nil
    }
}
