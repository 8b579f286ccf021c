import Glibc
import Testing

/// A temporary folder, and the stock tools that check what we write into it.
struct Workbench: ~Copyable {
    let folder: String

    init() throws {
        var template = Array("/tmp/hansa-seal-XXXXXX".utf8CString)
        folder = String(cString: try #require(mkdtemp(&template)))
    }

    deinit { _ = try? run("rm -rf '\(folder)'") }

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    func write(_ bytes: [UInt8], _ name: String) throws {
        let file = try #require(fopen(path(name), "w"))
        let count = fwrite(bytes, 1, bytes.count, file)
        #expect(count == bytes.count)
        fclose(file)
    }

    /// Runs a shell command; its output and exit code.
    @discardableResult
    func run(_ command: String) throws -> (output: String, status: Int32) {
        let pipe = try #require(popen("cd '\(folder)' 2>/dev/null; { \(command); } 2>&1", "r"))
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = fread(&buffer, 1, buffer.count, pipe), count > 0 {
            output += buffer.prefix(count)
        }
        let status = pclose(pipe)
        return (String(decoding: output, as: UTF8.self), (status >> 8) & 0xff)
    }
}
