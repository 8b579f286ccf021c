/// What an artifact consists of, file by file; its SHA-256 (over its canonical JSON) names the version.
public struct Manifest: Hashable, Sendable, Codable {
    /// A piece of a file: what travels, and what the depot keeps.
    public struct Chunk: Hashable, Sendable, Codable {
        /// SHA-256 of its bytes, 64 hexadecimal digits.
        public var sha256: String
        /// Its length in bytes, at most `Manifest.chunkBytes`.
        public var bytes: Int64

        /// A chunk with that hash and length.
        public init(sha256: String, bytes: Int64) {
            self.sha256 = sha256
            self.bytes = bytes
        }
    }

    /// One file of the artifact.
    public struct File: Hashable, Sendable, Codable {
        /// Relative path with `/`, without `..`, `.` or empty parts.
        public var path: String
        /// Its length.
        public var bytes: Int64
        /// SHA-256 of the whole file, 64 hexadecimal digits.
        public var sha256: String
        /// Its pieces in order.
        public var chunks: [Chunk]

        /// A file of those pieces.
        public init(path: String, bytes: Int64, sha256: String, chunks: [Chunk]) {
            self.path = path
            self.bytes = bytes
            self.sha256 = sha256
            self.chunks = chunks
        }
    }

    /// The files, by path.
    public var files: [File]

    /// A manifest of those files.
    public init(files: [File]) { self.files = files }

    /// The longest chunk: 8 MiB.
    public static let chunkBytes: Int64 = 8 << 20
    /// Bytes of all files.
    public var bytes: Int64 { files.reduce(0) { $0 + $1.bytes } }

    /// Whether every path is relative and stays inside, no path comes twice, every hash is well-formed and the chunks
    /// add up; the reason in words where not.
    public var fault: String? {
        var seen: Set<String> = []
        for file in files {
            let parts = file.path.split(separator: "/", omittingEmptySubsequences: false)
            if file.path.utf8.count > 1024 || parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." })
            {
                return "the path \"\(file.path)\" is not a plain relative path"
            }
            if file.path.utf8.contains(0) { return "a path contains a NUL byte" }
            if !seen.insert(file.path).inserted { return "the path \"\(file.path)\" comes twice" }
            if !Manifest.isHash(file.sha256) {
                return "the SHA-256 of \"\(file.path)\" is not 64 hexadecimal digits"
            }
            for chunk in file.chunks {
                if !Manifest.isHash(chunk.sha256) || chunk.bytes < 0 || chunk.bytes > Manifest.chunkBytes {
                    return "a chunk of \"\(file.path)\" is malformed"
                }
            }
            if file.chunks.reduce(0, { $0 + $1.bytes }) != file.bytes {
                return "the chunks of \"\(file.path)\" do not add up to its \(file.bytes) bytes"
            }
        }
        return nil
    }

    /// Whether that is an SHA-256 as 64 lower-case hexadecimal digits, safe as a file's name.
    public static func isHash(_ text: String) -> Bool {
        text.utf8.count == 64
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
