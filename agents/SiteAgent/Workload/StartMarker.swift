public import Federation
import Glibc

/// The start marker's content: who took it. There is exactly one in a folder, because it is made by `link`.
public struct StartMarker: Hashable, Sendable, Codable {
    /// The job that runs the pack, or nil where the agent took the marker so that no job ever will.
    public var job: String?
    /// The one run of that job that took it: a batch system may start the same job again.
    public var run: String?
    /// The host that took it.
    public var host: String
    /// When, by the site's wall clock.
    public var at: Instant

    /// A marker with that content.
    public init(job: String?, run: String? = nil, host: String, at: Instant) {
        self.job = job
        self.run = run
        self.host = host
        self.at = at
    }

    /// The marker in a run folder or a member's folder, if anybody has taken it.
    public static func standing(in folder: String) throws -> StartMarker? {
        try JSONFile.read(StartMarker.self, "\(folder)/start")
    }

    /// Takes the folder's marker if it is free: writes a file of the taker's own and links it, which succeeds for
    /// exactly one taker, also on NFS. Returns the marker that stands there then; taken earlier by the same taker,
    /// it counts as taken.
    @discardableResult
    public func take(in folder: String) throws -> StartMarker {
        let own = "\(folder)/start.\(run ?? job ?? "agent")"
        // The content is on disk before the link; one sync of the folder, below, is for both names.
        if !DurableFile.exists(own) { try JSONFile.write(self, to: own, syncingFolder: false) }
        let linked = link(own, "\(folder)/start") == 0
        let code = errno
        // NFS may report a failure for a link that was made: the number of names tells.
        if linked || FileStatus(own)?.names == 2 {
            try DurableFile.syncFolder(of: own)
        } else if code != EEXIST {
            throw FileFault("link", own, code: code)
        }
        guard let standing = try StartMarker.standing(in: folder) else {
            throw FileFault("read", "\(folder)/start", code: ENOENT)
        }
        return standing
    }

    /// This host's name.
    static var thisHost: String {
        var buffer = [CChar](repeating: 0, count: 256)
        gethostname(&buffer, 255)
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
