public import Federation
import Glibc

/// The site's files by their SHA-256, read-only, hard-linked into the run folders that read them. A program could
/// make its input writable and change it under everybody: every file bears one fixed time of modification, and one
/// that does not is hashed again before it is used.
public struct ContentStore: Sendable {
    /// The folder, on the run root's file system.
    public let path: String

    /// The store in that folder.
    public init(path: String) { self.path = path }

    private static let sealedAt = 1_000_000_000

    /// Where the file with that hash is or would be.
    func file(_ sha256: String) -> String { "\(path)/\(sha256.prefix(2))/\(sha256)" }

    /// Whether the file is there and still what its name says; one that is not is thrown away.
    public func has(_ sha256: String, bytes: Int64) -> Bool {
        let place = file(sha256)
        guard let status = FileStatus(place, followingLinks: false), status.kind == .file else {
            return false
        }
        if status.bytes == bytes, status.modified == Int64(ContentStore.sealedAt) * 1_000_000 { return true }
        if let scan = try? FileScan.scan(place), scan.sha256 == sha256 {
            return (try? seal(place)) != nil
        }
        unlink(place)
        return false
    }

    /// The manifest's files that are not here.
    public func lacking(_ manifest: Manifest) -> [Manifest.File] {
        manifest.files.filter { !has($0.sha256, bytes: $0.bytes) }
    }

    /// A new, empty draft for content that is yet to be verified.
    func makeDraft() throws(FileFault) -> String {
        try Folder.make(path)
        return "\(path)/draft.\(getpid()).\(UInt64.random(in: 0...UInt64.max)).tmp"
    }

    /// Takes a verified and synced draft in under its hash.
    func adopt(draft: String, sha256: String) throws(FileFault) {
        let place = file(sha256)
        try Folder.make(Folder.parent(of: place))
        try seal(draft)
        guard rename(draft, place) == 0 else { throw FileFault("rename", draft) }
        try DurableFile.syncFolder(of: place)
    }

    /// Keeps a file of a finished run: the same bytes under two names, so that a task at this site which reads it
    /// next needs no copy. It becomes read-only.
    func keep(_ source: String, sha256: String) throws(FileFault) {
        let place = file(sha256)
        try Folder.make(Folder.parent(of: place))
        if DurableFile.exists(place) { return }
        try seal(source)
        guard Glibc.link(source, place) == 0 || errno == EEXIST else { throw FileFault("link", source) }
    }

    /// Links the manifest's files into a folder. Throws where one is not here (any more).
    func link(_ manifest: Manifest, into folder: String) throws(FileFault) {
        try Folder.make(folder)
        for file in manifest.files {
            let target = "\(folder)/\(file.path)"
            try Folder.make(Folder.parent(of: target))
            guard Glibc.link(self.file(file.sha256), target) == 0 || errno == EEXIST else {
                throw FileFault("link the input", target)
            }
        }
    }

    /// Removes files that no run folder links to, the longest unused first, until so many bytes are left.
    /// Returns the bytes removed.
    @discardableResult
    public func shrink(to limit: Int64) -> Int64 {
        var total: Int64 = 0
        var unused: [(path: String, bytes: Int64, since: Int64)] = []
        for part in Folder.entries(path) {
            for name in Folder.entries("\(path)/\(part)") {
                let place = "\(path)/\(part)/\(name)"
                guard let status = FileStatus(place, followingLinks: false) else { continue }
                total += status.bytes
                // The time of the last change moves with every link made or removed: the last use.
                if status.names == 1 { unused.append((place, status.bytes, status.changed)) }
            }
        }
        var removed: Int64 = 0
        for entry in unused.sorted(by: { $0.since < $1.since }) where total - removed > limit {
            if unlink(entry.path) == 0 { removed += entry.bytes }
        }
        return removed
    }

    private func seal(_ file: String) throws(FileFault) {
        guard chmod(file, 0o444) == 0 else { throw FileFault("protect", file) }
        try FileStatus.setTimes(of: file, seconds: ContentStore.sealedAt)
    }
}
