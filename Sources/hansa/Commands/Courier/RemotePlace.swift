import FoundationEssentials
import Glibc
import Subprocess

/// A site's folder by ssh, with nothing at the site but a shell and the tools that every Unix has. What login scripts
/// print, before and after, is told from answers by a word that nobody can know beforehand.
struct RemotePlace: SitePlace {
    let host: String
    let folder: String
    let ssh: [String]
    private let word = "HANSA-\(UInt64.random(in: 0...UInt64.max))"

    /// How every connection is opened: it asks nobody anything, and notices that the other side is gone.
    static let connectionOptions = [
        "-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=20", "-o", "ServerAliveInterval=15",
        "-o", "ServerAliveCountMax=4", "-o", "LogLevel=ERROR",
    ]

    init(host: String, folder: String, ssh: [String]) {
        self.host = host
        self.folder = folder
        self.ssh = ssh
    }

    func list(_ below: String) async throws -> [PlacedFile] {
        let text = try await ask(
            "cd \(folder)/\(below) 2>/dev/null || exit 0; ls -lnA", limit: 16 << 20)
        return String(decoding: text, as: UTF8.self).split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count >= 9, line.hasPrefix("-"), let bytes = Int(fields[4]) else { return nil }
            return PlacedFile(name: String(fields[fields.count - 1]), bytes: bytes)
        }
    }

    func read(_ path: String, limit: Int) async throws -> [UInt8] {
        try await ask("cat \(folder)/\(try plain(path))", limit: limit)
    }

    func write(_ bytes: [UInt8], to path: String) async throws {
        let parts = try plain(path).split(separator: "/").map(String.init)
        let place = ([folder] + parts.dropLast()).joined(separator: "/")
        let name = parts.last ?? "file"
        let draft = "\(place)/.\(name).part"
        // A connection that breaks looks like the end of the file: its length decides.
        _ = try await ask(
            """
            umask 077; mkdir -p \(place) && cat > \(draft) && [ $(wc -c < \(draft)) -eq \(bytes.count) ] \
            && mv -f \(draft) \(place)/\(name)
            """, input: bytes, limit: 4096)
    }

    func run(_ command: String) async throws -> (exit: Int32, output: String) {
        let result = try await call("\(command)", input: [], limit: 1 << 20)
        guard result.exit != 255 else { throw unreachable(result.errors) }
        return (result.exit, String(decoding: result.output, as: UTF8.self) + result.errors)
    }

    /// Runs a script and answers what it printed; throws where it failed or its answer did not come whole.
    private func ask(_ script: String, input: [UInt8] = [], limit: Int) async throws -> [UInt8] {
        // The account's shell may be any: single quotes mean the same to all, and the script holds none.
        let result = try await call(
            "sh -c 'echo \(word)-begin; ( \(script) ); echo \(word)-end $?'", input: input,
            limit: limit + (1 << 20))
        guard let begin = result.output.firstRange(of: Array("\(word)-begin\n".utf8)),
            let end = result.output.lastRange(of: Array("\(word)-end ".utf8))
        else {
            guard result.exit != 255 else { throw unreachable(result.errors) }
            throw CommandError(.unavailable, "\(host) ended with \(result.exit) before its answer was whole")
        }
        guard result.output[end.upperBound...].prefix(2).elementsEqual("0\n".utf8) else {
            throw CommandError(.unavailable, "\(host): \(RemotePlace.line(result.errors))")
        }
        return Array(result.output[begin.upperBound..<end.lowerBound])
    }

    private func call(
        _ command: String, input: [UInt8], limit: Int
    ) async throws -> (exit: Int32, output: [UInt8], errors: String) {
        let words = ssh + RemotePlace.connectionOptions + [host, "--", command]
        // From a file: the library ends this process where a program ends before it has read what it was to be given.
        let file = "\(RemotePlace.temporary)/hansa-\(word)-\(UInt32.random(in: 0...UInt32.max))"
        let source = input.isEmpty ? "/dev/null" : file
        if !input.isEmpty { try PrivateFile.write(input, to: file) }
        defer { if !input.isEmpty { unlink(file) } }
        do {
            let result = try await Subprocess.run(
                .name("sh"),
                arguments: Arguments(["-c", "from=$1; shift; exec \"$@\" <\"$from\"", "sh", source] + words),
                output: .bytes(limit: limit), error: .string(limit: 1 << 16))
            return (RemotePlace.code(result.terminationStatus), result.standardOutput, result.standardError)
        } catch {
            throw CommandError(.unavailable, "\(ssh[0]) to \(host): \(error)")
        }
    }

    /// Where files that live for a command stand.
    static var temporary: String { ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp" }

    private func plain(_ path: String) throws -> String {
        guard SitePlaces.isPlain(path, besides: "/._-") else {
            throw CommandError(.data, "\(host) has a file whose name is none of an agent's")
        }
        return path
    }

    private func unreachable(_ errors: String) -> CommandError {
        CommandError(.unavailable, "\(host) cannot be reached: \(RemotePlace.line(errors))")
    }

    static func code(_ status: TerminationStatus) -> Int32 {
        switch status {
        case .exited(let code): Int32(code)
        case .signaled(let signal): 128 + Int32(signal)
        }
    }

    /// The last line that says something: what comes before it is often a banner.
    private static func line(_ text: String) -> String {
        text.split(separator: "\n").last.map(String.init) ?? "it does not say why"
    }
}

extension Array where Element == UInt8 {
    /// Where those bytes stand last.
    fileprivate func lastRange(of word: [UInt8]) -> Range<Int>? {
        guard word.count <= count else { return nil }
        for start in stride(from: count - word.count, through: 0, by: -1)
        where self[start] == word[0] && self[start..<(start + word.count)].elementsEqual(word) {
            return start..<(start + word.count)
        }
        return nil
    }
}
