import Glibc

/// A folder of small files for one test.
struct TemporaryFiles {
    let folder: String

    init(_ contents: [String: String] = [:]) throws {
        var template = Array("/tmp/hansa-files-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw GatewayFixture.Missing(what: "a temporary folder") }
        folder = String(cString: made)
        for (name, text) in contents { try write(text, name) }
    }

    subscript(name: String) -> String { "\(folder)/\(name)" }

    func write(_ text: String, _ name: String) throws {
        guard let file = fopen(self[name], "w") else { throw GatewayFixture.Missing(what: self[name]) }
        fputs(text, file)
        fclose(file)
    }

    func read(_ name: String) -> String {
        guard let file = fopen(self[name], "r") else { return "" }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Removes the folder and what is in it.
    func remove() { TemporaryFiles.remove(folder) }

    static func remove(_ folder: String) {
        let pid = Program.start("/bin/rm", ["-rf", folder], output: nil)
        var status: Int32 = 0
        if let pid { waitpid(pid, &status, 0) }
    }
}
